"""In which language words are read aloud: for those who hear the document instead of seeing it."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence_app.dossier.options import DossierLanguage

OF_DOCUMENT = {"en": "en", "zh": "zh-Hans", "both": "zh-Hans"}
"""The language of a document as a whole (BCP 47)."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_POINTS = "\u3000-\u303f\uff00-\uffef“”‘’—…·"
_CHINESE = re.compile(rf"[{_POINTS}]*[{_HAN}](?:[{_HAN}{_POINTS}\d]*[{_HAN}{_POINTS}])?")
_KANA = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_ENGLISH = re.compile(r"[!-~“‘]*[A-Za-z][!-~ “”‘’–—…]*")

Stretch = tuple[str, str]
"""A language, or nothing for that of the document; and text."""


def stretches(text: str, language: DossierLanguage) -> tuple[Stretch, ...]:
    """Text in stretches of one language each, as far as its letters tell.

    In an English document Chinese characters are Chinese, but not beside Japanese or Korean ones.
    In one in both languages, Latin letters are English. In a Chinese one, they are names.
    """
    if language == "zh" or (language == "en" and text.isascii()):
        return (("", text),)
    return _parted(text, language)


@lru_cache(maxsize=1 << 12)
def _parted(text: str, language: DossierLanguage) -> tuple[Stretch, ...]:
    if language == "en" and _KANA.search(text):
        return (("", text),)
    other, pattern = ("zh-Hans", _CHINESE) if language == "en" else ("en", _ENGLISH)
    parts: list[Stretch] = []
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            parts.append(("", text[end : match.start()]))
        parts.append((other, match[0]))
        end = match.end()
    if end < len(text) or not parts:
        parts.append(("", text[end:]))
    return tuple(parts)
