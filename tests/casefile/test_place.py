"""A case that is moved, deleted or replaced while it is open, and what opening leaves behind."""

import shutil
import threading
from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import lock as case_lock
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases, copies, passwords, tags, verification

GONE = MessageCode.CASE_GONE_SAVED
REPLACED = MessageCode.CASE_REPLACED_SAVED


def _make(path: Path) -> Path:
    made = cases.create(path, title="before", timezone="UTC", jurisdiction=Jurisdiction.OTHER)
    made.close()
    return path


def _delete(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def _move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.evcase"))


def _replace(path: Path) -> None:
    _make(path.with_name("other.evcase")).replace(path)


def _write_anew(path: Path) -> None:
    """As programs do that keep folders of two computers the same."""
    copy = Path(shutil.copy(path, path.with_name("incoming")))
    copy.replace(path)


@pytest.mark.parametrize("password", [None, "words"])
@pytest.mark.parametrize(
    ("harm", "code"),
    [(_delete, GONE), (_move, GONE), (_replace, REPLACED), (_write_anew, REPLACED)],
)
def test_a_change_is_refused_and_the_work_is_saved(
    harm: object, code: MessageCode, password: str | None, tmp_path: Path
) -> None:
    path = _make(tmp_path / "cases" / "c.evcase")
    if password:
        passwords.change_password(path, None, password)
    with cases.open_case(path, password=password) as case:
        cases.edit_info(case, title="worked on")
        harm(path)  # type: ignore[operator]
        there = path.read_bytes() if path.exists() else None
        for _ in range(2):
            with pytest.raises(UserError) as error:
                tags.create(case, "lost")
            assert error.value.message.code is code
        saved = Path(error.value.message.arguments["saved"])
        assert (path.read_bytes() if path.exists() else None) == there
    assert [path.name for path in path.parent.glob("c (saved*")] == [saved.name]
    assert cases.is_locked(saved) is bool(password)
    with cases.open_case(saved, password=password) as case:
        assert cases.info(case).title == "worked on"
        assert tags.list_tags(case) == []
        assert verification.verify(case).is_intact


def test_an_older_copy_that_is_written_over_the_open_file_is_not_gone_on_with(
    tmp_path: Path,
) -> None:
    """The file stays the same one, so that only the end of its log tells."""
    path = _make(tmp_path / "cases" / "c.evcase")
    older = path.read_bytes()
    with cases.open_case(path) as case:
        cases.edit_info(case, title="what they want to hide")
    with cases.open_case(path) as case:
        with path.open("r+b") as file:
            file.write(older)
            file.truncate()
        with case.read() as connection:
            connection.exec_driver_sql("PRAGMA shrink_memory")
        for _ in range(2):
            with pytest.raises(UserError) as error:
                tags.create(case, "on top of it")
            assert error.value.message.code is MessageCode.CASE_OVERWRITTEN
    with cases.open_case(path) as case:
        assert [doubt.kind.value for doubt in case.doubts] == ["tail_cut"]


def test_a_copy_of_an_open_case_is_not_of_what_was_put_in_its_place(tmp_path: Path) -> None:
    path = _make(tmp_path / "cases" / "c.evcase")
    with cases.open_case(path) as case:
        cases.edit_info(case, title="worked on")
        case.write_back()
        _replace(path)
        kept = copies.keep(case)
        assert kept is not None
        copies.save_copy(case, tmp_path / "saved.evcase")
    for copy in (kept, tmp_path / "saved.evcase"):
        with cases.open_case(copy, read_only=True) as case:
            assert cases.info(case).title == "worked on"
            assert verification.verify(case).is_intact


def test_a_case_whose_folder_is_gone_is_saved_among_the_documents(tmp_path: Path) -> None:
    path = _make(tmp_path / "cases" / "c.evcase")
    with cases.open_case(path) as case:
        cases.edit_info(case, title="worked on")
        shutil.rmtree(path.parent)
        with pytest.raises(UserError) as error:
            tags.create(case, "lost")
    saved = Path(error.value.message.arguments["saved"])
    assert saved.parent.name == "documents"
    with cases.open_case(saved) as case:
        assert cases.info(case).title == "worked on"


def test_no_empty_file_appears_where_a_case_was(tmp_path: Path) -> None:
    path = _make(tmp_path / "cases" / "c.evcase")
    case = cases.open_case(path)
    _move(path)
    threads = [threading.Thread(target=_look, args=(case,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.close()
    assert not path.exists()


def _look(case: CaseFile) -> None:
    try:
        cases.info(case)
    except UserError as error:
        assert error.message.code is MessageCode.CASE_GONE


def test_another_thread_gives_the_lock_back(tmp_path: Path) -> None:
    path = _make(tmp_path / "c.evcase")
    for _ in range(3):
        case = cases.open_case(path)
        assert not case.read_only
        thread = threading.Thread(target=case.close)
        thread.start()
        thread.join()
        assert not case_lock.has_writer(path)
    with cases.open_case(path) as case:
        tags.create(case, "open again")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux only: it lists open files")
def test_nothing_stays_open(tmp_path: Path) -> None:
    path = _make(tmp_path / "c.evcase")

    def open_files() -> list[str]:
        links = Path("/proc/self/fd").iterdir()
        return [target for target in map(_target, links) if str(tmp_path) in target]

    def work(read_only: bool) -> None:
        case = cases.open_case(path, read_only=read_only)
        thread = threading.Thread(target=case.close)
        thread.start()
        thread.join()

    for number in range(6):
        work(read_only=number % 2 == 0)
    assert open_files() == []


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def test_a_creation_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.evcase"

    def fail(*_: object, **__: object) -> None:
        raise UserError(cases.message(MessageCode.DISK_FULL))

    with monkeypatch.context() as patch:
        patch.setattr(database, "migrate", fail)
        with pytest.raises(UserError):
            CaseFile.create(path)
    assert list(tmp_path.glob("*c.evcase*")) == []
    CaseFile.create(path).close()
    with monkeypatch.context() as patch:
        patch.setattr("evidence_app.services.cases.case_records.add_info", fail)
        other = tmp_path / "d.evcase"
        with pytest.raises(UserError):
            cases.create(other, title="x", timezone="UTC", jurisdiction=Jurisdiction.OTHER)
    assert list(tmp_path.glob("*d.evcase*")) == []
