"""What stands against trusting a case file, and what the person should know of it, in English."""

from __future__ import annotations

from evidence_app.messages.codes import MessageCode
from evidence_app.messages.marking import QT_TRANSLATE_NOOP

DOUBT_TEXTS: dict[MessageCode, str] = {
    MessageCode.DOUBT_TAIL_CUT: QT_TRANSLATE_NOOP(
        "Message",
        "This computer has seen a later state of this case: {expected} entries "
        "in its history, and this file has {found}. Its end may have been cut "
        "off.",
    ),
    MessageCode.DOUBT_REWRITTEN: QT_TRANSLATE_NOOP(
        "Message",
        "From entry {where} on, the history of this case differs from what this "
        "computer saw last. It may have been rewritten.",
    ),
    MessageCode.DOUBT_SWAPPED: QT_TRANSLATE_NOOP(
        "Message",
        "At this place there was another case when this computer saw it last. The file may have "
        "been swapped.",
    ),
    MessageCode.DOUBT_UNKNOWN_KEY: QT_TRANSLATE_NOOP(
        "Message",
        "From entry {where} of the history on, this case was changed on another "
        "computer that this one does not know. Its key begins with {found}.",
    ),
    MessageCode.DOUBT_STRUCTURE: QT_TRANSLATE_NOOP(
        "Message",
        "The case file is not built as this program builds it: another program changed “{where}”.",
    ),
    MessageCode.DOUBT_STRUCTURE_MORE: QT_TRANSLATE_NOOP(
        "Message",
        "The case file is not built as this program builds it: another program added “{where}”.",
    ),
    MessageCode.DOUBT_STRUCTURE_LESS: QT_TRANSLATE_NOOP(
        "Message",
        "The case file is not built as this program builds it: “{where}” is missing.",
    ),
    MessageCode.DOUBT_VERSION: QT_TRANSLATE_NOOP(
        "Message",
        "The case file says that it is of version {found}, but it is built as version {expected}. "
        "Somebody may have tried to hide changes.",
    ),
    MessageCode.DOUBT_NEWER: QT_TRANSLATE_NOOP(
        "Message",
        "This case says that it was made by a newer version of the program ({found}; this one "
        "knows {expected}). It can be looked at, but not all of it can be checked.",
    ),
    MessageCode.DOUBT_NEWER_PART: QT_TRANSLATE_NOOP(
        "Message", "A newer version of the program made “{where}”, which could not be checked."
    ),
    MessageCode.DOUBT_LOG: QT_TRANSLATE_NOOP(
        "Message",
        "The end of the history is not as this program writes it (entry "
        "{where}). The file was changed with another program, or is damaged.",
    ),
    MessageCode.DOUBT_ROW: QT_TRANSLATE_NOOP(
        "Message",
        "The case file does not say the same as its history about “{where}”. It was changed with "
        "another program, or is damaged.",
    ),
    MessageCode.NOTICE_ELSEWHERE: QT_TRANSLATE_NOOP(
        "Message",
        "This computer sees this case for the first time. It was made or changed on another "
        "computer.",
    ),
    MessageCode.NOTICE_WITNESS: QT_TRANSLATE_NOOP(
        "Message",
        "This computer cannot keep its note of what it saw of this case ({path}). Until it can, it "
        "would not notice if an older copy were put in its place.",
    ),
    MessageCode.NOTICE_FORGOTTEN: QT_TRANSLATE_NOOP(
        "Message",
        "This computer wrote entries of this history, but its note of what it saw of the case is "
        "gone. So it cannot tell whether this is an older copy. If you kept a check code, compare "
        "it.",
    ),
    MessageCode.NOTICE_KEY_OPEN: QT_TRANSLATE_NOOP(
        "Message",
        "Other accounts of this computer could read the key with which this program signs, and "
        "sign as you. It is closed to them when you next change something.",
    ),
    MessageCode.NOTICE_CLOCK: QT_TRANSLATE_NOOP(
        "Message",
        "The newest entry of the history is of {found}, which is later than now. "
        "The clock of this computer may be wrong; please set it before you go on.",
    ),
    MessageCode.NOTICE_OTHER_NAME: QT_TRANSLATE_NOOP(
        "Message",
        "The file {path} has a second name on this drive and would be changed under that name too. "
        "So it is open for reading only. To go on, save a copy of the case and open the copy.",
    ),
    MessageCode.NOTICE_UNLOCKED: QT_TRANSLATE_NOOP(
        "Message",
        "When this computer saw this case last, it had a password; this file has none. If you did "
        "not remove it yourself, somebody who knows it did: whatever you add can now be read by "
        "anybody who has the file.",
    ),
    MessageCode.NOT_VOUCHED_BEFORE: QT_TRANSLATE_NOOP(
        "Message",
        "The first {found} entries of the history are of an older version of the "
        "program, which signed nothing. Nothing shows whether the case was "
        "changed before entry {where}.",
    ),
}
