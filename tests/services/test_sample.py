"""The sample case: complete, invented, the same each time, and a full test of the import."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UserError
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import Item, ItemKind, ItemStatus
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.party import Role
from evidence_app.model.times import TimeSource, in_zone, zone
from evidence_app.services import events as timeline
from evidence_app.services import findings, items, parties, tags
from evidence_app.services.exporting import exports
from evidence_app.services.sample import files as sample_files
from evidence_app.services.sample import sample_case

LONGEST_S = 20
INVENTED = re.compile(r"1900000\d{4}|\+1\d{3}55501\d{2}|95000\d{3}")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    began = time.monotonic()
    with sample_case.create_sample(tmp_path_factory.mktemp("sample") / "sample.evcase") as made:
        assert time.monotonic() - began < LONGEST_S
        yield made


def _items(case: CaseFile) -> list[Item]:
    return items.get_many(case, items.index(case, ItemFilter()))


def _events(case: CaseFile) -> list[Event]:
    return list(timeline.stream(case, EventFilter()))


def test_every_file_is_read_and_every_event_has_its_time(full: CaseFile) -> None:
    listed_items = _items(full)
    assert {item.status for item in listed_items} == {ItemStatus.READ}
    assert [items.skipped(full, item.id) for item in listed_items] == [[] for _ in listed_items]
    assert {item.filename for item in listed_items} > {name for name, _ in sample_files.files()}
    assert all(event.time is not None for event in _events(full))


def test_it_shows_what_the_program_can_hold(full: CaseFile) -> None:
    kinds = Counter(item.kind for item in _items(full))
    assert kinds[ItemKind.PICTURE] >= 3
    assert kinds[ItemKind.RECORDING] >= 3
    assert {ItemKind.CALL_LOG, ItemKind.MESSAGES, ItemKind.DOCUMENT, ItemKind.NOTE} <= set(kinds)
    events = _events(full)
    types = Counter(event.type for event in events)
    assert types[EventType.CALL] >= 60
    assert {EventType.MESSAGE, EventType.VISIT, EventType.AGREEMENT, EventType.NOTE} <= set(types)
    assert {Outcome.ANSWERED, Outcome.MISSED, Outcome.REJECTED} <= {
        event.outcome for event in events
    }
    assert {Direction.INCOMING, Direction.OUTGOING} <= {event.direction for event in events}
    sources = {event.time.source for event in events if event.time}
    assert {TimeSource.RECORD, TimeSource.FILE_NAME, TimeSource.PERSON} <= sources


def test_calls_come_for_weeks_some_at_night_and_many_on_one_day(full: CaseFile) -> None:
    where = zone("Asia/Shanghai")
    calls = [event for event in _events(full) if event.type is EventType.CALL]
    at = [in_zone(call.time.moment, where) for call in calls if call.time]
    assert len({moment.date() for moment in at}) >= 21
    assert max(Counter(moment.date() for moment in at).values()) >= 10
    assert sum(moment.hour >= 22 for moment in at) >= 4


def test_roles_findings_and_tags_are_there(full: CaseFile) -> None:
    roles = {party.role for party in parties.list_parties(full)}
    assert {Role.ME, Role.CREDITOR, Role.AGENCY, Role.COLLECTOR, Role.THIRD_PARTY} <= roles
    violations = {finding.violation for finding in findings.list_findings(full)}
    assert len(violations) >= 12
    assert {"excessive_contact", "outside_hours_contact", "threat_of_violence"} <= violations
    assert [tag.use_count for tag in tags.list_tags(full)] == [1]


def test_nobody_is_called_by_these_numbers(full: CaseFile) -> None:
    for event in _events(full):
        if event.identifier:
            assert INVENTED.fullmatch(event.identifier), event
    for party in parties.list_parties(full):
        for identifier in party.identifiers:
            assert INVENTED.fullmatch(identifier.raw), party


def test_the_files_are_the_same_each_time() -> None:
    assert dict(sample_files.files()) == dict(sample_files.files())


def test_nothing_of_the_machine_that_made_it_is_in_it(full: CaseFile) -> None:
    assert {item.origin for item in _items(full)} == {"sample", ""}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Evidence report", "Threat of violence", "你孩子在哪上学")),
        ("zh", ("催收行为证据册", "暴力威胁", "Officer Dalton")),
    ],
)
def test_its_dossier(full: CaseFile, tmp_path: Path, language: str, words: tuple[str, ...]) -> None:
    out = tmp_path / "dossier.pdf"
    options = exports.DossierOptions(language="zh" if language == "zh" else "en")
    exports.dossier(full, out, options)
    with pypdfium2.PdfDocument(out) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    flat = re.sub(r"\s", "", text).casefold()
    for phrase in words:
        assert re.sub(r"\s", "", phrase).casefold() in flat


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.evcase"
    path.write_text("mine")
    with pytest.raises(UserError):
        sample_case.create_sample(path)
    assert path.read_text() == "mine"
