"""How decisions on violations, debts and rulebooks are said in the custody log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.gui.checking.custody_details import Telling, say
from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.custody import Action

translate = QCoreApplication.translate


def _confirm(told: Telling) -> str:
    if told.has("finding"):
        return translate("CustodyWords", "Changed the note on a marked violation.")
    if told.several("rules") or told.several("violations"):
        said = QT_TRANSLATE_NOOP("CustodyWords", "Confirmed suggestions by rule or type: {0}.")
        return _decided(said)(told)
    what, violation = told.subjects(), told.violation()
    return (
        translate("CustodyWords", "Marked {0} as “{1}”.").format(what, violation)
        if what and violation
        else ""
    )


def _violations(told: Telling) -> str:
    return ", ".join(texts.violation_name(str(one)) for one in told.several("violations"))


def _decided(text: str) -> Callable[[Telling], str]:
    """What was decided on suggestions, by their rules; nothing where only findings are named."""

    def tell(told: Telling) -> str:
        rules = ", ".join(str(one) for one in told.several("rules")) or _violations(told)
        return say(text).format(rules) if rules else ""

    return tell


def _edit_debt(told: Telling) -> str:
    if told.detail.get("deleted"):
        return translate("CustodyWords", "Removed a debt from the list.")
    if told.has("debt"):
        return translate("CustodyWords", "Changed what is written of a debt.")
    return translate("CustodyWords", "Wrote a debt down.") if told.has("creditor") else ""


def _switch_rulebook(told: Telling) -> str:
    name = told.text("rulebook")
    if not name:
        return ""
    if told.detail.get("is_on"):
        return translate("CustodyWords", "Switched the rulebook “{0}” on.").format(name)
    return translate("CustodyWords", "Switched the rulebook “{0}” off.").format(name)


def _remove_finding(told: Telling) -> str:
    what, violation = told.subjects(), told.violation()
    if _violations(told):
        return translate("CustodyWords", "Took decisions back: {0}.").format(_violations(told))
    said = translate("CustodyWords", "Unmarked {0}: no longer “{1}”.")
    return said.format(what, violation) if what and violation else ""


SENTENCES: Mapping[Action, Callable[[Telling], str]] = {
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
