"""How values are said on screen, in one place: names, messages, times, sizes, lengths."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from evidence_app.errors import EvidenceError
from evidence_app.gui.appearance import languages
from evidence_app.messages import QT_TRANSLATE_NOOP, Message
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, ItemStatus, PlaceUnit, SourcePlace
from evidence_app.model.finding import FindingStatus
from evidence_app.model.party import Role
from evidence_app.model.search import HitKind
from evidence_app.model.times import (
    Instant,
    TimePrecision,
    TimeReading,
    TimeSource,
    in_zone,
)
from evidence_app.services import violations

_SHORT = QLocale.FormatType.ShortFormat

_TYPES = {
    EventType.CALL: QT_TRANSLATE_NOOP("Texts", "Call"),
    EventType.MESSAGE: QT_TRANSLATE_NOOP("Texts", "Message"),
    EventType.VOICEMAIL: QT_TRANSLATE_NOOP("Texts", "Voicemail"),
    EventType.EMAIL: QT_TRANSLATE_NOOP("Texts", "E-mail"),
    EventType.LETTER: QT_TRANSLATE_NOOP("Texts", "Letter"),
    EventType.VISIT: QT_TRANSLATE_NOOP("Texts", "Visit"),
    EventType.POST: QT_TRANSLATE_NOOP("Texts", "Public post"),
    EventType.PAYMENT: QT_TRANSLATE_NOOP("Texts", "Payment"),
    EventType.AGREEMENT: QT_TRANSLATE_NOOP("Texts", "Agreement"),
    EventType.COMPLAINT: QT_TRANSLATE_NOOP("Texts", "Complaint"),
    EventType.STOP_REQUEST: QT_TRANSLATE_NOOP("Texts", "I asked them to stop"),
    EventType.PLAN_REQUEST: QT_TRANSLATE_NOOP("Texts", "I asked for a repayment plan"),
    EventType.DISPUTE: QT_TRANSLATE_NOOP("Texts", "I disputed the debt"),
    EventType.AGREED_HOURS: QT_TRANSLATE_NOOP("Texts", "Hours for contact agreed"),
    EventType.REFUSED_FOR_OTHER: QT_TRANSLATE_NOOP("Texts", "Refused for somebody else"),
    EventType.REPRESENTED: QT_TRANSLATE_NOOP("Texts", "Lawyer or representative named"),
    EventType.RECORDING: QT_TRANSLATE_NOOP("Texts", "Recording"),
    EventType.PICTURE: QT_TRANSLATE_NOOP("Texts", "Picture"),
    EventType.DOCUMENT: QT_TRANSLATE_NOOP("Texts", "Document"),
    EventType.NOTE: QT_TRANSLATE_NOOP("Texts", "Note"),
}
_DIRECTIONS = {
    Direction.INCOMING: QT_TRANSLATE_NOOP("Texts", "From them"),
    Direction.OUTGOING: QT_TRANSLATE_NOOP("Texts", "From me"),
    Direction.NONE: QT_TRANSLATE_NOOP("Texts", "Direction not known"),
}
_OUTCOMES = {
    Outcome.ANSWERED: QT_TRANSLATE_NOOP("Texts", "Answered"),
    Outcome.MISSED: QT_TRANSLATE_NOOP("Texts", "Missed"),
    Outcome.REJECTED: QT_TRANSLATE_NOOP("Texts", "Rejected"),
    Outcome.BLOCKED: QT_TRANSLATE_NOOP("Texts", "Blocked"),
    Outcome.VOICEMAIL: QT_TRANSLATE_NOOP("Texts", "Left a voicemail"),
    Outcome.DRAFT: QT_TRANSLATE_NOOP("Texts", "Draft, never sent"),
    Outcome.FAILED: QT_TRANSLATE_NOOP("Texts", "Not delivered"),
    Outcome.UNKNOWN: QT_TRANSLATE_NOOP("Texts", "Not known"),
}
_SOURCES = {
    TimeSource.PERSON: QT_TRANSLATE_NOOP("Texts", "Stated by you"),
    TimeSource.RECORD: QT_TRANSLATE_NOOP("Texts", "Stated in the call log"),
    TimeSource.EXIF: QT_TRANSLATE_NOOP("Texts", "Stored in the picture"),
    TimeSource.CONTAINER: QT_TRANSLATE_NOOP("Texts", "Stored in the recording"),
    TimeSource.PICTURE: QT_TRANSLATE_NOOP("Texts", "Read from the picture"),
    TimeSource.DOCUMENT: QT_TRANSLATE_NOOP("Texts", "Stored in the document"),
    TimeSource.FILE_NAME: QT_TRANSLATE_NOOP("Texts", "From the file name"),
    TimeSource.FILE_SYSTEM: QT_TRANSLATE_NOOP("Texts", "When the file was last saved"),
}
_PRECISIONS = {
    TimePrecision.MILLISECOND: QT_TRANSLATE_NOOP("Texts", "to the millisecond"),
    TimePrecision.SECOND: QT_TRANSLATE_NOOP("Texts", "to the second"),
    TimePrecision.MINUTE: QT_TRANSLATE_NOOP("Texts", "to the minute"),
    TimePrecision.DAY: QT_TRANSLATE_NOOP("Texts", "the day only"),
    TimePrecision.MONTH: QT_TRANSLATE_NOOP("Texts", "the month only"),
    TimePrecision.YEAR: QT_TRANSLATE_NOOP("Texts", "the year only"),
}
_ROLES = {
    Role.ME: QT_TRANSLATE_NOOP("Texts", "Me"),
    Role.CREDITOR: QT_TRANSLATE_NOOP("Texts", "Lender"),
    Role.AGENCY: QT_TRANSLATE_NOOP("Texts", "Collection agency"),
    Role.COLLECTOR: QT_TRANSLATE_NOOP("Texts", "Collector"),
    Role.THIRD_PARTY: QT_TRANSLATE_NOOP("Texts", "Family, friend or colleague"),
    Role.AUTHORITY: QT_TRANSLATE_NOOP("Texts", "Public authority"),
    Role.UNKNOWN: QT_TRANSLATE_NOOP("Texts", "Not known yet"),
}
_KINDS = {
    ItemKind.PICTURE: QT_TRANSLATE_NOOP("Texts", "Picture"),
    ItemKind.RECORDING: QT_TRANSLATE_NOOP("Texts", "Recording"),
    ItemKind.VIDEO: QT_TRANSLATE_NOOP("Texts", "Video"),
    ItemKind.CALL_LOG: QT_TRANSLATE_NOOP("Texts", "Call log"),
    ItemKind.MESSAGES: QT_TRANSLATE_NOOP("Texts", "Messages"),
    ItemKind.EMAIL: QT_TRANSLATE_NOOP("Texts", "E-mail"),
    ItemKind.DOCUMENT: QT_TRANSLATE_NOOP("Texts", "Document"),
    ItemKind.TEXT: QT_TRANSLATE_NOOP("Texts", "Text"),
    ItemKind.TABLE: QT_TRANSLATE_NOOP("Texts", "Table"),
    ItemKind.NOTE: QT_TRANSLATE_NOOP("Texts", "Entry of mine"),
    ItemKind.CONTACTS: QT_TRANSLATE_NOOP("Texts", "Address book"),
    ItemKind.ARCHIVE: QT_TRANSLATE_NOOP("Texts", "Archive"),
    ItemKind.OTHER: QT_TRANSLATE_NOOP("Texts", "Other file"),
}
_STATUSES = {
    ItemStatus.READ: QT_TRANSLATE_NOOP("Texts", "Read completely"),
    ItemStatus.PARTLY_READ: QT_TRANSLATE_NOOP("Texts", "Read in part"),
    ItemStatus.UNREAD: QT_TRANSLATE_NOOP("Texts", "Kept, not read"),
}
_HIT_KINDS = {
    HitKind.MESSAGE: QT_TRANSLATE_NOOP("Texts", "Messages"),
    HitKind.EVENT: QT_TRANSLATE_NOOP("Texts", "Calls and other records"),
    HitKind.PICTURE: QT_TRANSLATE_NOOP("Texts", "Words in pictures"),
    HitKind.TRANSCRIPT: QT_TRANSLATE_NOOP("Texts", "Said in recordings"),
    HitKind.PAGE: QT_TRANSLATE_NOOP("Texts", "Pages of documents"),
    HitKind.NOTE: QT_TRANSLATE_NOOP("Texts", "Your notes"),
    HitKind.FINDING: QT_TRANSLATE_NOOP("Texts", "Violations"),
    HitKind.PARTY: QT_TRANSLATE_NOOP("Texts", "People"),
    HitKind.ITEM: QT_TRANSLATE_NOOP("Texts", "Names of evidence"),
}
_FINDING_STATUSES = {
    FindingStatus.SUGGESTED: QT_TRANSLATE_NOOP("Texts", "Suggested"),
    FindingStatus.CONFIRMED: QT_TRANSLATE_NOOP("Texts", "Confirmed by you"),
    FindingStatus.DISMISSED: QT_TRANSLATE_NOOP("Texts", "Dismissed"),
    FindingStatus.UNSURE: QT_TRANSLATE_NOOP("Texts", "Not sure"),
}
_JURISDICTIONS = {
    Jurisdiction.CHINA: QT_TRANSLATE_NOOP("Texts", "Mainland China"),
    Jurisdiction.UNITED_STATES: QT_TRANSLATE_NOOP("Texts", "United States"),
    Jurisdiction.UNITED_KINGDOM: QT_TRANSLATE_NOOP("Texts", "United Kingdom"),
    Jurisdiction.INDIA: QT_TRANSLATE_NOOP("Texts", "India"),
    Jurisdiction.AUSTRALIA: QT_TRANSLATE_NOOP("Texts", "Australia"),
    Jurisdiction.PHILIPPINES: QT_TRANSLATE_NOOP("Texts", "Philippines"),
    Jurisdiction.INDONESIA: QT_TRANSLATE_NOOP("Texts", "Indonesia"),
    Jurisdiction.OTHER: QT_TRANSLATE_NOOP("Texts", "Somewhere else"),
}
_ACTIONS = {
    Action.CREATE_CASE: QT_TRANSLATE_NOOP("Texts", "create the case"),
    Action.MIGRATE_CASE: QT_TRANSLATE_NOOP("Texts", "update the case file"),
    Action.CHANGE_KEY: QT_TRANSLATE_NOOP("Texts", "continue on another computer"),
    Action.ACCEPT_STATE: QT_TRANSLATE_NOOP("Texts", "go on with a file that differs"),
    Action.EDIT_CASE: QT_TRANSLATE_NOOP("Texts", "change the case details"),
    Action.IMPORT: QT_TRANSLATE_NOOP("Texts", "add a file"),
    Action.ADD_ENTRY: QT_TRANSLATE_NOOP("Texts", "add an entry"),
    Action.EDIT_ITEM: QT_TRANSLATE_NOOP("Texts", "edit evidence"),
    Action.EDIT_EVENT: QT_TRANSLATE_NOOP("Texts", "edit an entry"),
    Action.CORRECT_TIME: QT_TRANSLATE_NOOP("Texts", "correct a time"),
    Action.EDIT_PARTY: QT_TRANSLATE_NOOP("Texts", "edit a person"),
    Action.MERGE_PARTIES: QT_TRANSLATE_NOOP("Texts", "merge people"),
    Action.SPLIT_PARTY: QT_TRANSLATE_NOOP("Texts", "split a person"),
    Action.LINK: QT_TRANSLATE_NOOP("Texts", "bring sources together"),
    Action.ANSWER: QT_TRANSLATE_NOOP("Texts", "answer a question"),
    Action.EDIT_DEVICE: QT_TRANSLATE_NOOP("Texts", "say where files come from"),
    Action.READ_ITEM: QT_TRANSLATE_NOOP("Texts", "read the text of a picture"),
    Action.JOIN_PICTURES: QT_TRANSLATE_NOOP("Texts", "joined screenshots"),
    Action.CORRECT_TEXT: QT_TRANSLATE_NOOP("Texts", "correct what was read"),
    Action.TRANSCRIBE: QT_TRANSLATE_NOOP("Texts", "change a transcript"),
    Action.ACCEPT_PROPOSALS: QT_TRANSLATE_NOOP("Texts", "accept what was read"),
    Action.REJECT_PROPOSALS: QT_TRANSLATE_NOOP("Texts", "drop what was read"),
    Action.EDIT_TAG: QT_TRANSLATE_NOOP("Texts", "edit a tag"),
    Action.TAG: QT_TRANSLATE_NOOP("Texts", "add a tag"),
    Action.UNTAG: QT_TRANSLATE_NOOP("Texts", "remove a tag"),
    Action.CONFIRM_FINDING: QT_TRANSLATE_NOOP("Texts", "mark a violation"),
    Action.DISMISS_FINDING: QT_TRANSLATE_NOOP("Texts", "dismiss a suggestion"),
    Action.LEAVE_FINDING_OPEN: QT_TRANSLATE_NOOP("Texts", "leave a suggestion open"),
    Action.EDIT_DEBT: QT_TRANSLATE_NOOP("Texts", "edit a debt"),
    Action.SWITCH_RULEBOOK: QT_TRANSLATE_NOOP("Texts", "switch a rulebook"),
    Action.REMOVE_FINDING: QT_TRANSLATE_NOOP("Texts", "unmark a violation"),
    Action.MARK: QT_TRANSLATE_NOOP("Texts", "put a mark on evidence"),
    Action.EDIT_MARK: QT_TRANSLATE_NOOP("Texts", "change a mark on evidence"),
    Action.REMOVE_MARK: QT_TRANSLATE_NOOP("Texts", "remove a mark from evidence"),
    Action.SAVE_SEARCH: QT_TRANSLATE_NOOP("Texts", "save a search"),
    Action.TRASH_ITEM: QT_TRANSLATE_NOOP("Texts", "move to trash"),
    Action.RESTORE_ITEM: QT_TRANSLATE_NOOP("Texts", "restore from trash"),
    Action.DESTROY: QT_TRANSLATE_NOOP("Texts", "delete evidence permanently"),
    Action.SET_PASSWORD: QT_TRANSLATE_NOOP("Texts", "set a password"),
    Action.CHANGE_PASSWORD: QT_TRANSLATE_NOOP("Texts", "change the password"),
    Action.REMOVE_PASSWORD: QT_TRANSLATE_NOOP("Texts", "remove the password"),
    Action.WRONG_PASSWORD: QT_TRANSLATE_NOOP("Texts", "a wrong password was tried"),
    Action.RESTORE_COPY: QT_TRANSLATE_NOOP("Texts", "restore an automatic backup"),
    Action.RECOVER: QT_TRANSLATE_NOOP("Texts", "recover a damaged case"),
    Action.OF_NEWER: QT_TRANSLATE_NOOP("Texts", "something that only a newer program does"),
    Action.TIMESTAMP: QT_TRANSLATE_NOOP("Texts", "get a trusted timestamp"),
    Action.CERTIFY: QT_TRANSLATE_NOOP("Texts", "file a certificate"),
    Action.EXTRACT: QT_TRANSLATE_NOOP("Texts", "save a copy of an original file"),
    Action.EXPORT: QT_TRANSLATE_NOOP("Texts", "export"),
    Action.UNDO: QT_TRANSLATE_NOOP("Texts", "undo"),
    Action.REDO: QT_TRANSLATE_NOOP("Texts", "redo"),
}
_PLACES = {
    PlaceUnit.ROW: QT_TRANSLATE_NOOP("Texts", "row {0}"),
    PlaceUnit.LINE: QT_TRANSLATE_NOOP("Texts", "line {0}"),
    PlaceUnit.ENTRY: QT_TRANSLATE_NOOP("Texts", "entry {0}"),
    PlaceUnit.PAGE: QT_TRANSLATE_NOOP("Texts", "page {0}"),
}


def _say(text: str) -> str:
    return QCoreApplication.translate("Texts", text)


def event_type(value: EventType) -> str:
    """What happened."""
    return _say(_TYPES[value])


def direction(value: Direction) -> str:
    """Who reached out."""
    return _say(_DIRECTIONS[value])


def outcome(value: Outcome) -> str:
    """What became of it."""
    return _say(_OUTCOMES[value])


def time_source(value: TimeSource) -> str:
    """Where a time was read."""
    return _say(_SOURCES[value])


def time_precision(value: TimePrecision) -> str:
    """How precise a time is."""
    return _say(_PRECISIONS[value])


def role(value: Role) -> str:
    """What a party is to the case."""
    return _say(_ROLES[value])


def item_kind(value: ItemKind) -> str:
    """What an item is."""
    return _say(_KINDS[value])


def item_status(value: ItemStatus) -> str:
    """How much of an item was read."""
    return _say(_STATUSES[value])


def finding_status(value: FindingStatus) -> str:
    """Who stands behind a finding."""
    return _say(_FINDING_STATUSES[value])


def hit_kind(value: HitKind) -> str:
    """What was searched."""
    return _say(_HIT_KINDS[value])


def jurisdiction(value: Jurisdiction) -> str:
    """Whose rules apply."""
    return _say(_JURISDICTIONS[value])


def action(value: Action) -> str:
    """What was done, as it follows "Undo: "."""
    return _say(_ACTIONS[value])


def place(value: SourcePlace) -> str:
    """Where in a file something stands."""
    text = _say(_PLACES[value.unit]).format(value.number)
    return f"{value.sheet} · {text}" if value.sheet else text


def message_text(message: Message) -> str:
    """A sentence from below the window, in the window's language."""
    template = QCoreApplication.translate("Message", message.source_text())
    return message.worded(template, QLocale().toString)


