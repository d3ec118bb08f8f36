"""What was left out of a package does not leave the case, in no byte of the package."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from old_cases import case_of_version

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import entry_form
from evidence_app.casefile.custody import log as log_of_case
from evidence_app.dossier.package import layout
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, custody, findings, items, manual_entries, parties, tags
from evidence_app.services import events as timeline
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer

CHOSEN = "we come to your office 去你单位"
MARK = "leftout7"
"""Stands in everything that is left out."""

ONLY = DossierOptions(language="en", only_findings=True)


def backup(count: int) -> str:
    """A message backup in which one message is a threat."""
    lines = [
        f'<sms protocol="0" address="95001" date="{1772350000000 + n * 60000}" type="1" '
        f'body="{CHOSEN if n == 7 else f"{MARK} private {n}"}" read="1" />'
        for n in range(count)
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?><smses count="{count}">'
    return f"{head}{''.join(lines)}</smses>"


@pytest.fixture
def filled(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseFile:
    """One message of a backup is marked; everything else bears a mark of being left out."""
    monkeypatch.setattr(log_of_case, "user_name", lambda: f"login-{MARK}")
    monkeypatch.setattr(log_of_case, "_machine", lambda: f"machine-{MARK}")
    home = tmp_path / f"home-{MARK}"
    home.mkdir()
    (home / "sms-1.xml").write_text(backup(30), encoding="utf-8")
    (home / f"{MARK}.txt").write_text(f"{MARK} my diary", encoding="utf-8")
    (home / f"gone-{MARK}.txt").write_text(f"{MARK} to destroy", encoding="utf-8")
    with Importer(case) as importer:
        importer.run([home])
    for item in items.get_many(case, items.index(case, items.ItemFilter())):
        if item.filename.startswith("gone"):
            items.trash(case, [item.id])
            items.destroy(case, [item.id], f"reason-{MARK}")
    manual_entries.add_entry(
        case, type=EventType.VISIT, time=None, text=f"{MARK} two men at the door"
    )
    [chosen] = [
        event.id for event in timeline.stream(case, timeline.EventFilter()) if event.text == CHOSEN
    ]
    subject = Subject(SubjectKind.EVENT, chosen)
    findings.confirm(case, [subject], "workplace_harassment", f"old wording {MARK}")
    [finding] = findings.list_findings(case)
    findings.set_note(case, finding.id, "the new wording")
    parties.assign(case, "95002", Role.COLLECTOR, f"party-{MARK}")
    tags.create(case, f"tag-{MARK}")
    exports.table(case, tmp_path / f"table-{MARK}.csv")
    return case


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """All bytes of a package, also those that are packed in its files."""
    for file in sorted(path.rglob("*")):
        if not file.is_file():
            continue
        data, name = file.read_bytes(), file.relative_to(path).as_posix()
        yield name, name.encode() + data
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                yield from ((f"{name}/{entry}", book.read(entry)) for entry in book.namelist())
        if name.endswith(".pdf"):
            yield from streams(data)


def streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The streams of a PDF, unpacked, and its words."""
    import pypdfium2

    with pikepdf.open(io.BytesIO(data)) as document:
        for number, pdf_object in enumerate(document.objects):
            yield f"object {number}", repr(pdf_object).encode()
            if isinstance(pdf_object, pikepdf.Stream):
                try:
                    yield f"stream {number}", pdf_object.read_bytes()
                except pikepdf.PdfError:
                    continue  # Pictures have packings of their own.
    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    yield "words", text.encode()


def tellers(package: Path) -> list[str]:
    """Where something that was left out stands."""
    return [name for name, data in contents(package) if MARK.encode() in data]


