"""Recordings and videos: length, codec, waveform, what their names tell of a call."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from evidence_app.intake.call_names import call_in_name
from evidence_app.intake.clues import times_in_name
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PEAKS = 1000
"""Stretches of a waveform."""

SOUND_RATE = 16_000
"""Samples a second of the sound that is played."""

MAX_SOUND_SECONDS = 3600
_MEDIA_TYPES = {
    "amr": "audio/amr",
    "mp3": "audio/mpeg",
    "wav": "audio/x-wav",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "aac": "audio/aac",
    "matroska": "video/x-matroska",
    "avi": "video/x-msvideo",
    "aiff": "audio/aiff",
}


def read(source: Source) -> Iterator[Record]:
    """What is known of a recording or a video.

    Raises:
        ReadFailure: It cannot be decoded at all.
    """
    import av

    try:
        container = av.open(source.stream, mode="r", metadata_errors="replace")
    except (av.FFmpegError, ValueError, OSError) as error:
        raise ReadFailure(message(MessageCode.DAMAGED_RECORDING)) from error
    with container:
        if not container.streams.audio and not container.streams.video:
            raise ReadFailure(message(MessageCode.DAMAGED_RECORDING))
        yield from _contents(container, source)


def _contents(container: Any, source: Source) -> Iterator[Record]:
    sound = container.streams.audio[0] if container.streams.audio else None
    moving = _moving_picture(container)
    frame = _first_frame(container, moving)
    samples, broken = _samples(container, sound)
    duration = _duration(container, samples, broken)
    yield Description(
        ItemKind.VIDEO if moving else ItemKind.RECORDING,
        _media_type(container, bool(moving)),
        width=moving.width if moving else None,
        height=moving.height if moving else None,
        duration_s=duration,
        metadata=_metadata(container, sound, moving),
    )
    yield from _creation_time(container)
    named = times_in_name(source.filename)
    yield from named
    yield _act(source.filename, named, duration)
    if broken:
        yield Notice(message(MessageCode.DAMAGED_RECORDING), damaged=True)
    if len(samples):
        yield Rendition(RenditionKind.WAVEFORM, "application/x-waveform", _peaks(samples))
        yield Rendition(RenditionKind.SOUND, "audio/x-wav", _as_wave(samples))
    if frame is not None:
        yield Rendition(RenditionKind.THUMBNAIL, "image/jpeg", frame)


def _moving_picture(container: Any) -> Any:
    """The video stream, unless it is only the cover of a sound file."""
    import av

    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    return None


def _first_frame(container: Any, moving: Any) -> bytes | None:
    import av

    if moving is None:
        return None
    try:
        frame = next(container.decode(moving), None)
        container.seek(0)
    except (av.FFmpegError, OSError):
        return None
    if frame is None:
        return None
    picture = frame.to_image()
    picture.thumbnail((360, 360))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _samples(container: Any, sound: Any) -> tuple[NDArray[np.int16], bool]:
    """The sound as 16-bit samples of one channel, and whether it broke off."""
    import av
    import numpy as np

    if sound is None:
        return np.zeros(0, np.int16), False
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SOUND_RATE)
    pieces: list[NDArray[np.int16]] = []
    left, broken = MAX_SOUND_SECONDS * SOUND_RATE, False
    try:
        for frame in container.decode(sound):
            for small in resampler.resample(frame):
                pieces.append(_flat(small))
                left -= small.samples
            if left <= 0:
                break
        else:
            pieces += [_flat(small) for small in resampler.resample(None)]
    except (av.FFmpegError, OSError, ValueError):
        broken = True
    return (np.concatenate(pieces) if pieces else np.zeros(0, np.int16)), broken


def _flat(frame: Any) -> NDArray[np.int16]:
    samples: NDArray[np.int16] = frame.to_ndarray().reshape(-1)
    return samples


def _duration(container: Any, samples: NDArray[np.int16], broken: bool) -> float | None:
    decoded = len(samples) / SOUND_RATE
    stated = container.duration / 1_000_000 if container.duration else 0.0
    if len(samples) >= MAX_SOUND_SECONDS * SOUND_RATE or not decoded:
        decoded = max(decoded, stated)
    return round(decoded, 3) or None


def _media_type(container: Any, moving: bool) -> str:
    names = str(container.format.name).split(",")
    for name in names:
        if name in _MEDIA_TYPES:
            return _MEDIA_TYPES[name]
    if "mp4" in names:
        brand = str(container.metadata.get("major_brand", ""))
        sort = "3gpp" if brand.startswith("3g") else "mp4"
        return f"{'video' if moving else 'audio'}/{sort}"
    return f"{'video' if moving else 'audio'}/x-{names[0]}"


def _metadata(container: Any, sound: Any, moving: Any) -> dict[str, str]:
    found = {"format": str(container.format.long_name)}
    if sound is not None:
        found["sound codec"] = str(sound.codec_context.name)
        found["sample rate"] = f"{sound.codec_context.sample_rate} Hz"
        found["channels"] = str(sound.codec_context.channels)
    if moving is not None:
        found["video codec"] = str(moving.codec_context.name)
    found |= {str(name): str(value)[:500] for name, value in container.metadata.items()}
    return found


def _creation_time(container: Any) -> Iterator[TimeReading]:
    written = str(container.metadata.get("creation_time", ""))
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return
    if at.year >= 1995:
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        moment = Instant(aware)
        yield TimeReading(moment, TimeSource.CONTAINER, TimePrecision.SECOND, written)


def _act(filename: str, named: list[TimeReading], duration: float | None) -> ActRecord:
    call = call_in_name(filename)
    # The name tells when the call began; a container often when the file was closed.
    time = named[0] if named else None
    if call is None:
        return ActRecord(
            EventType.RECORDING, Direction.NONE, Outcome.UNKNOWN, time, duration, "", "", "", None
        )
    return ActRecord(
        EventType.CALL, call.direction, Outcome.ANSWERED, time, duration,
        call.number, call.name, "", None,
    )  # fmt: skip


def _peaks(samples: NDArray[np.int16]) -> bytes:
    import numpy as np

    count = min(PEAKS, len(samples))
    edges = np.linspace(0, len(samples), count + 1, dtype=np.int64)[:-1]
    peaks = np.maximum.reduceat(np.abs(samples.astype(np.int32)), edges)
    data: bytes = np.minimum(peaks // 128, 255).astype(np.uint8).tobytes()
    return data


def _as_wave(samples: NDArray[np.int16]) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(SOUND_RATE)
        target.writeframes(samples.tobytes())
    return out.getvalue()
