"""An export looks at what it takes, and refuses it or says in the document what does not agree."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.wording import Wording
from evidence_app.errors import EvidenceError
from evidence_app.model.custody import Action
from evidence_app.model.evidence import ItemKind
from evidence_app.model.times import zone
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import custody, findings, items
from evidence_app.services import events as timeline
from evidence_app.services.exporting import documents, exports, tables
from evidence_app.services.exporting.exports import MismatchError
from evidence_app.services.sample.sample_case import create_sample

OPTIONS = exports.DossierOptions(language="en")
OF_PACKAGES = {
    MismatchKind.FILE_CHANGED,
    MismatchKind.FILE_MISSING,
    MismatchKind.FILE_NOT_LISTED,
    MismatchKind.ORIGINAL_NOT_IN_LOG,
    MismatchKind.PACKAGE_FORM,
    MismatchKind.PACKAGE_SIGNATURE,
    MismatchKind.TABLE,
}
EXPORTS: dict[str, Callable[..., Any]] = {
    "dossier.pdf": lambda case, out, **more: exports.dossier(case, out, OPTIONS, **more),
    "table.csv": exports.table,
    "table.xlsx": exports.table,
    "package": lambda case, out, **more: exports.package(case, out, OPTIONS, **more),
    "package.zip": lambda case, out, **more: exports.package(case, out, OPTIONS, **more),
}
FORGED = "UPDATE event SET text = 'a forged threat' WHERE id = 1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def sample(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "s.evcase"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(home))
        create_sample(path).close()
    return path


@pytest.fixture
def path(sample: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(shutil.copytree(home, tmp_path / "its-home")))
    return Path(shutil.copy(sample, tmp_path / "s.evcase"))


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "out"
    folder.mkdir()
    yield folder


def tamper(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def roll_back(path: Path) -> None:
    """Put an older copy in the place of the case, as an attacker does who wants a day undone."""
    older = path.with_name("older")
    shutil.copy(path, older)
    with CaseFile.open(path) as case:
        items.set_note(case, 1, "written later")
    shutil.copy(older, path)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def item_of(case: CaseFile, kind: ItemKind) -> int:
    every = items.get_many(case, items.index(case, items.ItemFilter()))
    return next(item.id for item in every if item.kind is kind)


@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_forged_leaves(path: Path, out: Path, name: str) -> None:
    tamper(path, FORGED)
    with CaseFile.open(path) as case:
        before = custody.count(case)
        with pytest.raises(MismatchError) as refused:
            EXPORTS[name](case, out / name)
        assert [(mismatch.kind, mismatch.where) for mismatch in refused.value.mismatches] == [
            (MismatchKind.ROW_CHANGED, "event 1")
        ]
        assert custody.count(case) == before
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event WHERE id = 2",
        "INSERT INTO tag (name, colour) VALUES ('x', '#000000')",
        "UPDATE finding SET note = 'x'",
        "UPDATE party SET name = 'somebody else' WHERE id = 1",
        "UPDATE rendition SET data = CAST(data AS TEXT)",
        "UPDATE custody_entry SET detail = '{}' WHERE seq = 3",
        "DELETE FROM row_seal WHERE entry_seq = 3",
        "DELETE FROM custody_entry WHERE seq = (SELECT max(seq) FROM custody_entry)",
        "CREATE TRIGGER late AFTER INSERT ON event BEGIN SELECT 1; END",
        "DROP INDEX ix_event_sort_ms",
    ],
)
def test_all_that_is_exported_is_looked_at(path: Path, out: Path, statement: str) -> None:
    if "INDEX" in statement:
        connection = dbapi2.connect(str(path))
        [name] = connection.execute(
            "SELECT min(name) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event'"
        ).fetchone()
        connection.close()
        statement = f"DROP INDEX {name}"
    tamper(path, statement)
    with CaseFile.open(path, read_only=True) as case, pytest.raises(MismatchError):
        exports.dossier(case, out / "d.pdf", OPTIONS)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_forged_after_the_look_does_not_leave(
    path: Path, out: Path, read_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes into the file itself, which no transaction keeps out."""
    rows = tables.rows

    def forge(state: CaseFile, *more: Any) -> Iterator[Any]:
        data = path.read_bytes()
        forged = data.replace(b"2025550", b"2025559")
        assert forged != data
        with path.open("r+b") as file:
            file.write(forged)
        with state.read() as connection:
            connection.exec_driver_sql("PRAGMA shrink_memory")
        return rows(state, *more)

    monkeypatch.setattr(tables, "rows", forge)
    with pytest.raises(EvidenceError), CaseFile.open(path, read_only=read_only) as case:
        exports.table(case, out / "t.csv")
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("name", ["dossier.pdf", "table.csv", "package"])
def test_a_file_that_was_rolled_back_is_not_exported(path: Path, out: Path, name: str) -> None:
    roll_back(path)
    with CaseFile.open(path) as case:
        with pytest.raises(MismatchError) as refused:
            EXPORTS[name](case, out / name)
        assert [mismatch.kind for mismatch in refused.value.mismatches] == [MismatchKind.TAIL_CUT]
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        (ItemKind.PICTURE, "other"),
        (ItemKind.PICTURE, "gone"),
        (ItemKind.RECORDING, "shorter"),
        (ItemKind.CALL_LOG, "other"),
    ],
)
def test_originals_are_checked(path: Path, out: Path, kind: ItemKind, damage: str) -> None:
    with CaseFile.open(path, read_only=True) as case:
        item_id = item_of(case, kind)
    piece = f"content_id = (SELECT content_id FROM item WHERE id = {item_id}) AND seq = 0"
    changed = {
        "other": f"UPDATE content_chunk SET data = randomblob(length(data)) WHERE {piece}",
        "shorter": f"UPDATE content_chunk SET data = substr(data, 1, length(data) - 1) "
        f"WHERE {piece}",
        "gone": f"DELETE FROM content_chunk WHERE {piece}",
    }
    tamper(path, changed[damage])
    with CaseFile.open(path) as case:
        for name in ("dossier.pdf", "package"):
            with pytest.raises(MismatchError):
                EXPORTS[name](case, out / name)
        for write in (documents.case_uco, documents.html, documents.word):
            with pytest.raises(MismatchError):
                write(case, out / "other", OPTIONS)
        assert list(out.iterdir()) == []
        exports.preview(case, out / "preview.pdf", OPTIONS)
        EXPORTS["dossier.pdf"](case, out / "d.pdf", despite_mismatches=True)
        text = text_of(out / "d.pdf")
        title = items.get(case, item_id)
        assert f"An original is not what was imported: {title.filename}" in " ".join(text.split())
        assert text.count("its bytes do not agree with the SHA-256 value above") == 1
        EXPORTS["package"](case, out / "package", despite_mismatches=True)
        assert "originals" in str(list((out / "package").rglob("*")))
        readme = (out / "package" / "README.txt").read_text("utf-8-sig")
        assert "THIS CASE IS NOT AS IT WAS PUT IN" in readme
        assert "bytes are not what was imported: 1." in readme
        with (out / "package" / "data/tables/originals.csv").open(encoding="utf-8-sig") as file:
            rows = {row["item_id"]: row for row in csv.DictReader(file)}
    assert [row["item_id"] for row in rows.values() if not row["file"]] == [str(item_id)]
    is_said = "This file is not shown" in text_of(out / "preview.pdf").replace("\r\n", " ")
    assert is_said == (kind is ItemKind.PICTURE)


