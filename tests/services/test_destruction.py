"""Destroying is separate from the trash, complete, logged, and leaves the others whole."""

import shutil
from pathlib import Path

import pytest

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.services import certificates, custody, items, verification
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer
from evidence_app.services.sample.sample_case import create_sample

SECRET = b"what must be gone 4711 " * 40


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        create_sample(folder / "s.evcase").close()
    return folder / "s.evcase"


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "s.evcase"))


def test_only_from_the_trash(path: Path) -> None:
    with CaseFile.open(path) as case:
        with pytest.raises(UserError) as error:
            items.destroy(case, [1], "no")
        assert error.value.message.code is MessageCode.NOT_IN_TRASH
        assert items.get(case, 1)


def test_every_item_of_the_sample_can_be_destroyed(path: Path) -> None:
    with CaseFile.open(path) as case:
        ids = list(items.index(case, ItemFilter()))
        for item_id in ids:
            items.trash(case, [item_id])
            items.destroy(case, [item_id], "not mine")
            done = verification.verify(case)
            assert done.is_intact, (item_id, done.mismatches)
        assert list(timeline.index(case, EventFilter()).ids) == []
        with case.read() as connection:
            for table in (schema.content, schema.content_chunk, schema.event, schema.rendition):
                assert connection.execute(table.select()).first() is None, table.name


def test_the_bytes_are_gone_from_the_file_and_the_log_keeps_the_name(
    case: CaseFile, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "other.txt").write_bytes(b"stays")
    with Importer(case) as importer:
        importer.run([tmp_path / "secret.txt", tmp_path / "other.txt"])
    items.set_note(case, 1, "4711 in a note")
    items.trash(case, [1])
    assert b"4711" in case.path.read_bytes() + _beside(case)
    items.destroy(case, [1], "  a stranger's letter ")
    entry = custody.list_entries(case)[-1]
    assert entry.action is Action.DESTROY
    assert entry.detail["filename"] == "secret.txt"
    assert entry.detail["reason"] == "a stranger's letter"
    stored = case.path.read_bytes() + _beside(case)
    assert SECRET[:60] not in stored
    assert list(items.index(case, ItemFilter(trashed=True))) == []
    assert items.get(case, 2).filename == "other.txt"


def _beside(case: CaseFile) -> bytes:
    log = case.path.with_name(case.path.name + "-wal")
    return log.read_bytes() if log.exists() else b""


def test_an_original_that_another_item_has_stays(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("same")
    with Importer(case) as importer:
        importer.run([tmp_path / "a.txt"])
    with case.change(Action.EDIT_ITEM, {}) as change:
        row = dict(change.connection.execute(schema.item.select()).mappings().one())
        row.pop("id")
        second = change.insert(schema.item, **row)
    items.trash(case, [1])
    items.destroy(case, [1], "")
    with items.open_original(case, second) as stream:
        assert stream.read() == b"same"
    assert verification.verify(case).is_intact


def test_no_number_is_used_again(case: CaseFile, tmp_path: Path) -> None:
    for number, name in enumerate(("a.txt", "b.txt"), 1):
        (tmp_path / name).write_text(name)
        with Importer(case) as importer:
            [result] = importer.run([tmp_path / name])
        assert result.item_id == number
        if name == "a.txt":
            items.trash(case, [1])
            items.destroy(case, [1], "")
    assert verification.verify(case).is_intact


def test_certificates_are_filed_and_taken_off(case: CaseFile, tmp_path: Path) -> None:
    for name in ("a.txt", "notary.pdf.txt"):
        (tmp_path / name).write_text(name)
    with Importer(case) as importer:
        importer.run([tmp_path / "a.txt", tmp_path / "notary.pdf.txt"])
    certificates.file(case, 1, [2, 1])
    [filed] = certificates.of_item(case, 1).of_item
    assert (filed.item.id, filed.is_match) == (2, None)
    assert [item.id for item in certificates.of_item(case, 2).certified] == [1]
    entry = custody.list_entries(case)[-1]
    assert (entry.action, entry.detail) == (Action.CERTIFY, {"item": 1, "certificates": [2]})
    certificates.detach(case, 1, 2)
    assert certificates.of_item(case, 1).of_item == ()
    assert verification.verify(case).is_intact
