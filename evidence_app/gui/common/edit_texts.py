"""What an edit did, as one sentence for the person who did it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.model.custody import Action
from evidence_app.model.mark import MarkKind
from evidence_app.services.history import Edit

_Detail = Mapping[str, Any]


def done(edit: Edit) -> str:
    """What was done, as in “58 moved to the trash”."""
    return _SENTENCES[edit.action](edit.detail)


def undone(edit: Edit) -> str:
    """That it was taken back."""
    return QCoreApplication.translate("EditWords", "Undone: {0}").format(done(edit))


def redone(edit: Edit) -> str:
    """That it was done again."""
    return QCoreApplication.translate("EditWords", "Done again: {0}").format(done(edit))


def actions() -> frozenset[Action]:
    """All actions that have a sentence."""
    return frozenset(_SENTENCES)


def _count(detail: _Detail, *names: str) -> int:
    """How many things the edit was about."""
    subjects = next((detail[name] for name in names if name in detail), ())
    return len(subjects) if isinstance(subjects, list | tuple) else 1


def _case(detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "The case details were changed")


def _entry(detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "Your note is on the timeline")


def _item(detail: _Detail) -> str:
    if "note" in detail:
        return QCoreApplication.translate("EditWords", "The note was saved")
    return QCoreApplication.translate("EditWords", "The title was changed")


def _event(detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "The entry was changed")


def _time(detail: _Detail) -> str:
    count = _count(detail, "events")
    return QCoreApplication.translate("EditWords", "%n time(s) corrected", "", count or 1)


def _party(detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "The person’s details were changed")


def _merged(detail: _Detail) -> str:
    count = _count(detail, "parties") + 1
    return QCoreApplication.translate("EditWords", "%n people merged", "", count)


def _split(detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "The person was split in two")


def _device(detail: _Detail) -> str:
    count = _count(detail, "items")
    return QCoreApplication.translate("EditWords", "Device noted for %n item(s)", "", count)


def _tag_itself(detail: _Detail) -> str:
    if detail.get("deleted"):
        return QCoreApplication.translate("EditWords", "The tag was deleted")
    if "name" in detail or "colour" in detail:
        return QCoreApplication.translate("EditWords", "The tag was changed")
    return QCoreApplication.translate("EditWords", "The tag was created")


def _tagged(detail: _Detail) -> str:
    count = _count(detail, "subjects")
    template = QCoreApplication.translate("EditWords", "%n item(s) tagged “{0}”", "", count)
    return template.format(detail["name"])


def _untagged(detail: _Detail) -> str:
    count = _count(detail, "subjects")
    template = QCoreApplication.translate(
        "EditWords", "Tag “{0}” removed from %n item(s)", "", count
    )
    return template.format(detail["name"])


def _confirmed(detail: _Detail) -> str:
    if "finding" in detail:
        return QCoreApplication.translate("EditWords", "The note was saved")
    if "violation" not in detail:
        count = _count(detail, "suggestions", "findings")
        return QCoreApplication.translate("EditWords", "%n suggestion(s) confirmed", "", count)
    count = _count(detail, "subjects")
    template = QCoreApplication.translate("EditWords", "%n item(s) marked: {0}", "", count)
    return template.format(texts.violation_name(str(detail["violation"])))


def _dismissed(detail: _Detail) -> str:
    count = _count(detail, "suggestions", "findings")
    return QCoreApplication.translate("EditWords", "%n suggestion(s) dismissed", "", count)


def _left_open(detail: _Detail) -> str:
    count = _count(detail, "suggestions", "findings")
    return QCoreApplication.translate("EditWords", "%n suggestion(s) left open", "", count)


def _debt(detail: _Detail) -> str:
    if detail.get("deleted"):
        return QCoreApplication.translate("EditWords", "The debt was removed from the list")
    return QCoreApplication.translate("EditWords", "The debt was written down")


def _rulebook(detail: _Detail) -> str:
    if detail.get("is_on"):
        return QCoreApplication.translate("EditWords", "The rulebook is asked from now on")
    return QCoreApplication.translate("EditWords", "The rulebook is no longer asked")


def _unmarked(detail: _Detail) -> str:
    if "violation" not in detail:
        count = _count(detail, "findings")
        return QCoreApplication.translate("EditWords", "%n decision(s) taken back", "", count)
    count = _count(detail, "subjects")
    template = QCoreApplication.translate(
        "EditWords", "Mark removed from %n item(s): {0}", "", count
    )
    return template.format(texts.violation_name(str(detail["violation"])))


def _mark(detail: _Detail) -> str:
    count = _count(detail, "marks")
    if detail.get("kind") == MarkKind.REDACTION:
        return QCoreApplication.translate(
            "EditWords", "%n place(s) will be blacked out in exports", "", count
        )
    return QCoreApplication.translate("EditWords", "%n mark(s) added", "", count)


def _mark_changed(_detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "The mark was changed")


def _mark_removed(detail: _Detail) -> str:
    count = _count(detail, "marks")
    if detail.get("kind") == MarkKind.REDACTION:
        return QCoreApplication.translate(
            "EditWords", "%n place(s) will be shown in exports again", "", count
        )
    return QCoreApplication.translate("EditWords", "%n mark(s) removed", "", count)


def _trashed(detail: _Detail) -> str:
    count = _count(detail, "items")
    return QCoreApplication.translate("EditWords", "%n item(s) moved to the trash", "", count)


def _restored(detail: _Detail) -> str:
    count = _count(detail, "items")
    return QCoreApplication.translate("EditWords", "%n item(s) put back from the trash", "", count)


def _certified(detail: _Detail) -> str:
    if detail.get("filed") is False:
        return QCoreApplication.translate("EditWords", "The certificate was detached")
    count = _count(detail, "certificates")
    return QCoreApplication.translate("EditWords", "%n certificate(s) filed", "", count)


def _searched(detail: _Detail) -> str:
    if detail.get("query"):
        return QCoreApplication.translate("EditWords", "The search was saved")
    return QCoreApplication.translate("EditWords", "The saved search was removed")


def _text(detail: _Detail) -> str:
    return QCoreApplication.translate("EditWords", "The text was corrected")


def _transcript(detail: _Detail) -> str:
    if "filename" in detail:
        count = int(detail["segments"])
        return QCoreApplication.translate(
            "EditWords", "%n part(s) of a transcript added", "", count
        )
    return QCoreApplication.translate("EditWords", "The transcript was changed")


def _accepted(detail: _Detail) -> str:
    count = _count(detail, "proposals")
    return QCoreApplication.translate("EditWords", "%n entry(ies) put on the timeline", "", count)


def _rejected(detail: _Detail) -> str:
    count = _count(detail, "proposals")
    return QCoreApplication.translate("EditWords", "%n suggested entry(ies) dropped", "", count)


_SENTENCES: dict[Action, Callable[[_Detail], str]] = {
    Action.EDIT_CASE: _case,
    Action.ADD_ENTRY: _entry,
    Action.EDIT_ITEM: _item,
    Action.EDIT_EVENT: _event,
    Action.CORRECT_TIME: _time,
    Action.EDIT_PARTY: _party,
    Action.MERGE_PARTIES: _merged,
    Action.SPLIT_PARTY: _split,
    Action.EDIT_DEVICE: _device,
    Action.EDIT_TAG: _tag_itself,
    Action.TAG: _tagged,
    Action.UNTAG: _untagged,
    Action.CONFIRM_FINDING: _confirmed,
    Action.DISMISS_FINDING: _dismissed,
    Action.LEAVE_FINDING_OPEN: _left_open,
    Action.REMOVE_FINDING: _unmarked,
    Action.MARK: _mark,
    Action.EDIT_MARK: _mark_changed,
    Action.REMOVE_MARK: _mark_removed,
    Action.SAVE_SEARCH: _searched,
    Action.EDIT_DEBT: _debt,
    Action.SWITCH_RULEBOOK: _rulebook,
    Action.TRASH_ITEM: _trashed,
    Action.RESTORE_ITEM: _restored,
    Action.CERTIFY: _certified,
    Action.CORRECT_TEXT: _text,
    Action.TRANSCRIBE: _transcript,
    Action.ACCEPT_PROPOSALS: _accepted,
    Action.REJECT_PROPOSALS: _rejected,
}
