"""Which column of a table holds what: by its heading, and where that is unsure by its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from evidence_app.intake.table_times import Dating, UnknownOrderError, read_time
from evidence_app.intake.table_values import call_sort, duration, looks_like_number, plain
from evidence_app.intake.tables import Cell, Row
from evidence_app.model.question import TableMapping


class Column(StrEnum):
    """What a column holds."""

    TIME = "time"
    DATE = "date"
    CLOCK = "clock"
    NUMBER = "number"
    CALLER = "caller"
    CALLEE = "callee"
    SORT = "direction"
    DURATION = "duration"
    MINUTES = "minutes"
    NAME = "name"
    TEXT = "text"


_HEADINGS: dict[Column, str] = {
    Column.TIME: "起始时间 开始时间 通话起始时间 通话开始时间 截获时间 时间 日期时间 发送时间 "
    "datetime timestamp calldate calltime starttime start date/time dateandtime messagedate",
    Column.DATE: "日期 通话日期 date day",
    Column.CLOCK: "通话时分秒 time timeofday",
    Column.NUMBER: "对方号码 对端号码 通话号码 号码 电话号码 电话 手机号 手机号码 对方 对方手机号 "
    "对方手机号码 对方电话 对方电话号码 对端电话 number phone phonenumber telephone tel msisdn "
    "otherparty address",
    Column.CALLER: "主叫号码 caller from callingnumber fromnumber",
    Column.CALLEE: "被叫号码 callee to callednumber tonumber",
    Column.SORT: "通信方式 呼叫类型 呼叫方式 通话方式 话单方向 主叫/被叫 主被叫 事件类型名称 方向 "
    "类型 呼叫方向 状态 type direction calltype callstatus status",
    Column.DURATION: "通信时长 通话时长 时长 拨打秒数 通话秒数 duration callduration length "
    "seconds",
    Column.MINUTES: "minutes mins min 时长(分钟) 时长(分) 通话时长(分钟) 通话时长(分) "
    "duration(min) duration(mins) duration(minutes) callduration(min)",
    Column.NAME: "姓名 联系人 名称 对方姓名 name contact contactname displayname",
    Column.TEXT: "内容 短信内容 信息内容 正文 text body message content messagebody",
}
_BY_HEADING = {
    heading: column for column, headings in _HEADINGS.items() for heading in headings.split()
}
_TALK_TIME = "通话时间"
"""A start in one layout, a clock beside a date in another, a length in a third."""

_TALK_SORT = "通话类型"
"""Caller or called in one layout, local or long-distance in another."""

_MAY_BE_DIRECTION = frozenset({*_HEADINGS[Column.SORT].split(), _TALK_SORT})
_BILL_SIGNS = ("通信", "通话", "呼叫", "话单", "漫游", "长途", "主叫", "被叫", "对端")

Columns = dict[Column, int]


def columns_by_heading(row: Row, body: Sequence[Row]) -> Columns | None:
    """What the columns hold, if the row is a heading of a log; else None.

    Args:
        row: The row.
        body: The rows below it: where several columns may tell the direction, their values do.
    """
    names = [_folded(cell) for cell in row]
    found: Columns = {}
    for position, name in enumerate(names):
        column = _BY_HEADING.get(name)
        if column is not None:
            found.setdefault(column, position)
    if _TALK_TIME in names:
        column = Column.CLOCK if Column.DATE in found else Column.TIME
        found.setdefault(column, names.index(_TALK_TIME))
    _settle_direction(found, names, body)
    _settle_dates(found)
    who = {Column.NUMBER, Column.CALLER, Column.CALLEE, Column.NAME}
    return found if Column.TIME in found and not who.isdisjoint(found) and len(found) > 2 else None


def columns_by_mapping(mapping: TableMapping) -> Columns:
    """What the columns hold, as the person said."""
    return {Column(name): at for name, at in mapping.columns.items() if name in set(Column)}


def guessed_columns(rows: Sequence[Row]) -> Columns:
    """What the columns of an unknown table may hold, for the person to correct."""
    found: Columns = {}
    width = max((len(row) for row in rows), default=0)
    for position in range(width):
        cells = [row[position] for row in rows if position < len(row) and row[position] != ""]
        for test in (cells, cells[1:]):
            column = _by_values(test, Dating()) if test else None
            if column is not None:
                found.setdefault(column, position)
                break
    return found


def looks_like_bill(heading: Row, columns: Columns) -> bool:
    """Whether a table is a Chinese carrier's: by its words, or because it has no heading."""
    if Column.TEXT in columns:
        return False
    text = " ".join(map(str, heading))
    return not heading or any(sign in text for sign in _BILL_SIGNS)


def _settle_direction(found: Columns, names: Sequence[str], body: Sequence[Row]) -> None:
    """Decide by the values where the heading leaves open what tells the direction."""
    named = [at for at, name in enumerate(names) if name in _MAY_BE_DIRECTION]
    if len(named) < 2 and _TALK_SORT not in names:
        return
    scores = {at: _share_of_directions(body, at) for at in named}
    best = max(scores, key=lambda at: (scores[at], -at))
    if scores[best] > 0:
        found[Column.SORT] = best


def _share_of_directions(body: Sequence[Row], at: int) -> float:
    cells = [row[at] for row in body if at < len(row) and row[at] != ""]
    return sum(call_sort(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def _settle_dates(found: Columns) -> None:
    """A date with its clock beside it, or either alone, which then holds both."""
    if Column.TIME in found:
        found.pop(Column.DATE, None)
        found.pop(Column.CLOCK, None)
    elif Column.DATE in found:
        found[Column.TIME] = found.pop(Column.DATE)
    elif Column.CLOCK in found:
        found[Column.TIME] = found.pop(Column.CLOCK)


def columns_by_values(rows: Sequence[Row], dating: Dating) -> Columns | None:
    """What the columns hold in a log without a heading; None if it does not look like one."""
    found: Columns = {}
    width = max((len(row) for row in rows), default=0)
    for position in range(width):
        cells = [row[position] for row in rows if position < len(row) and row[position] != ""]
        column = _by_values(cells, dating) if len(cells) * 2 > len(rows) else None
        if column is not None:
            found.setdefault(column, position)
    needed = {Column.TIME, Column.NUMBER, Column.SORT, Column.DURATION}
    return found if needed <= found.keys() else None


def _by_values(cells: Sequence[Cell], dating: Dating) -> Column | None:
    checks = (
        (Column.TIME, lambda cell: _is_time(cell, dating)),
        (Column.SORT, lambda cell: isinstance(cell, str) and call_sort(cell) is not None
         and not plain(cell).isdigit()),
        (Column.DURATION, lambda cell: isinstance(cell, str) and not looks_like_number(cell)
         and duration(cell) is not None),
        (Column.NUMBER, lambda cell: looks_like_number(cell) and len(plain(cell)) >= 5),
    )  # fmt: skip
    for column, check in checks:
        if sum(map(bool, map(check, cells))) * 10 >= len(cells) * 8:
            return column
    return None


def _is_time(cell: Cell, dating: Dating) -> bool:
    try:
        return read_time(cell, dating) is not None
    except UnknownOrderError:
        return True


def _folded(cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", str(cell)).strip().lstrip("\ufeff").lower()
    text = text.rstrip("*")
    text = re.sub(r"\((?:秒|s|sec|secs|seconds|元|utc|local)\)$", "", text)
    return re.sub(r"[\s_\-]+", "", text)
