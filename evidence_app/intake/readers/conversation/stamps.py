"""How dates and times of day stand before messages, as parts of regular expressions."""

from __future__ import annotations

from evidence_app.intake.readers.chat.lines import HALVES

HALF = rf"(?:{HALVES}|[AaPp]\.?\s?[Mm]\b\.?)"
_WORD = r"[^\W\d_]{3,12}\.?"
_DAY_OF_WEEK = (
    r"(?i:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|"
    r"(?:mo|di|mi|do|fr|sa|so)\.?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|"
    r"(?:lun|mar|mer|jeu|ven|sam|dim)\.?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"(?:lun|mar|mié|jue|vie|sáb|dom)\.?|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"(?:seg|ter|qua|qui|sex)\.?|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|"
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|(?:gio|sab|gi|za|zo|wo|vr|ma)\.?|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|"
    r"среда|четверг|пятница|суббота|воскресенье|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|"
    r"pazar|senin|selasa|rabu|kamis|jumat|sabtu|minggu)"
)
_DATE = (
    r"(?:\d{4}(?:[-/.年]|년\s)\s?\d{1,2}(?:[-/.月]|월\s)\s?\d{1,2}(?:日|일|\.)?|"
    r"\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}(?:\s?[гр]\.)?|"
    rf"(?:{_DAY_OF_WEEK},?\s)?{_WORD}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|"
    rf"(?:{_DAY_OF_WEEK},?\s)?\d{{1,2}}\.?\s(?:de\s)?{_WORD},?\s(?:de\s)?\d{{4}})"
)
_SHORT_DATE = (
    r"(?:\d{1,2}\s?月\s?\d{1,2}\s?[日号號]|\d{1,2}월\s\d{1,2}일|\d{1,2}[-/.]\d{1,2}|"
    rf"{_WORD}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.?\s{_WORD})"
)
_NEAR_DAY = (
    r"(?:(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?|Today|Yesterday)\b|"
    r"今天|昨天|前天|(?:星期|周|週)[一二三四五六日天])"
)
_TIME = (
    rf"(?:{HALF}\s?)?\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}}(?:\.\d{{1,6}})?)?(?!:?\d)(?:\s?{HALF})?"
    r"(?:\sUhr)?(?P<zone>Z\b|\s?[+-]\d{2}:?\d{2}\b|\s?(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?\b)?"
)
STAMP = (
    rf"(?P<stamp>(?:(?P<date>{_DATE}|{_SHORT_DATE}|(?P<near>{_NEAR_DAY}))(?!\d)(?:,|，|T|\s|\]\s?\[|\bat\b|\bum\b|\bà\b|[-–])*)?{_TIME}"
    rf"(?:,?\s(?P<later>{_DATE}))?)"
)
