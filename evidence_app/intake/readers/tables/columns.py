"""Which column of a table holds what: by its heading, and where that is unsure by its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time

from evidence_app.intake.readers.tables.call_words import call_sort, result
from evidence_app.intake.readers.tables.headings import Column, column_of, folded
from evidence_app.intake.readers.tables.sheets import Cell, Row
from evidence_app.intake.readers.tables.times import (
    Dating,
    UnknownOrderError,
    UnknownYearError,
    is_clock,
    read_time,
)
from evidence_app.intake.readers.tables.values import bare_count, duration, looks_like_number, plain
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.question import DateOrder, TableMapping
from evidence_app.model.times import TimePrecision

_TALK_TIME = folded("通话时间")
"""A start in one layout, a clock beside a date in another, a length in a third."""

_WHO = frozenset({Column.NUMBER, Column.CALLER, Column.CALLEE, Column.NAME})
_COUNTED = (Column.SECONDS, Column.MINUTES)
_LENGTHS = (Column.DURATION, Column.MINUTES, Column.SECONDS)
_MOST_WORDS = 12
_MOST_COLUMNS = 512
"""No log is wider; what columns hold is not guessed beyond."""

_BILL_SIGNS = ("通信", "通话", "呼叫", "话单", "漫游", "长途", "主叫", "被叫", "对端")
_CALL_SIGNS = re.compile(
    r"call|voice|phone|talk|通话|通話|语音|語音|呼叫|通信|话单|anruf|verbindung|appel|llamada|chamada|"
    r"panggilan|arama|konuşma|звон|вызов|통화",
    re.I,
)
_OF_CALLS_ALONE = re.compile(
    r"来电|來電|去电|去電|通话|通話|接听|接聽|接通|\bcall(?:er|ed|s)?\b|\banruf|\bappel|llamada|chamada|"
    r"звон",
    re.I,
)
_MESSAGE_SIGNS = re.compile(r"sms|mms|text message|短信|彩信|短彩信|简讯|簡訊|문자", re.I)

Columns = dict[Column, int]


def columns_by_heading(row: Row, body: Sequence[Row], names: str = "") -> Columns | None:
    """What the columns hold, if the row is a heading of a log; else None.

    Args:
        row: The row.
        body: The rows below it: where a heading leaves open what a column holds, they tell.
        names: The words above the row, and the names of sheet and file.
    """
    columns = [column_of(cell) for cell in row]
    positions: Columns = {}
    for position, column in enumerate(columns):
        if column is not None:
            positions.setdefault(column, position)
    _choose_dates(positions, columns, body)
    texts = [folded(cell) for cell in row]
    if _TALK_TIME in texts:
        _settle_talk_time(positions, texts.index(_TALK_TIME), body)
    _settle_lengths(positions, body)
    _settle_direction(positions, columns, body)
    _settle_dates(positions, body)
    _settle_names(positions, body)
    is_log = Column.TIME in positions and len(positions) > 2
    if not is_log or (
        _WHO.isdisjoint(positions) and not _is_bill_without_numbers(positions, row, names)
    ):
        return None
    return positions


def _is_bill_without_numbers(positions: Columns, row: Row, names: str) -> bool:
    """Whether a table without numbers is one of calls all the same: it says so, and how long."""
    has_length = not set(_LENGTHS).isdisjoint(positions)
    return has_length and _CALL_SIGNS.search(f"{' '.join(map(str, row))} {names}") is not None


def columns_by_mapping(mapping: TableMapping) -> Columns:
    """What the columns hold, as the person said."""
    return {Column(name): at for name, at in mapping.columns.items() if name in set(Column)}


def guessed_columns(rows: Sequence[Row]) -> Columns:
    """What the columns of an unknown table may hold, for the person to correct."""
    positions: Columns = {}
    for position in range(_width(rows)):
        cells = [row[position] for row in rows if position < len(row) and row[position] != ""]
        for test in (cells, cells[1:]):
            column = _by_values(test, Dating()) if test else None
            if column is not None:
                positions.setdefault(column, position)
                break
    return positions


def looks_like_bill(heading: Row, columns: Columns) -> bool:
    """Whether a table is a Chinese carrier's: by its words, or because it has no heading."""
    if Column.TEXT in columns:
        return False
    text = " ".join(map(str, heading))
    return not heading or any(sign in text for sign in _BILL_SIGNS)


