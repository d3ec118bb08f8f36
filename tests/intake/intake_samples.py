"""Real files for the readers, made on the spot."""

from __future__ import annotations

import io
import struct
import tempfile
import wave
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import av
import numpy as np
import pillow_heif
from PIL import Image

from evidence_app.intake.detect import detect
from evidence_app.intake.records import Record, Source
from evidence_app.model.question import Answers, Question, QuestionKind

pillow_heif.register_heif_opener()
T = TypeVar("T")


def source(
    data: bytes,
    filename: str = "x",
    region: str | None = "CN",
    answers: Answers | None = None,
) -> Source:
    return Source(io.BytesIO(data), len(data), filename, region, answers=answers or Answers())


def detected(file: Source) -> tuple[str, list[Record]]:
    """The id of the detected format, and what its reader yields, in this process."""
    file_format = detect(file)
    assert file_format is not None
    file.stream.seek(0)
    return file_format.id, list(file_format.reader()(file))


def read(data: bytes, filename: str = "x") -> list[Record]:
    """What the reader of the detected format yields, in this process."""
    return detected(source(data, filename))[1]


def questions(records: Sequence[Record]) -> set[QuestionKind]:
    """What is asked."""
    return {question.kind for question in of_kind(records, Question)}


def of_kind(records: Sequence[Record], kind: type[T]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def picture(format: str, size: tuple[int, int] = (300, 500), **options: Any) -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, format, **options)
    return out.getvalue()


def exif(**tags: Any) -> Image.Exif:
    """EXIF data with DateTimeOriginal and so on by number, as ``t36867=…``."""
    exif_data = Image.Exif()
    exif_data[0x010F] = "Maker"
    for name, value in tags.items():
        number = int(name[1:])
        if number in {0x0112, 0x010F, 0x0131, 0x0132}:
            exif_data[number] = value
        else:
            exif_data.get_ifd(0x8769)[number] = value
    return exif_data


def png_of_size(width: int, height: int) -> bytes:
    """A PNG whose header promises that size, with next to no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1 << 20), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def wav(seconds: float = 2, rate: int = 8000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(_tone(seconds, rate).tobytes())
    return out.getvalue()


def sound(
    format: str, codec: str, *, seconds: float = 2, rate: int = 8000, created: str = ""
) -> bytes:
    """A recording in any container and codec."""
    options = {"movflags": "faststart"} if format == "mp4" else {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sound")
        with av.open(str(path), "w", format=format, options=options) as container:
            if created:
                container.metadata["creation_time"] = created
            stream: Any = container.add_stream(codec, rate=rate)
            stream.layout = "mono"
            _encode(container, stream, _tone(seconds, rate), rate)
        return path.read_bytes()


def video(format: str = "mp4", codec: str = "mpeg4", frames: int = 20) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=format) as container:
        stream: Any = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 176, 144, "yuv420p"
        for number in range(frames):
            shade = np.full((144, 176, 3), number * 10, np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(shade, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return out.getvalue()


def amr_of_silence(frames: int = 100) -> bytes:
    """AMR by hand: frames of the highest mode, 20 ms each."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * frames


def pdf(pages: Sequence[str], *, info: str = "") -> bytes:
    """A PDF by hand, one line of text a page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        content = f"BT /F1 24 Tf 40 100 Td ({text}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    return _assembled(objects)


def _assembled(objects: Sequence[str]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return data + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()


def _tone(seconds: float, rate: int) -> Any:
    return (8000 * np.sin(np.arange(int(seconds * rate)) * 0.2)).astype(np.int16)


def _encode(container: Any, stream: Any, samples: Any, rate: int) -> None:
    frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
    frame.sample_rate = rate
    codec = stream.codec_context
    codec.open(strict=False)
    queue = av.AudioFifo()
    resampler = av.AudioResampler(format=codec.format, layout="mono", rate=codec.sample_rate)
    for piece in (*resampler.resample(frame), *resampler.resample(None)):
        queue.write(piece)
    size = codec.frame_size or 1024
    while (piece := queue.read(size) or queue.read(0, partial=True)) is not None:
        for packet in stream.encode(piece):
            container.mux(packet)
    for packet in stream.encode(None):
        container.mux(packet)