def test_nothing_that_was_left_out_stands_in_a_package(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exports.package(filled, out, ONLY)
    assert tellers(out) == []
    assert any(CHOSEN.encode() in data for _, data in contents(out))
    done = package_verification.verify(out)
    assert done.mismatches == ()
    assert (done.rows, done.unproven, done.withheld) == (1, 0, 0)
    assert done.entries == custody.count(filled) - 1


def test_what_is_looked_for_is_there_when_it_was_not_left_out(
    filled: CaseFile, tmp_path: Path
) -> None:
    """Else the search would find nothing anyway."""
    out = tmp_path / "out"
    exports.package(filled, out, DossierOptions(language="en"))
    tellers_found = tellers(out)
    assert {"words", "data/dossier.pdf"} & set(tellers_found)
    assert any(name.startswith("data/tables/events.xlsx/") for name in tellers_found)
    assert {layout.EVENTS, layout.ROWS} <= set(tellers_found)
    # But the log has nothing private even then, and no folder of this computer is told.
    assert layout.LOG not in tellers_found
    assert not any(f"home-{MARK}".encode() in data for _, data in contents(out))
    assert not any(f"login-{MARK}".encode() in data for _, data in contents(out))
    assert package_verification.verify(out).mismatches == ()


def test_one_chosen_message_leaves_without_its_backup(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exports.package(filled, out, ONLY)
    assert not (out / layout.ORIGINALS).exists()
    [path] = (out / layout.EXCERPTS).iterdir()
    described = json.loads(path.read_bytes())
    [item] = [
        item
        for item in items.get_many(filled, items.index(filled, items.ItemFilter()))
        if item.filename == "sms-1.xml"
    ]
    assert described["original"] == {"name": "sms-1.xml", "sha256": item.sha256, "size": item.size}
    assert described["left_out"] == 29
    [record] = described["records"]
    assert (record["text"], record["identifier"]) == (CHOSEN, "95001")
    assert record["fields"]["date"] == str(1772350000000 + 7 * 60000)
    assert record["place"] == ["entry", 8, ""]


def test_the_whole_backup_leaves_when_the_person_says_so(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = DossierOptions(language="en", only_findings=True, whole_originals=True)
    exports.package(filled, out, options)
    [path] = (out / layout.ORIGINALS).iterdir()
    assert path.read_text(encoding="utf-8") == backup(30)
    assert package_verification.verify(out).mismatches == ()


def test_a_file_that_is_marked_itself_leaves_whole(filled: CaseFile, tmp_path: Path) -> None:
    [item] = [
        item
        for item in items.get_many(filled, items.index(filled, items.ItemFilter()))
        if item.filename == "sms-1.xml"
    ]
    findings.confirm(filled, [Subject(SubjectKind.ITEM, item.id)], "threat_of_violence")
    exports.package(filled, tmp_path / "out", ONLY)
    assert [path.name for path in (tmp_path / "out" / layout.ORIGINALS).iterdir()]


def test_the_entries_of_older_programs_are_withheld(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their hash is over everything private, so only the chain and the signatures are shown."""
    with monkeypatch.context() as patch:
        patch.setattr(entry_form, "new_salt", str)
        patch.setattr(log_of_case, "user_name", lambda: f"login-{MARK}")
        with Importer(case) as importer:
            importer.run_bytes("a.txt", b"words", f"/home/{MARK}/a.txt")
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="two men at the door")
    out = tmp_path / "out"
    exports.package(case, out, DossierOptions(language="en"))
    assert tellers(out) == []
    done = package_verification.verify(out)
    assert done.mismatches == ()
    assert (done.withheld, done.rows, done.unproven) == (1, 1, 1)


def test_a_file_of_before_all_entries_were_signed(tmp_path: Path) -> None:
    case_of_version(2, tmp_path / "old.evcase")
    with cases.open_case(tmp_path / "old.evcase") as case:
        exports.package(case, tmp_path / "out", DossierOptions(language="en"))
    done = package_verification.verify(tmp_path / "out")
    assert done.withheld == 1
    assert {mismatch.kind for mismatch in done.mismatches} <= {MismatchKind.ORIGINAL_NOT_IN_LOG}
