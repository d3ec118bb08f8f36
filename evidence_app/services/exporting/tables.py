"""Events and originals as tables, for spreadsheet programs: CSV or XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.wording import Wording
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Event
from evidence_app.model.finding import Labels, Subject, SubjectKind
from evidence_app.model.times import to_text, zone
from evidence_app.model.verification import Mismatch
from evidence_app.rulebook import violations
from evidence_app.services import labels

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Language = Literal["en", "zh"]

_PAGE = 500
_MOST_IN_CELL = 32_767
_ROOM_TO_SAY = 100
_MOST_ROWS = 1_048_576
_RISKY = "=+\\-@＝＋－＠"
_FORMULA = re.compile(
    # Where a cell begins for any reader: whatever is between commas, semicolons, tabs, bars or
    # lines, with or without blanks and quotes before it.
    rf"(^|[,;|\t\r\n])([\s\"'\0]*)(?=[{_RISKY}])"
)
_DEFUSED = re.compile(rf"(^|[,;|\t\r\n])([\s\"'\0]*)'(?=[{_RISKY}])")
_NUMBER = re.compile(r"[+-] ?[0-9][0-9 ]*")
_TITLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "id",
        "item_id",
        "type",
        "direction",
        "outcome",
        "started_at",
        "time_source",
        "time_precision",
        "duration_s",
        "party",
        "identifier",
        "identifier_normalized",
        "contact_name",
        "text",
        "violations",
        "tags",
        "source_file",
        "source_place",
    ),
    "zh": (
        "编号",
        "证据编号",
        "类型",
        "方向",
        "结果",
        "时间",
        "时间出处",
        "时间精度",
        "时长（秒）",
        "人员",
        "号码或地址",
        "规范号码",
        "来源中的姓名",
        "文字",
        "违规标记",
        "标签",
        "来源文件",
        "文件中的位置",
    ),
}

_ORIGINAL_TITLES: dict[Language, tuple[str, ...]] = {
    "en": (
        "exhibit",
        "item_id",
        "file",
        "original_name",
        "title",
        "kind",
        "time",
        "time_source",
        "time_precision",
        "sha256",
        "size",
        "media_type",
        "imported_at",
        "device",
        "violations",
        "tags",
        "note",
    ),
    "zh": (
        "证据",
        "证据编号",
        "文件",
        "原文件名",
        "标题",
        "类型",
        "时间",
        "时间出处",
        "时间精度",
        "SHA-256",
        "大小（字节）",
        "媒体类型",
        "导入时间",
        "设备",
        "违规标记",
        "标签",
        "备注",
    ),
}

EVENT_COLUMNS, ORIGINAL_COLUMNS = _TITLES["en"], _ORIGINAL_TITLES["en"]
"""What the columns of the tables hold, whatever the language of their titles."""

COLUMNS_OF_FILES = (
    _ORIGINAL_TITLES["en"].index("file"),
    _ORIGINAL_TITLES["en"].index("sha256"),
)
"""Where the table of originals has the file in the package, and its digest."""

Writer = Callable[[Iterator[Sequence[str]], Path], None]


def writer_for(out: Path) -> Writer:
    """What writes a table of that file's kind.

    Raises:
        UsageError: The name ends neither in ``.csv`` nor in ``.xlsx``.
    """
    writers: dict[str, Writer] = {".csv": _write_csv, ".xlsx": _write_xlsx}
    try:
        return writers[out.suffix.lower()]
    except KeyError as error:
        raise UsageError(
            message(MessageCode.UNKNOWN_TABLE_FORMAT, value=out.suffix or out.name)
        ) from error


def warnings(mismatches: Iterable[Mismatch], language: Language) -> Iterator[Sequence[str]]:
    """One row for each thing in the case that does not agree."""
    wording = Wording(language, zone("UTC"))
    for mismatch in mismatches:
        sentence = wording("disagreements.in_tables", what=wording.mismatch(mismatch))
        yield (_clean(sentence),)


def rows(case: CaseFile, events: Iterable[Event], language: Language) -> Iterator[Sequence[str]]:
    """The titles, then one row for each event; every cell is text."""
    yield _TITLES[language]
    waiting = iter(events)
    while page := list(islice(waiting, _PAGE)):
        subjects = [Subject(SubjectKind.EVENT, event.id) for event in page]
        on_them = labels.labels(case, subjects)
        for event, subject in zip(page, subjects, strict=True):
            yield _row(event, on_them[subject], language)


def originals(
    exhibits: Iterable[Exhibit], paths: Mapping[int, str], language: Language
) -> Iterator[Sequence[str]]:
    """The titles, then one row for each exhibit; every cell is text.

    Args:
        exhibits: Of a dossier.
        paths: Where the original of each lies, by the exhibit's number.
        language: Of the titles and the violations.
    """
    yield _ORIGINAL_TITLES[language]
    for exhibit in exhibits:
        item, time = exhibit.item, exhibit.item.time
        cells = (
            str(exhibit.number),
            str(item.id),
            paths[exhibit.number],
            item.filename,
            item.title,
            item.kind.value,
            to_text(time.moment) if time else "",
            time.source.value if time else "",
            time.precision.value if time else "",
            item.sha256,
            str(item.size) if item.sha256 else "",
            item.media_type,
            item.imported_at.isoformat(timespec="seconds"),
            exhibit.device.name if exhibit.device else "",
            "; ".join(exhibit.violations),
            "; ".join(exhibit.tags),
            item.note,
        )
        yield tuple(map(_clean, cells))


def held_cells(event: Event) -> Sequence[str]:
    """The cells of an event that its row in the case alone decides, as a CSV table has them."""
    cells = enumerate(_row(event, Labels(), "en"))
    return [in_csv(cell) for place, cell in cells if place in HELD]


HELD = frozenset(range(len(_TITLES["en"]))) - {
    _TITLES["en"].index(title) for title in ("party", "violations", "tags", "source_file")
}
"""The columns of the events that an event's row in the case alone decides."""


