"""Sentences of the custody log on texts read from evidence and the person's decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.checking.custody_details import EntryDetails
from evidence_app.model.custody import Action

translate = QCoreApplication.translate


def _read_item(details: EntryDetails) -> str:
    return translate("CustodyWords", "Read the text of {0}.").format(details.item())


def _join_pictures(details: EntryDetails) -> str:
    if count := len(details.several("threads")):
        return translate("CustodyWords", "Joined the screenshots of %n conversation(s).", "", count)
    if (compared := details.number("pictures")) is None:
        return ""
    return translate("CustodyWords", "Compared %n new screenshot(s) with the others.", "", compared)


def _correct_text(details: EntryDetails) -> str:
    template = translate("CustodyWords", "Corrected the text that was read from {0}.")
    return template.format(details.item()) if details.has("item") else ""


def _transcribe(details: EntryDetails) -> str:
    if not details.has("item"):
        return ""
    name = details.text("filename")
    if name:
        template = translate("CustodyWords", "Added the transcript “{0}” to {1}.")
        return template.format(name, details.item())
    return translate("CustodyWords", "Changed the transcript of {0}.").format(details.item())


def _accept_proposals(details: EntryDetails) -> str:
    count = len(details.several("proposals"))
    sentence = translate("CustodyWords", "Accepted %n entry(ies) read from pictures.", "", count)
    return sentence if count else ""


def _reject_proposals(details: EntryDetails) -> str:
    count = len(details.several("proposals"))
    sentence = translate("CustodyWords", "Dropped %n entry(ies) read from pictures.", "", count)
    return sentence if count else ""


SENTENCES: Mapping[Action, Callable[[EntryDetails], str]] = {
    Action.READ_ITEM: _read_item,
    Action.JOIN_PICTURES: _join_pictures,
    Action.CORRECT_TEXT: _correct_text,
    Action.TRANSCRIBE: _transcribe,
    Action.ACCEPT_PROPOSALS: _accept_proposals,
    Action.REJECT_PROPOSALS: _reject_proposals,
}
