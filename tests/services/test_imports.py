"""Every file is kept and read, or reported with the reason."""

import os
from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.evidence import ItemStatus
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import custody, items
from evidence_app.services import events as timeline
from evidence_app.services.importing import incoming_file
from evidence_app.services.importing.importer import Importer, ImportOutcome, ImportProgress


def calls(count: int, declared: int | None = None) -> bytes:
    rows = "".join(
        f'<call number="138000000{n % 7:02}" duration="{n}" date="{1_700_000_000_000 + n * 60000}" '
        'type="1" />'
        for n in range(count)
    )
    return f'<?xml version="1.0"?><calls count="{declared or count}">{rows}</calls>'.encode()


def test_names_that_are_no_utf8_are_kept_readable(case: CaseFile, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)  # noqa: PTH102 - the name is bytes.
    for name in (b"\xff\xfe.txt", "后面的.txt".encode(), "旧的.txt".encode("gb18030")):
        with open(os.path.join(folder, name), "wb") as stream:  # noqa: PTH118, PTH123
            stream.write(name)
    with Importer(case) as importer:
        results = importer.run([tmp_path / "in"])
    assert {result.outcome for result in results} <= {
        ImportOutcome.IMPORTED,
        ImportOutcome.KEPT_UNREAD,
    }
    listed_items = items.get_many(case, items.index(case, ItemFilter()))
    assert {item.filename for item in listed_items} == {r"\xff\xfe.txt", "后面的.txt", "旧的.txt"}


def test_importing_again_adds_nothing(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "calls.xml"
    path.write_bytes(calls(30))
    with Importer(case) as importer:
        [first] = importer.run([path])
        count = custody.count(case)
        [second] = importer.run([path])
    assert (first.outcome, first.events) == (ImportOutcome.IMPORTED, 30)
    assert (second.outcome, second.item_id) == (ImportOutcome.ALREADY_THERE, first.item_id)
    assert custody.count(case) == count
    assert len(timeline.index(case, EventFilter()).ids) == 30


def test_what_is_in_the_trash_comes_back_when_it_is_dropped_again(
    case: CaseFile, tmp_path: Path
) -> None:
    path = tmp_path / "calls.xml"
    path.write_bytes(calls(3))
    with Importer(case) as importer:
        [first] = importer.run([path])
        assert first.item_id is not None
        items.trash(case, [first.item_id])
        importer.run([path])
    assert list(items.index(case, ItemFilter())) == [first.item_id]
    assert custody.list_entries(case)[-1].action is Action.RESTORE_ITEM


def test_original_and_entry_are_there_also_if_the_reader_gives_up(
    case: CaseFile, tmp_path: Path
) -> None:
    path = tmp_path / "calls.xml"
    data = calls(30, declared=50)[:-200]
    path.write_bytes(data)
    with Importer(case) as importer:
        [result] = importer.run([path])
    assert result.outcome is ImportOutcome.PARTLY_READ
    assert result.item_id is not None
    item = items.get(case, result.item_id)
    assert item.status is ItemStatus.PARTLY_READ
    assert item.event_count == result.events == len(timeline.index(case, EventFilter()).ids) > 20
    with items.open_original(case, item.id) as stream:
        assert stream.read() == data
    assert custody.list_entries(case)[-1].detail["sha256"] == item.sha256


def test_cancel_keeps_what_was_reported_and_reports_the_rest(
    case: CaseFile, tmp_path: Path
) -> None:
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"text {number}")
    done: list[str] = []
    with Importer(case) as importer:
        results = importer.run(
            paths,
            progress=Progress(is_cancelled=lambda: len(done) >= 2),
            on_result=lambda result: done.append(result.path),
        )
    assert [result.item_id is not None for result in results] == [True, True] + [False] * 4
    assert len(items.index(case, ItemFilter())) == 2


def test_progress_ends_at_the_whole(case: CaseFile, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("x" * (number + 1))
    states: list[ProgressState] = []
    with Importer(case) as importer:
        importer.run([tmp_path / f"{n}.txt" for n in range(3)], progress=Progress(states.append))
    assert isinstance(states[-1], ImportProgress)
    assert (states[-1].done_files, states[-1].total_files) == (3, 3)
    assert states[-1].done == states[-1].total == 6
    assert [state.done for state in states] == sorted(state.done for state in states)


@pytest.mark.parametrize("size", [1000, 3 << 20])
def test_a_file_that_is_changed_in_place_with_its_time_set_back(
    case: CaseFile, tmp_path: Path, size: int
) -> None:
    """Same length, same time of writing: only the time of its description gives it away."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"a" * size)
    with incoming_file.opened(path, case.path) as file:
        assert file.stream.read(10) == b"a" * 10
        before = path.stat()
        with path.open("r+b") as other:
            other.seek(size // 2)
            other.write(b"b")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        with pytest.raises(UserError) as refused:
            while file.stream.read(1 << 20):
                pass
    assert refused.value.message.code is MessageCode.FILE_CHANGED_WHILE_READING


def test_a_file_that_is_only_read_by_others_is_not_changed(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"a" * 1000)
    with incoming_file.opened(path, case.path) as file:
        path.read_bytes()
        assert file.stream.read(2000) == b"a" * 1000
        assert file.stream.read(1) == b""
