"""The violation types, for the window and the commands."""

from evidence_app.rulebook.violations import Language, ViolationType, all_types, get

__all__ = ["Language", "ViolationType", "all_types", "get"]
