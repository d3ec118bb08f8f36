"""The three kinds of failure: what the person can mend, damage, and bugs of our own."""

from __future__ import annotations

from evidence_app.messages import Message


class EvidenceError(Exception):
    """A failure that has one plain sentence for the person.

    Attributes:
        message: The sentence, as data, so that window and command line each say it in
            their own language.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message.english())
        self.message = message


class UserError(EvidenceError):
    """The person or the machine can mend it: a missing file, a full disk, a wrong value."""


class UsageError(UserError):
    """A value that was asked for is not one that the program knows (exit code 2)."""


class DamagedError(EvidenceError):
    """A case file or an original is not what it was when it was written."""


class Cancelled(Exception):
    """The person asked to stop."""


class InternalError(Exception):
    """A bug of ours: shown as such, with the details in the log."""
