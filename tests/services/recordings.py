"""Recordings made by the tests."""

import io
import math
import struct
import wave

from evidence_app.casefile.case import CaseFile
from evidence_app.services.importing.importer import Importer


def tone(seconds: float) -> bytes:
    """A WAV file with a tone, of 8000 samples a second."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(8000)
        count = int(8000 * seconds)
        samples = (int(8000 * math.sin(number / 5)) for number in range(count))
        made.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return out.getvalue()


def add_recording(case: CaseFile, seconds: float, name: str = "call.wav") -> int:
    """The number of a recording that was imported."""
    with Importer(case) as importer:
        [result] = importer.run_bytes(name, tone(seconds))
    assert result.item_id is not None
    return result.item_id
