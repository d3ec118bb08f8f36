"""What is said of an entry of the custody log whose details say nothing more."""

from __future__ import annotations

from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.custody import Action

PLAIN = {
    Action.CREATE_CASE: QT_TRANSLATE_NOOP("CustodyWords", "Created the case."),
    Action.MIGRATE_CASE: QT_TRANSLATE_NOOP(
        "CustodyWords", "Brought the case file up to a newer version of the program."
    ),
    Action.CHANGE_KEY: QT_TRANSLATE_NOOP("CustodyWords", "Continued on another computer."),
    Action.ACCEPT_STATE: QT_TRANSLATE_NOOP(
        "CustodyWords", "Continued with a file that differed from the one last seen."
    ),
    Action.EDIT_CASE: QT_TRANSLATE_NOOP("CustodyWords", "Changed the case details."),
    Action.IMPORT: QT_TRANSLATE_NOOP("CustodyWords", "Added a file."),
    Action.ADD_ENTRY: QT_TRANSLATE_NOOP("CustodyWords", "Wrote something down."),
    Action.EDIT_ITEM: QT_TRANSLATE_NOOP("CustodyWords", "Changed an item."),
    Action.EDIT_EVENT: QT_TRANSLATE_NOOP("CustodyWords", "Changed an entry."),
    Action.CORRECT_TIME: QT_TRANSLATE_NOOP("CustodyWords", "Corrected a time."),
    Action.EDIT_PARTY: QT_TRANSLATE_NOOP("CustodyWords", "Changed what is known of a person."),
    Action.MERGE_PARTIES: QT_TRANSLATE_NOOP("CustodyWords", "Merged people."),
    Action.SPLIT_PARTY: QT_TRANSLATE_NOOP("CustodyWords", "Split a person."),
    Action.LINK: QT_TRANSLATE_NOOP("CustodyWords", "Linked files that belong together."),
    Action.ANSWER: QT_TRANSLATE_NOOP("CustodyWords", "Answered a question."),
    Action.EDIT_DEVICE: QT_TRANSLATE_NOOP("CustodyWords", "Said from which device files come."),
    Action.READ_ITEM: QT_TRANSLATE_NOOP("CustodyWords", "Read the text of a picture."),
    Action.JOIN_PICTURES: QT_TRANSLATE_NOOP(
        "CustodyWords", "Looked for screenshots that belong together."
    ),
    Action.CORRECT_TEXT: QT_TRANSLATE_NOOP(
        "CustodyWords", "Corrected text that was read from evidence."
    ),
    Action.TRANSCRIBE: QT_TRANSLATE_NOOP("CustodyWords", "Changed the transcript of a recording."),
    Action.ACCEPT_PROPOSALS: QT_TRANSLATE_NOOP(
        "CustodyWords", "Accepted entries that were read from pictures."
    ),
    Action.REJECT_PROPOSALS: QT_TRANSLATE_NOOP(
        "CustodyWords", "Dropped entries that were read from pictures."
    ),
    Action.EDIT_TAG: QT_TRANSLATE_NOOP("CustodyWords", "Changed a tag."),
    Action.TAG: QT_TRANSLATE_NOOP("CustodyWords", "Put a tag on something."),
    Action.UNTAG: QT_TRANSLATE_NOOP("CustodyWords", "Removed a tag from something."),
    Action.CONFIRM_FINDING: QT_TRANSLATE_NOOP("CustodyWords", "Marked a violation."),
    Action.DISMISS_FINDING: QT_TRANSLATE_NOOP("CustodyWords", "Dismissed a suggestion."),
    Action.LEAVE_FINDING_OPEN: QT_TRANSLATE_NOOP("CustodyWords", "Left a suggestion open."),
    Action.EDIT_DEBT: QT_TRANSLATE_NOOP("CustodyWords", "Changed what is known of a debt."),
    Action.SWITCH_RULEBOOK: QT_TRANSLATE_NOOP("CustodyWords", "Switched a rulebook."),
    Action.REMOVE_FINDING: QT_TRANSLATE_NOOP("CustodyWords", "Unmarked a violation."),
    Action.MARK: QT_TRANSLATE_NOOP("CustodyWords", "Put marks on evidence."),
    Action.EDIT_MARK: QT_TRANSLATE_NOOP("CustodyWords", "Changed a mark on evidence."),
    Action.REMOVE_MARK: QT_TRANSLATE_NOOP("CustodyWords", "Removed marks from evidence."),
    Action.SAVE_SEARCH: QT_TRANSLATE_NOOP("CustodyWords", "Changed the saved searches."),
    Action.TRASH_ITEM: QT_TRANSLATE_NOOP("CustodyWords", "Moved something to the trash."),
    Action.RESTORE_ITEM: QT_TRANSLATE_NOOP("CustodyWords", "Restored something from the trash."),
    Action.DESTROY: QT_TRANSLATE_NOOP("CustodyWords", "Permanently deleted an item."),
    Action.SET_PASSWORD: QT_TRANSLATE_NOOP("CustodyWords", "Set a password."),
    Action.CHANGE_PASSWORD: QT_TRANSLATE_NOOP("CustodyWords", "Changed the password."),
    Action.REMOVE_PASSWORD: QT_TRANSLATE_NOOP("CustodyWords", "Removed the password."),
    Action.WRONG_PASSWORD: QT_TRANSLATE_NOOP("CustodyWords", "A wrong password was entered."),
    Action.RESTORE_COPY: QT_TRANSLATE_NOOP("CustodyWords", "Restored an automatic backup."),
    Action.RECOVER: QT_TRANSLATE_NOOP("CustodyWords", "Recovered what was left of a damaged case."),
    Action.TIMESTAMP: QT_TRANSLATE_NOOP("CustodyWords", "Got a trusted timestamp."),
    Action.CERTIFY: QT_TRANSLATE_NOOP("CustodyWords", "Filed a certificate."),
    Action.EXTRACT: QT_TRANSLATE_NOOP("CustodyWords", "Saved a copy of an original file."),
    Action.EXPORT: QT_TRANSLATE_NOOP("CustodyWords", "Exported something."),
    Action.UNDO: QT_TRANSLATE_NOOP("CustodyWords", "Undid the step before."),
    Action.REDO: QT_TRANSLATE_NOOP("CustodyWords", "Did an undone step again."),
    Action.OF_NEWER: QT_TRANSLATE_NOOP(
        "CustodyWords",
        "A newer version of the program did something that this version does not know.",
    ),
}
"""What is said if they do not, as in entries of older programs."""
