"""Turns sound into words with faster-whisper; runs in closed-off processes only.

Voice activity first: without it silence, noise and music give invented words. What loops, comes too
fast or is unsure is kept with no confidence, so that it is shown as doubtful.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from evidence_app.reading.speech.sound import RATE, pieces

if TYPE_CHECKING:
    from evidence_app.reading.speech.sound import Samples

SIDES = ("left", "right")
"""The names of the channels of a recording in which both sides of a call were kept apart."""

_LANGUAGES = ("zh", "en")
_LOOP = re.compile(r"(.{1,8}?)\1{3,}")
_SIGNS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that the model heard.

    Attributes:
        start_s: From when.
        end_s: Until when.
        text: The words.
        speaker: One of `SIDES`, or empty.
        confidence: From 0 to 1; 0 if they are doubtful.
    """

    start_s: float
    end_s: float
    text: str
    speaker: str
    confidence: float


class Recogniser:
    """One model, loaded.

    Args:
        folder: The model's files.
        languages: Codes of those that may be spoken; the likelier one is taken for each piece.
    """

    def __init__(self, folder: Path, languages: Sequence[str] = _LANGUAGES) -> None:
        # Without this, the library would look for a newer model.
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import WhisperModel

        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
        )
        supported = self._model.supported_languages
        self._languages = [language for language in languages if language in supported] or ["en"]

    def hear(self, stream: BinaryIO, alive: Callable[[], None]) -> Iterator[Heard]:
        """All words of a recording, piece by piece.

        Raises:
            ValueError: There is no sound that can be decoded.
        """
        for piece in pieces(stream, alive, speech_in):
            is_apart = len(piece.channels) > 1
            for samples, side in zip(piece.channels, SIDES, strict=False):
                alive()
                if speech_in(samples):
                    yield from self._of(samples, piece.start_s, side if is_apart else "", alive)

    def _of(
        self, samples: Samples, start_s: float, speaker: str, alive: Callable[[], None]
    ) -> Iterator[Heard]:
        language, share = self._language(samples)
        segments, _ = self._model.transcribe(
            samples,
            language=language,
            beam_size=5,
            temperature=[0.0, 0.2, 0.4],
            condition_on_previous_text=False,
            vad_filter=True,
            vad_parameters={"min_silence_duration_ms": 500},
        )
        for segment in segments:
            alive()
            text = " ".join(segment.text.split())
            if text:
                sure = (
                    0.0 if _is_doubtful(segment, share) else math.exp(min(0.0, segment.avg_logprob))
                )
                yield Heard(start_s + segment.start, start_s + segment.end, text, speaker, sure)

    def _language(self, samples: Samples) -> tuple[str, float]:
        if len(self._languages) == 1:
            return self._languages[0], 1.0
        _, _, probabilities = self._model.detect_language(samples, vad_filter=True)
        shares = dict(probabilities)
        best = max(self._languages, key=lambda language: shares.get(language, 0.0))
        return best, shares.get(best, 0.0)


def speech_in(samples: Samples) -> list[dict[str, Any]]:
    """Where somebody speaks, as first and last sample."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    return list(get_speech_timestamps(samples, VadOptions(), sampling_rate=RATE))


def _is_doubtful(segment: Any, language_share: float) -> bool:
    """Whether it has one of the marks that wrong transcripts had, and no right one."""
    length = max(0.3, segment.end - segment.start)
    return (
        segment.compression_ratio > 2.4
        or repeated(segment.text) > 0.5
        or len(segment.text.strip()) / length > 25
        or segment.avg_logprob < -1.0
        or (segment.no_speech_prob > 0.6 and segment.avg_logprob < -0.5)
        or language_share < 0.6
    )


def repeated(text: str) -> float:
    """The share of a text that one short phrase makes up which stands there four times or more."""
    plain = _SIGNS.sub("", text)
    if not plain:
        return 0.0
    return max((len(match[0]) for match in _LOOP.finditer(plain)), default=0) / len(plain)
