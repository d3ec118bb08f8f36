"""Years that are counted from elsewhere: in Thailand, and in Taiwan."""

from __future__ import annotations

import re

_BUDDHIST = 543
_BUDDHIST_YEARS = range(2543, 2643)
_REPUBLIC = 1911
_REPUBLIC_DATE = re.compile(
    r"(?:民[国國]\s?)?(?<!\d)(?P<year>1[0-4]\d)(?P<rest>[/.\-年]\s?\d{1,2}[/.\-月]\s?\d{1,2}(?!\d))"
)


def common_year(year: int) -> int:
    """A year as most of the world counts it; Thai ones are 543 ahead."""
    return year - _BUDDHIST if year in _BUDDHIST_YEARS else year


def with_common_year(text: str) -> str:
    """A text whose date may begin with a year of the Republic of China, with the common year."""
    return _REPUBLIC_DATE.sub(
        lambda match: f"{int(match['year']) + _REPUBLIC}{match['rest']}", text
    )
