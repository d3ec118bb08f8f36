"""What cells of call logs mean: durations and numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta

from evidence_app.intake.readers.tables.sheets import Cell, cell_text

_COUNT = re.compile(r"\d+(?:[.,]\d+)?")
_UNITS = re.compile(
    r"(?:(\d+)(?:小时|小時|时|時間|時|시간|hours?|hrs?|std|heures?|horas?|jam|saat|sa|ч|час\w*|h)[.,:]?)?"
    r"(?:(\d+)(?:分钟|分鐘|分|분|minutes?|mins?|minuten|minutos?|menit|dakika|dk|мин\w*|m|['’′])[.,:]?)?"
    r"(?:(\d+)(?:[.,]\d+)?(?:秒钟|秒鐘|秒|초|seconds?|secs?|sekunden|sek|secondes?|segundos?|segs?|detik"
    r"|saniye|sn|с|сек\w*|s|[\"”″]|''))?\.?",
    re.I,
)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?")
_ISO = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")
_TELEPHONE = re.compile(r"(?:\+|00)?[\d*]{3,15}")
_DOTTED = re.compile(r"(?:\+?\d{1,3}\.)?\d{3}\.\d{3}\.\d{4}")
"""As Americans write numbers; a date has no three digits before its year."""

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")


def plain(cell: Cell) -> str:
    """A cell's words with full-width signs and odd spaces as the plain ones."""
    return " ".join(unicodedata.normalize("NFKC", cell_text(cell)).split())


def bare_count(cell: Cell) -> float | None:
    """A number that stands for a duration without saying what is counted; else None."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return None if 0 < cell < 1 else float(cell)
    text = plain(cell).replace(" ", "")
    return float(text.replace(",", ".")) if _COUNT.fullmatch(text) else None


def duration(cell: Cell, unit: float = 1) -> float | None:
    """Seconds, or None if the cell is no duration. Fractions of a day are Excel's.

    Args:
        cell: The cell.
        unit: How many seconds the one is of which a cell that is a number alone counts some.
    """
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return float(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, bool | datetime):
        return None
    if isinstance(cell, int | float) and 0 < cell < 1 and unit == 1:
        return round(cell * 86400)
    count = float(cell) if isinstance(cell, int | float) else bare_count(cell)
    if count is not None:
        return count * unit
    return _written_duration(plain(cell).replace(" ", ""))


def _written_duration(text: str) -> float | None:
    if match := _CLOCK.fullmatch(text):
        return float(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]))
    match = _ISO.fullmatch(text) or _UNITS.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def number(cell: Cell) -> str:
    """A telephone number without what spreadsheets put around it."""
    text = cell_text(cell).strip().strip("\t'")
    if match := re.fullmatch(r'="?([^"]*)"?', text):
        text = match[1]
    if re.fullmatch(r"\d{5,}\.0+", text):
        text = text.split(".")[0]
    return text.strip()


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet has shortened the number, so that digits are lost."""
    return _SCIENTIFIC.fullmatch(text) is not None


def looks_like_number(cell: Cell) -> bool:
    """Whether a cell may be a telephone number: orders, cards and persons have longer ones."""
    text = number(cell)
    bare = re.sub(r"[\s()-]", "", text.replace(".", "") if _DOTTED.fullmatch(text) else text)
    return _TELEPHONE.fullmatch(bare) is not None and not isinstance(cell, bool)