def holds_messages(heading: Row, columns: Columns, names: str) -> bool:
    """Whether the entries are messages: they have words, or are called so and have no length.

    Words beside what only calls have are notes.
    """
    titles = " ".join(map(str, heading))
    is_called_so = _MESSAGE_SIGNS.search(f"{titles} {names}") is not None
    has_length = not set(_LENGTHS).isdisjoint(columns)
    if Column.TEXT in columns:
        return is_called_so or not (has_length or _OF_CALLS_ALONE.search(titles))
    return is_called_so and not has_length


def _settle_talk_time(positions: Columns, at: int, body: Sequence[Row]) -> None:
    """Decide by the other columns and the values what 通话时间 is in this table."""
    has_start = Column.TIME in positions or Column.CLOCK in positions
    if has_start and set(_LENGTHS).isdisjoint(positions):
        positions[Column.DURATION] = at
    elif Column.DATE in positions:
        positions.setdefault(Column.CLOCK, at)
    elif not has_start:
        lengths = sum(duration(cell) is not None and not is_time(cell, Dating())
                      for cell in _cells(body, at))  # fmt: skip
        column = Column.DURATION if lengths * 2 > len(_cells(body, at)) else Column.TIME
        positions.setdefault(column, at)


def _settle_lengths(positions: Columns, body: Sequence[Row]) -> None:
    """Of several lengths take the finest that says what it counts: others are what was charged."""
    at = positions.get(Column.DURATION)
    counted: list[Column] = [column for column in _COUNTED if column in positions]
    if at is not None and counted:
        says_units = _share(body, at, _is_written_length) * 2 > 1
        counted = [Column.DURATION, *counted] if says_units else [*counted, Column.DURATION]
    for column in counted[1:]:
        del positions[column]


def _is_written_length(cell: Cell) -> bool:
    return duration(cell) is not None and bare_count(cell) is None


def _settle_direction(
    positions: Columns, columns: Sequence[Column | None], body: Sequence[Row]
) -> None:
    """Decide by the values which column tells who called, and which what became of it."""
    kinds = (Column.SORT, Column.OUTCOME)
    named = [at for at, column in enumerate(columns) if column in kinds]
    shares = {at: _share(body, at, _tells_direction) for at in named}
    best = max(shares, key=lambda at: (shares[at], columns[at] is Column.SORT, -at), default=None)
    positions.pop(Column.SORT, None)
    positions.pop(Column.OUTCOME, None)
    if best is not None and (shares[best] > 0 or columns[best] is Column.SORT):
        if shares[best] > 0 or len({plain(cell) for cell in _cells(body, best)}) <= _MOST_WORDS:
            positions[Column.SORT] = best
        named.remove(best)
    results = {at: _share(body, at, _tells_result) for at in named}
    if rest := [at for at in named if results[at] > 0 or columns[at] is Column.OUTCOME]:
        positions[Column.OUTCOME] = max(rest, key=lambda at: (results[at], -at))
    _settle_destination(positions, body, shares.get(positions.get(Column.SORT, -1), 0))


def _settle_destination(positions: Columns, body: Sequence[Row], share: float) -> None:
    """A column for where a call went names the place, the number, or that it came in."""
    at = positions.get(Column.DESTINATION)
    if at is None:
        return
    cells = _cells(body, at)
    if cells and sum(map(looks_like_number, cells)) * 2 > len(cells):
        positions.setdefault(Column.CALLEE, at)
        del positions[Column.DESTINATION]
    elif share or not _share(body, at, _tells_direction):
        del positions[Column.DESTINATION]


def _cells(body: Sequence[Row], at: int) -> list[Cell]:
    return [row[at] for row in body if at < len(row) and row[at] != ""]


def _share(body: Sequence[Row], at: int, tells: Callable[[Cell], bool]) -> float:
    cells = _cells(body, at)
    return sum(map(tells, cells)) / len(cells) if cells else 0.0


def _tells_direction(cell: Cell) -> bool:
    sort = call_sort(plain(cell))
    return sort is not None and sort.direction is not Direction.NONE


def _tells_result(cell: Cell) -> bool:
    sort = result(plain(cell))
    return sort is not None and (sort.unanswered or sort.outcome is not Outcome.UNKNOWN)


