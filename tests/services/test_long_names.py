"""Names as long as a file system takes, and texts that are longer than a title has room for."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.storage import atomic_file
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.services import (
    cases,
    copies,
    devices,
    items,
    manual_entries,
    parties,
    tags,
    verification,
)
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer
from evidence_app.services.importing.results import ImportOutcome
from evidence_app.services.short_texts import LONGEST

LENGTHS = [200, 240, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255]
OPTIONS = DossierOptions(language="en", page="a4")


def named(length: int, ending: str = ".txt", letter: str = "a") -> str:
    """A name of so many bytes."""
    room = length - len(ending)
    size = len(letter.encode())
    return letter * (room // size) + "x" * (room % size) + ending


@pytest.mark.parametrize("letter", ["a", "证", "😀"])
def test_files_with_long_names_come_in_and_go_out(
    case: CaseFile, tmp_path: Path, letter: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for length in LENGTHS:
        (folder / named(length, letter=letter)).write_text(f"words {length}")
    with Importer(case) as importer:
        results = importer.run([folder])
    assert {result.outcome for result in results} == {ImportOutcome.IMPORTED}
    assert {len(items.get(case, result.item_id or 0).filename.encode()) for result in results} == {
        *LENGTHS
    }
    items.extract(case, 1, tmp_path / named(255, letter=letter))
    out = tmp_path / named(255, ".pdf", letter)
    exports.dossier(case, out, OPTIONS)
    assert out.stat().st_size > 1000
    package = tmp_path / named(255, ".zip", letter)
    exports.package(case, package, OPTIONS)
    assert package_verification.verify(package).is_intact
    copy_path = tmp_path / named(255, ".evcase", letter)
    copies.save_copy(case, copy_path)
    assert copy_path.stat().st_size > 1000
    assert verification.verify(case).is_intact


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("letter", ["a", "证"])
def test_a_case_file_with_a_long_name_works_or_says_why_not(
    tmp_path: Path, length: int, letter: str
) -> None:
    path = tmp_path / named(length, ".evcase", letter)

    def make() -> None:
        cases.create(
            path, title="x", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
        ).close()

    if length > 247:
        with pytest.raises(UserError) as refused:
            make()
        assert refused.value.message.code is MessageCode.NAME_TOO_LONG
        assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == []
        path.write_bytes(b"SQLite format 3\0")
        with pytest.raises(UserError) as refused:
            cases.open_case(path, read_only=True)
        assert refused.value.message.code is MessageCode.NAME_TOO_LONG
        return
    make()
    with cases.open_case(path) as case:
        with pytest.raises(UserError) as refused:
            cases.open_case(path)
        assert refused.value.message.code is MessageCode.CASE_IN_USE
        tags.create(case, "a")
        with Importer(case) as importer:
            results = importer.run([tmp_path / path.name])
        assert results[0].outcome is ImportOutcome.NOT_IMPORTED
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == [path.name]


@pytest.mark.parametrize("length", range(220, 256))
@pytest.mark.parametrize("letter", ["a", "证", "😀", "\udcff"])
def test_names_beside_are_short_enough_and_differ(length: int, letter: str) -> None:
    name = os.fsdecode(b"\xff" * length) if letter == "\udcff" else named(length, "", letter)
    other = name[:-1] + "y"
    made = atomic_file.beside(Path(name), ".", ".new", room=8).name
    assert len(os.fsencode(made)) <= 255 - 8
    assert made != atomic_file.beside(Path(other), ".", ".new", room=8).name
    assert made == atomic_file.beside(Path(name), ".", ".new", room=8).name


TITLES: dict[str, Callable[[CaseFile, str], Any]] = {
    "item": lambda case, text: items.rename(case, 1, text),
    "case": lambda case, text: cases.edit_info(case, title=text),
    "owner": lambda case, text: cases.edit_info(case, owner_name=text),
    "tag": tags.create,
    "put": lambda case, text: tags.put(case, [Subject(SubjectKind.ITEM, 1)], text),
    "renamed tag": lambda case, text: tags.rename(case, 1, text),
    "party": lambda case, text: parties.edit(case, 1, name=text),
    "assigned": lambda case, text: parties.assign(case, "95001", Role.AGENCY, text),
    "device": lambda case, text: devices.assign(case, [1], text),
    "entry": lambda case, text: manual_entries.add_entry(
        case, type=EventType.NOTE, time=None, text="t", title=text
    ),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_that_is_too_long_is_said_at_once(case: CaseFile, name: str) -> None:
    manual_entries.add_entry(case, type=EventType.NOTE, time=None, text="came")
    tags.create(case, "a")
    with pytest.raises(UserError) as refused:
        TITLES[name](case, "很" * 80_000)
    assert refused.value.message.code is MessageCode.TEXT_TOO_LONG
    assert refused.value.message.arguments["length"] == "80000"
    TITLES[name](case, "很" * LONGEST)
    assert verification.verify(case).is_intact
