"""Nobody marks a picture as read that the log does not say was read."""

import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import jobs
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.services import reading, verification
from evidence_app.services.sample import sample_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a picture that was read (job 1), one that could not be, and one that waits."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        with sample_case.create_sample(folder / "sample.evcase") as case:
            reading.queue_unread(case)
            detail = {"item": reading_item(case), "engine": "e"}
            with case.change(Action.READ_ITEM, detail) as change:
                jobs.begin_next(change.connection, None)
                jobs.finish(change.connection, 1, "e")
            with jobs.writing(case) as connection:
                jobs.begin_next(connection, None)
                jobs.fail(connection, 2, message(MessageCode.READER_CRASHED))
    return folder / "sample.evcase"


def named(path: Path) -> set[str]:
    with CaseFile.open(path, read_only=True) as case:
        return {mismatch.where for mismatch in verification.verify(case).mismatches}


def test_what_the_program_writes_agrees(made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "copy.evcase"))
    assert named(path) == set()
    with CaseFile.open(path) as case:
        reading.queue(case, [reading_item(case)])
    assert named(path) == set()


def reading_item(case: CaseFile) -> int:
    with case.read() as connection:
        return int(connection.exec_driver_sql("SELECT item_id FROM job WHERE id = 1").scalar_one())


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE job SET state = 'done', finished_at = queued_at WHERE id = 3", "job 3"),
        ("UPDATE job SET state = 'done', engine = 'e', finished_at = queued_at WHERE id = 3",
         "job 3"),
        ("UPDATE job SET state = 'other' WHERE id = 1", "job 1"),
        ("UPDATE job SET state = x'00' WHERE id = 1", "job 1"),
        ("UPDATE job SET kind = 'transcribe' WHERE id = 1", "job 1"),
        ("UPDATE job SET kind = 'page 1' WHERE id = 1", "job 1"),
        ("UPDATE job SET kind = 'page 0' WHERE id = 3", "job 3"),
        ("UPDATE job SET kind = 'page 01' WHERE id = 3", "job 3"),
        ("UPDATE job SET kind = 0.5 WHERE id = 3", "job 3"),
        ("UPDATE job SET attempts = -1 WHERE id = 3", "job 3"),
        ("UPDATE job SET attempts = '1 x' WHERE id = 3", "job 3"),
        ("UPDATE job SET engine = 'f' WHERE id = 3", "job 3"),
        ("UPDATE job SET engine = CAST(x'ff' AS TEXT) WHERE id = 1", "job 1"),
        ("UPDATE job SET queued_at = queued_at || ' ' WHERE id = 1", "job 1"),
        ("UPDATE job SET finished_at = NULL WHERE id = 1", "job 1"),
        ("UPDATE job SET finished_at = queued_at WHERE id = 3", "job 3"),
        ("UPDATE job SET reason_code = 'x' WHERE id = 2", "job 2"),
        ("UPDATE job SET reason_arguments = NULL WHERE id = 2", "job 2"),
        ("UPDATE job SET reason_arguments = '{}' WHERE id = 1", "job 1"),
        ("UPDATE job SET item_id = 1 WHERE id = 1", "job 1"),
    ],
)  # fmt: skip
def test_what_it_would_not_write_is_named(
    made: Path, tmp_path: Path, statement: str, where: str
) -> None:
    path = Path(shutil.copy(made, tmp_path / "copy.evcase"))
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(statement)
    connection.close()
    assert where in named(path)


def test_a_job_that_is_gone_although_the_log_has_it_is_named(made: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(made, tmp_path / "copy.evcase"))
    connection = dbapi2.connect(str(path), isolation_level=None)
    (item_id,) = connection.execute("SELECT item_id FROM job WHERE id = 1").fetchone()
    connection.execute("DELETE FROM job")
    connection.close()
    assert named(path) == {f"job of i{item_id}"}
