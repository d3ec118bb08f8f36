"""Compares the tables of a package with its files, and their rows with the log that is in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Any

from evidence_app.casefile import schema
from evidence_app.casefile.custody import row_proofs
from evidence_app.casefile.custody.log_copy import CopiedEntry
from evidence_app.casefile.custody.row_proofs import RowProof
from evidence_app.casefile.records import row_values
from evidence_app.dossier.package import layout, opened
from evidence_app.dossier.package.opened import Package
from evidence_app.errors import DamagedError
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import Progress
from evidence_app.services.exporting import package_proofs, tables

_LONGEST = 16 << 20
_MOST_TOLD = 1000
_EMPTY: dict[str, Any] = {**dict.fromkeys(schema.event.c.keys()), "party_name": "", "filename": ""}
_HELD = sorted(tables.HELD)
_FILE, _SHA256 = tables.COLUMNS_OF_FILES

_UNUSABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, DamagedError)


@dataclass(slots=True)
class TablesCheck:
    """What the comparison found.

    Attributes:
        rows: How many events were compared with the log.
        unproven: How many of them the log cannot show, because an older program sealed them.
        redacted: How many others cannot be compared, because something in them is blacked out.
    """

    rows: int = 0
    unproven: int = 0
    redacted: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)


def check(package: Package, entries: Sequence[CopiedEntry], progress: Progress) -> TablesCheck:
    """Compare the tables with rows, log, originals and excerpts.

    Args:
        package: Open; its files are as its lists say.
        entries: Of the log in it.
        progress: Asked at each row whether to go on.
    """
    done = TablesCheck()
    try:
        excerpts = dict(_excerpts(package))
        records = {
            record["event"]: record
            for excerpt in excerpts.values()
            for record in excerpt["records"]
        }
        done.mismatches += islice(_events(package, entries, records, done, progress), _MOST_TOLD)
        done.mismatches += islice(_files(package, excerpts), _MOST_TOLD)
        done.mismatches += _surplus(records)
    except (OSError, csv.Error, *_UNUSABLE) as error:
        done.mismatches.append(_differs(layout.TABLES, str(error)[:200]))
    return done


def excerpt_digests(package: Package) -> Iterator[tuple[str, str]]:
    """Names of excerpts and of copies, with the digest of the original that each says it is from.

    Digests that are withheld are left out.
    """
    for name in sorted(package.names):
        if name.startswith(layout.EXCERPTS):
            try:
                values = json.loads(opened.read(package, name))
                digest = str(values["original"]["sha256"])
            except (OSError, *_UNUSABLE):
                digest = "unreadable"
            if digest:
                yield name, digest
    try:
        replaced = [(entry["file"], entry["original"]["sha256"]) for entry in _replaced(package)]
    except _UNUSABLE:
        replaced = [(layout.REDACTED_LIST, "unreadable")]
    yield from ((name, str(digest)) for name, digest in replaced if digest)


def _replaced(package: Package) -> list[dict[str, Any]]:
    """What stands in the place of originals in which something is blacked out."""
    if layout.REDACTED_LIST not in package.names:
        return []
    entries: list[dict[str, Any]] = json.loads(opened.read(package, layout.REDACTED_LIST))
    return entries


def _excerpts(package: Package) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(package.names):
        if name.startswith(layout.EXCERPTS):
            yield name, json.loads(opened.read(package, name))


def _events(
    package: Package,
    entries: Sequence[CopiedEntry],
    records: dict[int, Any],
    done: TablesCheck,
    progress: Progress,
) -> Iterator[Mismatch]:
    """The lines of the table and the rows that were handed over, side by side."""
    leaves = _Leaves(package, entries)
    with _lines(package, layout.EVENTS) as table_rows, package.open(layout.ROWS) as lines:
        proofs = map(RowProof.from_line, iter(lambda: lines.readline(_LONGEST), b""))
        for number, (cells, proof) in enumerate(zip_longest(table_rows, proofs), 2):
            progress.check()
            where = f"{layout.EVENTS}, {number}"
            if cells is None or proof is None:
                yield _differs(where, "none")
                return
            if proof.is_withheld:
                if cells[0] != str(proof.cells["id"]):
                    yield _differs(where, f"event {proof.cells['id']}")
                records.pop(proof.cells["id"], None)
                done.redacted += 1
            elif proof.table != "event" or not _is_shown(cells, proof.cells):
                yield _differs(where, f"event {proof.cells['id']}")
            elif not _is_record(records.pop(proof.cells["id"], None), proof.cells):
                yield _differs(layout.EXCERPTS, f"event {proof.cells['id']}")
            elif leaves.holds(proof):
                done.rows += 1
            elif proof.place < 0 and leaves.is_withheld(proof.entry):
                done.unproven += 1
            else:
                yield _differs(where, f"entry {proof.entry}")


class _Leaves:
    """What the entries of a log hold of rows; each is read once."""

    def __init__(self, package: Package, entries: Sequence[CopiedEntry]) -> None:
        self._package = package
        self._entries = {entry.values["seq"]: entry for entry in entries}
        self._read: dict[int, bytes] = {}

    def holds(self, proof: RowProof) -> bool:
        """Whether the log vouches for a row."""
        if proof.entry not in self._read:
            self._read[proof.entry] = self._leaves(proof.entry)
        return proof.is_among(self._read[proof.entry])

    def is_withheld(self, seq: int) -> bool:
        """Whether the entry of that number cannot show what it holds."""
        return seq in self._entries and self._entries[seq].is_withheld

    def _leaves(self, seq: int) -> bytes:
        entry, name = self._entries.get(seq), layout.leaves(seq)
        if entry is None or name not in self._package.names:
            return b""
        data = opened.read(self._package, name)
        fits = row_proofs.digest_of(data) == entry.values.get("rows_digest")
        return data if fits else b""


def _is_shown(cells: Sequence[str], row: Mapping[str, Any]) -> bool:
    """Whether a line of the table says what stands in a row."""
    event = row_values.event({**_EMPTY, **row})
    return [cells[place] for place in _HELD] == list(tables.held_cells(event))


def _is_record(record: Mapping[str, Any] | None, row: Mapping[str, Any]) -> bool:
    """Whether a record of an excerpt is that of a row; true if there is none."""
    if record is None:
        return True
    event = row_values.event({**_EMPTY, **row})
    return record == package_proofs.record_of(event, row["raw"])


def _surplus(records: Mapping[int, Any]) -> Iterator[Mismatch]:
    """Records of excerpts of which there are no events."""
    for number in islice(records, _MOST_TOLD):
        yield _differs(layout.EXCERPTS, f"event {number}")


def _files(package: Package, excerpts: Mapping[str, Any]) -> Iterator[Mismatch]:
    """Lines of the table of originals that say something else of a file than the lists."""
    data = opened.read(package, layout.manifest("sha256"))
    listed = dict(line for line in layout.read_lines(data) if line is not None)
    files = {
        tables.in_csv(name): digest
        for name, digest in listed.items()
        if name.startswith(layout.ORIGINALS)
    } | {tables.in_csv(name): excerpt["original"]["sha256"] for name, excerpt in excerpts.items()}
    replaced = _replaced(package)
    left_out = {entry["original"]["sha256"] for entry in replaced if not entry["file"]}
    copies = [entry for entry in replaced if entry["file"].startswith(layout.REDACTED)]
    files |= {
        tables.in_csv(entry["file"]): entry["original"]["sha256"]
        for entry in copies
        if entry["file"] in listed
    }
    with _lines(package, layout.ORIGINALS_TABLE) as lines:
        for number, cells in enumerate(lines, 2):
            if not cells[_FILE] and cells[_SHA256] in left_out:
                continue
            expected = files.pop(cells[_FILE], "none")
            if cells[_SHA256] != expected:
                where = f"{layout.ORIGINALS_TABLE}, {number}"
                yield Mismatch(MismatchKind.TABLE, where, expected, cells[_SHA256])
    for name, digest in files.items():
        yield Mismatch(MismatchKind.TABLE, layout.ORIGINALS_TABLE, digest, f"{name}: none")


@contextmanager
def _lines(package: Package, name: str) -> Iterator[Iterator[list[str]]]:
    """The lines of a table without its titles."""
    csv.field_size_limit(_LONGEST)
    with io.TextIOWrapper(package.open(name), encoding="utf-8-sig", newline="") as text:
        yield islice(csv.reader(text), 1, None)


def _differs(where: str, actual: str) -> Mismatch:
    return Mismatch(MismatchKind.TABLE, where, "a row that the history covers", actual)
