"""The names of months in the languages of those who bring evidence; after Unicode's CLDR."""

from __future__ import annotations

import unicodedata

_NAMES = (
    # English (India writes the same), German, French, Spanish, Portuguese
    "jan january january|januar jän jänner|janv janvier|ene enero|janeiro",
    "feb february|februar|févr février fév|febrero|fev fevereiro",
    "mar march|märz mrz mär|mars|marzo|março",
    "apr april|april|avr avril|abr abril|abr abril",
    "may|mai|mai|mayo|maio",
    "jun june|juni|juin|junio|junho",
    "jul july|juli|juil juillet|julio|julho",
    "aug august|august|août|ago agosto|agosto",
    "sep sept september|september|septembre|septiembre set setiembre|setembro",
    "oct october|okt oktober|octobre|octubre|out outubro",
    "nov november|november|novembre|noviembre|novembro",
    "dec december|dez dezember|déc décembre|dic diciembre|dez dezembro",
)
_MORE = (
    # Indonesian, Turkish, Russian, Hindi in its own letters and in Latin ones, Italian, Dutch
    "januari|oca ocak|янв января январь|जनवरी जन॰|janvari janavari|gen gennaio",
    "februari|şub şubat|фев февр февраля февраль|फ़रवरी फरवरी फ़र॰|farvari pharavari|febbraio",
    "maret|mar mart|мар марта март|मार्च|maarch|maart mrt",
    "april|nis nisan|апр апреля апрель|अप्रैल|aprail|aprile",
    "mei|mayıs|мая май|मई|mai|maggio mag",
    "juni|haz haziran|июн июня июнь|जून|joon|giugno giu",
    "juli|tem temmuz|июл июля июль|जुलाई जुल॰|julai|luglio lug",
    "agustus agt agu|ağu ağustos|авг августа август|अगस्त अग॰|agast|agosto augustus",
    "september|eyl eylül|сен сент сентября сентябрь|सितंबर सितम्बर सित॰|sitambar|settembre",
    "oktober okt|eki ekim|окт октября октябрь|अक्तूबर अक्टूबर अक्तू॰ अक्टू॰|aktubar|ottobre ott",
    "november nopember|kas kasım|ноя нояб ноября ноябрь|नवंबर नवम्बर नव॰|navambar|novembre",
    "desember des|ara aralık|дек декабря декабрь|दिसंबर दिसम्बर दिस॰|disambar|dicembre",
)


def folded(name: str) -> str:
    """A name without case, accents and the point of an abbreviation."""
    parts = unicodedata.normalize("NFKD", name.lower().replace("ı", "i"))
    bare = "".join(sign for sign in parts if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare).strip(".॰ ")


_MONTHS: dict[str, int] = {}
for _listed in (_NAMES, _MORE):
    for _number, _line in enumerate(_listed, 1):
        for _name in _line.replace("|", " ").split():
            _MONTHS.setdefault(folded(_name), _number)


def month_of(name: str) -> int | None:
    """The month of that name, from 1, or None if it is none."""
    return _MONTHS.get(folded(name))
