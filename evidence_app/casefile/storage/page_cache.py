"""A larger page cache for transactions that write very many rows.

Fingerprints are spread over the whole of their index, numbers over that of identifiers. As soon
as these no longer fit into the cache, each row reads and writes several pages anew, and the time
for a row grows with the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_USUAL_KIB = 32_000
_LARGE_KIB = 160_000
_IS_LARGE = "large page cache"


def enlarge(connection: Connection) -> None:
    """Let the transaction use more memory, until `usual_after` ends."""
    if _IS_LARGE not in connection.info:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_LARGE_KIB}")
        connection.info[_IS_LARGE] = True


@contextmanager
def usual_after(connection: Connection) -> Iterator[None]:
    """Give the memory back at the end, if it was enlarged."""
    try:
        yield
    finally:
        if connection.info.pop(_IS_LARGE, False):
            connection.exec_driver_sql(f"PRAGMA cache_size=-{_USUAL_KIB}")
