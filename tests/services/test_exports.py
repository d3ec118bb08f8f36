"""What leaves the case is complete, noted in the custody log, and harmless to open."""

import csv
import gc
import hashlib
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.errors import Cancelled, UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.progress import Progress
from evidence_app.services import custody, findings, items, manual_entries, tags
from evidence_app.services import events as timeline
from evidence_app.services.exporting import exports
from evidence_app.services.importing.importer import Importer


def _add(case: CaseFile, at: str, text: str, **more: object) -> int:
    moment = from_text(at)
    reading = TimeReading(moment, TimeSource.PERSON, TimePrecision.MINUTE, at)
    edit = manual_entries.add_entry(
        case,
        type=EventType.CALL,
        time=reading,
        direction=Direction.INCOMING,
        outcome=Outcome.MISSED,
        text=text,
        **more,  # type: ignore[arg-type]
    )
    assert edit.item_id is not None
    return edit.item_id


def _event_of(case: CaseFile, item_id: int) -> Subject:
    ids = timeline.index(case, timeline.EventFilter(item_id=item_id)).ids
    return Subject(SubjectKind.EVENT, ids[0])


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_dossier_holds_what_was_confirmed_and_is_noted(case: CaseFile, tmp_path: Path) -> None:
    threat = _add(case, "2026-03-01 21:30", "再不还钱就去你单位", identifier="+86 10 5555 0001")
    _add(case, "2026-03-02 09:00", "a reminder", identifier="+86 10 5555 0002")
    findings.confirm(case, [_event_of(case, threat)], "workplace_harassment", "my note")
    head = custody.head(case)
    assert head is not None

    out = tmp_path / "dossier.pdf"
    changes = exports.dossier(case, out, exports.DossierOptions(language="zh"))

    text = _text(out)
    for passage in ("骚扰工作单位", "再不还钱就去你单位", "a reminder", "my note", head.entry_hash):
        assert passage in text
    for item in items.get_many(case, [1, 2]):
        assert item.sha256 in text
    noted = custody.head(case)
    assert noted is not None
    assert noted.action is Action.EXPORT
    assert noted.seq == changes.entry
    assert noted.detail["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()


def test_only_findings_leaves_the_rest_out_and_says_so(case: CaseFile, tmp_path: Path) -> None:
    threat = _add(case, "2026-03-01 21:30", "a threat")
    _add(case, "2026-03-02 09:00", "a reminder")
    findings.confirm(case, [_event_of(case, threat)], "threat_of_violence")
    out = tmp_path / "dossier.pdf"
    exports.dossier(case, out, exports.DossierOptions(only_findings=True))
    text = _text(out)
    assert "a threat" in text
    assert "a reminder" not in text
    assert "1 further items of the case are left out" in text


def test_trashed_items_and_their_findings_stay_out(case: CaseFile, tmp_path: Path) -> None:
    trashed = _add(case, "2026-03-01 21:30", "thrown away")
    findings.confirm(case, [_event_of(case, trashed)], "threat_of_violence")
    items.trash(case, [trashed])
    out = tmp_path / "dossier.pdf"
    exports.dossier(case, out, exports.DossierOptions())
    text = _text(out)
    assert "thrown away" not in text
    assert "Threat of violence" not in text


def test_cancelling_leaves_no_file_and_no_entry(case: CaseFile, tmp_path: Path) -> None:
    _add(case, "2026-03-01 21:30", "a call")
    before = custody.count(case)
    folder = tmp_path / "out"
    folder.mkdir()
    old = folder / "dossier.pdf"
    old.write_bytes(b"the old one")
    checks = 0

    def is_cancelled() -> bool:
        nonlocal checks
        checks += 1
        return checks > 4

    with pytest.raises(Cancelled):
        exports.dossier(
            case, old, exports.DossierOptions(), progress=Progress(is_cancelled=is_cancelled)
        )
    assert [path.name for path in folder.iterdir()] == ["dossier.pdf"]
    assert old.read_bytes() == b"the old one"
    assert custody.count(case) == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_holds_every_event(case: CaseFile, tmp_path: Path, ending: str) -> None:
    item = _add(case, "2026-03-01T21:30:00+08:00", "=HYPERLINK(1)", identifier="+86 10 5555 0001")
    event = _event_of(case, item)
    findings.confirm(case, [event], "excessive_contact")
    tag = tags.create(case, "重要").tag_id
    assert tag is not None
    tags.add(case, [event], tag)
    out = tmp_path / f"table.{ending}"
    exports.table(case, out, "zh")
    titles, row = _rows(out)
    assert len(titles) == len(row) == 18
    cells = dict(zip(titles, row, strict=True))
    assert cells["时间"] == "2026-03-01T21:30:00+08:00"
    # A cell of XLSX is text because it says so; one of CSV is what a program takes it for.
    assert cells["文字"] == ("=HYPERLINK(1)" if ending == "xlsx" else "'=HYPERLINK(1)")
    assert cells["号码或地址"] == "+86 10 5555 0001"
    assert cells["违规标记"] == "高频骚扰（通话、拨打、短信超限）"
    assert cells["标签"] == "重要"


def _rows(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [[str(cell) for cell in row] for row in cells]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_another_ending_is_refused(case: CaseFile, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        exports.table(case, tmp_path / "table.docx")


def test_a_call_of_bill_and_phone_names_both_exhibits(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "phone.xml").write_text(
        '<?xml version="1.0"?><calls count="1"><call number="13800138001" duration="61" '
        'date="1700000000000" type="1"/></calls>'
    )
    (tmp_path / "bill.csv").write_text(
        "对方号码,起始时间,通信方式,通话时长(秒)\n13800138001,2023-11-15 06:14:00,被叫,60\n"
    )
    with Importer(case) as importer:
        importer.run([tmp_path / "phone.xml", tmp_path / "bill.csv"])
    out = tmp_path / "d.pdf"
    exports.dossier(case, out, exports.DossierOptions(language="zh"))
    with pypdfium2.PdfDocument(out) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = "".join("".join(pages).split())
    assert text.count("；只计一次。") == 1
    rows = [line for page in pages if "附录：通话记录" in page for line in page.splitlines()]
    assert sum("●" in line for line in rows) == 2, "the legend and one row"
    assert "未接来电不会在其中" in text


def _everything_in(path: Path) -> bytes:
    """The bytes of a file, with what is packed in it."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        with pikepdf.open(path) as document:
            streams = [
                pdf_object
                for pdf_object in document.objects
                if isinstance(pdf_object, pikepdf.Stream)
            ]
            streams_read = [
                stream.read_bytes() for stream in streams if stream.get("/Subtype") != "/Image"
            ]
            metadata = f"{dict(document.docinfo)} {document.open_metadata()}"
        return b"".join([data, *streams_read, metadata.encode(), _text(path).encode()])
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"".join(map(book.read, book.namelist()))
    return data


def test_nothing_of_this_computer_leaves(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither folders nor login names, in dossier, tables and their properties."""
    home = tmp_path / "Users" / "anna-schmidt-login" / "Private-Folder"
    home.mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home.parent))
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "anna-schmidt-login")
    (home / "calls.csv").write_text("date,number,type\n2026-03-01 10:00:00,95001,incoming\n")
    (home / "letter.txt").write_text("a letter")
    with Importer(case) as importer:
        importer.run([home])
    out = tmp_path / "out"
    out.mkdir()
    exports.dossier(case, out / "d.pdf", exports.DossierOptions())
    exports.table(case, out / "t.csv")
    exports.table(case, out / "t.xlsx")
    exports.package(case, out / "p", exports.DossierOptions(language="zh"))
    logs = {out / "p/data/custody/log.jsonl"}
    for path in {path for path in out.rglob("*") if path.is_file()} - logs:
        contents = _everything_in(path)
        for secret in (b"anna-schmidt", b"Private-Folder", bytes(tmp_path)):
            assert secret not in contents, path


