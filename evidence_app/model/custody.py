"""Entries of the custody log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from evidence_app.messages import Message


class Action(StrEnum):
    """What was done to the case."""

    CREATE_CASE = "create_case"
    MIGRATE_CASE = "migrate_case"
    CHANGE_KEY = "change_key"
    ACCEPT_STATE = "accept_state"
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
    READ_ITEM = "read_item"
    JOIN_PICTURES = "join_pictures"
    CORRECT_TEXT = "correct_text"
    TRANSCRIBE = "transcribe"
    ACCEPT_PROPOSALS = "accept_proposals"
    REJECT_PROPOSALS = "reject_proposals"
    EDIT_TAG = "edit_tag"
    TAG = "tag"
    UNTAG = "untag"
    CONFIRM_FINDING = "confirm_finding"
    DISMISS_FINDING = "dismiss_finding"
    LEAVE_FINDING_OPEN = "leave_finding_open"
    REMOVE_FINDING = "remove_finding"
    MARK = "mark"
    EDIT_MARK = "edit_mark"
    REMOVE_MARK = "remove_mark"
    SAVE_SEARCH = "save_search"
    EDIT_DEBT = "edit_debt"
    SWITCH_RULEBOOK = "switch_rulebook"
    TRASH_ITEM = "trash_item"
    RESTORE_ITEM = "restore_item"
    DESTROY = "destroy"
    SET_PASSWORD = "set_password"
    CHANGE_PASSWORD = "change_password"
    REMOVE_PASSWORD = "remove_password"
    WRONG_PASSWORD = "wrong_password"
    RESTORE_COPY = "restore_copy"
    RECOVER = "recover"
    TIMESTAMP = "timestamp"
    CERTIFY = "certify"
    EXTRACT = "extract"
    EXPORT = "export"
    UNDO = "undo"
    REDO = "redo"
    OF_NEWER = "of_newer"

    @classmethod
    def _missing_(cls, value: object) -> Action:
        """What only a newer program does; the entry keeps its own word."""
        return cls.OF_NEWER


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """One line of the custody log.

    Attributes:
        seq: From 1, without gaps.
        at: When, with the offset of the machine's zone.
        action: What was done.
        detail: More of it, as JSON values.
        program: Program name and version.
        machine: Operating system, Python version and time zone.
        rows_digest: SHA-256 over the rows that changed, 64 hexadecimal digits.
        prev_hash: The entry before it; 64 zeros in the first.
        entry_hash: SHA-256 of what `casefile.entry_form` makes of all the above, ``who`` and
            ``signer``.
        who: The name under which the person was logged in; None in entries of older versions.
        signer: The public Ed25519 key of the installation, 64 hexadecimal digits, or None.
        signature: Of ``entry_hash`` with that key, 128 hexadecimal digits, or None.
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
    who: str | None = None
    signer: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadableEntry:
    """A line of the custody log that no version of the program would have written.

    Attributes:
        seq: Its number.
        reason: What is told of it.
    """

    seq: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Anchor:
    """A trusted timestamp (RFC 3161) of a state of the log.

    Attributes:
        id: Its number in the case.
        seq: The number of the entry whose hash was stamped.
        address: Whom the program asked.
        at: When, as the authority says; None if the timestamp does not fit, or cannot be read.
        authority: Its name in its certificate.
        root: The name of the end of its chain of certificates.
        root_sha256: The digest of the root's certificate, for comparing it elsewhere.
        is_root_trusted: Whether this computer trusts that root by itself.
        revocation_unknown: The names of those certificates of the chain of which it was not shown
            that they were not revoked at that time.
        problem: Why it does not fit; empty if it does.
    """

    id: int
    seq: int
    address: str
    at: datetime | None = None
    authority: str = ""
    root: str = ""
    root_sha256: str = ""
    is_root_trusted: bool = False
    revocation_unknown: tuple[str, ...] = ()
    problem: str = ""
