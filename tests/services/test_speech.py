"""Recordings become words: queued, kept, put back when stopped; one that fails stops nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from recordings import add_recording
from speech_models import model_in

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled, UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.proposals import JobState
from evidence_app.model.search import HitKind
from evidence_app.model.transcript import TranscriptOrigin
from evidence_app.progress import Progress
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.speech.process import SpeechReader
from evidence_app.reading.speech.recogniser import Heard
from evidence_app.services import custody, search, speech, transcripts
from evidence_app.services.importing.importer import Importer

HEARD = [
    Heard(0.5, 1.5, "再不还款我们就上门", "left", 0.8),
    Heard(1.5, 1.5, "字幕", "right", 0.0),
]
Read = Callable[[SpeechReader, BinaryIO, Progress], list[Heard]]


@pytest.fixture
def chosen(tmp_path: Path) -> speech.ChosenModel:
    return speech.choose_model(model_in(tmp_path / "model"))


def hears(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    """What the model hears is not what these tests are about."""
    monkeypatch.setattr(SpeechReader, "read", read)


def test_what_was_heard_is_kept_with_its_engine_and_found(
    case: CaseFile, chosen: speech.ChosenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = add_recording(case, 2.0)
    hears(
        monkeypatch, lambda _reader, stream, _cancelled: HEARD if stream.read(4) == b"RIFF" else []
    )
    speech.queue(case, [item_id])
    outcomes: list[speech.HeardOutcome] = []
    speech.run(case, chosen, on_heard=outcomes.append)
    assert [(outcome.item_id, outcome.segments, outcome.reason) for outcome in outcomes] == [
        (item_id, 2, None)
    ]
    sure, doubtful = transcripts.lines(case, item_id)
    assert (sure.words, sure.speaker, sure.is_doubtful) == ("再不还款我们就上门", "left", False)
    assert sure.origin is TranscriptOrigin.SPEECH and chosen.sha256[:16] in sure.source
    assert doubtful.is_doubtful
    assert doubtful.stretch.end_s > doubtful.stretch.start_s
    [hit] = search.find(case, "上门").hits[HitKind.TRANSCRIPT]
    assert hit.start_s == 0.5
    entry = custody.list_entries(case)[-1]
    assert (entry.action, entry.detail["model"]) == (Action.READ_ITEM, chosen.sha256)
    job = speech.job_of(case, item_id)
    assert job is not None and job.state is JobState.DONE
    transcripts.write(case, doubtful.id, "不是字幕")
    assert not transcripts.lines(case, item_id)[1].is_doubtful
    speech.queue(case, [item_id])
    speech.run(case, chosen)
    assert [line.words for line in transcripts.lines(case, item_id)] == [
        "再不还款我们就上门",
        "不是字幕",
    ]


def test_one_that_cannot_be_heard_stops_nothing(
    case: CaseFile, chosen: speech.ChosenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add_recording(case, 1.0, "a.wav"), add_recording(case, 2.0, "b.wav")]

    def read(_reader: SpeechReader, stream: BinaryIO, _cancelled: Progress) -> list[Heard]:
        if len(stream.read()) < 20_000:
            raise ReadingFailure(message(MessageCode.RECORDING_NOT_HEARD))
        return HEARD

    hears(monkeypatch, read)
    speech.queue(case, ids)
    outcomes: list[speech.HeardOutcome] = []
    speech.run(case, chosen, on_heard=outcomes.append)
    assert [outcome.segments for outcome in outcomes] == [0, 2]
    job = speech.job_of(case, ids[0])
    assert job is not None and job.reason is not None
    assert job.reason.code is MessageCode.RECORDING_NOT_HEARD


@pytest.mark.parametrize(
    "failure", [Cancelled(), ReadingFailure(message(MessageCode.SPEECH_MODEL_DAMAGED))]
)
def test_what_was_stopped_waits_again(
    failure: Exception,
    case: CaseFile,
    chosen: speech.ChosenModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item_id = add_recording(case, 1.0)

    def read(_reader: SpeechReader, _stream: BinaryIO, _stop: Progress) -> list[Heard]:
        raise failure

    hears(monkeypatch, read)
    speech.queue(case, [item_id])
    with pytest.raises(type(failure)):
        speech.run(case, chosen)
    job = speech.job_of(case, item_id)
    assert job is not None
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_only_recordings_are_heard(case: CaseFile) -> None:
    with Importer(case) as importer:
        [result] = importer.run_bytes("note.txt", b"words")
    with pytest.raises(UsageError) as caught:
        speech.queue(case, [result.item_id or 0])
    assert caught.value.message.code is MessageCode.NOT_A_RECORDING
