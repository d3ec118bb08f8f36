"""Sentences for the person, as data: a code and arguments, worded where they are shown.

The English wording here is what the command line and the log say. The window shows the
translation of the same sentence (Qt Linguist context ``Message``); for Qt's tools to find the
sentences, they are marked with a function that has the name that those tools look for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark ``text`` for translation in ``context`` and return it unchanged."""
    return text


class MessageCode(StrEnum):
    """Every sentence that can arise below the window."""

    EMPTY_FILE = auto()
    FILE_VANISHED = auto()
    FILE_UNREADABLE = auto()
    FILE_CHANGED_WHILE_READING = auto()
    NOT_A_REGULAR_FILE = auto()
    DIRECTORY_LOOP = auto()
    OWN_CASE_FILE = auto()
    NOT_UNDERSTOOD = auto()
    PARTLY_READ = auto()
    DAMAGED_PICTURE = auto()
    PICTURE_TOO_LARGE = auto()
    DAMAGED_RECORDING = auto()
    RECORDING_TOO_LONG = auto()
    DAMAGED_DOCUMENT = auto()
    PAGE_DAMAGED = auto()
    DOCUMENT_LOCKED = auto()
    DAMAGED_TABLE = auto()
    DAMAGED_XML = auto()
    XML_FORBIDDEN = auto()
    UNKNOWN_TABLE = auto()
    UNKNOWN_ENCODING = auto()
    READER_CRASHED = auto()
    READER_TIMED_OUT = auto()
    READER_LIMIT = auto()
    COUNT_DIFFERS = auto()
    CHARACTERS_REPAIRED = auto()
    ROW_BAD_TIME = auto()
    ROW_BAD_NUMBER = auto()
    ROW_SCIENTIFIC_NUMBER = auto()
    ROW_BAD_DURATION = auto()
    DATE_ORDER_UNKNOWN = auto()
    ROW_UNREADABLE = auto()
    ROW_TOO_SHORT = auto()
    NO_RECORDINGS_DEVICE = auto()
    DISK_FULL = auto()
    CASE_NOT_FOUND = auto()
    CASE_EXISTS = auto()
    NOT_A_CASE = auto()
    CASE_NEWER = auto()
    CASE_IN_USE = auto()
    CASE_READ_ONLY = auto()
    CASE_DAMAGED = auto()
    CANNOT_WRITE = auto()
    ORIGINAL_DAMAGED = auto()
    UNKNOWN_ID = auto()
    UNKNOWN_ZONE = auto()
    UNKNOWN_JURISDICTION = auto()
    UNKNOWN_ROLE = auto()
    UNKNOWN_VIOLATION = auto()
    UNKNOWN_TABLE_FORMAT = auto()
    NEEDS_VALUE = auto()
    BAD_TIME = auto()
    EXPORT_INVALID = auto()
    TARGET_EXISTS = auto()
    IMPORT_CANCELLED = auto()
    IMPORT_FAILED = auto()


