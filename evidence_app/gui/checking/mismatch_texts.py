"""What a check of a case found, in words that need no explanation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.verification import Mismatch, MismatchKind

_KINDS = {
    MismatchKind.DATABASE: QT_TRANSLATE_NOOP("VerifyWords", "The case file is damaged"),
    MismatchKind.STRUCTURE: QT_TRANSLATE_NOOP("VerifyWords", "The case file has another structure"),
    MismatchKind.VERSION: QT_TRANSLATE_NOOP("VerifyWords", "The file gives a wrong version"),
    MismatchKind.NEWER: QT_TRANSLATE_NOOP("VerifyWords", "Made by a newer version: not checked"),
    MismatchKind.UNKNOWN_KEY: QT_TRANSLATE_NOOP(
        "VerifyWords", "Signed on a computer that this one does not know"
    ),
    MismatchKind.ORIGINAL: QT_TRANSLATE_NOOP("VerifyWords", "An original file was changed"),
    MismatchKind.ORIGINAL_SIZE: QT_TRANSLATE_NOOP(
        "VerifyWords", "An original file has another length"
    ),
    MismatchKind.ITEM_ORIGINAL: QT_TRANSLATE_NOOP(
        "VerifyWords", "Evidence has another original file"
    ),
    MismatchKind.ENTRY_HASH: QT_TRANSLATE_NOOP(
        "VerifyWords", "An entry of the history was changed"
    ),
    MismatchKind.ENTRY_LINK: QT_TRANSLATE_NOOP(
        "VerifyWords", "An entry of the history does not follow the one before"
    ),
    MismatchKind.ENTRY_MISSING: QT_TRANSLATE_NOOP(
        "VerifyWords", "Entries of the history are missing"
    ),
    MismatchKind.SIGNATURE: QT_TRANSLATE_NOOP(
        "VerifyWords", "An entry of the history is not signed"
    ),
    MismatchKind.SIGNER: QT_TRANSLATE_NOOP("VerifyWords", "Signed with a key that is not trusted"),
    MismatchKind.SEALS: QT_TRANSLATE_NOOP(
        "VerifyWords", "An entry of the history has a SHA-256 value that does not match"
    ),
    MismatchKind.ROW_CHANGED: QT_TRANSLATE_NOOP(
        "VerifyWords", "Something was changed outside the program"
    ),
    MismatchKind.ROW_ADDED: QT_TRANSLATE_NOOP(
        "VerifyWords", "Something was added outside the program"
    ),
    MismatchKind.ROW_REMOVED: QT_TRANSLATE_NOOP(
        "VerifyWords", "Something was removed outside the program"
    ),
    MismatchKind.SEARCH: QT_TRANSLATE_NOOP(
        "VerifyWords", "The search finds other words than stand there"
    ),
    MismatchKind.TAIL_CUT: QT_TRANSLATE_NOOP("VerifyWords", "The end of the history is missing"),
    MismatchKind.REWRITTEN: QT_TRANSLATE_NOOP("VerifyWords", "The history was rewritten"),
    MismatchKind.SWAPPED: QT_TRANSLATE_NOOP("VerifyWords", "This is another case"),
    MismatchKind.FILE_CHANGED: QT_TRANSLATE_NOOP("VerifyWords", "A file was changed"),
    MismatchKind.FILE_MISSING: QT_TRANSLATE_NOOP("VerifyWords", "A file is missing"),
    MismatchKind.FILE_NOT_LISTED: QT_TRANSLATE_NOOP(
        "VerifyWords", "A file was added that is not listed"
    ),
    MismatchKind.ORIGINAL_NOT_IN_LOG: QT_TRANSLATE_NOOP(
        "VerifyWords", "The history does not know this original file"
    ),
    MismatchKind.PACKAGE_FORM: QT_TRANSLATE_NOOP(
        "VerifyWords", "The package is not built as it should be"
    ),
    MismatchKind.TABLE: QT_TRANSLATE_NOOP(
        "VerifyWords", "A table says something else than the history"
    ),
    MismatchKind.PACKAGE_SIGNATURE: QT_TRANSLATE_NOOP(
        "VerifyWords", "The package’s signature is not valid"
    ),
    MismatchKind.ANCHOR: QT_TRANSLATE_NOOP("VerifyWords", "A trusted timestamp does not fit"),
}
_DIFFERENCES = {
    MismatchKind.TAIL_CUT: QT_TRANSLATE_NOOP(
        "VerifyWords",
        "That code is of a later state: {expected} entries, and this history has "
        "{found}. Its end may be missing.",
    ),
    MismatchKind.REWRITTEN: QT_TRANSLATE_NOOP(
        "VerifyWords",
        "Entry {where} of this history differs from the code. It may have been rewritten.",
    ),
    MismatchKind.SWAPPED: QT_TRANSLATE_NOOP("VerifyWords", "That code is of another case."),
}
_TABLES = {
    "case_info": QT_TRANSLATE_NOOP("VerifyWords", "case details"),
    "content": QT_TRANSLATE_NOOP("VerifyWords", "original file"),
    "item": QT_TRANSLATE_NOOP("VerifyWords", "evidence"),
    "event": QT_TRANSLATE_NOOP("VerifyWords", "entry"),
    "party": QT_TRANSLATE_NOOP("VerifyWords", "person"),
    "party_identifier": QT_TRANSLATE_NOOP("VerifyWords", "number of a person"),
    "contact": QT_TRANSLATE_NOOP("VerifyWords", "contact"),
    "tag": QT_TRANSLATE_NOOP("VerifyWords", "tag"),
    "tagging": QT_TRANSLATE_NOOP("VerifyWords", "tag on something"),
    "finding": QT_TRANSLATE_NOOP("VerifyWords", "marked violation"),
    "finding_subject": QT_TRANSLATE_NOOP("VerifyWords", "what a marked violation rests on"),
    "mark": QT_TRANSLATE_NOOP("VerifyWords", "mark"),
    "debt": QT_TRANSLATE_NOOP("VerifyWords", "debt"),
    "case_rulebook": QT_TRANSLATE_NOOP("VerifyWords", "choice of rules"),
    "proposal": QT_TRANSLATE_NOOP("VerifyWords", "message read from a picture"),
    "complaint": QT_TRANSLATE_NOOP("VerifyWords", "complaint"),
    "text_span": QT_TRANSLATE_NOOP("VerifyWords", "text"),
    "time_reading": QT_TRANSLATE_NOOP("VerifyWords", "time"),
    "rendition": QT_TRANSLATE_NOOP("VerifyWords", "preview"),
    "certificate": QT_TRANSLATE_NOOP("VerifyWords", "certificate"),
    "time_anchor": QT_TRANSLATE_NOOP("VerifyWords", "trusted timestamp"),
    "device": QT_TRANSLATE_NOOP("VerifyWords", "device"),
    "question": QT_TRANSLATE_NOOP("VerifyWords", "question"),
    "export": QT_TRANSLATE_NOOP("VerifyWords", "export"),
}
"""Names of tables that a person may meet; others are shown as they are called in the file."""

_VALUES = frozenset(
    (
        QT_TRANSLATE_NOOP("VerifyWords", "none"),
        QT_TRANSLATE_NOOP("VerifyWords", "unreadable"),
        QT_TRANSLATE_NOOP("VerifyWords", "a signature"),
        QT_TRANSLATE_NOOP("VerifyWords", "its words"),
        QT_TRANSLATE_NOOP("VerifyWords", "other words"),
        QT_TRANSLATE_NOOP("VerifyWords", "a trusted key"),
        QT_TRANSLATE_NOOP("VerifyWords", "a known key"),
        QT_TRANSLATE_NOOP("VerifyWords", "pages of its own"),
        QT_TRANSLATE_NOOP("VerifyWords", "readable"),
        QT_TRANSLATE_NOOP("VerifyWords", "an entry"),
        QT_TRANSLATE_NOOP("VerifyWords", "an entry of the history"),
        QT_TRANSLATE_NOOP("VerifyWords", "a list"),
        QT_TRANSLATE_NOOP("VerifyWords", "the history"),
        QT_TRANSLATE_NOOP("VerifyWords", "no ordinary file"),
        QT_TRANSLATE_NOOP("VerifyWords", "not in any list"),
        QT_TRANSLATE_NOOP("VerifyWords", "not in every list"),
        QT_TRANSLATE_NOOP("VerifyWords", "a row that the history covers"),
        QT_TRANSLATE_NOOP("VerifyWords", "a signed history"),
        QT_TRANSLATE_NOOP("VerifyWords", "a comment"),
        QT_TRANSLATE_NOOP("VerifyWords", "bytes after its end"),
        QT_TRANSLATE_NOOP("VerifyWords", "bytes that belong to no listed file"),
        QT_TRANSLATE_NOOP("VerifyWords", "no end of a ZIP file"),
        QT_TRANSLATE_NOOP("VerifyWords", "an end of another form"),
        QT_TRANSLATE_NOOP("VerifyWords", "several volumes"),
        QT_TRANSLATE_NOOP("VerifyWords", "more files than can be checked"),
        QT_TRANSLATE_NOOP("VerifyWords", "folders that lie too deep"),
        QT_TRANSLATE_NOOP("VerifyWords", "more bytes than can be checked"),
        QT_TRANSLATE_NOOP("VerifyWords", "a list of contents of another form"),
        QT_TRANSLATE_NOOP("VerifyWords", "an encrypted file"),
        QT_TRANSLATE_NOOP("VerifyWords", "sizes that stand behind the file"),
        QT_TRANSLATE_NOOP("VerifyWords", "a packed file"),
        QT_TRANSLATE_NOOP("VerifyWords", "an additional field"),
        QT_TRANSLATE_NOOP("VerifyWords", "flags of another form"),
        QT_TRANSLATE_NOOP("VerifyWords", "sizes that differ"),
        QT_TRANSLATE_NOOP(
            "VerifyWords", "a file that says of itself something else than the list of contents"
        ),
        QT_TRANSLATE_NOOP("VerifyWords", "a file that was added in another way"),
        QT_TRANSLATE_NOOP("VerifyWords", "a link"),
        QT_TRANSLATE_NOOP("VerifyWords", "a file that has a second name"),
        QT_TRANSLATE_NOOP("VerifyWords", "a folder as a file"),
        QT_TRANSLATE_NOOP("VerifyWords", "an empty folder"),
        QT_TRANSLATE_NOOP("VerifyWords", "other rights"),
        QT_TRANSLATE_NOOP("VerifyWords", "a name that not every system can have"),
        QT_TRANSLATE_NOOP("VerifyWords", "a name that leads out of the package"),
        QT_TRANSLATE_NOOP("VerifyWords", "a name that differs only by case or form from another"),
        QT_TRANSLATE_NOOP("VerifyWords", "the same name twice"),
        QT_TRANSLATE_NOOP("VerifyWords", "a file outside the folder of the package"),
        QT_TRANSLATE_NOOP("VerifyWords", "no file of a package"),
        QT_TRANSLATE_NOOP("VerifyWords", "as this program writes packages"),
        QT_TRANSLATE_NOOP("VerifyWords", "a list of another form"),
    )
)
"""Words that stand where a digest would; all else is shown as it is."""


def _say(text: str) -> str:
    return QCoreApplication.translate("VerifyWords", text)


def kind(value: MismatchKind) -> str:
    """What does not agree."""
    return _say(_KINDS[value])


def where(mismatch: Mismatch) -> str:
    """Where it does not agree."""
    table, _, number = mismatch.where.rpartition(" ")
    return f"{_say(_TABLES[table])} {number}" if table in _TABLES else mismatch.where


def value(text: str) -> str:
    """What was expected or found."""
    return _say(text) if text in _VALUES else text


def difference(mismatch: Mismatch) -> str:
    """How the log differs from the state of a check code."""
    template = _say(_DIFFERENCES[mismatch.kind])
    return template.format(where=mismatch.where, expected=mismatch.expected, found=mismatch.found)