def error_text(error: Exception) -> str:
    """What happened, in one sentence."""
    if isinstance(error, EvidenceError):
        return message_text(error.message)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return QCoreApplication.translate(
        "Texts",
        "Something went wrong in the program. You did nothing wrong. What was "
        "saved before is safe; the details are in the error log.",
    )


def violation_name(code: str) -> str:
    """The name of a violation type."""
    return violations.get(code).name(languages.spoken())


def violation_explanation(code: str) -> str:
    """What a violation type means."""
    return violations.get(code).explanation(languages.spoken())


def day(value: date) -> str:
    """A calendar day."""
    return QLocale().toString(QDate(value.year, value.month, value.day), _SHORT)


def stamp(at: datetime, where: ZoneInfo | None = None) -> str:
    """A date and time of this computer, as of an import.

    Args:
        at: When, with its offset.
        where: The zone of the case beside whose times it is shown; if None, it is told in the
            zone of this computer, with the offset.
    """
    if where is not None:
        return at.astimezone(where).strftime("%Y-%m-%d %H:%M")
    local = at.astimezone()
    return f"{local:%Y-%m-%d %H:%M} ({_offset(local)})"


def _offset(at: datetime) -> str:
    """The difference to world time, as ``UTC+08:00``."""
    written = at.strftime("%z")
    return f"UTC{written[:3]}:{written[3:5]}"