_TEXTS: dict[MessageCode, str] = {
    MessageCode.EMPTY_FILE: QT_TRANSLATE_NOOP(
        "Message", "The file is empty (0 bytes). It was kept, but there is nothing in it to read."
    ),
    MessageCode.FILE_VANISHED: QT_TRANSLATE_NOOP(
        "Message", "The file was no longer there when it was its turn. It was not imported."
    ),
    MessageCode.FILE_UNREADABLE: QT_TRANSLATE_NOOP(
        "Message", "The file could not be opened ({reason}). It was not imported."
    ),
    MessageCode.FILE_CHANGED_WHILE_READING: QT_TRANSLATE_NOOP(
        "Message", "The file changed while it was read. It was not imported; please add it again."
    ),
    MessageCode.NOT_A_REGULAR_FILE: QT_TRANSLATE_NOOP(
        "Message", "This is a device or a connection, not a file. It was not imported."
    ),
    MessageCode.DIRECTORY_LOOP: QT_TRANSLATE_NOOP(
        "Message", "This folder leads back to a folder that holds it. It was entered only once."
    ),
    MessageCode.OWN_CASE_FILE: QT_TRANSLATE_NOOP(
        "Message", "This is the case file that is open. It was not imported into itself."
    ),
    MessageCode.NOT_UNDERSTOOD: QT_TRANSLATE_NOOP(
        "Message",
        "The program cannot read this kind of file yet. It was kept unaltered as an original.",
    ),
    MessageCode.PARTLY_READ: QT_TRANSLATE_NOOP(
        "Message", "{read} entries were read, {skipped} could not be read. The file was kept."
    ),
    MessageCode.DAMAGED_PICTURE: QT_TRANSLATE_NOOP(
        "Message", "The picture is damaged or cut off. It was kept as it is."
    ),
    MessageCode.PICTURE_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Message", "The picture unpacks to an unsafe size. It was kept, but is not shown."
    ),
    MessageCode.DAMAGED_RECORDING: QT_TRANSLATE_NOOP(
        "Message", "The recording is damaged or of an unknown kind. It was kept as it is."
    ),
    MessageCode.RECORDING_TOO_LONG: QT_TRANSLATE_NOOP(
        "Message",
        "The recording is too long to be played here (more than {megabytes} MB of sound). "
        "It was kept whole.",
    ),
    MessageCode.DAMAGED_DOCUMENT: QT_TRANSLATE_NOOP(
        "Message", "The document is damaged. It was kept as it is."
    ),
    MessageCode.PAGE_DAMAGED: QT_TRANSLATE_NOOP("Message", "This page is damaged."),
    MessageCode.DOCUMENT_LOCKED: QT_TRANSLATE_NOOP(
        "Message", "The document is protected by a password. It was kept as it is."
    ),
    MessageCode.DAMAGED_TABLE: QT_TRANSLATE_NOOP(
        "Message", "The table is damaged. It was kept as it is."
    ),
    MessageCode.DAMAGED_XML: QT_TRANSLATE_NOOP(
        "Message", "The file is cut off or damaged after entry {entry}. What could be read is in."
    ),
    MessageCode.XML_FORBIDDEN: QT_TRANSLATE_NOOP(
        "Message", "The file has definitions that could overload the computer. It was only kept."
    ),
    MessageCode.UNKNOWN_TABLE: QT_TRANSLATE_NOOP(
        "Message", "No call log was recognised in this table. It was kept as it is."
    ),
    MessageCode.UNKNOWN_ENCODING: QT_TRANSLATE_NOOP(
        "Message", "The characters of this file could not be made out. It was kept as it is."
    ),
    MessageCode.READER_CRASHED: QT_TRANSLATE_NOOP(
        "Message", "Reading this file failed unexpectedly. It was kept as it is."
    ),
    MessageCode.READER_TIMED_OUT: QT_TRANSLATE_NOOP(
        "Message", "Reading this file took too long and was stopped. It was kept as it is."
    ),
    MessageCode.READER_LIMIT: QT_TRANSLATE_NOOP(
        "Message", "Reading this file would need too much memory. It was kept as it is."
    ),
    MessageCode.COUNT_DIFFERS: QT_TRANSLATE_NOOP(
        "Message", "The file says that it holds {declared} entries, but {found} are in it."
    ),
    MessageCode.CHARACTERS_REPAIRED: QT_TRANSLATE_NOOP(
        "Message", "{count} characters that the backup app had written wrongly were mended."
    ),
    MessageCode.ROW_BAD_TIME: QT_TRANSLATE_NOOP("Message", "The time “{value}” cannot be read."),
    MessageCode.ROW_BAD_NUMBER: QT_TRANSLATE_NOOP(
        "Message", "The number “{value}” cannot be read."
    ),
    MessageCode.ROW_SCIENTIFIC_NUMBER: QT_TRANSLATE_NOOP(
        "Message",
        "The number “{value}” was shortened by a spreadsheet program; its last digits are lost.",
    ),
    MessageCode.ROW_BAD_DURATION: QT_TRANSLATE_NOOP(
        "Message", "The duration “{value}” cannot be read."
    ),
    MessageCode.DATE_ORDER_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "It cannot be told which number in these dates is the day and which the month. "
        "The entries are kept without a time.",
    ),
    MessageCode.ROW_UNREADABLE: QT_TRANSLATE_NOOP("Message", "This entry cannot be read."),
    MessageCode.ROW_TOO_SHORT: QT_TRANSLATE_NOOP(
        "Message", "This row has fewer cells than the table has columns."
    ),
    MessageCode.NO_RECORDINGS_DEVICE: QT_TRANSLATE_NOOP(
        "Message", "This computer has no sound output. The recording can be seen, but not heard."
    ),
    MessageCode.DISK_FULL: QT_TRANSLATE_NOOP(
        "Message", "The disk is full. Nothing that was saved before is lost; please make room."
    ),
    MessageCode.CASE_NOT_FOUND: QT_TRANSLATE_NOOP("Message", "There is no case file at {path}."),
    MessageCode.CASE_EXISTS: QT_TRANSLATE_NOOP(
        "Message", "There is already a file at {path}. It was left as it is."
    ),
    MessageCode.NOT_A_CASE: QT_TRANSLATE_NOOP(
        "Message", "{path} is not a case file of this program, or it is locked with a password."
    ),
    MessageCode.CASE_NEWER: QT_TRANSLATE_NOOP(
        "Message",
        "This case was written by a newer version of the program. "
        "It can be read here, but not changed.",
    ),
    MessageCode.CASE_IN_USE: QT_TRANSLATE_NOOP(
        "Message", "This case is open in another window or program. Please close it there first."
    ),
    MessageCode.CASE_READ_ONLY: QT_TRANSLATE_NOOP(
        "Message", "This case is open for reading only. Nothing was changed."
    ),
    MessageCode.CASE_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "The case file is damaged ({reason}). It was not changed."
    ),
    MessageCode.CANNOT_WRITE: QT_TRANSLATE_NOOP(
        "Message", "{path} could not be written ({reason}). Nothing else was changed."
    ),
    MessageCode.ORIGINAL_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "The original of {item} is no longer what was imported."
    ),
    MessageCode.UNKNOWN_ID: QT_TRANSLATE_NOOP("Message", "There is no “{value}” in this case."),
    MessageCode.UNKNOWN_ZONE: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not the name of a time zone, as Asia/Shanghai is."
    ),
    MessageCode.UNKNOWN_JURISDICTION: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a place whose rules the program knows. It knows: {known}."
    ),
    MessageCode.UNKNOWN_ROLE: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a role. The roles are: {known}."
    ),
    MessageCode.UNKNOWN_VIOLATION: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a violation type. The types are: {known}."
    ),
    MessageCode.UNKNOWN_TABLE_FORMAT: QT_TRANSLATE_NOOP(
        "Message", "A table can be written as .csv or .xlsx, not as “{value}”."
    ),
    MessageCode.NEEDS_VALUE: QT_TRANSLATE_NOOP("Message", "Please fill in: {field}."),
    MessageCode.BAD_TIME: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a date and time, as 2026-03-01 21:30 is."
    ),
    MessageCode.EXPORT_INVALID: QT_TRANSLATE_NOOP(
        "Message", "The dossier did not pass its own check and was not saved ({reason})."
    ),
    MessageCode.TARGET_EXISTS: QT_TRANSLATE_NOOP(
        "Message", "There is already a file at {path}. It was left as it is."
    ),
    MessageCode.IMPORT_CANCELLED: QT_TRANSLATE_NOOP(
        "Message", "You stopped the import before this file. It was not imported."
    ),
    MessageCode.IMPORT_FAILED: QT_TRANSLATE_NOOP(
        "Message",
        "The program itself failed at this file, and it was not imported. Details are in the log.",
    ),
}


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with its arguments.

    Attributes:
        code: Which sentence.
        arguments: What stands in its places; every value is already text.
    """

    code: MessageCode
    arguments: dict[str, str] = field(default_factory=dict)

    def english(self) -> str:
        """The sentence in English."""
        return self.worded(_TEXTS[self.code])

    def source_text(self) -> str:
        """The English sentence with its places still open: the key of its translation."""
        return _TEXTS[self.code]

    def worded(self, template: str) -> str:
        """Fill the places of ``template``, a translation of `source_text`."""
        return template.format_map(self.arguments)


def message(code: MessageCode, **arguments: object) -> Message:
    """Make a message; arguments become text."""
    return Message(code, {name: str(value) for name, value in arguments.items()})
