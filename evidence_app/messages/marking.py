"""Marks sentences for Qt's tools, without Qt."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text``; Qt's tools find it by the name of this function, and its context."""
    return text
