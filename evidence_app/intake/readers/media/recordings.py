"""Recordings and videos: length, codec, waveform, what their names tell of a call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.media import contact_sheet
from evidence_app.intake.readers.media.audio import MAX_BYTES, Sound, rate_for
from evidence_app.intake.readers.media.recording_names import call_in_name
from evidence_app.intake.readers.media.thumbnails import thumbnail
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

MAX_SECONDS = 24 * 3600
"""Sound beyond it is not decoded; the length is then what the file states."""

# Without formats that refer to other files or addresses, as play lists do.
_FORMATS = "mov,mp3,amr,amrnb,amrwb,wav,w64,ogg,flac,aac,aiff,avi,matroska"
_MEDIA_TYPES = {
    "amr": "audio/amr",
    "mp3": "audio/mpeg",
    "wav": "audio/x-wav",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "aac": "audio/aac",
    "aiff": "audio/aiff",
    "matroska": "matroska",
    "avi": "x-msvideo",
}
_TRUSTED_LENGTHS = frozenset({"mov", "flac", "aiff", "matroska"})
_EARLIEST_YEAR = 1995


def read(source: Source) -> Iterator[Record]:
    """What is known of a recording or a video.

    Raises:
        ReadFailure: It cannot be decoded at all.
    """
    try:
        pictures = _pictures(source)
        with _open(source) as container:
            yield from _contents(container, source, pictures)
    except _faults() as error:
        if not _is_certain(source):
            raise ReadFailure(message(MessageCode.DAMAGED_RECORDING)) from error
        yield Description(ItemKind.RECORDING, "application/octet-stream")
        yield from _from_name(source.filename, None)
        yield Notice(message(MessageCode.DAMAGED_RECORDING), damaged=True)


def _faults() -> tuple[type[Exception], ...]:
    import av

    return (av.FFmpegError, OSError, ValueError, EOFError)


def _is_certain(source: Source) -> bool:
    """Whether the first bytes alone say that it is a recording, be it cut off ever so early."""
    source.stream.seek(0)
    head = source.stream.read(12)
    return head.startswith((b"#!AMR", b"OggS", b"fLaC", b"RIFF")) or head[4:8] == b"ftyp"


def _open(source: Source) -> Any:
    import av

    source.stream.seek(0)
    options = {"format_whitelist": _FORMATS, "protocol_whitelist": "none"}
    container = av.open(
        source.stream, mode="r", metadata_errors="replace", container_options=options
    )
    if not container.streams.audio and not container.streams.video:
        container.close()
        raise ValueError("neither sound nor picture")
    return container


def _contents(
    container: Any, source: Source, pictures: list[tuple[float, Any]]
) -> Iterator[Record]:
    stream = container.streams.audio[0] if container.streams.audio else None
    moving = _moving_picture(container)
    facts = _metadata(container, stream, moving)
    media_type = _media_type(container, bool(moving))
    sound, broken = _decode(container, stream, source)
    broken = broken or _is_cut_off(container, stream, sound, source)
    broken = broken or (moving is not None and not pictures)
    duration = _duration(container, sound)
    yield Description(
        ItemKind.VIDEO if moving else ItemKind.RECORDING,
        media_type,
        width=moving.width if moving else None,
        height=moving.height if moving else None,
        duration_s=duration,
        metadata=facts,
    )
    yield from _creation_time(container)
    yield from _from_name(source.filename, duration)
    if broken:
        yield Notice(message(MessageCode.DAMAGED_RECORDING), damaged=True)
    if sound is not None:
        yield from _renditions(sound)
    frame = contact_sheet.useful(pictures)
    if frame is not None:
        yield thumbnail(frame)
        yield contact_sheet.sheet(pictures)


def _moving_picture(container: Any) -> Any:
    """The video stream, unless it is only the cover of a sound file."""
    import av

    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    return None


def _pictures(source: Source) -> list[tuple[float, Any]]:
    """Pictures of a video with their seconds; nothing else of the container is used up by them."""
    with _open(source) as container:
        moving = _moving_picture(container)
        if moving is None:
            return []
        return list(contact_sheet.frames(container, moving, _faults(), source.alive))


def _decode(container: Any, stream: Any, source: Source) -> tuple[Sound | None, bool]:
    """The sound, and whether some of it could not be decoded."""
    if stream is None:
        return None, False
    stated = (container.duration or 0) / 1_000_000
    rate = rate_for(stream.codec_context.sample_rate or 0, stated)
    sound, broken = Sound(rate), False
    resampler = _resampler(rate)
    packets = container.demux(stream)
    while sound.seconds < MAX_SECONDS:
        source.alive()
        try:
            packet = next(packets, None)
        except _faults():
            return sound, True
        if packet is None:
            break
        try:
            for frame in packet.decode():
                for small in resampler.resample(frame):
                    sound.take(small)
        except _faults():
            # One bad packet; a resampler that met a strange frame is no longer of use.
            broken, resampler = True, _resampler(rate)
    for small in resampler.resample(None):
        sound.take(small)
    return sound, broken


def _resampler(rate: int) -> Any:
    import av

    return av.AudioResampler(format="s16", layout="mono", rate=rate)


def _is_cut_off(container: Any, stream: Any, sound: Sound | None, source: Source) -> bool:
    """Whether the file promises more sound than is there."""
    if sound is None or sound.seconds >= MAX_SECONDS:
        return False
    name = str(container.format.name).partition(",")[0]
    if name == "wav":
        return _promised_wave_size(source) > source.size
    trusted = name in _TRUSTED_LENGTHS or (name == "mp3" and _has_length_tag(source))
    if stream.duration:
        stated = float(stream.duration * stream.time_base)
    elif not container.streams.video and container.duration:
        stated = container.duration / 1_000_000
    else:
        return False
    return trusted and sound.seconds < stated - max(0.3, stated / 100)


def _promised_wave_size(source: Source) -> int:
    """The size that a RIFF header states; recorders that were writing still put 0 or the most."""
    source.stream.seek(4)
    stated = int.from_bytes(source.stream.read(4), "little")
    return 0 if stated == 0xFFFFFFFF else stated + 8


def _has_length_tag(source: Source) -> bool:
    source.stream.seek(0)
    head = source.stream.read(256 << 10)
    return b"Xing" in head or b"Info" in head


def _duration(container: Any, sound: Sound | None) -> float | None:
    decoded = sound.seconds if sound is not None else 0.0
    stated = container.duration / 1_000_000 if container.duration else 0.0
    if not decoded or decoded >= MAX_SECONDS:
        decoded = max(decoded, stated)
    return round(decoded, 3) or None


def _renditions(sound: Sound) -> Iterator[Record]:
    if not sound.seconds:
        return
    if sound.seconds < MAX_SECONDS:
        yield Rendition(RenditionKind.WAVEFORM, "application/x-waveform", sound.peaks())
    playable = sound.as_wave()
    if playable:
        yield Rendition(RenditionKind.SOUND, "audio/x-wav", playable)
    else:
        yield Notice(message(MessageCode.RECORDING_TOO_LONG, megabytes=MAX_BYTES >> 20))


def _media_type(container: Any, moving: bool) -> str:
    names = str(container.format.name).split(",")
    sort = "video" if moving else "audio"
    media_type = _MEDIA_TYPES.get(names[0])
    if media_type is not None:
        return media_type if "/" in media_type else f"{sort}/{media_type}"
    if "mp4" in names:
        brand = str(container.metadata.get("major_brand", ""))
        return f"{sort}/{'3gpp' if brand.startswith('3g') else 'mp4'}"
    return f"{sort}/x-{names[0]}"


def _metadata(container: Any, sound: Any, moving: Any) -> dict[str, str]:
    metadata = {"format": str(container.format.long_name)}
    if sound is not None:
        metadata["sound codec"] = str(sound.codec_context.name)
        metadata["sample rate"] = f"{sound.codec_context.sample_rate} Hz"
        metadata["channels"] = str(sound.codec_context.channels)
    if moving is not None:
        metadata["video codec"] = str(moving.codec_context.name)
    metadata |= {str(name)[:100]: str(value)[:500] for name, value in container.metadata.items()}
    return metadata


def _creation_time(container: Any) -> Iterator[TimeReading]:
    written = str(container.metadata.get("creation_time", ""))
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return
    if at.year >= _EARLIEST_YEAR:
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        yield TimeReading(Instant(aware), TimeSource.CONTAINER, TimePrecision.SECOND, written)


def _from_name(filename: str, duration: float | None) -> Iterator[Record]:
    named = times_in_name(filename)
    yield from named
    # The name tells when the call began; a container often when the file was closed.
    time = named[0] if named else None
    call = call_in_name(filename)
    if call is None:
        yield EventRecord(
            EventType.RECORDING, Direction.NONE, Outcome.UNKNOWN, time, duration, "", "", "", None
        )
        return
    yield EventRecord(
        EventType.CALL, call.direction, Outcome.ANSWERED, time, duration,
        call.number, call.name, "", None,
    )  # fmt: skip
