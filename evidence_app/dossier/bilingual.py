"""Words in both languages at once: labels side by side, paragraphs one under the other.

A `Bilingual` is text that can be drawn as it is. Put into a sentence, it gives each language its
own words, so that nothing is said four times; what the person wrote stands there once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from evidence_app.dossier.options import DossierLanguage, Language

_BETWEEN = " · "
_LONGEST_LABEL = 90
_ENDS = (".", "。")


class Bilingual(str):
    """Text in two languages.

    Attributes:
        zh: In Chinese.
        en: In English.
    """

    __slots__ = ("en", "zh")
    zh: str
    en: str

    def __new__(cls, zh: str, en: str, display: str | None = None) -> Bilingual:
        """Text that is shown as ``display``; if there is none, as both, side by side."""
        text = super().__new__(cls, _both(zh, en) if display is None else display)
        text.zh, text.en = zh, en
        return text

    def join(self, parts: Iterable[str]) -> Bilingual:
        """The parts, each shown as it is; sentences language by language."""
        each = list(parts)
        zh = self.zh.join(of(part, "zh") for part in each)
        en = self.en.join(of(part, "en") for part in each)
        if self.zh.strip() == self.en.strip():
            return Bilingual(zh, en)
        return Bilingual(zh, en, self.en.join(map(str, each)))


def _both(zh: str, en: str) -> str:
    """Labels beside each other; paragraphs under each other, the Chinese one above its English."""
    if zh == en or not en:
        return zh
    if not zh:
        return en
    above, below = zh.strip("\n").split("\n"), en.strip("\n").split("\n")
    if len(above) == len(below) > 1:
        return "\n".join(_both(*pair) for pair in zip(above, below, strict=True))
    is_text = len(above) > 1 or len(below) > 1 or len(en) > _LONGEST_LABEL
    is_text = is_text or (en.endswith(_ENDS) and len(en) > _LONGEST_LABEL // 2)
    if is_text:
        return f"{zh}\n{en}"
    # One colon is enough before what follows both.
    return f"{zh.removesuffix('：') if en.endswith(':') else zh}{_BETWEEN}{en}"


def of(value: object, language: Language) -> str:
    """What a value says in one language."""
    if isinstance(value, Bilingual):
        return value.zh if language == "zh" else value.en
    return str(value)


def text_in(language: DossierLanguage, say: Callable[[Language], str]) -> str:
    """What ``say`` says in the language of a dossier, or in both."""
    return Bilingual(say("zh"), say("en")) if language == "both" else say(language)
