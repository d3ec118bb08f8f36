"""How decisions on violations, debts and rulebooks are said in the custody log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.gui.checking.custody_details import EntryDetails, say
from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.custody import Action

translate = QCoreApplication.translate


def _confirm(details: EntryDetails) -> str:
    if details.has("finding"):
        return translate("CustodyWords", "Changed the note on a marked violation.")
    if details.several("rules") or details.several("violations"):
        template = QT_TRANSLATE_NOOP("CustodyWords", "Confirmed suggestions by rule or type: {0}.")
        return _decided(template)(details)
    subjects, violation = details.subjects(), details.violation()
    return (
        translate("CustodyWords", "Marked {0} as “{1}”.").format(subjects, violation)
        if subjects and violation
        else ""
    )


def _violations(details: EntryDetails) -> str:
    return ", ".join(texts.violation_name(str(code)) for code in details.several("violations"))


def _decided(text: str) -> Callable[[EntryDetails], str]:
    """What was decided on suggestions, by their rules; nothing where only findings are named."""

    def tell(details: EntryDetails) -> str:
        rules = ", ".join(str(rule) for rule in details.several("rules")) or _violations(details)
        return say(text).format(rules) if rules else ""

    return tell


def _edit_debt(details: EntryDetails) -> str:
    if details.detail.get("deleted"):
        return translate("CustodyWords", "Removed a debt from the list.")
    if details.has("debt"):
        return translate("CustodyWords", "Changed what is written of a debt.")
    return translate("CustodyWords", "Wrote a debt down.") if details.has("creditor") else ""


def _switch_rulebook(details: EntryDetails) -> str:
    name = details.text("rulebook")
    if not name:
        return ""
    if details.detail.get("is_on"):
        return translate("CustodyWords", "Switched the rulebook “{0}” on.").format(name)
    return translate("CustodyWords", "Switched the rulebook “{0}” off.").format(name)


def _remove_finding(details: EntryDetails) -> str:
    subjects, violation = details.subjects(), details.violation()
    if _violations(details):
        return translate("CustodyWords", "Took decisions back: {0}.").format(_violations(details))
    template = translate("CustodyWords", "Unmarked {0}: no longer “{1}”.")
    return template.format(subjects, violation) if subjects and violation else ""


SENTENCES: Mapping[Action, Callable[[EntryDetails], str]] = {
    Action.CONFIRM_FINDING: _confirm,
    Action.DISMISS_FINDING: _decided(
        QT_TRANSLATE_NOOP("CustodyWords", "Dismissed suggestions by rule or type: {0}.")
    ),
    Action.LEAVE_FINDING_OPEN: _decided(
        QT_TRANSLATE_NOOP("CustodyWords", "Left suggestions by rule or type open: {0}.")
    ),
    Action.REMOVE_FINDING: _remove_finding,
    Action.EDIT_DEBT: _edit_debt,
    Action.SWITCH_RULEBOOK: _switch_rulebook,
}
"""What is said if the details tell enough."""