def test_the_date_of_a_file_stretches_no_period(case: CaseFile, tmp_path: Path) -> None:
    for source in (TimeSource.FILE_SYSTEM, TimeSource.DOCUMENT):
        old = TimeReading(from_text("2009-01-01 10:00"), source, TimePrecision.SECOND, "")
        manual_entries.add_entry(case, type=EventType.LETTER, time=old, text="a letter")
    assert timeline.span(case) is None
    _add(case, "2026-03-01 21:30", "a call")
    assert timeline.span(case) == (date(2026, 3, 1), date(2026, 3, 1))
    exports.dossier(case, tmp_path / "d.pdf", exports.DossierOptions())
    with pypdfium2.PdfDocument(tmp_path / "d.pdf") as document:
        cover = document[0].get_textpage().get_text_range()
    assert "1 March 2026" in cover
    assert "2009" not in cover


def _exported(case: CaseFile, name: str, out: Path) -> None:
    if name == "table":
        exports.table(case, out)
    elif name == "dossier":
        exports.dossier(case, out, exports.DossierOptions())
    else:
        exports.package(case, out, exports.DossierOptions())


ENDINGS = {"table": "t.csv", "dossier": "d.pdf", "package": "p.zip"}
TARGETS = [*ENDINGS.items(), ("table", "t.xlsx"), ("package", "folder")]


