"""How the custody log says what was read from evidence, and what the person made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.checking.custody_details import Telling
from evidence_app.model.custody import Action

translate = QCoreApplication.translate


def _read_item(told: Telling) -> str:
    return translate("CustodyWords", "Read the text of {0}.").format(told.item())


def _join_pictures(told: Telling) -> str:
    if count := len(told.several("threads")):
        return translate("CustodyWords", "Joined the screenshots of %n conversation(s).", "", count)
    if (compared := told.number("pictures")) is None:
        return ""
    return translate("CustodyWords", "Compared %n new screenshot(s) with the others.", "", compared)


def _correct_text(told: Telling) -> str:
    said = translate("CustodyWords", "Corrected the text that was read from {0}.")
    return said.format(told.item()) if told.has("item") else ""


def _transcribe(told: Telling) -> str:
    if not told.has("item"):
        return ""
    name = told.text("filename")
    if name:
        said = translate("CustodyWords", "Added the transcript “{0}” to {1}.")
        return said.format(name, told.item())
    return translate("CustodyWords", "Changed the transcript of {0}.").format(told.item())


def _accept_proposals(told: Telling) -> str:
    count = len(told.several("proposals"))
    said = translate("CustodyWords", "Accepted %n entry(ies) read from pictures.", "", count)
    return said if count else ""


def _reject_proposals(told: Telling) -> str:
    count = len(told.several("proposals"))
    said = translate("CustodyWords", "Dropped %n entry(ies) read from pictures.", "", count)
    return said if count else ""


SENTENCES: Mapping[Action, Callable[[Telling], str]] = {
    Action.READ_ITEM: _read_item,
    Action.JOIN_PICTURES: _join_pictures,
    Action.CORRECT_TEXT: _correct_text,
    Action.TRANSCRIBE: _transcribe,
    Action.ACCEPT_PROPOSALS: _accept_proposals,
    Action.REJECT_PROPOSALS: _reject_proposals,
}
