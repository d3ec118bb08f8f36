"""How an entry of the custody log is said, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.gui.appearance.zone_names import zone_name
from evidence_app.gui.checking import custody_finding_texts, custody_reading_texts
from evidence_app.gui.checking.custody_details import EntryDetails, LogNames, say
from evidence_app.gui.checking.custody_plain_texts import PLAIN
from evidence_app.messages import QT_TRANSLATE_NOOP
from evidence_app.model.custody import Action, CustodyEntry
from evidence_app.model.mark import MarkKind
from evidence_app.model.party import Role
from evidence_app.model.question import QuestionKind

translate = QCoreApplication.translate

_QUESTIONS = {
    QuestionKind.PASSWORD: QT_TRANSLATE_NOOP("CustodyWords", "the password of the file"),
    QuestionKind.MAPPING: QT_TRANSLATE_NOOP("CustodyWords", "what the columns contain"),
    QuestionKind.DATE_ORDER: QT_TRANSLATE_NOOP("CustodyWords", "the order of day and month"),
    QuestionKind.OWNER: QT_TRANSLATE_NOOP("CustodyWords", "which side is yours"),
    QuestionKind.TIMEZONE: QT_TRANSLATE_NOOP("CustodyWords", "the time zone"),
    QuestionKind.CALL_WORDS: QT_TRANSLATE_NOOP("CustodyWords", "the words for directions"),
    QuestionKind.DURATION_UNIT: QT_TRANSLATE_NOOP("CustodyWords", "seconds or minutes"),
    QuestionKind.ENCODING: QT_TRANSLATE_NOOP("CustodyWords", "how letters are written down"),
    QuestionKind.YEAR: QT_TRANSLATE_NOOP("CustodyWords", "which year the dates are from"),
    QuestionKind.CONVERSATION: QT_TRANSLATE_NOOP("CustodyWords", "whose conversation it is"),
}
_OTHER_EXPORT = QT_TRANSLATE_NOOP("CustodyWords", "Exported “{0}”.")
_EXPORTS = {
    "dossier": QT_TRANSLATE_NOOP("CustodyWords", "Exported the evidence report as “{0}”."),
    "package": QT_TRANSLATE_NOOP("CustodyWords", "Exported the evidence package as “{0}”."),
    "table": QT_TRANSLATE_NOOP("CustodyWords", "Exported the table of entries as “{0}”."),
}


def sentence(entry: CustodyEntry, names: LogNames, where: ZoneInfo) -> str:
    """What was done, in one sentence; less is said where an older entry tells less."""
    text = _SENTENCES[entry.action](EntryDetails(entry.detail, names, where))
    return text or say(PLAIN[entry.action])


def _quoting(text: str, name: str) -> Callable[[EntryDetails], str]:
    """A function that gives a sentence with one value quoted; empty without that value."""
    return lambda details: say(text).format(details.text(name)) if details.text(name) else ""


def _edit_case(details: EntryDetails) -> str:
    if details.text("timezone") and len(details.detail) == 1:
        return translate("CustodyWords", "Changed the time zone of the case to {0}.").format(
            _zone(details)
        )
    fields = details.fields()
    return (
        translate("CustodyWords", "Changed the case details: {0}.").format(fields) if fields else ""
    )


def _zone(details: EntryDetails) -> str:
    try:
        return zone_name(details.text("timezone"))
    except (KeyError, ValueError, OSError):
        return details.text("timezone")


def _import(details: EntryDetails) -> str:
    name = details.text("filename")
    if not name:
        return ""
    events = details.number("events") or 0
    if events:
        entry_count = translate("CustodyWords", "%n entry(ies)", "", events)
        return translate("CustodyWords", "Added “{0}” with {1}.").format(name, entry_count)
    return translate("CustodyWords", "Added “{0}”.").format(name)


def _edit_item(details: EntryDetails) -> str:
    if details.has("title"):
        return translate("CustodyWords", "Renamed {0} to “{1}”.").format(
            details.item(), details.text("title")
        )
    if details.has("note"):
        return translate("CustodyWords", "Changed the note on {0}.").format(details.item())
    return ""


def _edit_event(details: EntryDetails) -> str:
    fields = details.fields()
    return translate("CustodyWords", "Changed an entry: {0}.").format(fields) if fields else ""


def _correct_time(details: EntryDetails) -> str:
    subject = details.item() if details.has("item") else ""
    if details.several("events"):
        subject = translate("CustodyWords", "%n entry(ies)", "", len(details.several("events")))
    if not subject:
        return ""
    time = details.text("time")
    if not time:
        return translate("CustodyWords", "Said that the time of {0} is not known.").format(subject)
    return translate("CustodyWords", "Corrected the time of {0} to {1}.").format(
        subject, _moment(time, details.where)
    )


def _moment(written: str, where: ZoneInfo) -> str:
    """A time as it is kept, in the zone of the case."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{at.astimezone(where) if at.tzinfo else at:%Y-%m-%d %H:%M:%S}"


