"""Turns recordings into words with a speech model that the person chose, one after the other.

The queue is that of pictures: what was to be heard when the program ended is heard later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import jobs as job_records
from evidence_app.casefile.records import queries
from evidence_app.casefile.records import transcripts as records
from evidence_app.errors import Cancelled, DamagedError
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.model.mark import Stretch
from evidence_app.model.proposals import Job
from evidence_app.model.transcript import Segment, TranscriptOrigin
from evidence_app.progress import SILENT, Progress
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.speech import models
from evidence_app.reading.speech.models import KnownModel, SpeechModel
from evidence_app.reading.speech.process import SpeechReader
from evidence_app.reading.speech.recogniser import Heard
from evidence_app.services import items, transcripts
from evidence_app.services.reading import MOST_ATTEMPTS

_LEAST_S = 0.1
_OF_MODEL = frozenset(
    {
        MessageCode.SPEECH_NOT_INSTALLED,
        MessageCode.SPEECH_MODEL_NONE,
        MessageCode.SPEECH_MODEL_OTHER_ENGINE,
        MessageCode.SPEECH_MODEL_DAMAGED,
    }
)
"""What would fail every recording: they wait for a model that fits."""

_SHORT = 16


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """A speech model that can be used.

    Attributes:
        model: Its files.
        sha256: Of its weights.
        known: What is known of it; None if nothing.
    """

    model: SpeechModel
    sha256: str
    known: KnownModel | None

    @property
    def engine(self) -> str:
        """What is kept with the words: the engine, its version and the beginning of the digest."""
        return f"faster-whisper {version('faster-whisper')}, {self.sha256[:_SHORT]}"


@dataclass(frozen=True, slots=True)
class HeardOutcome:
    """What became of a recording.

    Attributes:
        item_id: The recording.
        segments: How many stretches with words were kept.
        reason: Why it could not be heard, or None.
        changes: What was touched.
    """

    item_id: int
    segments: int = 0
    reason: Message | None = None
    changes: Changes = field(default_factory=Changes)


def choose_model(folder: Path, progress: Progress = SILENT) -> ChosenModel:
    """The speech model in a folder, with the digest of its weights.

    Raises:
        ReadingFailure: The engine is not installed, or there is no model for it in the folder.
        Cancelled: The person asked to stop.
    """
    if not models.is_installed():
        raise ReadingFailure(message(MessageCode.SPEECH_NOT_INSTALLED))
    model = models.look_at(folder)
    sha256 = models.digest(model, progress)
    return ChosenModel(model, sha256, models.model_with(sha256))


def job_of(case: CaseFile, item_id: int) -> Job | None:
    """How far the hearing of a recording is; None if nobody asked for it yet."""
    with case.read() as connection:
        return job_records.of_item(connection, item_id, job_records.SPEECH)


def queue(case: CaseFile, item_ids: Sequence[int]) -> None:
    """Queue recordings, also those that were transcribed before or failed.

    Raises:
        UsageError: One is not there, or no recording.
        UserError: The case cannot be changed.
    """
    for item_id in item_ids:
        transcripts.recording(case, item_id)
    with job_records.writing(case) as connection:
        crashed = message(MessageCode.READER_CRASHED)
        job_records.take_up(connection, MOST_ATTEMPTS, crashed, job_records.SPEECH)
        job_records.queue(connection, item_ids, job_records.SPEECH)


@logs.step("hear recordings")
def run(
    case: CaseFile,
    chosen: ChosenModel,
    *,
    on_heard: Callable[[HeardOutcome], None] = lambda outcome: None,
    progress: Progress = SILENT,
) -> None:
    """Transcribe all waiting recordings; a failure does not stop the others.

    Args:
        case: The case.
        chosen: The model.
        on_heard: Is told of each.
        progress: Asked often, from another thread.

    Raises:
        UserError: The case cannot be changed.
        ReadingFailure: The model is unfit; the recordings wait.
        Cancelled: The person asked to stop; what was being heard waits again.
    """
    with SpeechReader(chosen.model) as reader:
        while True:
            progress.check()
            with job_records.writing(case) as connection:
                job = job_records.begin_next(connection, None, job_records.SPEECH)
            if job is None:
                return
            on_heard(_hear(case, job, reader, chosen, progress))


def _hear(
    case: CaseFile,
    job: Job,
    reader: SpeechReader,
    chosen: ChosenModel,
    progress: Progress,
) -> HeardOutcome:
    try:
        with items.open_original(case, job.item_id) as stream:
            heard = reader.read(stream, progress)
    except Cancelled:
        with job_records.writing(case) as connection:
            job_records.put_back(connection, job.id)
        raise
    except (ReadingFailure, DamagedError) as failure:
        is_of_model = failure.message.code in _OF_MODEL
        with job_records.writing(case) as connection:
            if is_of_model:
                job_records.put_back(connection, job.id)
            else:
                job_records.fail(connection, job.id, failure.message)
        if is_of_model:
            raise
        return HeardOutcome(job.item_id, reason=failure.message)
    return _keep(case, job, heard, chosen)


def _keep(case: CaseFile, job: Job, heard: Sequence[Heard], chosen: ChosenModel) -> HeardOutcome:
    engine, item_id = chosen.engine, job.item_id
    detail = {"item": item_id, "engine": engine, "model": chosen.sha256}
    with case.change(Action.READ_ITEM, detail, undoable=False) as change:
        count = 0
        if queries.items(change.connection, [item_id]):
            segments = [_segment(segment) for segment in heard]
            origin = TranscriptOrigin.SPEECH
            count = records.replace(change, item_id, segments, origin, engine)
        detail["segments"] = count
        job_records.finish(change.connection, job.id, engine)
    return HeardOutcome(item_id, count, changes=Changes(frozenset(change.areas), change.entry))


def _segment(heard: Heard) -> Segment:
    stretch = Stretch(heard.start_s, max(heard.end_s, heard.start_s + _LEAST_S))
    return Segment(stretch, heard.text, heard.speaker, heard.confidence)
