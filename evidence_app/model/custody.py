"""Entries of the custody log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What was done to the case."""

    CREATE_CASE = "create_case"
    MIGRATE_CASE = "migrate_case"
    EDIT_CASE = "edit_case"
    IMPORT = "import"
    ADD_ENTRY = "add_entry"
    EDIT_ITEM = "edit_item"
    EDIT_EVENT = "edit_event"
    CORRECT_TIME = "correct_time"
    EDIT_PARTY = "edit_party"
    MERGE_PARTIES = "merge_parties"
    SPLIT_PARTY = "split_party"
    LINK = "link"
    ANSWER = "answer"
    EDIT_DEVICE = "edit_device"
    EDIT_TAG = "edit_tag"
    TAG = "tag"
    UNTAG = "untag"
    CONFIRM_FINDING = "confirm_finding"
    REMOVE_FINDING = "remove_finding"
    TRASH_ITEM = "trash_item"
    RESTORE_ITEM = "restore_item"
    EXTRACT = "extract"
    EXPORT = "export"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """One line of the custody log.

    Attributes:
        seq: From 1, without gaps.
        at: When, with the offset of the machine's zone.
        action: What was done.
        detail: More of it, as JSON values.
        program: Program name and version.
        machine: Operating system and Python version.
        rows_digest: SHA-256 over the rows that changed, 64 hexadecimal digits.
        prev_hash: The entry before it; 64 zeros in the first.
        entry_hash: SHA-256 of the canonical JSON of all the above.
    """

    seq: int
    at: datetime
    action: Action
    detail: dict[str, Any]
    program: str
    machine: str
    rows_digest: str
    prev_hash: str
    entry_hash: str