def _edit_party(details: EntryDetails) -> str:
    number = details.text("identifier")
    if number:
        role = details.text("role")
        role_name = texts.role(Role(role)) if role in set(Role) else ""
        name = details.text("name")
        description = translate("CustodyWords", ", ").join(
            part for part in (name, role_name) if part
        )
        return (
            translate("CustodyWords", "Said who is behind {0}: {1}.").format(number, description)
            if description
            else ""
        )
    fields = details.fields()
    person = details.person("party")
    return translate("CustodyWords", "Changed {0}: {1}.").format(person, fields) if fields else ""


def _merge(details: EntryDetails) -> str:
    count = len(details.several("parties"))
    if not count:
        return ""
    merged = translate("CustodyWords", "Merged %n more person(s)", "", count)
    return translate("CustodyWords", "{0} into {1}.").format(merged, details.person("into"))


def _split(details: EntryDetails) -> str:
    numbers = translate("CustodyWords", ", ").join(map(str, details.several("identifiers")))
    if not numbers:
        return ""
    return translate("CustodyWords", "Made {0} somebody else’s, no longer {1}’s.").format(
        numbers, details.person("party")
    )


def _link(details: EntryDetails) -> str:
    if details.has("container"):
        return translate("CustodyWords", "Noted that {0} is also in the archive {1}.").format(
            details.item(), details.item("container")
        )
    if details.has("origin"):
        return translate(
            "CustodyWords", "Noted that {0} was found in another folder as well."
        ).format(details.item())
    count = details.number("items")
    if count is None:
        return ""
    return translate("CustodyWords", "Linked %n new item(s) with what belongs to them.", "", count)


def _answer(details: EntryDetails) -> str:
    kind = details.text("question")
    if kind not in set(QuestionKind):
        again = translate("CustodyWords", "Read “{0}” again after an answer.")
        return again.format(details.text("filename")) if details.text("filename") else ""
    question = say(_QUESTIONS[QuestionKind(kind)])
    return translate("CustodyWords", "Answered a question about {0}: {1}.").format(
        details.item(), question
    )


def _edit_device(details: EntryDetails) -> str:
    items, device = details.items(), details.text("device")
    return (
        translate("CustodyWords", "Said that {0} come(s) from “{1}”.").format(items, device)
        if items
        else ""
    )


def _edit_tag(details: EntryDetails) -> str:
    if details.text("tag"):
        return translate("CustodyWords", "Created the tag “{0}”.").format(details.text("tag"))
    if details.text("name"):
        return translate("CustodyWords", "Renamed a tag to “{0}”.").format(details.text("name"))
    if details.has("deleted"):
        return translate("CustodyWords", "Deleted a tag.")
    return (
        translate("CustodyWords", "Changed the colour of a tag.") if details.has("colour") else ""
    )


def _tag(details: EntryDetails) -> str:
    subjects, tag = details.subjects(), details.tag()
    if not subjects:
        return ""
    if not tag:
        return translate("CustodyWords", "Put a tag on {0} that was deleted later.").format(
            subjects
        )
    return translate("CustodyWords", "Put the tag “{1}” on {0}.").format(subjects, tag)


def _untag(details: EntryDetails) -> str:
    subjects, tag = details.subjects(), details.tag()
    if not subjects:
        return ""
    if not tag:
        return translate("CustodyWords", "Removed a tag from {0} that was deleted later.").format(
            subjects
        )
    return translate("CustodyWords", "Removed the tag “{1}” from {0}.").format(subjects, tag)


def _about_items(text: str) -> Callable[[EntryDetails], str]:
    return lambda details: say(text).format(details.items()) if details.items() else ""


def _mark(details: EntryDetails) -> str:
    if details.text("kind") == MarkKind.REDACTION:
        return _about_items(
            QT_TRANSLATE_NOOP("CustodyWords", "Blacked out parts of {0} in exports.")
        )(details)
    return _about_items(QT_TRANSLATE_NOOP("CustodyWords", "Put marks on {0}."))(details)


def _destroy(details: EntryDetails) -> str:
    name, reason = details.text("filename"), details.text("reason")
    if not name:
        return ""
    if not reason:
        return translate("CustodyWords", "Permanently deleted “{0}”.").format(name)
    template = translate("CustodyWords", "Permanently deleted “{0}” (reason: {1}).")
    return template.format(name, reason)


def _wrong_password(details: EntryDetails) -> str:
    count = len(details.several("at"))
    if not count:
        return ""
    return translate("CustodyWords", "A wrong password was entered %n time(s).", "", count)