_FORMS = {
    TimePrecision.YEAR: "%Y",
    TimePrecision.MONTH: "%Y-%m",
    TimePrecision.DAY: "%Y-%m-%d",
    TimePrecision.MINUTE: "%Y-%m-%d %H:%M",
}


def reading_text(reading: TimeReading, where: ZoneInfo) -> str:
    """A time as precise as it is known; an instant with the offset of the case's zone."""
    at = in_zone(reading.moment, where)
    text = at.strftime(_FORMS.get(reading.precision, "%Y-%m-%d %H:%M:%S"))
    if isinstance(reading.moment, Instant) and reading.precision not in _FORMS.keys() - {
        TimePrecision.MINUTE
    }:
        return f"{text} ({_offset(at)})"
    return text


def as_written(reading: TimeReading) -> str:
    """How the source writes a time; a count of seconds or days is explained, not only quoted."""
    raw = reading.raw[:80]
    if raw.lstrip("-").replace(".", "", 1).isdecimal():
        sentence = QCoreApplication.translate(
            "Texts", "In the file this is a number that counts time: {0}"
        )
    else:
        sentence = QCoreApplication.translate("Texts", "In the file: “{0}”")
    return sentence.format(raw)


def duration(seconds: float) -> str:
    """A length of time, as 1:05 or 1:02:03."""
    rounded_seconds = round(seconds)
    minutes, rest = divmod(rounded_seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(count: int) -> str:
    """A number of bytes."""
    return QLocale().formattedDataSize(count)
