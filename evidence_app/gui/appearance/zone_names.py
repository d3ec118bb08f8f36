"""Time zones as people call them: by a city, with the difference to world time."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale, QTimeZone

from evidence_app import resources
from evidence_app.gui.appearance import languages

_WORLD_TIME = "UTC"


def zone_name(key: str) -> str:
    """A zone by its city, such as ``London (UTC+0/+1)``: with two differences if clocks change.

    Args:
        key: Its name in the IANA database.
    """
    if key == _WORLD_TIME:
        return QCoreApplication.translate("ZoneNames", "World time (UTC)")
    form = QCoreApplication.translate("ZoneNames", "{0} ({1})")
    return form.format(_city(key), _difference(key))


@lru_cache(maxsize=1)
def _cities() -> dict[str, dict[str, str]]:
    written = resources.path("texts", "zone_names.toml").read_text(encoding="utf-8")
    return tomllib.loads(written)


def _city(key: str) -> str:
    language = languages.spoken()
    city = _cities()[language].get(key)
    if city is not None or language == "en":
        return city or _place(key)
    zone = QTimeZone(key.encode())
    region = zone.displayName(
        QTimeZone.TimeType.GenericTime, QTimeZone.NameType.LongName, QLocale()
    )
    return f"{_place(key)}，{region}" if "GMT" not in region else _place(key)


def _place(key: str) -> str:
    return key.rpartition("/")[2].replace("_", " ")


def _difference(key: str) -> str:
    year = datetime.now(UTC).year
    zone = ZoneInfo(key)
    offsets = {
        datetime(year, month, 1, tzinfo=zone).utcoffset() or timedelta() for month in (1, 4, 7, 10)
    }
    return "UTC" + "/".join(map(_signed, sorted(offsets)))


def _signed(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"{sign}{hours}:{rest:02}" if rest else f"{sign}{hours}"
