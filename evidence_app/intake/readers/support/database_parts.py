"""The files that SQLite keeps beside a database, by their names."""

from __future__ import annotations

from pathlib import PurePosixPath

ENDINGS = ("-wal", "-journal")
"""Of files without which a database is not whole: its newest rows, and what a change that was cut
short must be taken back with."""

_ALL = (*ENDINGS, "-shm")


def main_of(name: str) -> str | None:
    """The name of the database to which a file of that name belongs, or None."""
    ending = next((suffix for suffix in _ALL if name.endswith(suffix)), None)
    main = name.removesuffix(ending) if ending else ""
    return main if PurePosixPath(main).name else None
