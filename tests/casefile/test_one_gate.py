"""There is one gate to the rows of a case, and what goes through it without an entry stays out."""

import ast
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, OperationalError

from evidence_app import settings
from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody import seals, signing
from evidence_app.errors import EvidenceError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import cases, findings, items, manual_entries, tags, verification
from evidence_app.services.exporting import exports
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.history import History
from evidence_app.services.importing.importer import Importer
from evidence_app.services.importing.results import ImportOutcome

OPTIONS = DossierOptions(language="en", page="a4")
PACKAGE = Path(__file__).resolve().parents[2] / "evidence_app"

WRITERS = {
    "change.py": "the gate",
    "originals.py": "pieces of originals: held by the digest in the row that goes through the gate",
    "records/jobs.py": "what is still to be read, for which nobody vouches",
    "records/destruction.py": "the same pieces, when they go for good, or were never whole",
    "custody/log.py": "the entry itself",
    "custody/seals.py": "the digests that the entry vouches for",
    "records/search.py": "the index of words, which follows from the rows",
    "custody/search_check.py": "an index of its own in memory, to compare with",
    "records/sort_keys.py": "keys that follow from times, told to the gate",
}
"""The modules that write with a statement of their own, each with the reason."""

WRITING_WORDS = re.compile(
    r"\s*(INSERT|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|CREATE\s|DROP\s|ALTER\s|ATTACH\s|VACUUM)",
)
WRITING_CALLS = {"insert", "update", "delete"}
HIDDEN = {"unlogged", "_writing", "_engine", "engine_for", "raw_connection", "exec_driver_sql"}


def _modules(inside: bool) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if (path.relative_to(PACKAGE).parts[0] == "casefile") is inside:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and name of everything that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, "") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", name.name) for name in node.names)


def _strings(tree: ast.Module) -> Iterator[str]:
    """All strings, and the beginnings of those that are put together."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _writes(tree: ast.Module) -> bool:
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    from_sqlalchemy = {name for module, name in _imported(tree) if module == "sqlalchemy"}
    return bool(calls & from_sqlalchemy & WRITING_CALLS) or any(
        WRITING_WORDS.match(string) for string in _strings(tree)
    )


def test_nobody_outside_reaches_the_database() -> None:
    offenders = []
    for path, tree in _modules(inside=False):
        name = str(path.relative_to(PACKAGE))
        roots = {module.split(".")[0] for module, _ in _imported(tree)}
        offenders += [f"{name}: {root}" for root in roots & {"sqlalchemy", "sqlcipher3", "alembic"}]
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in HIDDEN:
                offenders.append(f"{name}:{node.lineno} {node.attr}")
        offenders += [
            f"{name}: {string[:40]}" for string in _strings(tree) if WRITING_WORDS.match(string)
        ]
    assert offenders == []


def test_nobody_outside_runs_a_statement() -> None:
    """But for the copies of other programs' databases, which lie in a folder of their own."""
    offenders = {
        str(path.relative_to(PACKAGE))
        for path, tree in _modules(inside=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"execute", "executemany", "executescript", "scalar", "scalars"}
    }
    opened = {
        str(path.relative_to(PACKAGE))
        for path, tree in _modules(inside=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sqlite3.connect"
    }
    assert offenders == opened == {"intake/readers/support/sqlite_copy.py"}


def test_few_inside_write_and_each_has_its_reason() -> None:
    writers = {
        path.relative_to(PACKAGE / "casefile").as_posix()
        for path, tree in _modules(inside=True)
        if "migrations" not in path.parts and _writes(tree)
    }
    # `salvage` and `carving` read damaged files; `rekey` and `database` make whole ones.
    assert writers - {"rekey.py", "schema/__init__.py"} == WRITERS.keys()


def _rows(case: CaseFile) -> dict[str, list[Any]]:
    with case.read() as connection:
        return {
            name: list(connection.execute(select(table)).all())
            for name, table in schema.metadata.tables.items()
        }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_info SET title = 'x'",
        "DELETE FROM party_identifier",
        "INSERT INTO tag (id, name, colour) VALUES (7, 'x', '')",
        "DROP TABLE tag",
    ],
)
def test_what_reads_cannot_write(case: CaseFile, statement: str) -> None:
    rows = _rows(case)
    with pytest.raises((DatabaseError, EvidenceError)), case.read() as connection:
        connection.exec_driver_sql(statement)
    assert _rows(case) == rows
    # The same connections serve those that write.
    tags.create(case, "still")
    assert verification.verify(case).is_intact


