"""Types of columns that refuse a cell of another kind than the program writes.

SQLite keeps any kind of value in any column. Whoever reads a cell that somebody else wrote gets one
plain sentence, and no value that the rest of the program does not expect.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import sqlalchemy

from evidence_app.errors import DamagedError
from evidence_app.messages import MessageCode, message

_Processor = Callable[[Any], Any]


def damaged(where: str) -> DamagedError:
    """What is told of a row that cannot be read.

    Args:
        where: Its table, with its number or its column as far as it is known.
    """
    return DamagedError(message(MessageCode.ROW_DAMAGED, row=where))


class _Placed:
    """Knows of which column it is the type; SQLAlchemy makes copies for each database."""

    where = ""

    def adapt(self, cls: Any, **options: Any) -> Any:
        """See SQLAlchemy."""
        copied = super().adapt(cls, **options)  # type: ignore[misc]
        copied.where = self.where
        return copied


class Text(_Placed, sqlalchemy.Text):
    """Text or nothing."""

    def result_processor(self, dialect: Any, coltype: Any) -> _Processor:
        """See SQLAlchemy."""
        where = self.where

        def checked(value: Any) -> Any:
            if type(value) is str or value is None:
                return value
            raise damaged(where)

        return checked


class Integer(_Placed, sqlalchemy.Integer):
    """A whole number or nothing."""

    def result_processor(self, dialect: Any, coltype: Any) -> _Processor:
        """See SQLAlchemy."""
        where = self.where

        def checked(value: Any) -> Any:
            if type(value) is int or value is None:
                return value
            raise damaged(where)

        return checked


class Boolean(_Placed, sqlalchemy.Boolean):
    """Yes, no or nothing."""

    def result_processor(self, dialect: Any, coltype: Any) -> _Processor:
        """See SQLAlchemy."""
        where = self.where

        def checked(value: Any) -> Any:
            if value is None:
                return None
            if type(value) is int and value in (0, 1):
                return bool(value)
            raise damaged(where)

        return checked


class Float(_Placed, sqlalchemy.Float[float]):
    """A finite number or nothing."""

    def result_processor(self, dialect: Any, coltype: Any) -> _Processor:
        """See SQLAlchemy."""
        where = self.where

        def checked(value: Any) -> Any:
            if value is None or (type(value) in (int, float) and math.isfinite(value)):
                return value
            raise damaged(where)

        return checked


class LargeBinary(_Placed, sqlalchemy.LargeBinary):
    """Bytes or nothing."""

    def result_processor(self, dialect: Any, coltype: Any) -> _Processor:
        """See SQLAlchemy."""
        where = self.where

        def checked(value: Any) -> Any:
            if type(value) is bytes or value is None:
                return value
            raise damaged(where)

        return checked


def name(metadata: sqlalchemy.MetaData) -> None:
    """Tell each column's type where it stands."""
    for table in metadata.tables.values():
        for column in table.columns:
            column.type.where = f"{table.name}.{column.name}"  # type: ignore[attr-defined]