def _restore_copy(details: EntryDetails) -> str:
    at = details.text("copy_of")
    template = translate("CustodyWords", "Restored the automatic backup of {0}.")
    return template.format(_moment(at, details.where)) if at else ""


def _recover(details: EntryDetails) -> str:
    if details.text("file"):
        count = details.number("originals") or 0
        original_count = translate("CustodyWords", "%n original file(s)", "", count)
        return translate("CustodyWords", "Recovered what was left in “{0}”: {1}.").format(
            details.text("file"), original_count
        )
    if details.has("damaged"):
        return translate("CustodyWords", "Kept what is left of a damaged original file.")
    return translate("CustodyWords", "Recovered an original file.") if details.has("sha256") else ""


def _certify(details: EntryDetails) -> str:
    if details.has("certificate"):
        return translate("CustodyWords", "Detached the certificate {0} from {1}.").format(
            details.item("certificate"), details.item()
        )
    certificates = details.items("certificates")
    return (
        translate("CustodyWords", "Filed {0} as certificate(s) of {1}.").format(
            certificates, details.item()
        )
        if certificates
        else ""
    )


def _extract(details: EntryDetails) -> str:
    if details.has("timestamp"):
        return translate("CustodyWords", "Saved a trusted timestamp to a folder.")
    return translate("CustodyWords", "Saved a copy of the original file {0}.").format(
        details.item()
    )


def _export(details: EntryDetails) -> str:
    name = details.text("filename")
    template = say(_EXPORTS.get(details.text("kind"), _OTHER_EXPORT))
    return template.format(name) if name else ""


def _again(text: str) -> Callable[[EntryDetails], str]:
    def tell(details: EntryDetails) -> str:
        done = details.text("action")
        return say(text).format(texts.action(Action(done))) if done else ""

    return tell


def _nothing(_details: EntryDetails) -> str:
    return ""


_SENTENCES: Mapping[Action, Callable[[EntryDetails], str]] = {
    Action.CREATE_CASE: _quoting(
        QT_TRANSLATE_NOOP("CustodyWords", "Created the case “{0}”."), "title"
    ),
    Action.MIGRATE_CASE: _nothing,
    Action.CHANGE_KEY: _nothing,
    Action.ACCEPT_STATE: _nothing,
    Action.EDIT_CASE: _edit_case,
    Action.IMPORT: _import,
    Action.ADD_ENTRY: _quoting(QT_TRANSLATE_NOOP("CustodyWords", "Wrote down “{0}”."), "title"),
    Action.EDIT_ITEM: _edit_item,
    Action.EDIT_EVENT: _edit_event,
    Action.CORRECT_TIME: _correct_time,
    Action.EDIT_PARTY: _edit_party,
    Action.MERGE_PARTIES: _merge,
    Action.SPLIT_PARTY: _split,
    Action.LINK: _link,
    Action.ANSWER: _answer,
    Action.EDIT_DEVICE: _edit_device,
    Action.EDIT_TAG: _edit_tag,
    Action.TAG: _tag,
    Action.UNTAG: _untag,
    **custody_reading_texts.SENTENCES,
    **custody_finding_texts.SENTENCES,
    Action.MARK: _mark,
    Action.EDIT_MARK: _about_items(QT_TRANSLATE_NOOP("CustodyWords", "Changed a mark on {0}.")),
    Action.REMOVE_MARK: _about_items(QT_TRANSLATE_NOOP("CustodyWords", "Removed marks from {0}.")),
    Action.SAVE_SEARCH: _quoting(
        QT_TRANSLATE_NOOP("CustodyWords", "Changed the saved search “{0}”."), "name"
    ),
    Action.TRASH_ITEM: _about_items(QT_TRANSLATE_NOOP("CustodyWords", "Moved {0} to the trash.")),
    Action.RESTORE_ITEM: _about_items(
        QT_TRANSLATE_NOOP("CustodyWords", "Restored {0} from the trash.")
    ),
    Action.DESTROY: _destroy,
    Action.SET_PASSWORD: _nothing,
    Action.CHANGE_PASSWORD: _nothing,
    Action.REMOVE_PASSWORD: _nothing,
    Action.WRONG_PASSWORD: _wrong_password,
    Action.RESTORE_COPY: _restore_copy,
    Action.RECOVER: _recover,
    Action.TIMESTAMP: _quoting(
        QT_TRANSLATE_NOOP("CustodyWords", "Got a trusted timestamp from {0}."), "authority"
    ),
    Action.CERTIFY: _certify,
    Action.EXTRACT: _extract,
    Action.EXPORT: _export,
    Action.UNDO: _again(QT_TRANSLATE_NOOP("CustodyWords", "Undone: {0}.")),
    Action.REDO: _again(QT_TRANSLATE_NOOP("CustodyWords", "Done again: {0}.")),
    Action.OF_NEWER: _nothing,
}
"""What is said if the details tell enough."""
