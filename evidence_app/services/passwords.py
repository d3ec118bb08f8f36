"""The password of a case: setting, changing and removing it, and a sheet for the day it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile import opening, rekey
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.storage import cipher, copies
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.copies import BackupReason
from evidence_app.model.custody import Action
from evidence_app.progress import SILENT, Progress
from evidence_app.services import cases

_LONGEST_RATED = 72
"""Characters of a password that are rated: the rating of longer ones takes too long."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How well a password withstands guessing.

    Attributes:
        score: 0 (guessed at once) to 4 (very hard to guess).
        guesses_log10: How many guesses it takes, as a power of ten.
    """

    score: int
    guesses_log10: float


def strength(password: str) -> Strength:
    """Rate a password as those who guess would (zxcvbn)."""
    if not password:
        return Strength(0, 0.0)
    from zxcvbn import zxcvbn

    rating = zxcvbn(password[:_LONGEST_RATED])
    return Strength(int(rating["score"]), float(rating["guesses_log10"]))


@logs.step("change the password")
def change_password(
    path: Path,
    old: str | None,
    new: str | None,
    *,
    progress: Progress = SILENT,
) -> None:
    """Set, change or remove the password of a closed case.

    The copies that were kept until now have no password or the old one: they are removed, and a
    new one is made.

    Args:
        path: The case file.
        old: Its password, or the code of its recovery sheet; None if it has none.
        new: What it is to be; None for no password.
        progress: Is told about how much of it is done, 0 to 1; if it is cancelled, the case is as
            it was.

    Raises:
        Cancelled: The person asked to stop.
        UserError: The old password does not open it, it is open elsewhere, the new password is
            empty, or nothing can be written; the case is as it was.
    """
    if new is not None and not new:
        raise UserError(message(MessageCode.PASSWORD_EMPTY))
    before = opening.key_of(path, old)
    if before is None and new is None:
        raise UserError(message(MessageCode.NOT_LOCKED))
    if before is None and old is not None:
        raise UserError(message(MessageCode.NOT_LOCKED))
    with cases.open_case(path, password=old) as case:
        if case.doubts:
            raise UserError(message(MessageCode.CASE_IN_DOUBT))
        if case.read_only:
            raise UserError(message(MessageCode.CASE_READ_ONLY))
        case_id = cases.info(case).case_id
    copies.mark_changing(case_id)
    after = cipher.new_key(new) if new is not None else None
    action = _action(before, after)
    rekey.rekey(path, before, after, action, progress=progress)
    cases.open_case(path, password=new).close()
    copies.forget(case_id)
    copies.keep(path, case_id, BackupReason.PASSWORD, after)


def recovery_code(case: CaseFile) -> str:
    """What opens the case without its password until the password is changed: for a sheet.

    Raises:
        UserError: The case has no password.
    """
    if case.key is None:
        raise UserError(message(MessageCode.NOT_LOCKED))
    return case.key.recovery_code()


def _action(before: CipherKey | None, after: CipherKey | None) -> Action:
    if before is None:
        return Action.SET_PASSWORD
    return Action.CHANGE_PASSWORD if after is not None else Action.REMOVE_PASSWORD
