"""Tables in plain text whose columns are parted by several spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GAP = re.compile(r"(?: {2,}|\u3000+|\t)+")
_FEWEST_COLUMNS, _FEWEST_ROWS = 4, 3
_MOSTLY = 0.8


def cells_of(line: str) -> list[str]:
    """The cells of a line."""
    return _GAP.split(line.strip())


def is_aligned(lines: Sequence[str]) -> bool:
    """Whether most lines have as many cells, at least four."""
    widths = [len(cells_of(line)) for line in lines if line.strip()]
    if len(widths) < _FEWEST_ROWS:
        return False
    common = max(set(widths), key=widths.count)
    return common >= _FEWEST_COLUMNS and widths.count(common) >= len(widths) * _MOSTLY
