"""What a suggested entry says, with no more certainty than the picture has."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.event import Direction
from evidence_app.model.proposals import Proposal
from evidence_app.model.reading import ProposedKind, StampDoubt

_KINDS = {
    ProposedKind.MESSAGE: QT_TRANSLATE_NOOP("ProposalWords", "Message"),
    ProposedKind.VOICE: QT_TRANSLATE_NOOP("ProposalWords", "Voice message"),
    ProposedKind.PICTURE: QT_TRANSLATE_NOOP("ProposalWords", "Picture"),
    ProposedKind.TRANSFER: QT_TRANSLATE_NOOP("ProposalWords", "Money transfer"),
    ProposedKind.CARD: QT_TRANSLATE_NOOP("ProposalWords", "Link or file"),
    ProposedKind.CALL: QT_TRANSLATE_NOOP("ProposalWords", "Call"),
    ProposedKind.SYSTEM: QT_TRANSLATE_NOOP("ProposalWords", "Notice of the app"),
}
_DOUBTS = {
    StampDoubt.YEAR_ASSUMED: QT_TRANSLATE_NOOP("ProposalWords", "the year is assumed"),
    StampDoubt.DAY_OR_MONTH: QT_TRANSLATE_NOOP("ProposalWords", "day or month is unclear"),
    StampDoubt.MIDNIGHT: QT_TRANSLATE_NOOP("ProposalWords", "the day may be the next one"),
    StampDoubt.WEEKDAY_DIFFERS: QT_TRANSLATE_NOOP("ProposalWords", "the weekday does not fit"),
}


def _say(text: str) -> str:
    return QCoreApplication.translate("ProposalWords", text)


def described(proposal: Proposal, where: ZoneInfo) -> str:
    """What it is and whose, when, and its words, on a line each."""
    kind = _say(_KINDS[proposal.kind])
    head = [
        kind
        if proposal.direction is Direction.NONE
        else f"{kind}, {texts.direction(proposal.direction)}"
    ]
    head += [proposal.name] if proposal.name else []
    if proposal.count > 1:
        head.append(
            QCoreApplication.translate(
                "ProposalWords", "%n call(s), their times are not shown", "", proposal.count
            )
        )
    if proposal.duration_s is not None:
        head.append(texts.duration(proposal.duration_s))
    return "\n".join(filter(None, (" · ".join(head), when(proposal, where), proposal.text)))


def when(proposal: Proposal, where: ZoneInfo) -> str:
    """Its time: as it is written, and what follows from that."""
    if not proposal.time_words:
        return QCoreApplication.translate("ProposalWords", "No time is shown")
    if proposal.time is None:
        sentence = QCoreApplication.translate("ProposalWords", "“{0}”; the day is not known")
        return sentence.format(proposal.time_words)
    parts = [f"“{proposal.time_words}” → {texts.reading_text(proposal.time, where)}"]
    parts += [_say(_DOUBTS[doubt]) for doubt in sorted(proposal.doubts)]
    return "; ".join(parts)
