"""Where in a finished document its signature is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A frame on a page.

    Attributes:
        page: From 1.
        box: Left, bottom, right and top, in points from the lower left corner.
    """

    page: int
    box: tuple[float, float, float, float]
