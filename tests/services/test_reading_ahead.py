"""The next file is read while the one before it is written, and nothing else is different."""

from __future__ import annotations

import io
import zipfile
from contextlib import ExitStack, closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.originals import receive
from evidence_app.casefile.schema import event
from evidence_app.intake.event_cells import sort_columns
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.progress import SILENT, Progress
from evidence_app.services import cases, items
from evidence_app.services.importing.context import ImportOptions, context_for
from evidence_app.services.importing.importer import Importer
from evidence_app.services.importing.incoming_file import SourceFile
from evidence_app.services.importing.prefetch import PendingImport, Prefetcher
from evidence_app.services.importing.results import ImportOutcome, ImportResult


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_twins_in_a_row_are_one_item(case: CaseFile, inbox: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (inbox / name).write_text("the same words")
    with Importer(case) as importer:
        results = importer.run([inbox])
    there = ImportOutcome.ALREADY_THERE
    assert [result.outcome for result in results] == [ImportOutcome.IMPORTED, there, there]
    assert len({result.item_id for result in results}) == 1


def test_parts_of_archives_in_a_row_stay_with_their_archive(case: CaseFile, inbox: Path) -> None:
    for name in ("a", "b", "c"):
        with zipfile.ZipFile(inbox / f"{name}.zip", "w") as archive:
            archive.writestr(f"{name}.txt", f"words of {name}")
    with Importer(case) as importer:
        results = importer.run([inbox])
    item_ids = {Path(result.path).name: result.item_id for result in results}
    assert set(item_ids) == {f"{name}.{ending}" for name in "abc" for ending in ("zip", "txt")}
    for name in "abc":
        zip_id, text_id = item_ids[f"{name}.zip"], item_ids[f"{name}.txt"]
        assert zip_id is not None
        assert items.parts(case, zip_id) == [text_id]


def test_cancelling_keeps_what_was_told_and_drops_the_file_ahead(
    case: CaseFile, inbox: Path
) -> None:
    for number in range(5):
        (inbox / f"{number}.txt").write_text(f"words {number}")
    import_results: list[ImportResult] = []
    with Importer(case) as importer:
        results = importer.run(
            [inbox],
            on_result=import_results.append,
            progress=Progress(is_cancelled=lambda: len(import_results) > 1),
        )
    refused = ImportOutcome.NOT_IMPORTED
    assert [result.outcome for result in results[:2]] == [ImportOutcome.IMPORTED] * 2
    assert [result.outcome for result in results[2:]] == [refused] * 3
    with Importer(case) as importer:
        again = importer.run([inbox])
    assert [row.outcome for row in again[:2]] == [ImportOutcome.ALREADY_THERE] * 2
    assert [row.outcome for row in again[2:]] == [ImportOutcome.IMPORTED] * 3


def test_a_zone_that_was_given_meanwhile_counts_for_what_was_read_before(
    case: CaseFile, inbox: Path
) -> None:
    """A file that is read ahead has its events on the days of the zone that the case has then."""
    for number in range(3):
        at = 1_700_000_000_000 + number * 60_000
        call = f'<call number="95001" duration="5" date="{at}" type="1" />'
        (inbox / f"{number}.xml").write_text(f'<calls count="1">{call}</calls>')
    import_results: list[ImportResult] = []

    def move(result: ImportResult) -> None:
        import_results.append(result)
        if len(import_results) == 2:
            cases.edit_info(case, timezone="America/New_York")

    with Importer(case) as importer:
        results = importer.run([inbox], on_result=move)
    assert [result.events for result in results] == [1, 1, 1]
    with case.read() as connection:
        rows = connection.execute(select(event.c.at, event.c.sort_ms, event.c.day)).all()
    expected = sort_columns([row.at for row in rows], ZoneInfo("America/New_York"))
    assert [row.sort_ms for row in rows] == expected["sort_ms"]
    # In China it was the day after already.
    assert [row.day for row in rows] == expected["day"] == ["2023-11-14"] * 3


def test_other_answers_read_a_file_anew(case: CaseFile) -> None:
    data = io.BytesIO(b"words that a reader knows")
    file = SourceFile("a.txt", "a.txt", "inbox", data)
    before = context_for(case, ImportOptions())
    after = context_for(case, ImportOptions(owners=("95001",)))
    pool = ReadingPool(1)
    with pool, closing(PendingImport(file)) as arriving:
        incoming = receive(case, data)
        first = arriving.read(case, pool, incoming, before, SILENT)
        assert first.first
        assert arriving.read(case, pool, incoming, before, SILENT) is first
        second = arriving.read(case, pool, incoming, after, SILENT)
        assert second is not first
        assert second.first == first.first


def test_a_file_that_nobody_takes_is_closed() -> None:
    stream, files = io.BytesIO(b"words"), ExitStack()
    files.enter_context(stream)
    arriving = PendingImport(SourceFile("a.txt", "a.txt", "inbox", stream), files)
    with Prefetcher() as ahead:
        ahead.begin(lambda: arriving)
    assert stream.closed