@pytest.mark.parametrize(
    ("place", "kind", "name"),
    [
        (place, kind, name)
        for place in ("missing", "a file", "a folder")
        for kind, name in TARGETS
        if (place, name) != ("missing", "folder")
    ],
)
@pytest.mark.filterwarnings("error")
def test_where_nothing_can_be_written_one_sentence_says_so(
    case: CaseFile, tmp_path: Path, place: str, kind: str, name: str
) -> None:
    folder = tmp_path / "out"
    if place == "a file":
        folder.touch()
    elif place == "a folder":
        (folder / name / "in the way").mkdir(parents=True)
    before, count = sorted(tmp_path.rglob("*")), custody.count(case)
    with pytest.raises(UserError) as error:
        _exported(case, kind, folder / name)
    is_there = (place, name) == ("a folder", "folder")
    code = MessageCode.TARGET_EXISTS if is_there else MessageCode.CANNOT_WRITE
    assert error.value.message.code is code
    del error
    gc.collect()
    assert sorted(tmp_path.rglob("*")) == before
    assert custody.count(case) == count


@pytest.mark.parametrize("name", ENDINGS)
def test_what_cannot_be_entered_into_the_log_changes_nothing(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _add(case, "2026-03-01 21:30", "a call")
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / ENDINGS[name]
    out.write_bytes(b"the old one")
    before = custody.count(case)

    def full(*_: object, **__: object) -> None:
        raise UserError(message(MessageCode.DISK_FULL))

    monkeypatch.setattr(case_records, "add_export", full)
    with pytest.raises(UserError):
        _exported(case, name, out)
    assert [path.name for path in folder.iterdir()] == [ENDINGS[name]]
    assert out.read_bytes() == b"the old one"
    assert custody.count(case) == before


@pytest.mark.parametrize("name", ["table", "dossier"])
def test_what_cannot_take_its_place_is_not_in_the_log(
    case: CaseFile, tmp_path: Path, name: str
) -> None:
    _add(case, "2026-03-01 21:30", "a call")
    out = tmp_path / "out" / ENDINGS[name]
    out.mkdir(parents=True)
    (out / "in the way").touch()
    before = custody.count(case)
    with pytest.raises(UserError):
        _exported(case, name, out)
    assert [path.name for path in out.iterdir()] == ["in the way"]
    assert custody.count(case) == before
    assert list(out.parent.iterdir()) == [out]
