"""Recordings with silent stretches; runs in closed-off processes only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import ceil, floor
from pathlib import Path

from evidence_app.model.mark import Stretch

MARGIN_S = 0.3
"""Sound is coded in blocks that overlap: around a tight stretch it would betray what was said."""


def muted(source: Path, target: Path, silent: Sequence[Stretch]) -> None:
    """Write the sound of a recording as FLAC, with nothing in it but sound; stretches are silent.

    Of a video, the picture is left out.

    Args:
        source: What was recorded.
        target: Where it goes.
        silent: In seconds; each is grown by `MARGIN_S`.
    """
    import av
    import numpy

    with av.open(str(source)) as opened, av.open(str(target), "w", format="flac") as output:
        heard = opened.streams.audio[0]
        rate = heard.codec_context.sample_rate
        layout = "mono" if heard.codec_context.layout.nb_channels == 1 else "stereo"
        stream = output.add_stream("flac", rate=rate, layout=layout)
        resampler = av.AudioResampler("s16", layout, rate)
        at = 0
        for frame in chain(opened.decode(heard), [None]):
            for piece in resampler.resample(frame):
                samples = numpy.array(piece.to_ndarray(), dtype=numpy.int16)
                _silence(samples, at, rate, 1 if layout == "mono" else 2, silent)
                plain = av.AudioFrame.from_ndarray(samples, format="s16", layout=layout)
                plain.sample_rate, plain.pts = rate, at
                at += piece.samples
                output.mux(stream.encode(plain))
        output.mux(stream.encode(None))


def _silence(samples: object, at: int, rate: int, channels: int, silent: Iterable[Stretch]) -> None:
    """Make samples of a piece silent that begins at sample ``at``; channels are interleaved."""
    for stretch in silent:
        first = floor((stretch.start_s - MARGIN_S) * rate) - at
        last = ceil((stretch.end_s + MARGIN_S) * rate) - at
        if last > 0:
            samples[:, max(0, first) * channels : last * channels] = 0  # type: ignore[index]


def silent_peaks(peaks: bytes, duration_s: float, silent: Iterable[Stretch]) -> bytes:
    """A waveform that shows nothing of stretches.

    Args:
        peaks: The loudness of equally long stretches.
        duration_s: Of all of them.
        silent: In seconds.
    """
    waveform = bytearray(peaks)
    unit = len(peaks) / duration_s if duration_s else 0.0
    for stretch in silent:
        first = max(0, floor((stretch.start_s - MARGIN_S) * unit) - 1) if unit else 0
        last = min(len(peaks), ceil((stretch.end_s + MARGIN_S) * unit) + 1) if unit else len(peaks)
        waveform[first:last] = bytes(max(0, last - first))
    return bytes(waveform)
