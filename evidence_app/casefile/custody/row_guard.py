"""Refuses a change to rows that are not as the log says they are.

A change seals what it leaves. If somebody wrote into a row beside the program, an ordinary edit of
that row would vouch for the forgery. So a row is compared with its newest seal before it is
changed or removed, and a row never takes the number of another that was there before.

The newest seals are read once, at the first change after a case was opened, and kept up to date
from then on: nobody else may write while the case is open. Each entry's hash, its link to the one
before and the digest over its seals are computed anew for it, and the newest signature is checked,
so that whoever forges a row and its seal is found out too. Where an entry does not agree, nothing
is known of rows that were sealed until then, and none of them can be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from evidence_app.casefile.custody import chain_check, seals
from evidence_app.casefile.custody.newest_seals import NewestSeals
from evidence_app.casefile.custody.seals import GONE, Seal
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message

_BATCH = 512
_LAST_NUMBER = (1 << 63) - 1
"""The highest that SQLite can give to a row."""

Row = dict[str, Any]


class RowGuard:
    """Knows the newest seal of each row of one case file."""

    def __init__(self) -> None:
        self._sealed: NewestSeals | None = None

    @contextmanager
    def following(self) -> Iterator[Callable[[Seal], None]]:
        """Take over the seals that the block tells.

        If it fails, all seals are read again before the next change.
        """
        try:
            yield self._put
        except BaseException:
            self._sealed = None
            raise

    def _put(self, seal: Seal) -> None:
        if self._sealed is not None:
            self._sealed.put(seal)

    def rows(
        self, connection: Connection, table: str, ids: Iterable[int], own: Callable[[int], bool]
    ) -> Iterator[Row]:
        """Those rows of these numbers that are there, with the cells as they stand in the file.

        Args:
            connection: The transaction.
            table: Of which table.
            ids: Which.
            own: Whether a row was written in this transaction and so has no seal yet.

        Raises:
            UserError: One is not as it was sealed.
        """
        sealed = self._newest(connection)
        going_on = iter(ids)
        while batch := list(islice(going_on, _BATCH)):
            names, rows = _read(connection, table, batch)
            for cells in rows:
                row = dict(zip(names, cells, strict=True))
                expected = sealed.get(connection, table, row["id"])
                if not (
                    expected == seals.digest_of(table, names, cells)
                    or own(row["id"])
                    or _in_transit(table, row, expected)
                ):
                    raise _forged(table, row["id"])
                yield row

    def require_sound(
        self, connection: Connection, table: str, ids: Iterable[int], own: Callable[[int], bool]
    ) -> None:
        """Make sure that rows which others are to point at are not known to be forged.

        Args:
            connection: The transaction.
            table: Of which table.
            ids: Which.
            own: Whether a row was written in this transaction and so has no seal yet.

        Raises:
            UserError: One is not as it was sealed, or was added beside the program.
        """
        sealed = self._newest(connection)
        going_on = iter(ids)
        while batch := list(islice(going_on, _BATCH)):
            names, rows = _read(connection, table, batch)
            for cells in rows:
                row = dict(zip(names, cells, strict=True))
                expected = sealed.get(connection, table, row["id"])
                is_unknown = expected == GONE and not sealed.is_complete
                if not (
                    is_unknown
                    or expected == seals.digest_of(table, names, cells)
                    or own(row["id"])
                    or _in_transit(table, row, expected)
                ):
                    raise _forged(table, row["id"])

    def require_free(self, connection: Connection, table: str, ids: Sequence[int]) -> None:
        """Make sure that there are no rows of these numbers, and should be none.

        Raises:
            UserError: There is one, or the log says that there is.
        """
        sealed = self._newest(connection)
        for row_id in ids:
            if sealed.get(connection, table, row_id) != GONE:
                raise _forged(table, row_id)
        going_on = iter(ids)
        while batch := list(islice(going_on, _BATCH)):
            numbers = ",".join(map(str, batch))
            query = f'SELECT min(id) FROM "{table}" WHERE id IN ({numbers})'
            planted = connection.exec_driver_sql(query).scalar()
            if planted is not None:
                raise _forged(table, planted)

    def may_be_sealed(self, connection: Connection, table: str, row_id: int) -> bool:
        """Whether the log says that there is such a row, or cannot tell."""
        sealed = self._newest(connection)
        return not sealed.is_complete or sealed.get(connection, table, row_id) != GONE

    def next_id(self, connection: Connection, table: str, count: int = 1) -> int:
        """The first of so many numbers that no row of a table ever had.

        Raises:
            UserError: Somebody planted a row that leaves no number.
        """
        # Asked for every table of every file: SQLAlchemy's own way takes longer than SQLite.
        highest = connection.exec_driver_sql(f'SELECT max(id) FROM "{table}"').scalar() or 0
        first = max(int(highest), self._newest(connection).highest(table)) + 1
        if first + count > _LAST_NUMBER:
            raise _forged(table, int(highest))
        return first

    def _newest(self, connection: Connection) -> NewestSeals:
        if self._sealed is None:
            newest = NewestSeals()
            chain_check.follow(connection, newest.wait, on_entry=newest.decide, signatures=False)
            self._sealed = newest
        return self._sealed


def _read(
    connection: Connection, table: str, batch: Sequence[int]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    numbers = ",".join(map(str, batch))
    raw: Any = connection.connection.driver_connection
    try:
        cursor = raw.execute(f'SELECT * FROM "{table}" WHERE id IN ({numbers})')
        return [column[0] for column in cursor.description], cursor.fetchall()
    except dbapi2.OperationalError as error:
        if "decode" not in str(error):
            raise
        raise _forged(table, batch[0]) from error


def _in_transit(table: str, row: Mapping[str, Any], expected: bytes) -> bool:
    """Whether it holds the place of an original that is not part of the case yet."""
    return table == "content" and row["sha256"] is None and expected == GONE


def _forged(table: str, row_id: int) -> UserError:
    return UserError(message(MessageCode.ROW_FORGED, row=f"{table} {row_id}"))
