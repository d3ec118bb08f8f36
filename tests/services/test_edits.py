"""Every edit has its custody entry, and undo and redo bring back just what was there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import Engine, event, select

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError, UserError
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import Direction, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.times import (
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    from_text,
)
from evidence_app.services import (
    cases,
    custody,
    findings,
    items,
    labels,
    manual_entries,
    parties,
    tags,
    verification,
)
from evidence_app.services import events as timeline
from evidence_app.services.history import Edit, History
from evidence_app.services.importing.importer import Importer


def at(text: str) -> TimeReading:
    return TimeReading(from_text(text), TimeSource.PERSON, TimePrecision.MINUTE, text)


def visit(case: CaseFile, text: str = "两个人上门", when: str | None = "2026-03-01 21:30") -> int:
    edit = manual_entries.add_entry(
        case,
        type=EventType.VISIT,
        time=at(when) if when else None,
        direction=Direction.INCOMING,
        identifier="13800138000",
        text=text,
    )
    assert edit.item_id is not None
    return edit.item_id


def rows_of(case: CaseFile) -> dict[str, list[dict[str, Any]]]:
    hidden = {"custody_entry", "row_seal", "content", "content_chunk"}
    with case.read() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in schema.metadata.tables.items()
            if name not in hidden
        }


EVENT = Subject(SubjectKind.EVENT, 1)
ITEM = Subject(SubjectKind.ITEM, 1)

EDITS: dict[str, Callable[[CaseFile], Edit]] = {
    "case": lambda case: cases.edit_info(case, title="other", timezone="Europe/London"),
    "rename": lambda case: items.rename(case, 1, "new"),
    "note": lambda case: items.set_note(case, 1, "mine"),
    "item time": lambda case: items.correct_time(case, 1, at("2026-01-05 08:00")),
    "no item time": lambda case: items.correct_time(case, 1, None),
    "trash": lambda case: items.trash(case, [1]),
    "event time": lambda case: timeline.correct_time(case, [1], at("2026-01-05 08:00")),
    "event text": lambda case: timeline.set_text(case, 1, "other"),
    "event": lambda case: timeline.edit(case, 1, direction=Direction.OUTGOING),
    "new party": lambda case: parties.assign(case, "95001", Role.AGENCY, "Agency"),
    "known party": lambda case: parties.assign(case, "13800138000", Role.COLLECTOR, "王某"),
    "party": lambda case: parties.edit(case, 2, name="老王", note="loud"),
    "new tag": lambda case: tags.create(case, "urgent"),
    "rename tag": lambda case: tags.rename(case, 1, "later"),
    "colour": lambda case: tags.recolour(case, 1, "#112233"),
    "delete tag": lambda case: tags.delete(case, 1),
    "tag": lambda case: tags.add(case, [EVENT], 1),
    "untag": lambda case: tags.remove(case, [ITEM], 1),
    "confirm": lambda case: findings.confirm(case, [EVENT, ITEM], "insult_obscenity"),
    "remove": lambda case: findings.remove(case, [ITEM], "abusive_visit"),
    "finding note": lambda case: findings.set_note(case, 1, "they shouted"),
    "entry": lambda case: manual_entries.add_entry(case, type=EventType.NOTE, time=None, text="n"),
}


@pytest.fixture
def full(case: CaseFile) -> CaseFile:
    visit(case)
    tag = tags.create(case, "night").tag_id
    assert tag is not None
    tags.add(case, [ITEM], tag)
    findings.confirm(case, [ITEM], "abusive_visit")
    return case


@pytest.mark.parametrize("name", EDITS)
def test_edit_entry_undo_redo(full: CaseFile, name: str) -> None:
    before, count = rows_of(full), custody.count(full)
    history = History(full)
    edit = EDITS[name](full)
    after = rows_of(full)
    assert after != before
    assert custody.count(full) == count + 1
    assert edit.changes.entry == count + 1
    assert edit.changes.areas
    history.record(edit)
    assert history.undo_edit is edit
    assert history.undo().areas == edit.changes.areas
    assert rows_of(full) == before
    assert history.redo().areas == edit.changes.areas
    assert rows_of(full) == after
    assert custody.count(full) == count + 3


def test_an_edit_that_changes_nothing_leaves_no_entry(full: CaseFile) -> None:
    count = custody.count(full)
    history = History(full)
    history.record(items.rename(full, 1, items.get(full, 1).title))
    assert custody.count(full) == count
    assert not history.can_undo


def test_the_first_reading_stays_beside_a_corrected_time(full: CaseFile) -> None:
    timeline.correct_time(full, [1], at("2026-01-05 08:00"))
    timeline.correct_time(full, [1], at("2026-01-06 08:00"))
    event = timeline.get(full, 1)
    assert event.time is not None
    assert event.time.moment == WallClock(datetime(2026, 1, 6, 8))  # noqa: DTZ001
    [original] = timeline.time_readings(full, 1)
    assert original.moment == WallClock(datetime(2026, 3, 1, 21, 30))  # noqa: DTZ001


def test_an_items_time_moves_the_event_that_it_is(full: CaseFile) -> None:
    items.correct_time(full, 1, at("2026-01-05 08:00"))
    event = timeline.get(full, 1)
    assert event.time == items.get(full, 1).time


def test_days_follow_the_zone_of_the_case(case: CaseFile) -> None:
    manual_entries.add_entry(case, type=EventType.VISIT, time=at("2026-03-01T17:30Z"), text="late")
    assert [str(day.day) for day in timeline.index(case, timeline.EventFilter()).days] == [
        "2026-03-02"
    ]
    cases.edit_info(case, timezone="Europe/London")
    assert [str(day.day) for day in timeline.index(case, timeline.EventFilter()).days] == [
        "2026-03-01"
    ]


def test_trash_hides_an_item_with_its_events_and_findings(full: CaseFile) -> None:
    edit = items.trash(full, [1])
    assert list(items.index(full, items.ItemFilter())) == []
    assert list(items.index(full, items.ItemFilter(trashed=True))) == [1]
    assert list(timeline.index(full, timeline.EventFilter()).ids) == []
    assert findings.list_findings(full) == []
    history = History(full)
    history.record(edit)
    history.undo()
    assert [finding.violation for finding in findings.list_findings(full)] == ["abusive_visit"]


def test_toggle_confirms_on_all_then_takes_off_all(full: CaseFile) -> None:
    both = [EVENT, ITEM]
    findings.toggle(full, both, "abusive_visit")
    assert {labels_of.violations for labels_of in labels.labels(full, both).values()} == {
        ("abusive_visit",)
    }
    findings.toggle(full, both, "abusive_visit")
    assert {labels_of.violations for labels_of in labels.labels(full, both).values()} == {()}


def test_filters_find_by_label_text_party_and_day(full: CaseFile) -> None:
    visit(full, text="电话威胁 call", when=None)

    def event_ids(**criteria: Any) -> list[int]:
        return list(timeline.index(full, timeline.EventFilter(**criteria)).ids)

    assert event_ids(violation="abusive_visit") == [1]
    assert event_ids(tag_id=1) == [1]
    assert event_ids(text="威胁") == [2]
    assert event_ids(text="138001") == [1, 2]
    assert event_ids(text="8000") == [1, 2]
    assert event_ids(text="9999") == []
    assert event_ids(undated=True) == [2]
    assert event_ids(types=frozenset({EventType.CALL})) == []
    assert event_ids(party_ids=frozenset({2})) == [1, 2]
    parties.edit(full, 2, name="老王")
    assert event_ids(text="老王") == [1, 2]
    day = datetime(2026, 3, 1).date()  # noqa: DTZ001
    assert event_ids(first_day=day, last_day=day) == [1]


def test_two_entries_of_the_same_words_are_two(case: CaseFile) -> None:
    assert visit(case) != visit(case)
    assert len(timeline.index(case, timeline.EventFilter()).ids) == 2


def test_wrong_values_are_refused(full: CaseFile) -> None:
    with pytest.raises(UsageError):
        findings.confirm(full, [ITEM], "no_such_type")
    with pytest.raises(UsageError):
        parties.assign(full, "  ", Role.COLLECTOR)
    with pytest.raises(UsageError):
        items.get(full, 99)
    with pytest.raises(UserError):
        tags.create(full, "  ")
    with pytest.raises(UserError):
        manual_entries.add_entry(full, type=EventType.NOTE, time=None, text=" ")


class EditsUndoRedo(RuleBasedStateMachine):
    """However one edits, undoes and redoes, each state comes back as it was."""

    @initialize()
    def start(self) -> None:
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.case = cases.create(
            Path(self.folder.name) / "a.evcase",
            title="t",
            timezone="UTC",
            jurisdiction=Jurisdiction.CHINA,
        )
        visit(self.case)
        tags.create(self.case, "night")
        self.history = History(self.case)
        self.states = [rows_of(self.case)]
        self.position = 0

    @rule(name=st.sampled_from(sorted(set(EDITS) - {"entry", "case"})))
    def edit(self, name: str) -> None:
        try:
            edit = EDITS[name](self.case)
        except UsageError:
            return
        if not edit.rows:
            return
        self.history.record(edit)
        del self.states[self.position + 1 :]
        self.states.append(rows_of(self.case))
        self.position += 1

    @rule()
    def undo(self) -> None:
        if self.history.can_undo:
            self.history.undo()
            self.position -= 1
        assert rows_of(self.case) == self.states[self.position]

    @rule()
    def redo(self) -> None:
        if self.history.can_redo:
            self.history.redo()
            self.position += 1
        assert rows_of(self.case) == self.states[self.position]

    def teardown(self) -> None:
        if hasattr(self, "case"):
            self.case.close()
            self.folder.cleanup()


TestEditsUndoRedo = EditsUndoRedo.TestCase
TestEditsUndoRedo.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)


def test_a_new_tag_and_where_it_is_put_are_one_edit(full: CaseFile) -> None:
    before, history = rows_of(full), History(full)
    count = custody.count(full)
    edit = tags.put(full, [EVENT, ITEM, EVENT], " 新 ")
    history.record(edit)
    assert custody.count(full) == count + 1
    assert custody.list_entries(full)[-1].detail == {
        "name": "新",
        "tag": edit.tag_id,
        "subjects": [EVENT.public_id(), ITEM.public_id(), EVENT.public_id()],
    }
    assert {
        labels_of.tags[-1].name for labels_of in labels.labels(full, [EVENT, ITEM]).values()
    } == {"新"}
    after = rows_of(full)
    again = tags.put(full, [EVENT], "新")
    assert (again.tag_id, again.rows) == (edit.tag_id, ())
    history.undo()
    assert rows_of(full) == before
    history.redo()
    assert rows_of(full) == after


def test_labels_are_put_on_many_by_few_statements(full: CaseFile) -> None:
    with Importer(full) as importer:
        lines = [f"2026-04-13,10:00:{n % 60:02},{95000 + n},incoming" for n in range(1200)]
        importer.run_bytes("a.csv", "\n".join(["date,time,number,type", *lines]).encode())
    many = [Subject(SubjectKind.EVENT, n) for n in timeline.index(full, EventFilter()).ids]
    assert len(many) > 1200
    tag_id = tags.create(full, "many").tag_id or 0
    verbs: list[Callable[[], Edit]] = [
        lambda: tags.add(full, many, tag_id),
        lambda: tags.remove(full, many, tag_id),
        lambda: findings.confirm(full, many, "abusive_visit"),
        lambda: findings.remove(full, many, "abusive_visit"),
    ]
    for verb in verbs:
        with counted_statements() as count:
            edit = verb()
        assert len(edit.rows) == len(many)
        assert len(count) < 100
    assert verification.verify(full).is_intact


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """All statements that SQLAlchemy sends in the block."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
