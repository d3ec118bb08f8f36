"""What several commands share: options, and what ids stand for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from evidence_app.cli import output
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import cases, doubts, items
from evidence_app.services import events as timeline

PATH = click.Path(path_type=Path)
_MOST_DIGITS = 18


def _asked_for_json(context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    """Whether ``--json`` stands after the verb or before it."""
    root = context.find_root()
    return value or bool(root.params.get("as_json"))


JSON = click.option(
    "--json", "as_json", is_flag=True, callback=_asked_for_json, help="One JSON object a line."
)


def open_case(path: Path, *, read_only: bool = False) -> cases.CaseFile:
    """Open a case, with its password if it is locked: from ``EVIDENCE_APP_PASSWORD``, or asked for.

    What stands against trusting it is said, and changes it in no way.

    Raises:
        EvidenceError: As `cases.open_case`; or it is to be changed, and there are doubts.
    """
    case = cases.open_case(path, read_only=read_only, password=password_of(path))
    for sentence in (*doubts.sentences(case), *case.notices):
        output.complain(sentence.english())
    if case.doubts and not read_only:
        can_be_accepted = case.can_be_accepted
        case.close()
        code = MessageCode.CASE_TO_ACCEPT if can_be_accepted else MessageCode.CASE_IN_DOUBT
        raise UserError(message(code))
    return case


def password_of(path: Path) -> str | None:
    """The password of a locked case; None for one that is not locked, or if nobody is asked."""
    if not path.exists() or not cases.is_locked(path):
        return None
    password = os.environ.get("EVIDENCE_APP_PASSWORD")
    if password is None and sys.stdin.isatty():
        password = str(click.prompt("Password of the case", hide_input=True, err=True))
    return password


def password_of_key(path: Path) -> str | None:
    """The password of a file with a key; None if nobody is asked, or if there is none."""
    password = os.environ.get("EVIDENCE_APP_SIGNING_PASSWORD")
    if password is None and sys.stdin.isatty():
        prompt = f"Password of {path.name}"
        password = str(
            click.prompt(prompt, default="", hide_input=True, show_default=False, err=True)
        )
    return password or None


def number_of(public_id: str, letter: str) -> int:
    """The number in an id as ``p7``.

    Raises:
        UsageError: It is no such id.
    """
    number = public_id[1:]
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if public_id[:1] != letter or not is_number:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=public_id))
    return int(number)


def subject_of(case: cases.CaseFile, public_id: str) -> Subject:
    """The item or event of a public id.

    Raises:
        UsageError: There is none in the case.
    """
    kinds = {"i": SubjectKind.ITEM, "e": SubjectKind.EVENT}
    letter = public_id[:1]
    if letter not in kinds:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=public_id))
    subject = Subject(kinds[letter], number_of(public_id, letter))
    if subject.kind is SubjectKind.ITEM:
        items.get(case, subject.id)
    else:
        timeline.get(case, subject.id)
    return subject
