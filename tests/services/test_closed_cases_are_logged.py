"""Services that are given the place of a case, and not an open one, write their entry as well."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_app import services
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action, CustodyEntry
from evidence_app.model.event import EventType
from evidence_app.services import (
    cases,
    copies,
    custody,
    manual_entries,
    passwords,
    recovery,
    tags,
    verification,
)
from evidence_app.services.sample import sample_case


class Closed:
    """A case that is closed, with a copy that was kept of it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.other = folder / "case.evcase", folder / "other.evcase"
        with cases.create(
            self.path,
            title="closed",
            timezone="Asia/Shanghai",
            jurisdiction=Jurisdiction.CHINA,
        ) as case:
            manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="came")
            copies.keep(case)
            tags.create(case, "not kept")

    def create(self) -> None:
        cases.create(self.other, title="x", timezone="UTC", jurisdiction=Jurisdiction.OTHER).close()


CHANGES: dict[str, tuple[Callable[[Closed], object], list[Action]]] = {
    "cases.create": (Closed.create, [Action.CREATE_CASE]),
    "sample_case.create_sample": (
        lambda s: sample_case.create_sample(s.other).close(),
        [Action.CREATE_CASE],
    ),
    "copies.restore": (
        lambda s: copies.restore(copies.list_copies(s.path)[-1], s.path),
        [Action.RESTORE_COPY],
    ),
    "passwords.change_password": (
        lambda s: (
            passwords.change_password(s.path, None, "one"),
            passwords.change_password(s.path, "one", "two"),
            passwords.change_password(s.path, "two", None),
        ),
        [Action.SET_PASSWORD, Action.CHANGE_PASSWORD, Action.REMOVE_PASSWORD],
    ),
    "recovery.recover": (lambda s: recovery.recover(s.path, s.other), [Action.RECOVER]),
}
"""What changes or makes a case, with the entries that it writes."""

NO_CASE = {
    "cases.open_case": "an older one is migrated, which `test_migrations` looks at",
    "cases.is_locked": "reads",
    "copies.forget": "copies only",
    "copies.list_copies": "copies only",
    "copies.was_case_at": "reads what this computer has seen",
    "dropped_files.is_case": "reads",
    "dropped_files.sort": "reads",
    "incoming_file.opened": "a file that comes in",
    "incoming_file.readable": "words",
    "column_mappings.load": "a file of its own",
    "column_mappings.save": "a file of its own",
    "handing_over.split": "a package that went out",
    "handing_over.write_verifier": "a page that goes out",
    "package_verification.verify": "reads",
    "package_cases.open_package": "makes a case of its own, which goes when it is closed",
    "rulebooks.check": "a rulebook",
    "package_copies.lines_of": "a file that was taken out of a case to be copied",
    "speech.choose_model": "reads the folder of a model",
    "tables.writer_for": "a file that goes out",
}


def _given_a_place() -> set[str]:
    names = set()
    for module in pkgutil.walk_packages(services.__path__, "evidence_app.services."):
        loaded, stem = importlib.import_module(module.name), module.name.rpartition(".")[2]
        for name, function in vars(loaded).items():
            if name.startswith("_") or not inspect.isfunction(function):
                continue
            parameters = inspect.signature(function).parameters
            is_open = any("CaseFile" in str(value.annotation) for value in parameters.values())
            has_place = any("Path" in str(value.annotation) for value in parameters.values())
            if function.__module__ == loaded.__name__ and has_place and not is_open:
                names.add(f"{stem}.{name}")
    return names


def test_every_service_that_is_given_a_place_is_among_these() -> None:
    assert _given_a_place() == CHANGES.keys() | NO_CASE.keys()


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_in_the_log(tmp_path: Path, name: str) -> None:
    closed = Closed(tmp_path)
    before = _log(closed.path)
    work, actions = CHANGES[name]
    work(closed)
    made_anew = closed.other.exists()
    after = _log(closed.other if made_anew else closed.path)
    if not made_anew:
        # An entry may be taken back by a copy that is put back; what is there stays a chain.
        common = [entry for entry, other in zip(before, after, strict=False) if entry == other]
        after = after[len(common) :]
        assert [entry.action for entry in after] == actions
    else:
        assert _log(closed.path) == before
        assert after[0].action in actions


def _log(path: Path) -> list[CustodyEntry]:
    with cases.open_case(path) as case:
        assert verification.verify(case).is_intact
        return custody.list_entries(case)


def test_an_older_file_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    fixture = Path(__file__).parents[1] / "casefile" / "fixtures" / "case_v2.evcase"
    path = Path(shutil.copy(fixture, tmp_path / "case.evcase"))
    cases.open_case(path).close()
    [copy] = copies.list_copies(path)
    shutil.copy(fixture, path)
    copies.restore(copy, path)
    assert [path.name for path in tmp_path.glob("case*")] == [path.name]
    assert len(copies.list_copies(path)) >= 2


def test_a_copy_of_a_newer_program_is_not_put_back(tmp_path: Path) -> None:
    closed = Closed(tmp_path)
    [copy] = copies.list_copies(closed.path)
    data = bytearray(copy.path.read_bytes())
    data[60:64] = (99).to_bytes(4, "big")  # The number of the schema in an SQLite file.
    copy.path.write_bytes(data)
    original_bytes = closed.path.read_bytes()
    with pytest.raises(Exception):  # noqa: B017 - which one is for the program to say.
        copies.restore(copy, closed.path)
    assert closed.path.read_bytes() == original_bytes
