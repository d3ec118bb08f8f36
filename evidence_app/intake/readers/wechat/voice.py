"""WeChat's voice messages: SILK, in files that are called .amr or .silk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from evidence_app.intake.readers.media.audio import Sound
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STANDARD = b"#!SILK_V3"
_TENCENT = b"\x02" + _STANDARD
_RATE = 16_000
_PIECE = 1 << 20
_LARGEST = 64 << 20
"""Of a voice message, which lasts a minute; hours of speech would still fit."""


def is_silk(head: bytes) -> bool:
    """Whether a file begins as SILK, with or without the byte that Tencent puts before it."""
    return head.startswith((_STANDARD, _TENCENT))


def recognises(source: Source) -> bool:
    """Whether the file is SILK."""
    return is_silk(source.stream.read(len(_TENCENT)))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Samples as `Sound` takes them."""

    samples: NDArray[np.int16]

    def to_ndarray(self) -> NDArray[np.int16]:
        """The samples."""
        return self.samples


def read(source: Source) -> Iterator[Record]:
    """What is known of the voice message, and a form of it that plays anywhere."""
    sound = _decoded(source)
    duration = round(sound.seconds, 3) if sound is not None else None
    yield Description(ItemKind.RECORDING, "audio/x-silk", duration_s=duration)
    yield from times_in_name(source.filename)
    yield EventRecord(
        type=EventType.RECORDING,
        direction=Direction.NONE,
        outcome=Outcome.UNKNOWN,
        time=None,
        duration_s=duration,
        identifier="",
        contact_name="",
        text="",
        place=None,
    )
    if sound is None:
        yield Notice(message(MessageCode.SOUND_SILK), damaged=True)
        return
    yield Rendition(RenditionKind.WAVEFORM, "application/x-waveform", sound.peaks())
    yield Rendition(RenditionKind.SOUND, "audio/x-wav", sound.as_wave())


def _decoded(source: Source) -> Sound | None:
    """The sound, or None if it cannot be decoded."""
    import numpy as np
    import pysilk

    if source.size > _LARGEST:
        return None
    source.stream.seek(0)
    pcm = io.BytesIO()
    try:
        pysilk.decode(cast(BinaryIO, io.BytesIO(source.stream.read())), pcm, _RATE)
    except (pysilk.SilkError, ValueError, OSError, MemoryError):
        return None
    data = pcm.getvalue()
    if len(data) < 2:
        return None
    sound = Sound(_RATE)
    for start in range(0, len(data) // 2 * 2, _PIECE):
        piece = data[start : start + _PIECE]
        sound.take(_Frame(np.frombuffer(piece[: len(piece) // 2 * 2], dtype="<i2")))
    return sound
