"""The dossier's own words, and how it writes times, sizes and durations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from evidence_app import resources
from evidence_app.dossier import bilingual
from evidence_app.dossier import text as texts
from evidence_app.dossier.bilingual import Bilingual
from evidence_app.dossier.options import DossierLanguage, Language
from evidence_app.model.event import Direction, Event, Outcome
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.times import Instant, Moment, TimePrecision, TimeReading, in_zone
from evidence_app.model.verification import Mismatch

_CLOCK = {
    TimePrecision.MILLISECOND: "%H:%M:%S",
    TimePrecision.SECOND: "%H:%M:%S",
    TimePrecision.MINUTE: "%H:%M",
}
_UNITS = ("KB", "MB", "GB", "TB")


@cache
def load(language: DossierLanguage) -> MappingProxyType[str, str]:
    """All words of one language by dotted key, e.g. ``cover.period``.

    Of both languages only those that are put in one form.
    """
    source = resources.path("texts", f"dossier.{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat("", tomllib.loads(source))))


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            entries += _flat(f"{prefix}{key}.", value)
        else:
            entries.append((prefix + key, str(value)))
    return entries


def _in_both(key: str, values: Mapping[str, object]) -> Bilingual:
    """The words of a key in both languages, each with the values in that language."""

    def filled(language: Language) -> str:
        own = {name: _in_one(value, language) for name, value in values.items()}
        return load(language)[key].format_map(own)

    joint = load("both").get(key)
    display = None if joint is None else joint.format_map(values)
    return Bilingual(filled("zh"), filled("en"), display)


def _in_one(value: object, language: Language) -> object:
    return bilingual.of(value, language) if isinstance(value, Bilingual) else value


class Wording:
    """Words of one language, or of both side by side, and times in one zone.

    Attributes:
        language: Of the words.
        zone: In which times are written.
    """

    def __init__(self, language: DossierLanguage, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone
        self._templates = load("en" if language == "both" else language)

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with values in their places."""
        if self.language == "both":
            return _in_both(key, values)
        return self._templates[key].format_map(values) if values else self._templates[key]

    def counted(self, key: str, number: int) -> str:
        """The words of a key for that number of things."""
        return self(f"{key}_one" if number == 1 else f"{key}_many", number=self.number(number))

    def joined(self, *parts: str) -> str:
        """The parts that are not empty, with a separator between them."""
        return self("format.separator").join(part for part in parts if part)

    def beginning(self, text: str, most: int) -> str:
        """The text; if it is longer than ``most`` characters, its beginning, which says so."""
        if len(text) <= most:
            return text
        note = self("format.cut", shown=self.number(most), count=self.number(len(text)))
        return f"{text[:most].rstrip()}{note}"

    def number(self, value: int) -> str:
        """With a separator between thousands."""
        return f"{value:,}"

    def day(self, day: date) -> str:
        """A day in words."""
        month = self(f"month.m{day.month}")
        return self("format.date", year=day.year, month=month, day=day.day)

    def day_heading(self, day: date) -> str:
        """A day with its weekday."""
        weekday = self(f"weekday.d{day.isoweekday()}")
        return self("format.day_heading", date=self.day(day), weekday=weekday)

    def month(self, year: int, month: int) -> str:
        """A month of a year."""
        return self("format.month", year=year, month=self(f"month.m{month}"))

    def period(self, first: date | None, last: date | None) -> str:
        """From one day to another."""
        if first is None or last is None:
            return self("format.no_period")
        if first == last:
            return self.day(first)
        return self("format.period", first=self.day(first), last=self.day(last))

    def moment(self, at: datetime) -> str:
        """Date, time and offset of an aware time."""
        offset = at.strftime("%z")
        return f"{at:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"

    def clock(self, reading: TimeReading) -> str:
        """The time of day, no more precise than its source; a dash if only the day is known."""
        pattern = _CLOCK.get(reading.precision)
        return in_zone(reading.moment, self.zone).strftime(pattern) if pattern else "—"

    def stamp(self, reading: TimeReading | None) -> str:
        """Date and time of day, no more precise than their source."""
        if reading is None:
            return self("time.unknown")
        at = in_zone(reading.moment, self.zone)
        if reading.precision is TimePrecision.YEAR:
            return f"{at.year}"
        if reading.precision is TimePrecision.MONTH:
            return f"{at:%Y-%m}"
        if reading.precision is TimePrecision.DAY:
            return f"{at:%Y-%m-%d}"
        return f"{at:%Y-%m-%d} {self.clock(reading)}"

    def established(self, reading: TimeReading | None) -> str:
        """How a time was established, in full."""
        if reading is None:
            return self("time.unknown_how")
        parts = [self(f"source.{reading.source}"), self(f"precision.{reading.precision}")]
        parts.append(self._kind(reading.moment))
        return self("format.list").join(parts)

    def _kind(self, moment: Moment) -> str:
        return self("time.instant" if isinstance(moment, Instant) else "time.wall_clock")

    def established_short(self, reading: TimeReading | None) -> str:
        """How a time was established, in one or two words."""
        if reading is None:
            return ""
        label = self(f"source_short.{reading.source}")
        if isinstance(reading.moment, Instant):
            return label
        return self.joined(label, self("time.wall_clock_short"))

    def duration(self, seconds: float | None) -> str:
        """As ``1:05`` or ``1:02:03``; empty if not known."""
        if seconds is None:
            return ""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

    def length(self, event: Event) -> str:
        """How long an act was; empty for a call that nobody answered."""
        if not event.duration_s and event.outcome is not Outcome.ANSWERED:
            return ""
        return self.duration(event.duration_s)

    def size(self, count: int) -> str:
        """In bytes, and rounded if they are many."""
        exact = self("format.bytes", count=self.number(count))
        if count < 1024:
            return exact
        power = min(len(_UNITS), (count.bit_length() - 1) // 10)
        return f"{count / 1024**power:.1f} {_UNITS[power - 1]} ({exact})"

    def act(self, event: Event) -> str:
        """What happened: ``Call received, missed``."""
        table = "event" if event.direction is Direction.NONE else event.direction.value
        text = self(f"{table}.{event.type}")
        if event.outcome is not Outcome.UNKNOWN:
            text = self("format.outcome", act=text, outcome=self(f"outcome.{event.outcome}"))
        return text

    def other_side(self, event: Event) -> str:
        """The name and number of the other side, as far as they are known."""
        name = texts.name(event.party or event.contact_name)
        written = texts.name(event.identifier)
        if name and written and name != written:
            return f"{name} ({written})"
        if not (name or written) and event.is_number_withheld:
            return self("withheld.number")
        return name or written

    def mismatch(self, mismatch: Mismatch) -> str:
        """What does not agree, in a sentence."""
        table, _, number = mismatch.where.rpartition(" ")
        is_row = f"row.{table}" in self._templates
        where = self(f"row.{table}", number=number) if is_row else texts.name(mismatch.where)
        return self(
            f"mismatch.{mismatch.kind}",
            where=where,
            expected=mismatch.expected,
            found=mismatch.found,
        )

    def place(self, place: SourcePlace | None) -> str:
        """Where something stands in its file."""
        if place is None:
            return ""
        where = self(f"place.{place.unit}", number=place.number)
        return self.joined(texts.name(place.sheet), where)
