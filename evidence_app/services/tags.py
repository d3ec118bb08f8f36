"""The person's own labels."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import labels as label_records
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.finding import Subject, Tag
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing

COLOURS = ("#2f6f9f", "#8a5a9e", "#2f855a", "#b7791f", "#b8475b", "#4a5568")
"""Given to new tags in turn."""


def list_tags(case: CaseFile) -> list[Tag]:
    """All tags by name."""
    with case.read() as connection:
        return label_records.tags(connection)


def create(case: CaseFile, name: str, colour: str | None = None) -> Edit:
    """Make a tag; if there is one of that name already, it is the one.

    Raises:
        UserError: The name is empty.
    """
    checked_name = _name(name)
    with editing(case, Action.EDIT_TAG, {"tag": checked_name}) as (change, edit):
        edit.tag_id = _known_or_made(change, checked_name, colour)
    return edit


def rename(case: CaseFile, tag_id: int, name: str) -> Edit:
    """Give a tag another name."""
    checked_name = _name(name)
    with editing(case, Action.EDIT_TAG, {"tag": tag_id, "name": checked_name}) as (change, edit):
        label_records.edit_tag(change, tag_id, name=checked_name)
    return edit


def recolour(case: CaseFile, tag_id: int, colour: str) -> Edit:
    """Give a tag another colour, as ``#rrggbb``."""
    with editing(case, Action.EDIT_TAG, {"tag": tag_id, "colour": colour}) as (change, edit):
        label_records.edit_tag(change, tag_id, colour=colour)
    return edit


def delete(case: CaseFile, tag_id: int) -> Edit:
    """Take a tag off everything and forget it."""
    with editing(case, Action.EDIT_TAG, {"tag": tag_id, "deleted": True}) as (change, edit):
        label_records.delete_tag(change, tag_id)
    return edit


def add(case: CaseFile, subjects: Sequence[Subject], tag_id: int) -> Edit:
    """Put a tag on all subjects.

    Raises:
        UsageError: There is no such tag.
    """
    detail = _detail(subjects, tag_id)
    with editing(case, Action.TAG, detail) as (change, edit):
        detail["name"] = label_records.tag_name(change.connection, tag_id)
        if detail["name"] is None:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=tag_id))
        label_records.add_tagging(change, subjects, tag_id)
    return edit


def put(case: CaseFile, subjects: Sequence[Subject], name: str) -> Edit:
    """Put the tag of that name on all subjects; it is made if there is none.

    Raises:
        UserError: The name is empty.
    """
    checked_name = _name(name)
    detail: dict[str, object] = {"name": checked_name}
    with editing(case, Action.TAG, detail) as (change, edit):
        edit.tag_id = _known_or_made(change, checked_name, None)
        detail |= _detail(subjects, edit.tag_id)
        label_records.add_tagging(change, subjects, edit.tag_id)
    return edit


def remove(case: CaseFile, subjects: Sequence[Subject], tag_id: int) -> Edit:
    """Take a tag off all subjects."""
    detail = _detail(subjects, tag_id)
    with editing(case, Action.UNTAG, detail) as (change, edit):
        detail["name"] = label_records.tag_name(change.connection, tag_id)
        label_records.remove_tagging(change, subjects, tag_id)
    return edit


def _name(written: str) -> str:
    checked = short_texts.checked(written)
    if not checked:
        raise UserError(message(MessageCode.NEEDS_VALUE, field="name"))
    return checked


def _known_or_made(change: Change, name: str, colour: str | None) -> int:
    present = label_records.tags(change.connection)
    same = [tag.id for tag in present if tag.name == name]
    shade = colour or COLOURS[len(present) % len(COLOURS)]
    return same[0] if same else label_records.add_tag(change, name, shade)


def _detail(subjects: Sequence[Subject], tag_id: int) -> dict[str, object]:
    return {"tag": tag_id, "subjects": [subject.public_id() for subject in subjects]}
