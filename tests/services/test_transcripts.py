"""Transcripts of recordings: from files and by hand, corrected, searched, undone."""

from pathlib import Path

import pytest
from recordings import add_recording

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.mark import Stretch
from evidence_app.model.search import HitKind
from evidence_app.model.transcript import Segment, TranscriptOrigin
from evidence_app.services import custody, search, transcripts
from evidence_app.services.history import History
from evidence_app.services.importing.importer import Importer

SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\n再不还款我们就上门\n\n"
    "2\n00:00:02,500 --> 00:00:09,000\nWe know where you work\n"
)


@pytest.fixture
def item_id(case: CaseFile) -> int:
    return add_recording(case, 4.0)


def written(folder: Path, text: str = SRT, encoding: str = "utf-8") -> Path:
    path = folder / "call.srt"
    path.write_bytes(text.encode(encoding))
    return path


def spoken(case: CaseFile, item_id: int) -> list[tuple[float, float, str]]:
    lines = transcripts.lines(case, item_id)
    return [(line.stretch.start_s, line.stretch.end_s, line.words) for line in lines]


def test_a_transcript_of_another_program_is_kept_found_and_taken_back(
    case: CaseFile, item_id: int, tmp_path: Path
) -> None:
    history = History(case)
    history.record(transcripts.take_file(case, item_id, written(tmp_path, encoding="gb18030")))
    assert spoken(case, item_id) == [
        (1.0, 2.0, "再不还款我们就上门"),
        (2.5, 4.0, "We know where you work"),
    ]
    assert transcripts.lines(case, item_id)[0].origin is TranscriptOrigin.FILE
    entry = custody.list_entries(case)[-1]
    assert entry.action is Action.TRANSCRIBE
    assert entry.detail["filename"] == "call.srt"
    assert len(entry.detail["sha256"]) == 64
    assert entry.detail["segments"] == 2
    [hit] = search.find(case, "上门").hits[HitKind.TRANSCRIPT]
    assert (hit.item and hit.item.id, hit.start_s) == (item_id, 1.0)
    history.undo()
    assert spoken(case, item_id) == []
    assert not search.find(case, "上门").all_hits()
    history.redo()
    assert len(spoken(case, item_id)) == 2


def test_what_was_corrected_outlives_another_file(
    case: CaseFile, item_id: int, tmp_path: Path
) -> None:
    transcripts.take_file(case, item_id, written(tmp_path))
    first = transcripts.lines(case, item_id)[0]
    transcripts.write(case, first.id, "再不还款我们就登门")
    transcripts.take_file(case, item_id, written(tmp_path, SRT.replace("work", "live")))
    assert [text for _, _, text in spoken(case, item_id)] == [
        "再不还款我们就登门",
        "We know where you live",
    ]
    kept = transcripts.lines(case, item_id)[0]
    assert (kept.text, kept.source) == ("再不还款我们就上门", "call.srt")
    for words in ("登门", "上门"):
        assert search.find(case, words).hits[HitKind.TRANSCRIPT], "both are found"
    transcripts.write(case, first.id, "")
    assert transcripts.lines(case, item_id)[0].corrected is None


def test_lines_are_typed_moved_split_and_removed(case: CaseFile, item_id: int) -> None:
    history = History(case)
    transcripts.add(case, item_id, Segment(Stretch(1.0, 3.0), " we  know where ", "agent"))
    [line] = transcripts.lines(case, item_id)
    assert (line.words, line.speaker) == ("we know where", "agent")
    transcripts.write(case, line.id, "We know where")
    assert transcripts.lines(case, item_id)[0].corrected is None, "their own words need no trace"
    history.record(transcripts.split(case, line.id, 8, 2.0))
    assert spoken(case, item_id) == [(1.0, 2.0, "We know"), (2.0, 3.0, "where")]
    assert {line.speaker for line in transcripts.lines(case, item_id)} == {"agent"}
    history.undo()
    assert spoken(case, item_id) == [(1.0, 3.0, "We know where")]
    transcripts.set_stretch(case, line.id, Stretch(-1.0, 99.0))
    assert spoken(case, item_id)[0][:2] == (0.0, pytest.approx(4.0))
    history.record(transcripts.remove(case, [line.id]))
    assert spoken(case, item_id) == []
    history.undo()
    assert len(spoken(case, item_id)) == 1


def test_splitting_a_line_of_a_file_keeps_what_the_file_says(
    case: CaseFile, item_id: int, tmp_path: Path
) -> None:
    transcripts.take_file(case, item_id, written(tmp_path))
    line = transcripts.lines(case, item_id)[1]
    transcripts.split(case, line.id, 7, 3.0)
    _, head, tail = transcripts.lines(case, item_id)
    assert (head.text, head.words) == ("We know where you work", "We know")
    assert (tail.words, tail.origin) == ("where you work", TranscriptOrigin.TYPED)


@pytest.mark.parametrize(
    "stretch", [Stretch(3.0, 2.0), Stretch(5.0, 6.0), Stretch(0.0, float("nan"))]
)
def test_times_outside_of_the_recording_are_refused(
    case: CaseFile, item_id: int, stretch: Stretch
) -> None:
    with pytest.raises(UserError) as caught:
        transcripts.add(case, item_id, Segment(stretch, "words"))
    assert caught.value.message.code is MessageCode.SEGMENT_OUTSIDE


def test_the_transcript_of_a_longer_recording_is_refused(
    case: CaseFile, item_id: int, tmp_path: Path
) -> None:
    path = written(tmp_path, SRT + "\n3\n00:02:00,000 --> 00:02:01,000\nmore\n")
    with pytest.raises(UserError) as caught:
        transcripts.take_file(case, item_id, path)
    assert caught.value.message.code is MessageCode.TRANSCRIPT_OF_ANOTHER
    assert spoken(case, item_id) == []


def test_only_recordings_have_a_transcript(case: CaseFile, tmp_path: Path) -> None:
    with Importer(case) as importer:
        [result] = importer.run_bytes("note.txt", b"words")
    with pytest.raises(UsageError) as caught:
        transcripts.take_file(case, result.item_id or 0, written(tmp_path))
    assert caught.value.message.code is MessageCode.NOT_A_RECORDING
    with pytest.raises(UserError) as missing:
        transcripts.take_file(case, add_recording(case, 1.0), tmp_path / "none.srt")
    assert missing.value.message.code is MessageCode.TRANSCRIPT_UNREADABLE


def test_a_file_that_is_read_anew_leaves_the_transcript(case: CaseFile, item_id: int) -> None:
    from evidence_app.casefile.records import items as item_records

    transcripts.add(case, item_id, Segment(Stretch(0.0, 1.0), "words"))
    with case.change(Action.IMPORT, {}) as change:
        item_records.forget_reading(change, item_id)
    assert len(spoken(case, item_id)) == 1
