"""Columns that several tables have."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData

from evidence_app.casefile.storage.cells import Float, Integer, Text

metadata = MetaData()


def number() -> Column[int]:
    """The number of a row."""
    return Column("id", Integer, primary_key=True)


def reference(name: str, target: str, nullable: bool = False) -> Column[int]:
    """The number of a row of another table."""
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=nullable)


def time_columns(nullable: bool = True) -> list[Column[str]]:
    """A time, and how it is known."""
    return [
        Column("at", Text, nullable=nullable),
        Column("time_source", Text, nullable=nullable),
        Column("time_precision", Text, nullable=nullable),
        Column("time_raw", Text, nullable=nullable),
    ]


def box_columns() -> list[Column[float]]:
    """Where on a page or picture, in shares of its width and height."""
    return [Column(name, Float) for name in ("left", "top", "width", "height")]


def stretch_columns() -> list[Column[float]]:
    """From when to when in a recording, in seconds."""
    return [Column(name, Float) for name in ("start_s", "end_s")]


def place_columns() -> list[Column[str] | Column[int]]:
    """Where in its source something stands."""
    return [
        Column("place_unit", Text),
        Column("place_number", Integer),
        Column("place_sheet", Text),
    ]
