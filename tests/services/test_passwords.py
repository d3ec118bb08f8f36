"""A password locks the whole case, and nothing of it is readable without it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidence_app import settings
from evidence_app.casefile import rekey
from evidence_app.errors import Cancelled, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter
from evidence_app.progress import Progress
from evidence_app.services import (
    cases,
    copies,
    custody,
    items,
    manual_entries,
    passwords,
    verification,
)
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer

SECRET = "催收威胁暗号7421"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed case with words that must not be readable elsewhere."""
    made = cases.create(
        tmp_path / "p.evcase",
        title=f"title {SECRET}",
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SECRET * 50)
    (tmp_path / "in" / "b.bin").write_bytes(os.urandom(3_000_000))
    with made:
        with Importer(made) as importer:
            importer.run([tmp_path / "in"])
        items.set_note(made, 1, SECRET)
        copies.keep(made)
    for file in (tmp_path / "in").iterdir():
        file.unlink()
    return tmp_path / "p.evcase"


def refused(path: Path, password: str | None = None) -> MessageCode:
    with pytest.raises(UserError) as error:
        cases.open_case(path, password=password)
    return error.value.message.code


def traces(folder: Path) -> list[Path]:
    """Files under a folder in which the secret words stand."""
    holding = []
    for file in folder.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        for encoded in (SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.encode("gb18030")):
            if encoded in data or SECRET in file.name:
                holding.append(file)
    return holding


def test_set_change_remove(path: Path, tmp_path: Path) -> None:
    assert traces(tmp_path)
    shares: list[float] = []
    passwords.change_password(
        path, None, "correct horse 马", progress=Progress(lambda state: shares.append(state.share))
    )
    assert shares
    assert traces(tmp_path) == []
    assert refused(path) is MessageCode.CASE_LOCKED
    assert refused(path, "wrong") is MessageCode.CASE_WRONG_PASSWORD
    with cases.open_case(path, password="correct horse 马") as case:
        assert verification.verify(case).is_intact
        assert items.get(case, 1).note == SECRET
        assert len(timeline.index(case, EventFilter(text="不存在")).ids) == 0
        manual_entries.add_entry(
            case,
            type=manual_entries.EventType.NOTE,
            time=None,
            direction=manual_entries.Direction.NONE,
            identifier="",
            text=SECRET,
        )
        assert traces(tmp_path) == []
        copies.keep(case)
        code = passwords.recovery_code(case)
        actions = [entry.action for entry in custody.list_entries(case)]
    assert Action.SET_PASSWORD in actions
    assert Action.WRONG_PASSWORD in actions
    assert traces(tmp_path) == []
    with cases.open_case(path, password=code.lower().replace("-", " ")) as case:
        assert verification.verify(case).is_intact
    passwords.change_password(path, "correct horse 马", "other")
    assert refused(path, "correct horse 马") is MessageCode.CASE_WRONG_PASSWORD
    assert refused(path, code) is MessageCode.CASE_WRONG_PASSWORD
    passwords.change_password(path, "other", None)
    with cases.open_case(path) as case:
        done = verification.verify(case)
        assert done.is_intact, done.mismatches
        assert [entry.action for entry in custody.list_entries(case)][-1] is Action.REMOVE_PASSWORD
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "in", "p.evcase"]


def test_the_old_file_is_overwritten(path: Path) -> None:
    with path.open("rb") as before:
        passwords.change_password(path, None, "pw")
        before.seek(0)
        assert not any(before.read())


def test_only_copies_with_the_new_password_are_kept(path: Path) -> None:
    assert len(copies.list_copies(path)) == 1
    passwords.change_password(path, None, "pw")
    [copy] = copies.list_copies(path)
    assert refused(copy.path) is MessageCode.CASE_LOCKED
    cases.open_case(copy.path, password="pw", read_only=True).close()


def test_a_kill_leaves_no_copy_without_the_password(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes when the case is locked and its copies are not yet forgotten."""

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(rekey, "rekey", killed)
        with pytest.raises(Killed):
            passwords.change_password(path, None, "pw")
    cases.open_case(path).close()
    [before] = copies.list_copies(path)
    real_rekey = rekey.rekey

    def then_killed(*arguments: Any, **more: Any) -> None:
        real_rekey(*arguments, **more)
        raise Killed

    monkeypatch.setattr(rekey, "rekey", then_killed)
    with pytest.raises(Killed):
        passwords.change_password(path, None, "pw")
    assert before.path.exists()
    cases.open_case(path, password="pw").close()
    assert list(before.path.parent.iterdir()) == []


def test_what_cannot_be_done_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def code(old: str | None, new: str | None) -> MessageCode:
        with pytest.raises(UserError) as error:
            passwords.change_password(path, old, new)
        return error.value.message.code

    assert code(None, "") is MessageCode.PASSWORD_EMPTY
    assert code(None, None) is MessageCode.NOT_LOCKED
    assert code("pw", "new") is MessageCode.NOT_LOCKED
    with cases.open_case(path):
        assert code(None, "pw") is MessageCode.CASE_IN_USE
    with pytest.raises(Cancelled):
        passwords.change_password(path, None, "pw", progress=Progress(is_cancelled=lambda: True))
    monkeypatch.setattr(rekey, "account", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        passwords.change_password(path, None, "pw")
    assert [file.name for file in path.parent.iterdir() if "evcase" in file.name] == ["p.evcase"]
    assert len(path.read_bytes()) == len(before)
    with cases.open_case(path) as case:
        assert verification.verify(case).is_intact


def test_a_stranger_with_sqlcipher_opens_it_with_the_password(path: Path) -> None:
    passwords.change_password(path, None, "pa'ss \"wort")
    script = """
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1])
connection.execute("PRAGMA key = 'pa''ss \\"wort'")
connection.execute("PRAGMA cipher_page_size = 16384")
print(connection.execute("SELECT title FROM case_info").fetchone()[0])
"""
    reported = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, check=True, text=True
    )
    assert reported.stdout.strip() == f"title {SECRET}"


def test_strength_grows() -> None:
    scores = [
        passwords.strength(password).score
        for password in ("", "123456", "wuhan1987", "马跑 rusty Zaun 3")
    ]
    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0, 4)
    assert passwords.strength("x" * 5000).score >= 0


def test_wrong_passwords_are_noted_without_saying_of_what(path: Path) -> None:
    passwords.change_password(path, None, "pw")
    for _ in range(2):
        refused(path, "no")
    [noted] = (settings.data_folder() / "attempts").iterdir()
    assert len(noted.read_text().split()) == 2
    with cases.open_case(path, password="pw") as case:
        newest = custody.list_entries(case)[-1]
    assert newest.action is Action.WRONG_PASSWORD
    assert len(newest.detail["at"]) == 2
    assert not noted.exists()