def _row(event: Event, on_it: Labels, language: Language) -> Sequence[str]:
    time, place = event.time, event.place
    confirmed = [violations.get(code).name(language) for code in on_it.violations]
    cells = (
        str(event.id),
        str(event.item_id),
        event.type.value,
        event.direction.value,
        event.outcome.value,
        to_text(time.moment) if time else "",
        time.source.value if time else "",
        time.precision.value if time else "",
        "" if event.duration_s is None else f"{event.duration_s:g}",
        event.party,
        event.identifier,
        event.identifier_normalized,
        event.contact_name,
        event.text,
        "; ".join(confirmed),
        "; ".join(tag.name for tag in on_it.tags),
        event.filename,
        f"{place.sheet} {place.unit} {place.number}".strip() if place else "",
    )
    return tuple(map(_clean, cells))


def _clean(cell: str) -> str:
    """The cell without characters that no table can hold."""
    return "".join(c for c in cell if c >= " " or c in "\t\r\n")


def in_csv(cell: str) -> str:
    """The cell as it stands in CSV: with an apostrophe where a spreadsheet could begin to run it.

    Programs split a file at commas, semicolons or tabs as the country has it, whatever was meant:
    ``a;=1+1`` is a formula in half of Europe. A telephone number such as ``+86…`` stays as it is:
    digits and blanks do no harm.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    first = "'" if cell.startswith(("\t", "\r", "\n")) else ""
    return first + _FORMULA.sub(r"\g<0>'", cell)


def from_csv(cell: str) -> str:
    """A cell as it was before `in_csv`."""
    if cell[:1] == "'" and cell[1:2] in ("\t", "\r", "\n"):
        cell = cell[1:]
    return _DEFUSED.sub(r"\1\2", cell)


def _write_csv(table: Iterator[Sequence[str]], out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace") as file:
        writer = csv.writer(file)
        for row in table:
            writer.writerow([in_csv(cell) for cell in row])


def _write_xlsx(table: Iterator[Sequence[str]], out: Path) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        # A file that cannot be made must fail before the library has opened files of its own.
        with out.open("wb") as file, xlsxwriter.Workbook(file, options) as book:
            _fill(book, table)
    except FileCreateError as error:
        [reason] = error.args
        raise reason from error


def _fill(book: Workbook, table: Iterator[Sequence[str]]) -> None:
    # Cells stay text even if somebody edits them.
    plain = book.add_format({"quote_prefix": True})
    bold = book.add_format({"bold": True, "quote_prefix": True})
    number = 1
    sheet = book.add_worksheet("events")
    sheet.freeze_panes(1, 0)
    for n, row in enumerate(table):
        if n and n % _MOST_ROWS == 0:
            number += 1
            sheet = book.add_worksheet(f"events {number}")
        for m, cell in enumerate(row):
            style = bold if n == 0 else plain
            sheet.write_string(n % _MOST_ROWS, m, _fitting(cell), style)


def _fitting(cell: str) -> str:
    """The cell; if XLSX cannot hold it, its beginning, which says so."""
    if len(cell) <= _MOST_IN_CELL:
        return cell
    length = _MOST_IN_CELL - _ROOM_TO_SAY
    note = f"… [{length:,} / {len(cell):,}: all of it is in a CSV table, 全文见 CSV 表格]"
    return cell[:length] + note