def test_what_is_open_for_reading_cannot_be_written(case: CaseFile) -> None:
    case.close()
    with cases.open_case(case.path, read_only=True) as reader:
        rows = _rows(reader)
        with pytest.raises((OperationalError, EvidenceError)), reader.read() as connection:
            connection.exec_driver_sql("UPDATE case_info SET title = 'x'")
        with pytest.raises(UserError) as error:
            tags.create(reader, "never")
        assert error.value.message.code is MessageCode.CASE_READ_ONLY
        with pytest.raises(UserError), reader.unlogged():
            pass
        assert _rows(reader) == rows


def _fill(case: CaseFile) -> None:
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="came")
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="came again")
    items.trash(case, [2])


def _no_key(patch: pytest.MonkeyPatch) -> None:
    """The place of the key holds something that is none, and nothing can be made there."""
    path = settings.data_folder() / "key" / "custody-key.pem"
    path.rename(path.with_name("away"))
    path.mkdir()
    patch.setattr(signing, "_KEYS", {})


def _no_signature(patch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise OSError("no token in the slot")

    patch.setattr(signing.Key, "sign", fail)


def _no_seals(patch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no seals")

    patch.setattr(seals, "keep", fail)


def _no_room(patch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    patch.setattr(custody, "_write", fail)


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "no key": _no_key,
    "no signature": _no_signature,
    "no seals": _no_seals,
    "no room": _no_room,
}
ATTEMPTS: dict[str, Callable[[CaseFile], object]] = {
    "tag": lambda case: tags.create(case, "never"),
    "finding": lambda case: findings.confirm(
        case, [Subject(SubjectKind.ITEM, 1)], "threat_of_violence"
    ),
    "zone": lambda case: cases.edit_info(case, timezone="Europe/London"),
    "entry": lambda case: manual_entries.add_entry(
        case, type=EventType.NOTE, time=None, text="never"
    ),
    "destroy": lambda case: items.destroy(case, [2], "never"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_cannot_be_logged_is_not_done(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch, fault: str, name: str
) -> None:
    _fill(case)
    rows, head = _rows(case), case.head()
    with monkeypatch.context() as patch:
        FAULTS[fault](patch)
        with pytest.raises((EvidenceError, OSError, RuntimeError)):
            ATTEMPTS[name](case)
        assert (_rows(case), case.head()) == (rows, head)
    assert verification.verify(case).is_intact


def test_an_import_that_cannot_be_logged_leaves_nothing(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large one, whose pieces lie in the file before they are part of the case."""
    _fill(case)
    rows = _rows(case)
    with Importer(case) as importer, monkeypatch.context() as patch:
        _no_key(patch)
        for size in (100, (schema.CHUNK_SIZE * 40) + 1):
            [result] = importer.run_stream("a.bin", io.BytesIO(bytes(size)), "here")
            assert result.outcome is ImportOutcome.NOT_IMPORTED
            assert result.reason is not None
            assert result.reason.code is MessageCode.KEY_UNAVAILABLE
            assert _rows(case) == rows


def test_an_undo_that_cannot_be_logged_can_be_tried_again(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(case)
    history.record(tags.create(case, "a tag"))
    rows = _rows(case)
    with monkeypatch.context() as patch:
        _no_signature(patch)
        with pytest.raises(OSError):
            history.undo()
        assert _rows(case) == rows
    assert history.undo_edit is not None
    assert history.undo_edit.action is Action.EDIT_TAG
    history.undo()
    assert tags.list_tags(case) == []


LEAVING: dict[str, Callable[[CaseFile, Path], object]] = {
    "original": lambda case, out: items.extract(case, 1, out),
    "table.csv": lambda case, out: exports.table(case, out),
    "dossier.pdf": lambda case, out: exports.dossier(case, out, OPTIONS),
}


@pytest.mark.parametrize("name", LEAVING)
def test_nothing_leaves_without_an_entry(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    _fill(case)
    with monkeypatch.context() as patch:
        _no_key(patch)
        with pytest.raises(UserError):
            LEAVING[name](case, tmp_path / name)
    assert not (tmp_path / name).exists()
