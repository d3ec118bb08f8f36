"""Devices: a judge may want the one that the evidence comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """A phone or computer that evidence comes from.

    Attributes:
        id: Its number in the case.
        name: What the person calls it, e.g. "my Huawei P40".
        holder: In whose hands it is; empty if not said.
        is_kept: Whether it is still there; None if not said.
    """

    id: int
    name: str
    holder: str = ""
    is_kept: bool | None = None
