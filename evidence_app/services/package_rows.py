"""The rows of a case, as far as the tables of an evidence package tell them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from evidence_app.casefile import schema
from evidence_app.casefile.custody.row_proofs import RowProof
from evidence_app.casefile.records import row_values
from evidence_app.dossier.package import check, layout
from evidence_app.dossier.package.opened import Package
from evidence_app.errors import DamagedError, UsageError
from evidence_app.model import times
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, ItemStatus
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource
from evidence_app.rulebook import violations
from evidence_app.services import cases
from evidence_app.services.exporting import tables
from evidence_app.services.exporting.embedding import MEDIA_TYPES

Row = dict[str, Any]

UNUSABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, csv.Error,
            DamagedError, UsageError)  # fmt: skip
"""What rows raise that no program of this kind wrote."""

_LONGEST = 16 << 20
_ASKED = 200
"""So many times are compared with a zone, to find the one in which the case was kept."""

_LIKELY = ("Asia/Shanghai", "Europe/London", "America/New_York", "Asia/Kolkata", "UTC")
TEXT = "text/plain"
_NO_NAMES = {"party_name": "", "filename": ""}


@dataclass(slots=True)
class PackageRows:
    """What the tables tell.

    Attributes:
        zone: The name of a zone in which the times are as the case had them.
        items: Rows of items by number, without the number of their content.
        files: Where the bytes of each item lie; empty if they are not in the package.
        media_types: What kind of bytes these are.
        events: Rows of events, by number.
        parties: Rows of people, by number.
        identifiers: Rows of their numbers and addresses, by the form in which they are compared.
        violations: What was confirmed on items and events, by the code of the violation type.
        tags: What has the person's tags, by their names.
        unreadable: How many rows are none that this program writes.
    """

    zone: str = "UTC"
    items: dict[int, Row] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    media_types: dict[int, str] = field(default_factory=dict)
    events: dict[int, Row] = field(default_factory=dict)
    parties: dict[int, Row] = field(default_factory=dict)
    identifiers: dict[str, Row] = field(default_factory=dict)
    violations: dict[str, list[Subject]] = field(default_factory=dict)
    tags: dict[str, list[Subject]] = field(default_factory=dict)
    unreadable: int = 0


def read(package: Package) -> PackageRows:
    """The rows that the tables of a package tell.

    Raises:
        OSError: A table cannot be read.
    """
    package_rows = PackageRows()
    for cells in _lines(package, layout.ORIGINALS_TABLE):
        _guarded(package_rows, _take_item, cells)
    lines = {cells[0]: cells for cells in _lines(package, layout.EVENTS) if cells}
    with package.open(layout.ROWS) as file:
        for line in iter(lambda: file.readline(_LONGEST), b""):
            _guarded(package_rows, _take_row, line, lines)
    package_rows.zone = _zone_of(package_rows.events.values())
    for row in (*package_rows.items.values(), *package_rows.events.values()):
        _sort(row, ZoneInfo(package_rows.zone))
    for row in package_rows.events.values():
        package_rows.items[row["item_id"]]["event_count"] += 1
    return package_rows


def title_of(package: Package) -> tuple[str, str]:
    """What the package calls the case, and its person."""
    package_info = check.info(package)
    return package_info.get("External-Description", ""), package_info.get("Contact-Name", "")


def _lines(package: Package, name: str) -> Iterator[list[str]]:
    """The lines of a table without its titles, as they were before they became CSV."""
    csv.field_size_limit(_LONGEST)
    with io.TextIOWrapper(package.open(name), encoding="utf-8-sig", newline="") as text:
        for cells in islice(csv.reader(text), 1, None):
            yield [tables.from_csv(cell) for cell in cells]


def _guarded(package_rows: PackageRows, take: Any, *arguments: Any) -> None:
    try:
        take(package_rows, *arguments)
    except UNUSABLE:
        package_rows.unreadable += 1


def _take_item(package_rows: PackageRows, cells: list[str]) -> None:
    of = dict(zip(tables.ORIGINAL_COLUMNS, cells, strict=True))
    number = int(of["item_id"])
    if number < 1:
        raise ValueError("no number")
    row: Row = {
        "id": number,
        "kind": ItemKind(of["kind"]).value,
        "title": of["title"],
        "filename": of["original_name"],
        "origin": "",
        "status": (ItemStatus.READ if of["file"] else ItemStatus.UNREAD).value,
        "imported_at": times.from_text(of["imported_at"]).at.isoformat(),
        "note": of["note"],
        **_time_cells(of, of["time"]),
        "event_count": 0,
        "metadata": "{}",
    }
    name = of["file"]
    package_rows.items[number], package_rows.files[number] = row, name
    is_original = name.startswith(layout.ORIGINALS)
    of_copy = MEDIA_TYPES.get(PurePosixPath(name).suffix, TEXT)
    package_rows.media_types[number] = of["media_type"] if is_original else of_copy
    _take_labels(package_rows, Subject(SubjectKind.ITEM, number), of)


def _take_row(package_rows: PackageRows, line: bytes, lines: Mapping[str, list[str]]) -> None:
    proof = RowProof.from_line(line)
    of = dict(zip(tables.EVENT_COLUMNS, lines[str(proof.cells["id"])], strict=True))
    # Of a row in which something is blacked out only the line of the table is there.
    cells = _told_by(of) if proof.is_withheld else dict(proof.cells)
    row: Row = {column.name: cells.get(column.name) for column in schema.event.columns}
    row["raw"] = row["raw"] or "{}"
    row_values.event({**row, **_NO_NAMES})
    if row["item_id"] not in package_rows.items:
        raise LookupError("an event of nothing")
    package_rows.events[row["id"]] = row
    _take_party(package_rows, row, of["party"])
    _take_labels(package_rows, Subject(SubjectKind.EVENT, row["id"]), of)


def _told_by(of: Mapping[str, str]) -> Row:
    return {
        "id": int(of["id"]),
        "item_id": int(of["item_id"]),
        "type": EventType(of["type"]).value,
        "direction": Direction(of["direction"]).value,
        "outcome": Outcome(of["outcome"]).value,
        **_time_cells(of, of["started_at"]),
        "duration_s": float(of["duration_s"]) if of["duration_s"] else None,
        "identifier": of["identifier"],
        "identifier_normalized": of["identifier_normalized"],
        "contact_name": of["contact_name"],
        "text": of["text"],
    }


def _time_cells(of: Mapping[str, str], written: str) -> Row:
    if not written:
        return row_values.time_columns(None)
    source, precision = TimeSource(of["time_source"]), TimePrecision(of["time_precision"])
    reading = TimeReading(times.from_text(written), source, precision, written)
    return row_values.time_columns(reading)


def _take_party(package_rows: PackageRows, row: Row, name: str) -> None:
    """Note who it was; what they are to the case is not in a package."""
    number, normalized = row["party_id"], row["identifier_normalized"]
    if number is None:
        return
    package_rows.parties.setdefault(
        number, {"id": number, "role": Role.UNKNOWN.value, "name": name, "note": ""}
    )
    if normalized and normalized not in package_rows.identifiers:
        package_rows.identifiers[normalized] = {
            "id": len(package_rows.identifiers) + 1,
            "party_id": number,
            "raw": row["identifier"] or normalized,
            "normalized": normalized,
        }


def _take_labels(package_rows: PackageRows, subject: Subject, of: Mapping[str, str]) -> None:
    for name in filter(None, of["violations"].split("; ")):
        code = _codes().get(name)
        if code is not None:
            package_rows.violations.setdefault(code, []).append(subject)
    for name in filter(None, of["tags"].split("; ")):
        package_rows.tags.setdefault(name, []).append(subject)


@cache
def _codes() -> Mapping[str, str]:
    """The codes of violation types, by their names in each language."""
    return {
        violation.name(language): violation.code
        for violation in violations.all_types()
        for language in ("en", "zh")
    }


def _zone_of(events: Iterable[Row]) -> str:
    """A zone in which the times sort as they did in the case, whose own zone is not told."""
    events_with_day = list(islice((event for event in events if event.get("day")), _ASKED))
    own = cases.default_timezone()
    for name in dict.fromkeys((own, *_LIKELY, *sorted(available_timezones()))):
        where = ZoneInfo(name)
        if all(_fits(row, where) for row in events_with_day):
            return name
    return "UTC"


def _fits(row: Row, where: ZoneInfo) -> bool:
    keys = row_values.sort_columns(row_values.time_reading(row), where)
    return all(row[name] == value for name, value in keys.items())


def _sort(row: Row, where: ZoneInfo) -> None:
    reading = row_values.time_reading(row)
    columns = row_values.sort_columns if "type" in row else row_values.sort_column
    row |= columns(reading, where)
