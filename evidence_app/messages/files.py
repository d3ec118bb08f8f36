"""What is said of files that come in, in English: what could be read of them, what is asked."""

from __future__ import annotations

from evidence_app.messages.codes import MessageCode
from evidence_app.messages.marking import QT_TRANSLATE_NOOP

FILE_TEXTS: dict[MessageCode, str] = {
    MessageCode.EMPTY_FILE: QT_TRANSLATE_NOOP(
        "Message", "The file is empty (0 bytes). It was kept, but there is nothing in it to read."
    ),
    MessageCode.FILE_VANISHED: QT_TRANSLATE_NOOP(
        "Message", "The file had gone by the time the import reached it. It was not imported."
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
        "Message", "This folder links back to its own parent. It was read only once."
    ),
    MessageCode.OWN_CASE_FILE: QT_TRANSLATE_NOOP(
        "Message", "This is the case file that is open. It was not imported into itself."
    ),
    MessageCode.IS_A_CASE: QT_TRANSLATE_NOOP(
        "Message",
        "This is a case of this program, not a piece of evidence, so it was not imported. You can "
        "open it by itself; what is in it can be extracted there and imported here.",
    ),
    MessageCode.NOT_UNDERSTOOD: QT_TRANSLATE_NOOP(
        "Message",
        "The program cannot read this kind of file yet. It was kept unaltered as an original file.",
    ),
    MessageCode.PARTLY_READ: QT_TRANSLATE_NOOP(
        "Message", "{read} entries were read, {skipped} could not be read. The file was kept."
    ),
    MessageCode.ROWS_NOT_READ: QT_TRANSLATE_NOOP(
        "Message",
        "{read} entries were read, {skipped} rows could not be read: {rows}. The file was kept.",
    ),
    MessageCode.DAMAGED_PICTURE: QT_TRANSLATE_NOOP(
        "Message", "The picture is damaged or cut off. It was kept as it is."
    ),
    MessageCode.PICTURE_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Message", "This picture is too large to open safely. It was kept, but is not shown."
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
    MessageCode.DOCUMENT_WITHOUT_TEXT: QT_TRANSLATE_NOOP(
        "Message", "There are no words in this document. It was kept, and may hold pictures."
    ),
    MessageCode.DOCUMENT_LOCKED: QT_TRANSLATE_NOOP(
        "Message", "The document is protected by a password. It was kept as it is."
    ),
    MessageCode.DAMAGED_TABLE: QT_TRANSLATE_NOOP(
        "Message", "The table is damaged. It was kept as it is."
    ),
    MessageCode.DAMAGED_XML: QT_TRANSLATE_NOOP(
        "Message", "The file is cut off or damaged after entry {entry}. What could be read is in."
    ),
    MessageCode.DAMAGED_AT_LINE: QT_TRANSLATE_NOOP(
        "Message",
        "The file is cut off or damaged at line {line}, after entry {entry}. What stands before is "
        "in.",
    ),
    MessageCode.DAMAGED_FROM_START: QT_TRANSLATE_NOOP(
        "Message", "The file is cut off or damaged. Nothing could be read of it; it was kept."
    ),
    MessageCode.DAMAGED_FROM_LINE: QT_TRANSLATE_NOOP(
        "Message",
        "The file is cut off or damaged at line {line}. Nothing could be read of it; it was kept.",
    ),
    MessageCode.XML_FORBIDDEN: QT_TRANSLATE_NOOP(
        "Message", "The file has definitions that could overload the computer. It was only kept."
    ),
    MessageCode.UNKNOWN_TABLE: QT_TRANSLATE_NOOP(
        "Message", "No call log was recognised in this table. It was kept as it is."
    ),
    MessageCode.PAYMENT_LIST: QT_TRANSLATE_NOOP(
        "Message",
        "This is a list of payments. It was kept and can be searched, but nothing of it is put on "
        "the timeline. Write down what you paid to the lender with “What I did…” there.",
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
    MessageCode.PICTURE_TOO_LARGE_TO_READ: QT_TRANSLATE_NOOP(
        "Message",
        "This picture is too large for the text in it to be read. It was kept, and you can look "
        "at it.",
    ),
    MessageCode.READING_MODELS_MISSING: QT_TRANSLATE_NOOP(
        "Message",
        "Text in pictures cannot be read: a part of the program is missing or was changed. Your "
        "case is safe; please install the program again.",
    ),
    MessageCode.CLUSTER_EXTRA_MISSING: QT_TRANSLATE_NOOP(
        "Message",
        "To read on a cluster, please install the extra “cluster” first: "
        "pip install 'evidence-app[cluster]'.",
    ),
    MessageCode.CLUSTER_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Message", "No cluster answers at {address}. Nothing was sent to it."
    ),
    MessageCode.CLUSTER_LOST: QT_TRANSLATE_NOOP(
        "Message",
        "The cluster cannot go on. What it read so far was kept, and the rest waits. Please see "
        "whether it runs, and whether its workers have this version of the program.",
    ),
    MessageCode.COUNT_DIFFERS: QT_TRANSLATE_NOOP(
        "Message", "The file says that it holds {declared} entries, but {found} are in it."
    ),
    MessageCode.CHARACTERS_REPAIRED: QT_TRANSLATE_NOOP(
        "Message", "{count} characters written incorrectly by the backup app were corrected."
    ),
    MessageCode.ROW_BAD_TIME: QT_TRANSLATE_NOOP("Message", "The time “{value}” cannot be read."),
    MessageCode.ROW_BAD_NUMBER: QT_TRANSLATE_NOOP(
        "Message", "The number “{value}” cannot be read."
    ),
    MessageCode.ROW_SCIENTIFIC_NUMBER: QT_TRANSLATE_NOOP(
        "Message",
        "The number “{value}” was shortened by a spreadsheet program; its last digits are lost.",
    ),
    MessageCode.DATE_ORDER_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "It cannot be told which number in these dates is the day and which the month. "
        "The entries are kept without a time.",
    ),
    MessageCode.ROW_UNREADABLE: QT_TRANSLATE_NOOP("Message", "This entry cannot be read."),
    MessageCode.ENTRY_UNREADABLE_AT_LINE: QT_TRANSLATE_NOOP(
        "Message", "The entry at line {line} of the file is damaged."
    ),
    MessageCode.IMPORT_CANCELLED: QT_TRANSLATE_NOOP(
        "Message", "You stopped the import before this file. It was not imported."
    ),
    MessageCode.IMPORT_FAILED: QT_TRANSLATE_NOOP(
        "Message",
        "The program had a problem with this file and did not import it. You did "
        "nothing wrong. Details are in the error log.",
    ),
    MessageCode.CHAT_CAPPED: QT_TRANSLATE_NOOP(
        "Message",
        "This chat has {count} messages. The app that wrote it leaves out older ones above "
        "about {limit}; there may be more on the phone.",
    ),
    MessageCode.IPHONE_CALL_LIMIT: QT_TRANSLATE_NOOP(
        "Message",
        "An iPhone keeps only about the last 1,000 calls. Older calls cannot be in this file.",
    ),
    MessageCode.NO_REJECTED_CALLS: QT_TRANSLATE_NOOP(
        "Message", "This source does not tell rejected calls from missed ones."
    ),
    MessageCode.BILL_HAS_NO_MISSED: QT_TRANSLATE_NOOP(
        "Message",
        "A carrier’s bill lists connected calls only. Calls that were not answered cannot be "
        "in it.",
    ),
    MessageCode.MAIL_FILES_PACKED: QT_TRANSLATE_NOOP(
        "Message",
        "Outlook packed files of this e-mail into winmail.dat. That file is kept as it is; this "
        "program cannot open it. Ask the sender for the files, or open it in Outlook.",
    ),
    MessageCode.MAIL_ITEM_INSIDE: QT_TRANSLATE_NOOP(
        "Message",
        "There is another Outlook item inside this e-mail. It is kept in the file, but not shown; "
        "open it in Outlook and save it on its own.",
    ),
    MessageCode.MAIL_TEXT_UNREAD: QT_TRANSLATE_NOOP(
        "Message",
        "The words of this e-mail are stored in a form that this program cannot read. The file is "
        "kept; open it in Outlook and save it as text or PDF.",
    ),
    MessageCode.ANDROID_BACKUP_ENCRYPTED: QT_TRANSLATE_NOOP(
        "Message",
        "This Android backup is encrypted. It is kept, but its contents cannot be read. Make a new "
        "backup without a password, and add that.",
    ),
    MessageCode.CHAT_WITHOUT_DATES: QT_TRANSLATE_NOOP(
        "Message",
        "Entries of this file have no date. They are kept in their order, without a time.",
    ),
    MessageCode.LOOKS_LIKE_CHAT: QT_TRANSLATE_NOOP(
        "Message",
        "This looks like a conversation, but in a form that the program does not know. Please say "
        "which part is the time, who wrote, and the words.",
    ),
    MessageCode.ALSO_AT: QT_TRANSLATE_NOOP(
        "Message", "The same file was also found here: {origin}/{filename}"
    ),
    MessageCode.MEDIA_LEFT_OUT: QT_TRANSLATE_NOOP(
        "Message",
        "{count} pictures, recordings or files are mentioned in it, but were not exported with it.",
    ),
    MessageCode.OWNER_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "The file does not tell which messages are yours. They are kept without a direction.",
    ),
    MessageCode.BACKUP_ENCRYPTED: QT_TRANSLATE_NOOP(
        "Message",
        "This phone backup is encrypted. Please make one without a password, or decrypt it "
        "first; it was kept as it is.",
    ),
    MessageCode.BACKUP_NOT_FULL: QT_TRANSLATE_NOOP(
        "Message", "Of the phone backup, only its calls, messages and contacts were taken."
    ),
    MessageCode.WHATSAPP_ENCRYPTED: QT_TRANSLATE_NOOP(
        "Message",
        "This is WhatsApp's encrypted backup. It cannot be read without its key, which only the "
        "phone has. It was kept. Please export the chat in WhatsApp instead.",
    ),
    MessageCode.DATABASE_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "This database is damaged. What could be read is in; it was kept as it is."
    ),
    MessageCode.DATABASE_PART: QT_TRANSLATE_NOOP(
        "Message",
        "This file is a part of the database “{database}”. What is in it is read together with "
        "the database.",
    ),
    MessageCode.DATABASE_PART_ALONE: QT_TRANSLATE_NOOP(
        "Message",
        "This file is only a part of the database “{database}”, and says nothing by itself. It was "
        "kept. Please add the database too, together with this file.",
    ),
    MessageCode.ARCHIVE_ENCRYPTED: QT_TRANSLATE_NOOP(
        "Message", "The archive is protected by a password. It was kept as it is."
    ),
    MessageCode.ARCHIVE_PASSWORD_WRONG: QT_TRANSLATE_NOOP(
        "Message", "The password does not open this archive. It was kept as it is."
    ),
    MessageCode.ARCHIVE_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "The archive is damaged. What could be unpacked is in; it was kept as it is."
    ),
    MessageCode.ARCHIVE_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Message",
        "The archive unpacks to an unsafe size. It was kept, but not unpacked to its end.",
    ),
    MessageCode.ARCHIVE_TOO_DEEP: QT_TRANSLATE_NOOP(
        "Message",
        "There are too many archives inside one another. This one was kept but not unpacked.",
    ),
    MessageCode.ENTRY_NOT_A_FILE: QT_TRANSLATE_NOOP(
        "Message", "This is a link or a device, not a file. It was not unpacked."
    ),
    MessageCode.ENTRY_DAMAGED: QT_TRANSLATE_NOOP(
        "Message", "This file in it is damaged and could not be unpacked."
    ),
    MessageCode.MAIL_TIME_UNSURE: QT_TRANSLATE_NOOP(
        "Message",
        "The e-mail’s date and the servers that passed it on disagree by {minutes} minutes.",
    ),
    MessageCode.MAIL_REMOTE_LEFT: QT_TRANSLATE_NOOP(
        "Message",
        "The e-mail refers to pictures on the internet. They were not loaded, so that nobody "
        "learns that it was read.",
    ),
    MessageCode.SOUND_SILK: QT_TRANSLATE_NOOP(
        "Message",
        "This is a WeChat voice message in the SILK format. It was kept, but cannot be played "
        "here.",
    ),
    MessageCode.CONTACTS_READ: QT_TRANSLATE_NOOP(
        "Message", "{count} contacts were read. They name the numbers in this case."
    ),
    MessageCode.TIMES_REPAIRED: QT_TRANSLATE_NOOP(
        "Message", "{count} texts whose characters the app had written wrongly were mended."
    ),
    MessageCode.ROWS_DUPLICATE: QT_TRANSLATE_NOOP(
        "Message", "{count} rows stand in the file more than once. Each was kept, and is marked."
    ),
    MessageCode.TABLE_WITHOUT_NUMBERS: QT_TRANSLATE_NOOP(
        "Message",
        "This table has no column for numbers. The calls were taken in; whose they are it does "
        "not say.",
    ),
    MessageCode.CALL_WORDS_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "Some rows do not say in words that the program knows who called. Please say what they "
        "mean.",
    ),
    MessageCode.YEAR_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "The dates have no year, and the file does not say which it was. Until you do, these "
        "entries have no time.",
    ),
    MessageCode.DURATION_UNIT_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "The table does not say whether it counts minutes or seconds. Until you do, these calls "
        "have no duration.",
    ),
    MessageCode.ENCODING_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message",
        "It is unsure how the letters in this file are written down. Please choose the line that "
        "you can read.",
    ),
    MessageCode.CORRESPONDENT_UNKNOWN: QT_TRANSLATE_NOOP(
        "Message", "The file does not say with whom this conversation was. Please say so."
    ),
    MessageCode.CALLS_FORWARDED: QT_TRANSLATE_NOOP(
        "Message", "{count} forwarded calls stand in the file twice. Each is counted once."
    ),
    MessageCode.MAPPING_UNUSABLE: QT_TRANSLATE_NOOP(
        "Message", "The mapping of columns does not fit this table: {reason}."
    ),
    MessageCode.QUESTION_NEEDS_ANSWER: QT_TRANSLATE_NOOP(
        "Message", "There is an open question about this file."
    ),
    MessageCode.WRONG_ANSWER: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is no answer to this question."
    ),
}
