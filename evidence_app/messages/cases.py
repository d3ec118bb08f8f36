"""What is said of cases, exports and proofs, in English."""

from __future__ import annotations

from evidence_app.messages.codes import MessageCode
from evidence_app.messages.marking import QT_TRANSLATE_NOOP

CASE_TEXTS: dict[MessageCode, str] = {
    MessageCode.DISK_FULL: QT_TRANSLATE_NOOP(
        "Message", "The disk is full. Everything saved so far is safe; please free some space."
    ),
    MessageCode.CASE_NOT_FOUND: QT_TRANSLATE_NOOP("Message", "There is no case file at {path}."),
    MessageCode.CASE_EXISTS: QT_TRANSLATE_NOOP(
        "Message", "There is already a file at {path}. It was left as it is."
    ),
    MessageCode.NOT_A_CASE: QT_TRANSLATE_NOOP(
        "Message", "{path} is not a case file of this program, or it is locked with a password."
    ),
    MessageCode.CASE_IN_USE: QT_TRANSLATE_NOOP(
        "Message", "This case is open in another window or program. Please close it there first."
    ),
    MessageCode.CASE_READ_ONLY: QT_TRANSLATE_NOOP(
        "Message", "This case is open for reading only. Nothing was changed."
    ),
    MessageCode.CASE_IN_DOUBT: QT_TRANSLATE_NOOP(
        "Message",
        "Something about this case file is not as it should be, so it is open for reading only. "
        "Nothing was changed.",
    ),
    MessageCode.CASE_TO_ACCEPT: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was changed. If you know why the case differs, run "
        "`evidence-app accept` on it first; the history will say so. Otherwise "
        "look for another copy, and keep this one too.",
    ),
    MessageCode.CASE_CHANGED_MEANWHILE: QT_TRANSLATE_NOOP(
        "Message", "Another program changed the case file meanwhile. Please try again."
    ),
    MessageCode.PLANTED_FILE: QT_TRANSLATE_NOOP(
        "Message",
        "Beside the case lies {path}, where only this program writes: a link, or no ordinary file. "
        "Nothing was changed. Please move it away, then open the case again.",
    ),
    MessageCode.CASE_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "The case file is damaged ({reason}). It was not changed."
    ),
    MessageCode.CANNOT_WRITE: QT_TRANSLATE_NOOP(
        "Message", "{path} could not be written ({reason}). Nothing else was changed."
    ),
    MessageCode.ORIGINAL_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "The original file of {item} is no longer what was imported."
    ),
    MessageCode.ROW_FORGED: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was changed: what was to be changed was altered outside this program ({row}). "
        "Check the case.",
    ),
    MessageCode.ROW_DAMAGED: QT_TRANSLATE_NOOP(
        "Message",
        "A part of this case file cannot be read, for it was damaged or altered ({row}). "
        "Check the case.",
    ),
    MessageCode.UNKNOWN_ID: QT_TRANSLATE_NOOP("Message", "There is no “{value}” in this case."),
    MessageCode.MARK_OUTSIDE: QT_TRANSLATE_NOOP(
        "Message", "This mark would not be on the evidence. Nothing was changed."
    ),
    MessageCode.REDACTION_LEAKS: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was saved: something that you blacked out could still be found in the finished "
        "file. Your evidence is unchanged. Please black out a little more, or leave that item out.",
    ),
    MessageCode.REDACTION_NAME_ON_PAGE: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was saved: “{name}” is among words that you blacked out, and can still be read "
        "on page {page}. Black the name out once by itself: then it goes everywhere. If it may be "
        "read, leave it out of what you black out.",
    ),
    MessageCode.REDACTION_NAME_LEFT: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was saved: “{name}” is among words that you blacked out, and can still be read "
        "elsewhere. Black the name out once by itself: then it goes everywhere. If it may be "
        "read, leave it out of what you black out.",
    ),
    MessageCode.REDACTION_UNREAD: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was saved: the finished pages could not be read once more, so it is not sure that "
        "what you blacked out is hidden. Your evidence is unchanged. Please try again.",
    ),
    MessageCode.UNKNOWN_ZONE: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a time zone. Example: Asia/Shanghai"
    ),
    MessageCode.UNKNOWN_JURISDICTION: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a place whose rules the program knows. It knows: {known}."
    ),
    MessageCode.UNKNOWN_ROLE: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a role. The roles are: {known}."
    ),
    MessageCode.UNKNOWN_RULEBOOK: QT_TRANSLATE_NOOP(
        "Message", "There is no rulebook “{value}”. There are: {known}."
    ),
    MessageCode.UNKNOWN_KIND: QT_TRANSLATE_NOOP(
        "Message", "“{value}” does not say who collects. Choose one of: {known}."
    ),
    MessageCode.UNKNOWN_SUGGESTION: QT_TRANSLATE_NOOP(
        "Message",
        "There is no suggestion “{value}” any more. The events it rested on may have changed; "
        "look at the suggestions again.",
    ),
    MessageCode.ACTS_FOR_ITSELF: QT_TRANSLATE_NOOP(
        "Message",
        "“{name}” would collect for itself in the end. Nothing was changed; check who collects "
        "for whom.",
    ),
    MessageCode.BAD_DAYS: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a number of days from 0 to {most}. Nothing was changed."
    ),
    MessageCode.DUE_BEFORE_BORROWED: QT_TRANSLATE_NOOP(
        "Message",
        "A debt cannot be due before it was borrowed. Nothing was changed; check the two days.",
    ),
    MessageCode.BAD_DAY: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a day. Example: 2026-03-12"
    ),
    MessageCode.BAD_HOURS: QT_TRANSLATE_NOOP(
        "Message", "“{value}” does not say from when to when. Example: 18:00-20:00"
    ),
    MessageCode.OWN_ACT_IS_NO_VIOLATION: QT_TRANSLATE_NOOP(
        "Message",
        "This is something that you did yourself; it cannot be a violation of theirs. Keep it?",
    ),
    MessageCode.WITHIN_HOURS: QT_TRANSLATE_NOOP(
        "Message", "{time} is inside the permitted hours of {rule}. Keep it?"
    ),
    MessageCode.UNKNOWN_CHANNEL: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a way of contact. The ways are: {known}."
    ),
    MessageCode.NOT_AN_OWN_ACT: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is nothing that you did. Choose one of: {known}."
    ),
    MessageCode.NOTHING_TO_READ: QT_TRANSLATE_NOOP(
        "Message",
        "There is nothing to read in “{value}”: only pictures, and pages of PDF documents without "
        "text, are read.",
    ),
    MessageCode.PROPOSAL_ACCEPTED: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is on the timeline already. Undo that first, or edit the entry there."
    ),
    MessageCode.UNKNOWN_VIOLATION: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a violation type. The types are: {known}."
    ),
    MessageCode.UNKNOWN_TABLE_FORMAT: QT_TRANSLATE_NOOP(
        "Message", "A table can be written as .csv or .xlsx, not as “{value}”."
    ),
    MessageCode.BAD_PART_SIZE: QT_TRANSLATE_NOOP(
        "Message",
        "A package cannot be divided into parts of “{value}”. Give a size from 64K on, such as "
        "20M, that makes no more than 999 parts.",
    ),
    MessageCode.NEEDS_VALUE: QT_TRANSLATE_NOOP("Message", "Please fill in: {field}."),
    MessageCode.TEXT_TOO_LONG: QT_TRANSLATE_NOOP(
        "Message",
        "“{start}…” has {length} characters; at most {most} fit here. Nothing was changed. "
        "A note has room for more.",
    ),
    MessageCode.NAME_TOO_LONG: QT_TRANSLATE_NOOP(
        "Message", "The name of {path} is too long for a case file. Choose a shorter one."
    ),
    MessageCode.BAD_TIME: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a date and time. Example: 2026-03-01 21:30"
    ),
    MessageCode.CLOSED_OFF: QT_TRANSLATE_NOOP(
        "Message", "Files from others are read in a closed-off process: yes."
    ),
    MessageCode.CLOSED_OFF_BUT_FILES: QT_TRANSLATE_NOOP(
        "Message",
        "Files from others are read in a closed-off process: only partly, because this system "
        "cannot keep that process away from your other files.",
    ),
    MessageCode.CLOSED_OFF_BUT_ACTS: QT_TRANSLATE_NOOP(
        "Message",
        "Files from others are read in a closed-off process: only partly, because this system "
        "cannot stop that process from starting programs or connecting to others.",
    ),
    MessageCode.HARDLY_CLOSED_OFF: QT_TRANSLATE_NOOP(
        "Message",
        "Files from others are read in a process of their own, but it is hardly closed off: this "
        "system cannot keep it away from your other files, programs and connections.",
    ),
    MessageCode.CLOSED_OFF_UNTRIED: QT_TRANSLATE_NOOP(
        "Message",
        "Files from others are read in a closed-off process: only partly, as far as this system "
        "allows. We have not tried this on a computer of this kind.",
    ),
    MessageCode.EXPORT_MISMATCH: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing was exported: the case is not as it was put in. Number of things that do not "
        "agree: {count}.",
    ),
    MessageCode.EXPORT_INVALID: QT_TRANSLATE_NOOP(
        "Message", "The evidence report did not pass its own check and was not saved ({reason})."
    ),
    MessageCode.ORIGINALS_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Message",
        "The original files are {size} MB together, more than one PDF can hold. Nothing was "
        "saved. Make an evidence package instead: it takes files of any size.",
    ),
    MessageCode.TARGET_EXISTS: QT_TRANSLATE_NOOP(
        "Message", "There is already a file at {path}. It was left as it is."
    ),
    MessageCode.KEY_UNAVAILABLE: QT_TRANSLATE_NOOP(
        "Message",
        "The key with which this computer signs the history cannot be used: "
        "{path} ({reason}). Nothing was changed. You can still open the case for "
        "reading only.",
    ),
    MessageCode.WRONG_CHECK_CODE: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a check code. An evidence report has it on its last pages."
    ),
    MessageCode.PACKAGE_CANNOT_BE_SHOWN: QT_TRANSLATE_NOOP(
        "Message",
        "{path} cannot be shown as a case: its tables cannot be read. Check the package to see "
        "what is wrong, and open the evidence report in it with another program.",
    ),
    MessageCode.NOT_A_PACKAGE: QT_TRANSLATE_NOOP(
        "Message",
        "{path} is not an evidence package, or it cannot be opened. A package is a folder or a "
        "ZIP file with a file “bagit.txt” in it.",
    ),
    MessageCode.CASE_LOCKED: QT_TRANSLATE_NOOP("Message", "This case is locked with a password."),
    MessageCode.CASE_WRONG_PASSWORD: QT_TRANSLATE_NOOP(
        "Message", "The password does not open this case. Nothing was changed."
    ),
    MessageCode.CASE_GONE: QT_TRANSLATE_NOOP(
        "Message",
        "The case file is no longer at {path}. What was saved before is in it: please connect"
        " the drive again, or save a copy of the case elsewhere.",
    ),
    MessageCode.CASE_GONE_SAVED: QT_TRANSLATE_NOOP(
        "Message",
        "The case file was moved or deleted while it was open. The last change was not made. "
        "All that was saved before is now in {saved}: please open that one.",
    ),
    MessageCode.CASE_REPLACED: QT_TRANSLATE_NOOP(
        "Message",
        "Another file was put in the place of {path} while the case was open. The last change was "
        "not made. Please save a copy of the case elsewhere.",
    ),
    MessageCode.CASE_REPLACED_SAVED: QT_TRANSLATE_NOOP(
        "Message",
        "Another file was put in the place of the case while it was open. The last change was not "
        "made. All that was saved before is now in {saved}: please open that one.",
    ),
    MessageCode.CASE_OVERWRITTEN: QT_TRANSLATE_NOOP(
        "Message",
        "Another program wrote over {path} while the case was open: the newest entries of its "
        "history are gone. The last change was not made. Please close the case, then restore the "
        "newest automatic backup.",
    ),
    MessageCode.DISK_FAILS: QT_TRANSLATE_NOOP(
        "Message",
        "The drive that holds the case could not be read or written ({reason}). "
        "What was saved before is not lost; please save a copy of the case on "
        "another drive.",
    ),
    MessageCode.NO_ROOM_FOR_COPY: QT_TRANSLATE_NOOP(
        "Message",
        "There is too little room on this computer to keep another copy of the case. The case"
        " itself is saved.",
    ),
    MessageCode.COPY_NOT_FOUND: QT_TRANSLATE_NOOP(
        "Message", "There is no automatic backup “{value}” of this case."
    ),
    MessageCode.PASSWORD_EMPTY: QT_TRANSLATE_NOOP("Message", "Please enter a password."),
    MessageCode.NOT_LOCKED: QT_TRANSLATE_NOOP("Message", "This case has no password."),
    MessageCode.IS_LOCKED: QT_TRANSLATE_NOOP("Message", "This case has a password already."),
    MessageCode.NOTHING_TO_RESCUE: QT_TRANSLATE_NOOP(
        "Message",
        "Nothing could be recovered from {path}: it holds no undamaged original "
        "file. The file was left as it is; please try an automatic backup.",
    ),
    MessageCode.NOT_IN_TRASH: QT_TRANSLATE_NOOP(
        "Message", "Only what is in the trash can be deleted permanently. Nothing was changed."
    ),
    MessageCode.RESCUED_UNVOUCHED: QT_TRANSLATE_NOOP(
        "Message",
        "This was recovered from a damaged case whose history could no longer vouch for all that "
        "is said of this item.",
    ),
    MessageCode.RESCUED_DAMAGED: QT_TRANSLATE_NOOP(
        "Message",
        "The original file was damaged together with the case file. What is left "
        "of it is kept, but it is not what was imported.",
    ),
    MessageCode.TIMESTAMP_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Message",
        "{address} did not answer ({reason}). Nothing was changed; please check whether this "
        "computer is online, or choose another authority.",
    ),
    MessageCode.TIMESTAMP_REFUSED: QT_TRANSLATE_NOOP(
        "Message", "{address} gave no timestamp ({reason}). Nothing was changed."
    ),
    MessageCode.TIMESTAMP_INVALID: QT_TRANSLATE_NOOP(
        "Message", "The timestamp cannot be relied on ({reason}). Nothing was changed."
    ),
    MessageCode.SIGNING_FILE_UNREADABLE: QT_TRANSLATE_NOOP(
        "Message", "{name} could not be read ({reason}). Nothing was exported."
    ),
    MessageCode.SIGNING_FILE_LOCKED: QT_TRANSLATE_NOOP(
        "Message",
        "{name} does not open with this password, or is not a certificate file (.p12, .pfx). "
        "Nothing was exported.",
    ),
    MessageCode.SIGNING_KEY_MISSING: QT_TRANSLATE_NOOP(
        "Message",
        "{name} does not hold a private key together with its certificate, so nothing can be "
        "signed with it. Nothing was exported.",
    ),
    MessageCode.SIGNING_KEY_UNUSABLE: QT_TRANSLATE_NOOP(
        "Message",
        "Programs that show PDF files cannot check the kind of key in {name}. Nothing was "
        "exported; please use one of RSA or elliptic curves (ECDSA).",
    ),
    MessageCode.SIGNING_CERTIFICATE_NOT_VALID: QT_TRANSLATE_NOOP(
        "Message",
        "The certificate is valid only from {first} to {last}. Nothing was exported; please use "
        "another one, or check the clock of this computer.",
    ),
    MessageCode.SIGNING_FAILED: QT_TRANSLATE_NOOP(
        "Message", "The evidence report could not be signed ({reason}). Nothing was exported."
    ),
}
