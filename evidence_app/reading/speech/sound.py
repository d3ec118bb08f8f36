"""The sound of a recording in pieces that end in silence; runs in closed-off processes only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 16_000
"""Samples a second that the models expect."""

PIECE_S = 240
"""A recording of hours is never in memory as a whole."""

_LIKE = 0.9
"""Channels that are more alike than this are one."""

_EDGE_S = 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recording.

    Attributes:
        start_s: When it begins.
        channels: Its sound, one or two sides.
    """

    start_s: float
    channels: tuple[Samples, ...]


def pieces(
    stream: BinaryIO, alive: Callable[[], None], speech: Callable[[Samples], list[dict[str, Any]]]
) -> Iterator[Piece]:
    """The sound of a recording, cut where nobody speaks as far as that can be had.

    Args:
        stream: The recording's file.
        alive: Called often.
        speech: Tells where somebody speaks, as first and last sample.

    Raises:
        ValueError: There is no sound that can be decoded.
    """
    import numpy as np

    waiting: list[Samples] = []
    size, cut_samples = 0, 0
    for samples in _decoded(stream, alive):
        waiting.append(samples)
        size += samples.shape[1]
        if size < PIECE_S * RATE:
            continue
        joined_samples = np.concatenate(waiting, axis=1)
        cut = _quiet_place(joined_samples, speech)
        yield Piece(cut_samples / RATE, sides(joined_samples[:, :cut]))
        cut_samples += cut
        waiting, size = [joined_samples[:, cut:]], joined_samples.shape[1] - cut
    if size:
        yield Piece(cut_samples / RATE, sides(np.concatenate(waiting, axis=1)))


def _quiet_place(samples: Samples, speech: Callable[[Samples], list[dict[str, Any]]]) -> int:
    """Before the last words if they touch the end, else the end."""
    size = int(samples.shape[1])
    stretches = speech(samples.mean(axis=0))
    if not stretches or stretches[-1]["end"] < size - _EDGE_S * RATE:
        return size
    start = int(stretches[-1]["start"])
    # Who speaks without a pause for minutes is cut all the same.
    return start if start > size // 4 else size


def sides(samples: Samples) -> tuple[Samples, ...]:
    """The two sides of a call, or the one sound if both channels carry it."""
    import numpy as np

    if samples.shape[0] < 2:
        return (samples[0],)
    left, right = samples[0], samples[1]
    loud = [float(np.sqrt(np.mean(channel**2))) for channel in (left, right)]
    if min(loud) < 1e-4:
        return (left if loud[0] >= loud[1] else right,)
    likeness = float(np.mean(left * right)) / (loud[0] * loud[1])
    return (samples.mean(axis=0),) if likeness > _LIKE else (left, right)


def _decoded(stream: BinaryIO, alive: Callable[[], None]) -> Iterator[Samples]:
    """The sound as it is decoded: two rows if it has two channels or more, else one."""
    import av
    import numpy as np

    try:
        with av.open(stream, metadata_errors="ignore") as container:
            if not container.streams.audio:
                return
            audio = container.streams.audio[0]
            layout = "stereo" if audio.codec_context.channels >= 2 else "mono"
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
            for frame in container.decode(audio):  # type: ignore[union-attr]
                alive()
                frame.pts = None
                for resampled in resampler.resample(frame):
                    yield np.asarray(resampled.to_ndarray(), dtype=np.float32)
            for resampled in resampler.resample(None):
                yield np.asarray(resampled.to_ndarray(), dtype=np.float32)
    except av.FFmpegError as error:
        raise ValueError("a recording that cannot be decoded") from error
