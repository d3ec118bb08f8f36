"""No path around the log: each service that changes a case writes its entry, others write none."""

import dataclasses
import importlib
import inspect
import io
import pkgutil
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from own_authority import World
from speech_models import model_in
from sqlalchemy import select

from evidence_app import services
from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import log as custody_of_file
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action, CustodyEntry
from evidence_app.model.event import Event, EventType
from evidence_app.model.evidence import ItemKind, RenditionKind
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import FindingStatus, FindingSubject, Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Stretch, Words
from evidence_app.model.party import Role
from evidence_app.model.reading import PictureLayout, ReadPicture, Relief
from evidence_app.model.region import Region
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggestion import SubjectRole
from evidence_app.model.transcript import Segment
from evidence_app.progress import SILENT
from evidence_app.reading.speech.process import SpeechReader
from evidence_app.reading.speech.recogniser import Heard
from evidence_app.services import (
    cases,
    certificates,
    copies,
    coverage,
    creditors,
    custody,
    debts,
    devices,
    doubts,
    findings,
    first_steps,
    helplines,
    items,
    labels,
    manual_entries,
    marks,
    matrix,
    parties,
    proposals,
    questions,
    reading,
    redaction_proposals,
    rule_facts,
    rulebooks,
    search,
    speech,
    suggestions,
    tags,
    threads,
    timestamps,
    transcripts,
    verification,
)
from evidence_app.services import events as timeline
from evidence_app.services.contradictions import contradictions
from evidence_app.services.exporting import documents, exhibit_choice, exports, tables
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.history import History
from evidence_app.services.importing import context as answers
from evidence_app.services.importing import prefetch
from evidence_app.services.importing.importer import Importer
from evidence_app.services.sample import sample_case
from evidence_app.services.suggestions import SuggestionEngine, contradiction

ITEM, EVENT = Subject(SubjectKind.ITEM, 1), Subject(SubjectKind.EVENT, 2)
COUNTED = FindingSubject(EVENT, SubjectRole.COUNTED)
SAID = Segment(Stretch(0.0, 2.0), "words of theirs")
CODE = "threat_of_violence"
OPTIONS = DossierOptions(language="en", page="a4")
NEW_CREDITOR = creditors.CreditorAnswers(
    None, "a bank", CollectorKind.BANK, None, creditors.DebtAnswers()
)
AMBIGUOUS = "date,time,number,type\n03/04/2026,10:00,95001,incoming\n"


@dataclass(frozen=True)
class Prepared:
    """What `prepare` put into a case, by its numbers there."""

    tag: int
    finding: int
    debt: int
    people: list[int]
    question: int
    message: Event
    mark: Mark


def prepare(case: CaseFile) -> Prepared:
    """Put into a new sample case what services need that change it."""
    tag = tags.create(case, "a tag").tag_id or 0
    tags.add(case, [ITEM], tag)
    findings.confirm(case, [ITEM, EVENT], CODE)
    debt = debts.add(case, 1).debt_id or 0
    people = [party.id for party in parties.list_parties(case)]
    parties.merge(case, people[:2])
    items.trash(case, [3])
    certificates.file(case, 1, [2])
    search.save(case, "kept", "单位")
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", AMBIGUOUS.encode())
    message = next(event for event in timeline.stream(case, EventFilter()) if event.text)
    place = Words(message.id, 0, 1)
    mark = Mark(0, message.item_id, MarkKind.REDACTION, words=place, note="why")
    marks.add(case, [mark])
    finding, question = findings.list_findings(case)[-1].id, questions.list_questions(case)[0].id
    return Prepared(tag, finding, debt, people, question, message, mark)


