"""The sound of a recording, decoded piece by piece: a waveform, and a form that plays anywhere."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PEAKS = 1000
"""Stretches of a waveform."""

MAX_BYTES = 200 << 20
"""A playable form that would be larger is not made."""

_RATES = (16_000, 8_000)
_PEAKS_PER_SECOND = 500
_SAMPLE_BYTES = 2


def rate_for(source_rate: int, seconds: float) -> int:
    """Samples a second that lose nothing of speech and fit, if anything fits."""
    best = _RATES[0] if source_rate > _RATES[1] else _RATES[1]
    return best if seconds * best * _SAMPLE_BYTES < MAX_BYTES else _RATES[1]


class Sound:
    """Takes samples in and keeps their peaks, and themselves while they fit.

    Args:
        rate: Samples a second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._samples = 0
        self._stretch = rate // _PEAKS_PER_SECOND
        self._peaks: list[NDArray[np.uint8]] = []
        self._pending: list[NDArray[np.int16]] = []
        self._pending_samples = 0
        self._file: io.BytesIO | None = io.BytesIO()
        self._wave = wave.open(self._file, "wb")  # noqa: SIM115 - closed by `as_wave`.
        self._wave.setnchannels(1)
        self._wave.setsampwidth(_SAMPLE_BYTES)
        self._wave.setframerate(rate)

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return self._samples / self._rate

    @property
    def is_too_long(self) -> bool:
        """Whether there is no playable form because it would not fit."""
        return self._file is None

    def take(self, frame: Any) -> None:
        """Append a frame of 16-bit samples of one channel."""
        samples = frame.to_ndarray().reshape(-1)
        self._pending.append(samples)
        self._pending_samples += len(samples)
        self._samples += len(samples)
        if self._pending_samples >= self._rate:
            self._settle(last=False)

    def peaks(self) -> bytes:
        """One unsigned byte of peak loudness for each of at most `PEAKS` equal stretches."""
        import numpy as np

        self._settle(last=True)
        if not self._peaks:
            return b""
        fine = np.concatenate(self._peaks)
        count = min(PEAKS, len(fine))
        edges = np.linspace(0, len(fine), count + 1, dtype=np.int64)[:-1]
        data: bytes = np.maximum.reduceat(fine, edges).tobytes()
        return data

    def as_wave(self) -> bytes:
        """A WAV file, empty if it would be too large; nothing can be taken in afterwards."""
        self._settle(last=True)
        if self._file is None:
            return b""
        self._wave.close()
        return self._file.getvalue()

    def _settle(self, *, last: bool) -> None:
        import numpy as np

        if not self._pending:
            return
        samples = np.concatenate(self._pending)
        count = len(samples) if last else len(samples) // self._stretch * self._stretch
        self._pending = [samples[count:]] if count < len(samples) else []
        self._pending_samples = len(samples) - count
        self._write(samples[:count])
        edges = np.arange(0, count, self._stretch)
        loud = np.abs(samples[:count].astype(np.int32))
        self._peaks.append(
            np.minimum(np.maximum.reduceat(loud, edges) // 128, 255).astype(np.uint8)
        )

    def _write(self, samples: NDArray[np.int16]) -> None:
        if self._file is None:
            return
        if self._samples * _SAMPLE_BYTES > MAX_BYTES:
            self._wave.close()
            self._file = None
            return
        self._wave.writeframes(samples.tobytes())