def _choose_dates(
    positions: Columns, columns: Sequence[Column | None], body: Sequence[Row]
) -> None:
    """Of several columns for a date take the one that holds dates: a weekday is none.

    Where that holds days alone, the times of day beside it belong to it, whatever it is called.
    """
    for column in (Column.DATE, Column.TIME):
        places = [at for at, candidate in enumerate(columns) if candidate is column]
        if len(places) > 1:
            shares = {at: _share(body, at, lambda cell: is_time(cell, Dating())) for at in places}
            positions[column] = max(places, key=lambda at: (shares[at], -at))
    start = positions.get(Column.TIME)
    clocks = [
        at
        for at, candidate in enumerate(columns)
        if candidate is Column.TIME and at != start and _share(body, at, is_clock) * 2 > 1
    ]
    if start is not None and clocks and _share(body, start, _is_day) * 2 > 1:
        positions[Column.DATE] = positions.pop(Column.TIME)
        positions[Column.CLOCK] = clocks[0]


def _is_day(cell: Cell) -> bool:
    """Whether a cell is a date without a time of day."""
    if isinstance(cell, datetime):
        return cell.time() == time()
    for order in DateOrder:
        try:
            reading = read_time(cell, Dating(order))
        except UnknownYearError:
            return not is_time(cell, Dating(order))
        if reading is not None:
            return reading.precision is TimePrecision.DAY
    return False


def _settle_names(positions: Columns, body: Sequence[Row]) -> None:
    """A contact that is a number is one: no number must be lost because of a heading."""
    at = positions.get(Column.NAME)
    if at is None or {Column.NUMBER, Column.CALLER, Column.CALLEE} & positions.keys():
        return
    if _share(body, at, looks_like_number) * 2 > 1:
        positions[Column.NUMBER] = positions.pop(Column.NAME)


def _settle_dates(positions: Columns, body: Sequence[Row]) -> None:
    """A date with its clock beside it, or either alone, which then holds both."""
    start = positions.get(Column.TIME)
    if start is not None and Column.DATE in positions and _share(body, start, is_clock) * 2 > 1:
        positions[Column.CLOCK] = positions.pop(Column.TIME)
    if Column.TIME in positions:
        positions.pop(Column.DATE, None)
        positions.pop(Column.CLOCK, None)
    elif Column.DATE in positions:
        positions[Column.TIME] = positions.pop(Column.DATE)
    elif Column.CLOCK in positions:
        positions[Column.TIME] = positions.pop(Column.CLOCK)


def columns_by_values(rows: Sequence[Row], dating: Dating) -> Columns | None:
    """What the columns hold in a log without a heading; None if it does not look like one."""
    positions: Columns = {}
    for position in range(_width(rows)):
        cells = [row[position] for row in rows if position < len(row) and row[position] != ""]
        column = _by_values(cells, dating) if len(cells) * 2 > len(rows) else None
        if column is Column.DURATION and any(bare_count(cell) is not None for cell in cells):
            continue
        if column is not None:
            positions.setdefault(column, position)
    needed = {Column.TIME, Column.NUMBER, Column.SORT, Column.DURATION}
    return positions if needed <= positions.keys() else None


def _width(rows: Sequence[Row]) -> int:
    return min(max((len(row) for row in rows), default=0), _MOST_COLUMNS)


def _by_values(cells: Sequence[Cell], dating: Dating) -> Column | None:
    checks = (
        (Column.TIME, lambda cell: is_time(cell, dating)),
        (Column.SORT, lambda cell: isinstance(cell, str) and _tells_direction(cell)
         and not plain(cell).isdigit()),
        (Column.DURATION, lambda cell: isinstance(cell, str) and not looks_like_number(cell)
         and duration(cell) is not None),
        (Column.NUMBER, lambda cell: looks_like_number(cell) and len(plain(cell)) >= 5),
    )  # fmt: skip
    for column, check in checks:
        if sum(map(bool, map(check, cells))) * 10 >= len(cells) * 8:
            return column
    return None


def is_time(cell: Cell, dating: Dating) -> bool:
    """Whether a cell states a time, if only in some order of day and month."""
    try:
        return read_time(cell, dating) is not None
    except UnknownOrderError:
        return True
    except UnknownYearError:
        # A number of two parts is a date only where a time of day stands behind it.
        return ":" in plain(cell)
