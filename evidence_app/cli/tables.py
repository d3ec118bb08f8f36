"""What the commands print for people: aligned tables and plain lines."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from evidence_app.model.times import from_text, in_zone

Values = dict[str, Any]
"""One object, by the names that the JSON has."""

_WIDEST = 48
_RAW = 200
"""So many signs of a row that could not be read are shown."""

_GAP = "  "
_COLUMNS = {
    "items": ("id", "time", "kind", "status", "events", "size", "title", "labels"),
    "trash": ("id", "time", "kind", "events", "size", "title"),
    "copies": ("name", "at", "occasion", "size"),
    "events": (
        "id",
        "started_at",
        "type",
        "direction",
        "outcome",
        "duration_s",
        "who",
        "text",
        "labels",
    ),
    "lines": ("id", "page", "confidence", "text"),
    "transcript": ("id", "start_s", "end_s", "speaker", "text"),
    "proposals": ("id", "item_id", "time", "time_words", "direction", "name", "count", "text"),
    "hits": ("id", "time", "who", "text"),
    "parties": ("id", "role", "kind", "acts_for", "name", "identifiers", "events", "note"),
    "debts": ("id", "creditor", "product", "number", "amount", "due_on", "days_overdue"),
    "findings": ("id", "violation", "status", "rule", "subject", "note"),
    "marks": ("id", "item_id", "kind", "page", "event_id", "text", "note"),
    "tags": ("id", "name", "uses"),
    "questions": ("id", "item_id", "file", "kind", "detail"),
    "coverage": ("kind", "first", "last", "events", "file", "gap"),
    "devices": ("id", "name", "holder", "kept"),
    "timestamps": ("id", "at", "entry", "authority", "root", "problem"),
    "custody": ("seq", "at", "action", "detail", "entry_hash"),
}
_TIMES = frozenset({"time", "started_at", "at"})


class Table:
    """A table of one kind of rows.

    Args:
        kind: What is listed, as on the command line.
        where: The zone in which times are shown.
    """

    def __init__(self, kind: str, where: ZoneInfo) -> None:
        self._columns = _COLUMNS[kind]
        self._empty = "Nothing was found." if kind == "hits" else "Nothing is there yet."
        self._where = where

    def lines(self, rows: Sequence[Values]) -> Iterator[str]:
        """The heading and one line a row; a sentence if there are none."""
        if not rows:
            yield self._empty
            return
        heading = [name.removesuffix("_s").replace("_", " ").upper() for name in self._columns]
        cells = [heading, *([self._cell(row, name) for name in self._columns] for row in rows)]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        for line in cells:
            yield _GAP.join(map(_padded, line, widths)).rstrip()

    def _cell(self, row: Values, name: str) -> str:
        if name in _TIMES:
            return self._time(row[name], row.get("time_precision"))
        text = plain(_SPECIAL.get(name, dict.get)(row, name))
        return text if name == "entry_hash" else _shortened(text)

    def _time(self, text: str | None, precision: str | None) -> str:
        if text is None:
            return ""
        at = in_zone(from_text(text), self._where)
        return f"{at:%Y-%m-%d}" if precision == "day" else f"{at:%Y-%m-%d %H:%M:%S}"


def facts(values: Values) -> Iterator[str]:
    """One line for each value that is known."""
    for name, value in values.items():
        if value not in (None, "", [], {}):
            yield f"{name.replace('_', ' ')}: {plain(value)}"


def import_lines(values: Values) -> Iterator[str]:
    """What became of a file: one line, and one more for each thing to be said of it."""
    events = f", {values['events']} events" if values["events"] else ""
    item = f" ({values['item_id']}{events})" if values["item_id"] else ""
    yield f"{values['outcome'].replace('_', ' ')}: {plain(values['path'])}{item}"
    sentences = [
        sentence["text"] for sentence in (values["reason"], *values["notices"]) if sentence
    ]
    for sentence in dict.fromkeys(sentences):
        yield f"    {plain(sentence)}"
    for question in values["questions"]:
        question_kind = question["kind"].replace("_", " ")
        yield f"    open question: {question_kind} {_shortened(plain(question['detail']))}"
    for skipped in values["skipped"]:
        place = skipped["place"]
        sheet = f"{plain(place['sheet'])}, " if place["sheet"] else ""
        where = f"{sheet}{place['unit']} {place['number']}"
        yield f"    {where}: {plain(skipped['reason']['text'])} [{plain(skipped['raw'])[:_RAW]}]"


def plain(value: Any) -> str:
    """A value on one line, without anything that a terminal would obey."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    one_line = " ".join(text.split())
    return "".join(sign for sign in one_line if unicodedata.category(sign) not in ("Cc", "Cf"))


def _labels(row: Values, _name: str) -> str:
    return ", ".join([*row["violations"], *row["tags"]])


def _person(row: Values, _name: str) -> str:
    if "who" in row:
        return str(row["who"])
    return str(row["party"] or row["contact_name"] or row["identifier"])


def _identifiers(row: Values, _name: str) -> str:
    return ", ".join(identifier["identifier"] for identifier in row["identifiers"])


_SPECIAL = {"labels": _labels, "who": _person, "identifiers": _identifiers}


def _width(text: str) -> int:
    """How many places of a terminal the text takes."""
    return sum(0 if unicodedata.combining(sign) else 1 + _is_wide(sign) for sign in text)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _shortened(text: str) -> str:
    if _width(text) <= _WIDEST:
        return text
    shortened, room = "", _WIDEST - 1
    for sign in text:
        room -= _width(sign)
        if room < 0:
            break
        shortened += sign
    return f"{shortened}…"