def make_prepared(folder: Path) -> Prepared:
    """Make ``sample.evcase`` with what `prepare` puts there, and the program's home beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        with sample_case.create_sample(folder / "sample.evcase") as case:
            return prepare(case)


class Stage:
    """A prepared case, and what the services need besides."""

    def __init__(self, case: CaseFile, folder: Path, world: World, prepared: Prepared) -> None:
        self.case, self.folder, self.world = case, folder, world
        self.tag, self.finding, self.debt = prepared.tag, prepared.finding, prepared.debt
        self.people, self.question = prepared.people, prepared.question
        self.message, self.mark = prepared.message, prepared.mark

    def marked(self) -> Mark:
        return marks.of_event(self.case, self.message.id)[0]

    def copy_to_pages(self) -> object:
        with Importer(self.case) as importer:
            [result] = importer.run_bytes("pages.pdf", two_pages())
        page = Mark(0, result.item_id or 0, MarkKind.HIGHLIGHT, 1, box=Region(0.1, 0.1, 0.2, 0.1))
        marks.add(self.case, [page])
        [made] = marks.list_marks(self.case, page.item_id)
        return marks.copy_to_pages(self.case, made.id, [2])

    def split(self) -> object:
        party = parties.get(self.case, parties.list_parties(self.case)[0].id)
        for merged in parties.list_parties(self.case):
            if len(merged.identifiers) > 1:
                party = merged
        return parties.split(self.case, party.id, [party.identifiers[0].normalized])

    def read_picture(self) -> None:
        (item_id, *_) = items.index(self.case, ItemFilter(kinds=frozenset({ItemKind.PICTURE})))
        reading.queue(self.case, [item_id])
        reading.run(self.case, item_ids=[item_id])

    def join_pictures(self) -> object:
        chat = ReadPicture(10, 10, "engine 1", layout=PictureLayout.CHAT, relief=_NOTHING)
        with self.case.change(Action.READ_ITEM, {}) as change:
            threads.keep_layout(change, 1, chat)
        return threads.join(self.case)

    def line(self) -> int:
        with self.case.change(Action.READ_ITEM, {}) as change:
            return change.insert(schema.text_span, item_id=1, text="words", origin="ocr")

    def recording(self) -> int:
        with self.case.change(Action.IMPORT, {}) as change:
            change.update(schema.item, 1, kind=ItemKind.RECORDING.value)
        return 1

    def hear(self) -> None:
        speech.queue(self.case, [self.recording()])
        chosen = speech.choose_model(model_in(self.folder / "model"))
        with pytest.MonkeyPatch.context() as patch:
            heard = [Heard(0.0, 1.0, "words", "", 0.9)]
            patch.setattr(SpeechReader, "read", lambda *_: heard)
            speech.run(self.case, chosen)

    def transcript(self) -> Path:
        path = self.folder / "said.srt"
        path.write_text("1\n00:00:00,000 --> 00:00:01,000\nwords\n")
        return path

    def line_id(self) -> int:
        transcripts.add(self.case, self.recording(), SAID)
        return transcripts.lines(self.case, 1)[0].id

    def proposal(self) -> list[int]:
        values = {
            "item_id": 1,
            "state": "proposed",
            "position": 1,
            "type": "message",
            "direction": "incoming",
            "outcome": "unknown",
            "name": "",
            "identifier": "",
            "text": "words",
            "time_basis": "none",
        }
        with self.case.change(Action.READ_ITEM, {}) as change:
            return [change.insert(schema.proposal, **values)]

    def import_with(self, work: Callable[[Importer], object]) -> object:
        with Importer(self.case) as importer:
            return work(importer)

    def a_file(self) -> Path:
        path = self.folder / "ahead.txt"
        path.write_text("words that are not in the case")
        return path

    def fetch(self) -> None:
        context = answers.context_for(self.case, answers.ImportOptions())
        with ReadingPool(1) as pool:
            prefetch.fetch(self.case, pool, self.a_file(), context, SILENT).close()

    def travel(self, steps: int) -> None:
        history = History(self.case)
        history.record(tags.create(self.case, "to and fro"))
        for _ in range(steps // 2 + 1):
            history.undo()
            if steps:
                history.redo()


_NOTHING = Relief(1, 88, 0, 1.0, b"")


def two_pages() -> bytes:
    """A document of two empty pages."""
    document = pikepdf.new()
    document.add_blank_page()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


Work = Callable[[Stage], object]

CHANGES: dict[str, tuple[Work, Action]] = {
    "cases.edit_info": (lambda s: cases.edit_info(s.case, title="new"), Action.EDIT_CASE),
    "certificates.file": (lambda s: certificates.file(s.case, 4, [5]), Action.CERTIFY),
    "reading.run": (lambda s: s.read_picture(), Action.READ_ITEM),
    "threads.join": (lambda s: s.join_pictures(), Action.JOIN_PICTURES),
    "reading.correct": (
        lambda s: reading.correct(s.case, s.line(), "other words"),
        Action.CORRECT_TEXT,
    ),
    "speech.run": (lambda s: s.hear(), Action.READ_ITEM),
    "transcripts.take_file": (
        lambda s: transcripts.take_file(s.case, s.recording(), s.transcript()),
        Action.TRANSCRIBE,
    ),
    "transcripts.add": (
        lambda s: transcripts.add(s.case, s.recording(), SAID),
        Action.TRANSCRIBE,
    ),
    "transcripts.write": (
        lambda s: transcripts.write(s.case, s.line_id(), "other words"),
        Action.CORRECT_TEXT,
    ),
    "transcripts.set_stretch": (
        lambda s: transcripts.set_stretch(s.case, s.line_id(), Stretch(0.5, 1.5)),
        Action.TRANSCRIBE,
    ),
    "transcripts.split": (
        lambda s: transcripts.split(s.case, s.line_id(), 2, 0.7),
        Action.TRANSCRIBE,
    ),
    "transcripts.remove": (
        lambda s: transcripts.remove(s.case, [s.line_id()]),
        Action.TRANSCRIBE,
    ),
    "proposals.accept": (
        lambda s: proposals.accept(s.case, s.proposal()),
        Action.ACCEPT_PROPOSALS,
    ),
    "proposals.reject": (
        lambda s: proposals.reject(s.case, s.proposal()),
        Action.REJECT_PROPOSALS,
    ),
    "search.save": (lambda s: search.save(s.case, "mine", "单位"), Action.SAVE_SEARCH),
    "search.forget": (lambda s: search.forget(s.case, "kept"), Action.SAVE_SEARCH),
    "certificates.detach": (lambda s: certificates.detach(s.case, 1, 2), Action.CERTIFY),
    "devices.assign": (lambda s: devices.assign(s.case, [1], "phone"), Action.EDIT_DEVICE),
    "manual_entries.add_entry": (
        lambda s: manual_entries.add_entry(s.case, type=EventType.VISIT, time=None, text="came"),
        Action.ADD_ENTRY,
    ),
    "exports.dossier": (
        lambda s: exports.dossier(s.case, s.folder / "a.pdf", OPTIONS),
        Action.EXPORT,
    ),
    "exports.package": (
        lambda s: exports.package(s.case, s.folder / "a.zip", OPTIONS),
        Action.EXPORT,
    ),
    "documents.case_uco": (
        lambda s: documents.case_uco(s.case, s.folder / "a.jsonld", OPTIONS),
        Action.EXPORT,
    ),
    "documents.html": (
        lambda s: documents.html(s.case, s.folder / "a.html", OPTIONS),
        Action.EXPORT,
    ),
    "documents.word": (
        lambda s: documents.word(s.case, s.folder / "a.docx", OPTIONS),
        Action.EXPORT,
    ),
    "exports.document": (
        lambda s: exports.document(
            *(s.case, s.folder / "a.txt", "text", OPTIONS),
            lambda state, content, redactions, out: out.write_text(content.case.title),
            False,
            SILENT,
        ),
        Action.EXPORT,
    ),
    "exports.table": (lambda s: exports.table(s.case, s.folder / "a.csv"), Action.EXPORT),
    "findings.confirm": (
        lambda s: findings.confirm(s.case, [Subject(SubjectKind.ITEM, 2)], CODE),
        Action.CONFIRM_FINDING,
    ),
    "findings.remove": (
        lambda s: findings.remove(s.case, [ITEM], CODE),
        Action.REMOVE_FINDING,
    ),
    "findings.toggle": (
        lambda s: findings.toggle(s.case, [Subject(SubjectKind.ITEM, 4)], CODE),
        Action.CONFIRM_FINDING,
    ),
    "findings.confirm_together": (
        lambda s: findings.confirm_together(
            s.case, [FindingSubject(ITEM, SubjectRole.COUNTED), COUNTED], "excessive_contact"
        ),
        Action.CONFIRM_FINDING,
    ),
    "findings.decide": (
        lambda s: findings.decide(
            s.case, suggestions.scan_case(s.case).suggestions[:2], FindingStatus.DISMISSED, "no"
        ),
        Action.DISMISS_FINDING,
    ),
    "findings.decide_again": (
        lambda s: findings.decide_again(s.case, [s.finding], FindingStatus.UNSURE),
        Action.LEAVE_FINDING_OPEN,
    ),
    "findings.forget": (
        lambda s: findings.forget(s.case, [s.finding]),
        Action.REMOVE_FINDING,
    ),
    "debts.add": (
        lambda s: debts.add(s.case, s.people[-1], product="online loan", days_overdue=30),
        Action.EDIT_DEBT,
    ),
    "creditors.save": (lambda s: creditors.save(s.case, NEW_CREDITOR), Action.EDIT_DEBT),
    "debts.edit": (
        lambda s: debts.edit(s.case, s.debt, amount="5000"),
        Action.EDIT_DEBT,
    ),
    "debts.remove": (lambda s: debts.remove(s.case, s.debt), Action.EDIT_DEBT),
    "rulebooks.switch": (
        lambda s: rulebooks.switch(s.case, "us-fl", is_on=True),
        Action.SWITCH_RULEBOOK,
    ),
    "manual_entries.add_own_act": (
        lambda s: manual_entries.add_own_act(s.case, EventType.STOP_REQUEST, time=None),
        Action.ADD_ENTRY,
    ),
    "findings.set_note": (
        lambda s: findings.set_note(s.case, s.finding, "why"),
        Action.CONFIRM_FINDING,
    ),
    "items.extract": (lambda s: items.extract(s.case, 1, s.folder / "a"), Action.EXTRACT),
    "items.rename": (lambda s: items.rename(s.case, 1, "name"), Action.EDIT_ITEM),
    "items.set_note": (lambda s: items.set_note(s.case, 1, "note"), Action.EDIT_ITEM),
    "items.correct_time": (
        lambda s: items.correct_time(s.case, 2, timeline.get(s.case, 1).time),
        Action.CORRECT_TIME,
    ),
    "items.trash": (lambda s: items.trash(s.case, [1]), Action.TRASH_ITEM),
    "items.restore": (lambda s: items.restore(s.case, [3]), Action.RESTORE_ITEM),
    "items.destroy": (lambda s: items.destroy(s.case, [3], "not mine"), Action.DESTROY),
    "marks.add": (lambda s: marks.add(s.case, [s.mark]), Action.MARK),
    "marks.copy_to_pages": (Stage.copy_to_pages, Action.MARK),
    "marks.edit": (
        lambda s: marks.edit(s.case, dataclasses.replace(s.marked(), note="other")),
        Action.EDIT_MARK,
    ),
    "marks.remove": (lambda s: marks.remove(s.case, [s.marked().id]), Action.REMOVE_MARK),
    "parties.assign": (
        lambda s: parties.assign(s.case, "+86 139 0000 0099", Role.COLLECTOR, "somebody"),
        Action.EDIT_PARTY,
    ),
    "parties.edit": (
        lambda s: parties.edit(s.case, s.people[-1], note="note"),
        Action.EDIT_PARTY,
    ),
    "parties.add_own_numbers": (
        lambda s: parties.add_own_numbers(s.case, ["+86 139 0000 0098"]),
        Action.EDIT_PARTY,
    ),
    "parties.merge": (
        lambda s: parties.merge(s.case, [party.id for party in parties.list_parties(s.case)][:2]),
        Action.MERGE_PARTIES,
    ),
    "parties.split": (Stage.split, Action.SPLIT_PARTY),
    "questions.answer": (
        lambda s: questions.answer(s.case, [s.question], "dmy"),
        Action.ANSWER,
    ),
    "tags.create": (lambda s: tags.create(s.case, "another"), Action.EDIT_TAG),
    "tags.rename": (lambda s: tags.rename(s.case, s.tag, "other"), Action.EDIT_TAG),
    "tags.recolour": (lambda s: tags.recolour(s.case, s.tag, "#123456"), Action.EDIT_TAG),
    "tags.delete": (lambda s: tags.delete(s.case, s.tag), Action.EDIT_TAG),
    "tags.add": (lambda s: tags.add(s.case, [EVENT], s.tag), Action.TAG),
    "tags.put": (lambda s: tags.put(s.case, [EVENT], "a tag"), Action.TAG),
    "tags.remove": (lambda s: tags.remove(s.case, [ITEM], s.tag), Action.UNTAG),
    "events.correct_time": (
        lambda s: timeline.correct_time(s.case, [2], timeline.get(s.case, 1).time),
        Action.CORRECT_TIME,
    ),
    "events.set_text": (lambda s: timeline.set_text(s.case, 1, "said"), Action.EDIT_EVENT),
    "events.edit": (
        lambda s: timeline.edit(s.case, 1, type=EventType.VISIT),
        Action.EDIT_EVENT,
    ),
    "timestamps.request": (
        lambda s: timestamps.request(s.case, s.world.address),
        Action.TIMESTAMP,
    ),
    "timestamps.save": (
        lambda s: (
            timestamps.request(s.case, s.world.address),
            timestamps.save(s.case, 1, s.folder / "stamp"),
        ),
        Action.EXTRACT,
    ),
    "history.History.undo": (lambda s: s.travel(0), Action.UNDO),
    "history.History.redo": (lambda s: s.travel(1), Action.REDO),
    "importer.Importer.run": (
        lambda s: s.import_with(lambda importer: importer.run([Path(__file__)])),
        Action.IMPORT,
    ),
    "importer.Importer.run_bytes": (
        lambda s: s.import_with(lambda importer: importer.run_bytes("a.txt", b"words")),
        Action.IMPORT,
    ),
    "importer.Importer.run_stream": (
        lambda s: s.import_with(
            lambda importer: importer.run_stream("a.txt", io.BytesIO(b"x"), "here")
        ),
        Action.IMPORT,
    ),
}
"""What changes a case or lets something out of it, with the entry that it writes."""

READINGS: dict[str, Work] = {
    "first_steps.finished": lambda s: first_steps.finished(s.case),
    "threads.pictures_with": lambda s: threads.pictures_with(s.case, 1),
    "threads.item_ids_with": lambda s: threads.item_ids_with(s.case, 1),
    "suggestions.scan_case": lambda s: suggestions.scan_case(s.case),
    "suggestions.SuggestionEngine.scan": lambda s: SuggestionEngine(s.case).scan(),
    "rulebooks.choices": lambda s: rulebooks.choices(s.case),
    "rulebooks.active": lambda s: rulebooks.active(s.case),
    "rule_facts.setting_of": lambda s: rule_facts.setting_of(s.case),
    "rule_facts.read": lambda s: rule_facts.read(s.case, rule_facts.setting_of(s.case)),
    "rule_facts.agreed_hours": lambda s: rule_facts.agreed_hours(
        s.case, rule_facts.setting_of(s.case)
    ),
    "contradictions.contradiction": lambda s: contradiction(s.case, [EVENT], CODE),
    "contradictions.contradictions": lambda s: contradictions(s.case, [EVENT], CODE),
    "matrix.of_case": lambda s: matrix.of_case(s.case, suggestions.scan_case(s.case)),
    "debts.list_debts": lambda s: debts.list_debts(s.case),
    "debts.get": lambda s: debts.get(s.case, s.debt),
    "exhibit_choice.choose": lambda s: exhibit_choice.choose(s.case, [], only_marked=False),
    "helplines.for_events": lambda s: helplines.for_events(s.case, []),
    "findings.get": lambda s: findings.get(s.case, s.finding),
    "parties.of_identifier": lambda s: parties.of_identifier(s.case, f"p{s.people[-1]}"),
    "doubts.sentences": lambda s: doubts.sentences(s.case),
    "context.context_for": lambda s: answers.context_for(s.case, answers.ImportOptions()),
    "cases.info": lambda s: cases.info(s.case),
    "cases.own_numbers": lambda s: cases.own_numbers(s.case),
    "search.find": lambda s: search.find(s.case, "单位"),
    "search.snippets": lambda s: search.snippets(s.case, "单位", [1, 2]),
    "reading.taken_on": lambda s: reading.taken_on(s.case, items.get(s.case, 1)),
    "reading.counts": lambda s: reading.counts(s.case),
    "reading.unread_pages": lambda s: reading.unread_pages(s.case, 1),
    "reading.is_read": lambda s: reading.is_read(s.case, 1),
    "reading.job_of": lambda s: reading.job_of(s.case, 1),
    "transcripts.recording": lambda s: transcripts.recording(s.case, 1),
    "speech.job_of": lambda s: speech.job_of(s.case, 1),
    "reading.first_words": lambda s: reading.first_words(s.case, [1]),
    "transcripts.lines": lambda s: transcripts.lines(s.case, 1),
    "reading.lines": lambda s: reading.lines(s.case, 1),
    "proposals.list_proposals": lambda s: proposals.list_proposals(s.case, state=None),
    "search.list_saved": lambda s: search.list_saved(s.case),
    "certificates.of_item": lambda s: certificates.of_item(s.case, 1),
    "copies.save_copy": lambda s: copies.save_copy(s.case, s.folder / "copy.evcase"),
    "copies.keep": lambda s: copies.keep(s.case),
    "coverage.list_coverage": lambda s: coverage.list_coverage(s.case),
    "coverage.list_gaps": lambda s: coverage.list_gaps(s.case),
    "custody.list_entries": lambda s: custody.list_entries(s.case),
    "custody.head": lambda s: custody.head(s.case),
    "custody.count": lambda s: custody.count(s.case),
    "custody.readable_entries": lambda s: custody.readable_entries(s.case),
    "custody.check_code": lambda s: custody.check_code(s.case),
    "custody.compare_with": lambda s: custody.compare_with(s.case, custody.check_code(s.case)),
    "devices.list_devices": lambda s: devices.list_devices(s.case),
    "devices.of_item": lambda s: devices.of_item(s.case, 1),
    "devices.of_items": lambda s: devices.of_items(s.case),
    "dossier_content.disagreements": lambda s: importlib.import_module(
        "evidence_app.services.exporting.dossier_content"
    ).disagreements(s.case, (), ()),
    "dossier_content.gather": lambda s: importlib.import_module(
        "evidence_app.services.exporting.dossier_content"
    ).gather(s.case, OPTIONS),
    "exports.preview": lambda s: exports.preview(s.case, s.folder / "b.pdf", OPTIONS),
    "findings.list_findings": lambda s: findings.list_findings(s.case),
    "items.index": lambda s: items.index(s.case, ItemFilter()),
    "items.get_many": lambda s: items.get_many(s.case, [1]),
    "items.get": lambda s: items.get(s.case, 1),
    "items.regions": lambda s: items.regions(s.case, 1),
    "items.rendition": lambda s: [items.rendition(s.case, 2, kind) for kind in RenditionKind],
    "items.thumbnail": lambda s: items.thumbnail(s.case, 1),
    "items.texts": lambda s: items.texts(s.case, 1),
    "items.skipped": lambda s: items.skipped(s.case, 1),
    "items.time_readings": lambda s: items.time_readings(s.case, 1),
    "items.metadata": lambda s: items.metadata(s.case, 1),
    "items.open_original": lambda s: items.open_original(s.case, 1).close(),
    "items.stream_original": lambda s: items.stream_original(s.case, 1).close(),
    "items.containers": lambda s: items.containers(s.case, 1),
    "items.parts": lambda s: items.parts(s.case, 1),
    "items.events_of": lambda s: items.events_of(s.case, 1),
    "items.further_places": lambda s: items.further_places(s.case, 1),
    "items.notices": lambda s: items.notices(s.case, list(MessageCode)),
    "labels.labels": lambda s: labels.labels(s.case, [ITEM]),
    "marks.list_marks": lambda s: marks.list_marks(s.case, 1),
    "marks.of_event": lambda s: marks.of_event(s.case, 2),
    "marks.all_marks": lambda s: marks.all_marks(s.case),
    "marks.get": lambda s: marks.get(s.case, s.marked().id),
    "redaction_proposals.of_event": lambda s: redaction_proposals.of_event(s.case, 2),
    "redaction_proposals.all_proposed": lambda s: list(redaction_proposals.all_proposed(s.case)),
    "parties.list_parties": lambda s: parties.list_parties(s.case),
    "parties.get": lambda s: parties.get(s.case, parties.list_parties(s.case)[0].id),
    "questions.list_questions": lambda s: questions.list_questions(s.case),
    "questions.get": lambda s: questions.get(s.case, s.question),
    "tables.rows": lambda s: list(
        tables.rows(s.case, timeline.stream(s.case, EventFilter()), "en")
    ),
    "tags.list_tags": lambda s: tags.list_tags(s.case),
    "events.index": lambda s: timeline.index(s.case, EventFilter()),
    "events.get_many": lambda s: timeline.get_many(s.case, [1]),
    "events.get": lambda s: timeline.get(s.case, 1),
    "events.stream": lambda s: list(timeline.stream(s.case, EventFilter())),
    "events.span": lambda s: timeline.span(s.case),
    "events.time_readings": lambda s: timeline.time_readings(s.case, 1),
    "events.raw_fields": lambda s: timeline.raw_fields(s.case, 1),
    "events.sources": lambda s: timeline.sources(s.case, 1),
    "events.enclosed_items": lambda s: timeline.enclosed_items(s.case, 1),
    "events.other_sources": lambda s: timeline.other_sources(s.case, [1]),
    "events.linked_places": lambda s: timeline.linked_places(s.case),
    "timestamps.list_anchors": lambda s: timestamps.list_anchors(s.case),
    "timestamps.files": lambda s: timestamps.files(s.case, 1),
    "timestamps.mismatches": lambda s: timestamps.mismatches(s.case),
    "verification.verify": lambda s: verification.verify(s.case),
    "prefetch.arrive": lambda s: prefetch.arrive(s.case, s.a_file()).close(),
    "prefetch.fetch": lambda s: s.fetch(),
    "history.History.can_undo": lambda s: History(s.case).can_undo,
    "history.History.can_redo": lambda s: History(s.case).can_redo,
    "history.History.undo_edit": lambda s: History(s.case).undo_edit,
    "history.History.redo_edit": lambda s: History(s.case).redo_edit,
    "history.History.forget": lambda s: History(s.case).forget(),
}
"""What only reads: neither a row nor the log is another afterwards."""

ELSEWHERE = {
    "appearing.Note.finish",
    "appearing.appearing",
    "appearing.place_of",
    "backup_media.BackupMedia.follow",
    "backup_media.BackupMedia.link",
    "package_content.prepare",
    "package_copies.make",
    "embedding.within",
    "embedding.total_size",
    "derivatives.add",
    "redaction.Redactions.cleaned",
    "redaction.Redactions.content",
    "redaction.Redactions.fields",
    "redaction.Redactions.is_touched",
    "redaction.Redactions.rows",
    "redaction.of_state",
    "redaction_plan.digests_of",
    "redaction_plan.gather",
    "package_content.write",
    "package_proofs.excerpt",
    "package_proofs.files",
    "importer.Importer.close",
    "reading.give_up",
    "reading.keep",
    "reading.queue",
    "reading.queue_unread",
    "speech.queue",
    "doubts.accept",
    "existing_items.note_place",
    "existing_items.of_bytes",
    "linking.bring_together",
    "passwords.recovery_code",
    "cases.open_again",
    "history.editing",
    "history.History.record",
    "importer.Importer.read_again",
}
"""What needs a locked case, a doubt, opening, the hook itself, memory, is done by another, or only
says what is still to be read."""


def _public() -> set[str]:
    """Each public function of the services that is given a case, and each method of such."""
    names = set()
    for module in pkgutil.walk_packages(services.__path__, "evidence_app.services."):
        loaded, stem = importlib.import_module(module.name), module.name.rpartition(".")[2]
        for name, function in vars(loaded).items():
            if name.startswith("_") or getattr(function, "__module__", "") != loaded.__name__:
                continue
            if not callable(function) or "CaseFile" not in str(inspect.signature(function)):
                continue
            if inspect.isclass(function):
                methods = (other for other in vars(function) if not other.startswith("_"))
                names |= {f"{stem}.{name}.{method}" for method in methods}
            elif list(inspect.signature(function).parameters)[:1] == ["case"]:
                names.add(f"{stem}.{name}")
    return names


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Prepared]:
    folder = tmp_path_factory.mktemp("sample")
    return folder, make_prepared(folder)


@pytest.fixture
def stage(made: tuple[Path, Prepared], tmp_path: Path, world: World) -> Any:
    folder, prepared = made
    shutil.copytree(folder / "home", tmp_path / "home")
    shutil.copy(folder / "sample.evcase", tmp_path / "work.evcase")
    with cases.open_case(tmp_path / "work.evcase") as case:
        yield Stage(case, tmp_path, world, prepared)


def _rows(case: CaseFile) -> dict[str, list[Any]]:
    with case.read() as connection:
        return {
            name: list(connection.execute(select(table)).all())
            for name, table in schema.metadata.tables.items()
            if name != schema.content_chunk.name
        }


def test_every_service_is_among_these() -> None:
    assert _public() == CHANGES.keys() | READINGS.keys() | ELSEWHERE


@pytest.mark.parametrize("name", list(CHANGES))
def test_what_changes_the_case_is_in_its_log(stage: Stage, name: str) -> None:
    work, action = CHANGES[name]
    before, rows = custody.list_entries(stage.case), _rows(stage.case)
    work(stage)
    after = custody.list_entries(stage.case)
    assert after[: len(before)] == before
    new: list[CustodyEntry] = after[len(before) :]
    assert action in {custody_entry.action for custody_entry in new}
    leaves_all = {Action.EXPORT, Action.EXTRACT, Action.UNDO}
    changed = {table for table, rows_now in _rows(stage.case).items() if rows_now != rows[table]}
    assert bool(changed - {"custody_entry", "row_seal"}) or action in leaves_all
    assert verification.verify(stage.case).is_intact


def test_what_reads_changes_nothing(stage: Stage) -> None:
    stage.recording()
    rows = _rows(stage.case)
    for name, work in READINGS.items():
        work(stage)
        assert _rows(stage.case) == rows, name


def test_without_an_entry_there_is_no_change(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = _rows(stage.case)

    def fail(*_: object) -> None:
        raise RuntimeError("no entry")

    monkeypatch.setattr(custody_of_file, "append", fail)
    with pytest.raises(RuntimeError):
        tags.create(stage.case, "never")
    with pytest.raises(RuntimeError):
        cases.edit_info(stage.case, jurisdiction=Jurisdiction.CHINA, title="never")
    monkeypatch.undo()
    assert _rows(stage.case) == rows