def test_if_it_is_wished_the_document_says_what_does_not_agree(path: Path, out: Path) -> None:
    tamper(path, FORGED, "UPDATE item SET title = 'forged' WHERE id = 2")
    with CaseFile.open(path) as case:
        for language in ("en", "zh"):
            options = exports.DossierOptions(language=language)  # type: ignore[arg-type]
            pdf = out / f"{language}.pdf"
            exports.dossier(case, pdf, options, despite_mismatches=True)
            with pypdfium2.PdfDocument(pdf) as document:
                pages = [document[n].get_textpage().get_text_range() for n in range(3)]
            wording = Wording(options.language, zone("UTC"))
            title = wording("disagreements.title")
            assert title in pages[1]
            assert wording("contents.title") in pages[2]
            assert wording("disagreements.on_cover", page=2) in pages[0]
            for where in ("event 1", "item 2"):
                sentence = wording.mismatch(Mismatch(MismatchKind.ROW_CHANGED, where, "", ""))
                assert sentence in pages[1]
            assert pages[1].count(wording("exhibit.label", number="").strip()) >= 2
        noted = custody.list_entries(case)[-1]
        assert (noted.action, noted.detail["mismatches"]) == (Action.EXPORT, 2)
        exports.table(case, out / "table.csv", despite_mismatches=True)
        lines = (out / "table.csv").read_text("utf-8-sig").splitlines()
        assert "Changed outside the program: entry 1 of the timeline" in lines[0]
        assert "item 2" in lines[1]
        exports.package(case, out / "package", OPTIONS, despite_mismatches=True)
    table_text = (out / "package/data/tables/mismatches.csv").read_text("utf-8-sig")
    assert "entry 1 of the timeline" in table_text


@pytest.mark.parametrize(
    "value", ["CAST(data AS TEXT)", "'words'", "17", "randomblob(2000)", "CAST('' AS BLOB)"]
)
def test_a_damaged_derivative_stops_no_dossier(path: Path, out: Path, value: str) -> None:
    tamper(path, f"UPDATE rendition SET data = {value}")
    with CaseFile.open(path) as case:
        exports.preview(case, out / "preview.pdf", OPTIONS)
        exports.dossier(case, out / "d.pdf", OPTIONS, despite_mismatches=True)
    assert "Changed outside the program: preview" in text_of(out / "d.pdf")


def test_a_case_that_agrees_says_nothing_of_it(path: Path, out: Path) -> None:
    with CaseFile.open(path) as case:
        exports.package(case, out / "package", OPTIONS, despite_mismatches=True)
        noted = custody.list_entries(case)[-1]
    assert noted.detail["mismatches"] == 0
    assert noted.detail["entry"] == noted.seq - 1
    assert not (out / "package/data/tables/mismatches.csv").exists()
    assert "does not agree" not in text_of(out / "package/data/dossier.pdf").split("Contents")[0]


def test_a_forgery_that_is_edited_away_in_between_is_seen_in_the_state(
    path: Path, out: Path
) -> None:
    """What is checked and what is printed are the same state."""
    with CaseFile.open(path) as case:
        ids = list(timeline.index(case, timeline.EventFilter()).ids)

        def forge(state: ProgressState) -> None:
            if state.step == "summary" and not state.done:
                other = dbapi2.connect(str(path), isolation_level=None)
                other.execute(f"UPDATE event SET text = 'forged meanwhile' WHERE id = {ids[0]}")
                other.close()

        exports.dossier(case, out / "d.pdf", OPTIONS, progress=Progress(forge))
        assert "forged meanwhile" not in text_of(out / "d.pdf")
        assert findings.list_findings(case)
        with pytest.raises(MismatchError):
            exports.dossier(case, out / "e.pdf", OPTIONS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_mismatch_of_a_case_has_words(language: str) -> None:
    wording = Wording(language, zone("UTC"))  # type: ignore[arg-type]
    for kind in set(MismatchKind) - OF_PACKAGES:
        assert wording.mismatch(Mismatch(kind, "event 1", "2", "3"))
