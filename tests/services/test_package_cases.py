"""Evidence packages as cases to look at: all that is in them, and nothing that could be changed."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import math
from pathlib import Path

import pytest
from package_tools import with_new_lists
from PIL import Image

from evidence_app import settings
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import signing
from evidence_app.dossier.package import layout
from evidence_app.errors import Cancelled, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.evidence import ItemKind, RenditionKind
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Words
from evidence_app.model.party import Role
from evidence_app.model.region import Region
from evidence_app.progress import Progress
from evidence_app.services import custody, findings, items, marks, package_cases, parties, tags
from evidence_app.services import events as timeline
from evidence_app.services.exporting import exports, tables
from evidence_app.services.exporting.exports import DossierOptions, Part
from evidence_app.services.importing.importer import Importer
from evidence_app.services.package_cases import PackageCase

OPTIONS = DossierOptions(parts=(Part.GLANCE,))
SMS = (
    '<smses count="2">'
    '<sms protocol="0" address="95001" date="1772350000000" type="1" body="pay today" />'
    '<sms protocol="0" address="95001" date="1772350060000" type="1" body="=we call, -your mum" />'
    "</smses>"
)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 480), "white").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    with Importer(case) as importer:
        importer.run_bytes("-first, screen.jpg", picture())
        importer.run_bytes("sms.xml", SMS.encode())
        importer.run_bytes("unknown.bin", b"\x00\x01" * 50)
    parties.assign(case, "95001", Role.COLLECTOR, "催收员 Wang")
    items.set_note(case, 1, "+ note")
    first = next(timeline.stream(case, EventFilter(item_id=2)))
    findings.confirm(case, [Subject(SubjectKind.EVENT, first.id)], "threat_of_arrest")
    tags.put(case, [Subject(SubjectKind.ITEM, 1)], "lawyer")
    return case


@pytest.fixture
def package(filled: CaseFile, tmp_path: Path) -> Path:
    out = tmp_path / "handed over"
    exports.package(filled, out, OPTIONS)
    return out


def files_of_this_computer() -> set[Path]:
    return {path for path in settings.data_folder().rglob("*") if path.is_file()}


def test_everything_in_a_package_is_shown_as_it_was_and_nothing_stays(
    filled: CaseFile, package: Path
) -> None:
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    known = files_of_this_computer()
    with package_cases.open_package(package) as shown:
        place = shown.path
        require_the_same(shown, filled)
        require_the_log_of_the_package(shown, filled)
        assert shown.read_only and not shown.doubts
        with pytest.raises(UserError):
            items.set_note(shown, 1, "changed")
    assert not place.parent.exists()
    assert files_of_this_computer() == known
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


def require_the_same(shown: PackageCase, filled: CaseFile) -> None:
    assert shown.checked.is_intact
    assert (shown.missing, shown.unreadable) == (0, 0)
    for one in items.get_many(filled, items.index(filled, ItemFilter())):
        copy = items.get(shown, one.id)
        same = ("kind", "title", "filename", "sha256", "size", "media_type", "note", "width")
        for name in same:
            assert getattr(copy, name) == getattr(one, name), name
        assert copy.imported_at == one.imported_at.replace(microsecond=0)
        assert copy.event_count == one.event_count
        with items.open_original(shown, one.id) as data:
            assert hashlib.sha256(data.read()).hexdigest() == one.sha256
    assert list(timeline.stream(shown, EventFilter())) == list(
        timeline.stream(filled, EventFilter())
    )
    assert items.rendition(shown, 1, RenditionKind.THUMBNAIL) is not None
    [person] = [one for one in parties.list_parties(shown) if one.name]
    assert (person.name, person.role) == ("催收员 Wang", Role.UNKNOWN)
    [finding] = findings.list_findings(shown)
    assert finding.violation == "threat_of_arrest"
    assert [one.name for one in tags.list_tags(shown)] == ["lawyer"]
    assert shown.report is not None and shown.report.read_bytes()[:5] == b"%PDF-"


def require_the_log_of_the_package(shown: PackageCase, filled: CaseFile) -> None:
    expected = [one for one in custody.list_entries(filled) if one.action is not Action.EXPORT]
    assert [one.entry_hash for one in shown.log] == [one.entry_hash for one in expected]
    assert [one.action for one in shown.log] == [one.action for one in expected]
    [imported] = [one for one in shown.log if one.detail.get("sha256") == _sha256(picture())]
    assert "filename" not in imported.detail, "the package does not tell it"
    hashes = {one.entry_hash for one in shown.log}
    assert not hashes & {one.entry_hash for one in custody.list_entries(shown)}
    assert shown.head() not in hashes


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_what_is_blacked_out_stays_so_and_a_copy_is_shown(filled: CaseFile, tmp_path: Path) -> None:
    first = next(timeline.stream(filled, EventFilter(item_id=2)))
    place = Words(first.id, 4, 9)
    marks.add(
        filled,
        [
            Mark(0, 1, MarkKind.REDACTION, box=Region(0.2, 0.2, 0.4, 0.2)),
            Mark(0, 2, MarkKind.REDACTION, words=place),
        ],
    )
    exports.package(filled, tmp_path / "p.zip", OPTIONS)
    with package_cases.open_package(tmp_path / "p.zip") as shown:
        assert shown.checked.is_intact and shown.unreadable == 0
        texts = [one.text for one in timeline.stream(shown, EventFilter(item_id=2))]
        assert texts == ["pay ██████", "=we call, -your mum"]
        copy = items.get(shown, 1)
        assert copy.media_type == "image/jpeg" and copy.sha256 != _sha256(picture())
        with items.open_original(shown, 2) as excerpt:
            assert json.load(excerpt)["left_out"] == 0


def test_a_forged_package_is_shown_with_its_problems(package: Path) -> None:
    key = signing.installation_key()
    rows = package / layout.ROWS
    lines = [json.loads(line) for line in rows.read_bytes().splitlines()]
    lines[0]["cells"]["text"] = "forged"
    lines[1]["cells"]["type"] = "no such type"
    written = (json.dumps(one, sort_keys=True, separators=(",", ":")) for one in lines)
    rows.write_text("".join(f"{one}\n" for one in written), encoding="utf-8")
    originals = package / layout.ORIGINALS
    next(originals.glob("003*")).unlink()
    with_new_lists(package, key)
    with package_cases.open_package(package) as shown:
        assert shown.checked.mismatches
        assert shown.unreadable == 1
        assert items.get(shown, 3).kind is ItemKind.OTHER
        with items.open_original(shown, 3) as data:
            assert "not in the package" in data.read().decode()

    require_refused_without_its_tables(package)
    require_nothing_left_when_stopped(package)


def require_refused_without_its_tables(package: Path) -> None:
    for name in (layout.ORIGINALS_TABLE, layout.EVENTS, layout.ROWS):
        kept = (package / name).read_bytes()
        (package / name).unlink()
        with pytest.raises(UserError) as raised:
            package_cases.open_package(package)
        assert raised.value.message.code is MessageCode.PACKAGE_CANNOT_BE_SHOWN
        (package / name).write_bytes(kept)


def require_nothing_left_when_stopped(package: Path) -> None:
    files, questions, last = files_of_this_computer(), itertools.count(1), math.inf

    def is_cancelled() -> bool:
        return next(questions) >= last

    package_cases.open_package(package, Progress(is_cancelled=is_cancelled)).close()
    # How often it is asked depends on the clock too; most of it lies before the last quarter.
    questions, last = itertools.count(1), next(questions) * 3 // 4
    with pytest.raises(Cancelled):
        package_cases.open_package(package, Progress(is_cancelled=is_cancelled))
    assert files_of_this_computer() == files


TEXTS = ["=1+1", "a;=1", "\t=x", "'=x", "+86 139", "plain", "-a,-b", '"=q"', "@you"]


@pytest.mark.parametrize("text", TEXTS)
def test_cells_come_back_as_they_were(text: str) -> None:
    assert tables.from_csv(tables.in_csv(text)) == text
