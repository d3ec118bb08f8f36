"""What stands in the data folder may be altered too: nothing hangs, nothing else is written."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_app import settings
from evidence_app.casefile.custody import signing
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases, tags

PRECIOUS = random.Random(5).randbytes(4096)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case, on a computer of its own."""
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(signing, "_KEYS", {})
    path = tmp_path / "case.evcase"
    cases.create(path, title="m", timezone="UTC", jurisdiction=Jurisdiction.OTHER).close()
    (tmp_path / "precious").write_bytes(PRECIOUS)
    return path


def _key() -> Path:
    return settings.data_folder() / "key" / "custody-key.pem"


def _codes(path: Path) -> list[MessageCode]:
    with cases.open_case(path) as case:
        tags.create(case, f"tag {len(tags.list_tags(case))}")
        return [one.code for one in case.notices]


def _link(planted: Path, precious: Path) -> None:
    planted.symlink_to(precious)


def _second_name(planted: Path, precious: Path) -> None:
    os.link(precious, planted)


def _pipe(planted: Path, precious: Path) -> None:
    os.mkfifo(planted)


def _folder(planted: Path, precious: Path) -> None:
    planted.mkdir()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there that nobody has")
@pytest.mark.parametrize("plant", [_link, _second_name, _pipe, _folder])
@pytest.mark.parametrize("ending", ["log", "keys", "place"])
def test_a_note_that_is_no_plain_file_is_told(
    path: Path, ending: str, plant: Callable[[Path, Path], None]
) -> None:
    kind = "place" if ending == "place" else "log"
    [one] = (settings.data_folder() / "seen").glob(f"*.{kind}")
    note = one.with_suffix(f".{ending}")
    note.unlink(missing_ok=True)
    plant(note, path.with_name("precious"))
    assert MessageCode.NOTICE_WITNESS in _codes(path)
    assert path.with_name("precious").read_bytes() == PRECIOUS


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
def test_a_key_that_others_may_read_is_told_and_closed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "_KEYS", {})
    _key().chmod(0o644)
    with cases.open_case(path, read_only=True) as case:
        assert [one.code for one in case.notices] == [MessageCode.NOTICE_KEY_OPEN]
    assert _key().stat().st_mode & 0o777 == 0o644
    assert _codes(path) == [MessageCode.NOTICE_KEY_OPEN]
    assert _key().stat().st_mode & 0o777 == 0o600
    assert _codes(path) == []


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes of that kind there")
@pytest.mark.parametrize("plant", [_pipe, _folder])
def test_a_key_that_is_no_file_stops_changes(
    path: Path, plant: Callable[[Path, Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "_KEYS", {})
    _key().unlink()
    plant(_key(), _key())
    with cases.open_case(path) as case, pytest.raises(UserError) as refused:
        tags.create(case, "new")
    assert refused.value.message.code is MessageCode.KEY_UNAVAILABLE


def test_a_folder_of_notes_elsewhere_is_used(path: Path, tmp_path: Path) -> None:
    """A person may keep the data folder on another drive, behind a link."""
    shutil.move(settings.data_folder() / "seen", tmp_path / "seen")
    (settings.data_folder() / "seen").symlink_to(tmp_path / "seen")
    assert _codes(path) == []
