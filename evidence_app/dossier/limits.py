"""How much is printed. Nobody reads more, and no reader of PDF files opens it.

What is left out is said where it would stand. All of it is in the tables and in the evidence
package.
"""

from __future__ import annotations

LINES = 30_000
"""Lines of the chronology."""

ROWS = 150_000
"""Rows of call logs and message exports, in all exhibits together."""

PAGES = 300
"""Pages of one document."""

FINDINGS = 20_000
"""Acts that show violations, in all kinds together."""

CHARACTERS = 30_000
"""Of a message, or of what the person wrote beside something."""

TEXT = 200_000
"""Characters of what an exhibit says: an e-mail, a text, a note."""

VALUE = 1_500
"""Characters of a title or a value beside its label."""

NAME = 300
"""Characters of a name that stands among others on a line, in a bookmark, or in the properties.
A string of a PDF/A file may have 32,767 bytes."""
