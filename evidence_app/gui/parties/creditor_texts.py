"""What creditors and those who collect for them are called on screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services.creditors import Relation

_KINDS = {
    CollectorKind.UNKNOWN: QT_TRANSLATE_NOOP("CreditorWords", "I don’t know"),
    CollectorKind.BANK: QT_TRANSLATE_NOOP("CreditorWords", "A bank"),
    CollectorKind.CONSUMER_FINANCE: QT_TRANSLATE_NOOP(
        "CreditorWords", "A consumer finance company"
    ),
    CollectorKind.SMALL_LOAN: QT_TRANSLATE_NOOP("CreditorWords", "A small-loan company"),
    CollectorKind.PRIVATE_LENDER: QT_TRANSLATE_NOOP("CreditorWords", "A private person"),
    CollectorKind.DEBT_BUYER: QT_TRANSLATE_NOOP("CreditorWords", "A company that bought the debt"),
    CollectorKind.THIRD_PARTY_AGENCY: QT_TRANSLATE_NOOP(
        "CreditorWords", "An agency that collects for somebody else"
    ),
    CollectorKind.OTHER: QT_TRANSLATE_NOOP("CreditorWords", "Another lender"),
}
_RELATIONS = {
    Relation.UNKNOWN: QT_TRANSLATE_NOOP("CreditorWords", "I don’t know"),
    Relation.NONE: QT_TRANSLATE_NOOP("CreditorWords", "Collects for somebody else"),
    Relation.CREDITOR: QT_TRANSLATE_NOOP("CreditorWords", "The lender itself"),
    Relation.AGENCY: QT_TRANSLATE_NOOP("CreditorWords", "An agency working for the lender"),
    Relation.OF_AGENCY: QT_TRANSLATE_NOOP("CreditorWords", "Somebody of the agency {0}"),
}


def kind(value: CollectorKind) -> str:
    """What kind of creditor it is."""
    return QCoreApplication.translate("CreditorWords", _KINDS[value])


def relation(value: Relation, agency: str = "") -> str:
    """What somebody is to a creditor; the agency's name where they work for one."""
    return QCoreApplication.translate("CreditorWords", _RELATIONS[value]).format(agency)
