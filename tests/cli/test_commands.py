"""The verbs, their names in JSON and their exit status: a contract with scripts."""

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from own_authority import certify

from evidence_app.cli import tables

ITEM = {"id", "kind", "title", "filename", "sha256", "size", "media_type", "status"}
EVENT = {
    "id", "item_id", "type", "direction", "outcome", "started_at", "time_source",
    "time_precision", "duration_s", "party", "party_id", "identifier", "identifier_normalized",
    "contact_name", "text", "source",
}  # fmt: skip
RESULT = {
    "path", "outcome", "item_id", "events", "known", "reason", "skipped", "notices", "questions",
}  # fmt: skip


def _events(run: Any, case: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run("list", case, "events", "--json").rows
    return rows


def test_a_new_case_knows_what_it_was_told(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.evcase"
    result = run(
        "new", path, "--title", "逼债", "--name", "李明", "--timezone", "Europe/London",
        "--jurisdiction", "uk", "--me", "07700 900123", "--me", "07700 900456", "--json",
    )  # fmt: skip
    assert result.status == 0
    assert result.row["title"] == "逼债"
    assert result.row["timezone"] == "Europe/London"
    assert result.row["jurisdiction"] == "gb"
    assert run("info", path, "--json").row == result.row
    mine = run("list", path, "parties", "--json").rows
    assert [party["role"] for party in mine] == ["me", "me"]


def test_an_import_says_what_became_of_each_file(
    run: Any, case_path: Path, inbox: Path, calls_xml: str
) -> None:
    (inbox / "calls.xml").write_text(calls_xml, encoding="utf-8")
    result = run("import", case_path, inbox, "--json")
    assert result.status == 0
    assert set(result.row) == RESULT
    assert result.row["outcome"] == "imported"
    assert result.row["events"] == 2
    assert result.row["reason"] is None
    again = run("import", case_path, inbox / "calls.xml", "--json")
    assert again.status == 0
    assert again.row["outcome"] == "already_there"
    assert again.row["item_id"] == result.row["item_id"]


@pytest.mark.parametrize("order", ["dmy", "DMY", "mdy", "ymd"])
def test_an_order_of_dates_is_taken_as_the_readme_writes_it(
    run: Any, tmp_path: Path, order: str
) -> None:
    run("new", tmp_path / "a.evcase")
    (tmp_path / "a.csv").write_text("date,type,number,seconds\n03/04/05 10:00,in,95001,3\n")
    result = run(
        "import", tmp_path / "a.evcase", tmp_path / "a.csv", "--date-order", order, "--json"
    )
    assert result.row["outcome"] == "imported"
    day = {"dmy": "2005-04-03", "mdy": "2005-03-04", "ymd": "2003-04-05"}[order.lower()]
    assert _events(run, tmp_path / "a.evcase")[0]["started_at"].startswith(day)


def test_words_of_a_table_are_answered_and_unreadable_rows_are_named(
    run: Any, tmp_path: Path
) -> None:
    case = tmp_path / "a.evcase"
    run("new", case)
    (tmp_path / "a.csv").write_text(
        "date,type,number,duration\n2024-03-15 10:00,Zugang,95001,3\n"
        "2024-03-15 11:00,,95001,4\nwhen?,Abgang,95001,5\n"
    )
    result = run("import", case, tmp_path / "a.csv")
    assert "row 4" in result.out
    assert "when? Abgang 95001 5" in result.out

    def question_id(kind: str) -> str:
        listed = run("list", case, "questions", "--json").rows
        return next(str(row["id"]) for row in listed if row["kind"] == kind)

    assert run("answer", case, question_id("duration_unit"), "hours").status == 2
    run("answer", case, question_id("call_words"), "Zugang=incoming,=outgoing")
    run("answer", case, question_id("duration_unit"), "MINUTES")
    listed_events = _events(run, case)
    assert [(event["direction"], event["duration_s"]) for event in listed_events] == [
        ("incoming", 180),
        ("outgoing", 240),
    ]


def test_items_and_events_have_the_promised_names(run: Any, filled: Path, inbox: Path) -> None:
    items = run("list", filled, "items", "--json").rows
    assert all(set(item) >= ITEM for item in items)
    [calls] = [item for item in items if item["filename"] == "calls.xml"]
    data = (inbox / "calls.xml").read_bytes()
    assert calls["sha256"] == hashlib.sha256(data).hexdigest()
    assert calls["size"] == len(data)
    assert (calls["kind"], calls["status"]) == ("call_log", "read")
    events = _events(run, filled)
    assert all(set(event) >= EVENT for event in events)
    answered, missed, billed = sorted(events, key=lambda event: event["id"])
    assert answered["started_at"] == "2026-03-02T14:21:07Z"
    assert answered["time_source"] == "record"
    assert (answered["direction"], answered["outcome"]) == ("incoming", "answered")
    assert answered["duration_s"] == 31
    assert answered["identifier_normalized"] == "+8619000000017"
    assert answered["source"] == {
        "file": "calls.xml",
        "place": {"unit": "entry", "number": 1, "sheet": ""},
    }
    assert (missed["identifier"], missed["outcome"]) == ("+12025550143", "missed")
    assert billed["started_at"] == "2026-03-05T22:10:00"
    assert billed["source"]["file"] == "话单.csv"


def test_json_is_asked_for_before_or_after_the_verb(run: Any, filled: Path) -> None:
    after = run("list", filled, "items", "--json")
    assert run("--json", "list", filled, "items").out == after.out
    assert run("list", "--json", filled, "items").out == after.out


def test_labels_are_put_on_several_at_once(run: Any, filled: Path) -> None:
    result = run("tag", filled, "e1", "e2", "i1", "--violation", "threat_of_violence", "--json")
    assert result.status == 0
    assert run("tag", filled, "e1", "--tag", "先给律师看").status == 0
    assert run("tag", filled, "i1", "--tag", "先给律师看").status == 0
    findings = run("list", filled, "findings", "--json").rows
    assert {finding["subject"] for finding in findings} == {"e1", "e2", "i1"}
    assert {finding["status"] for finding in findings} == {"confirmed"}
    [tag] = run("list", filled, "tags", "--json").rows
    assert (tag["name"], tag["uses"]) == ("先给律师看", 2)
    [event] = [event for event in _events(run, filled) if event["id"] == "e1"]
    assert event["violations"] == ["threat_of_violence"]
    assert event["tags"] == ["先给律师看"]


def test_a_party_gets_its_role_and_name_whatever_the_number_is_written_like(
    run: Any, filled: Path
) -> None:
    result = run("party", filled, "+86 190 0000 0017", "--role", "collector", "--name", "周某")
    assert result.status == 0
    [event] = [event for event in _events(run, filled) if event["identifier"] == "19000000017"]
    assert event["party"] == "周某"
    parties = run("list", filled, "parties", "--json").rows
    [party] = [party for party in parties if party["id"] == event["party_id"]]
    assert (party["role"], party["events"]) == ("collector", 1)


def test_an_original_comes_out_as_it_went_in(run: Any, filled: Path, inbox: Path) -> None:
    out = inbox / "out.xml"
    item = next(
        row for row in run("list", filled, "items", "--json").rows if row["filename"] == "calls.xml"
    )
    assert run("extract", filled, item["id"], out).status == 0
    assert out.read_bytes() == (inbox / "calls.xml").read_bytes()
    again = run("extract", filled, item["id"], out)
    assert again.status == 2
    assert str(out) in again.err


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Evidence report"), ("zh", "催收行为证据册")]
)
@pytest.mark.parametrize(("page", "width"), [("a4", 595), ("letter", 612)])
def test_a_dossier_in_both_languages_and_sizes(
    run: Any, filled: Path, tmp_path: Path, language: str, word: str, page: str, width: int
) -> None:
    out = tmp_path / "卷宗.pdf"
    result = run("export", filled, "dossier", out, "--language", language, "--page", page, "--json")
    assert result.status == 0, result.err
    assert result.row["size"] == out.stat().st_size
    with pypdfium2.PdfDocument(out) as document:
        assert round(document[0].get_width()) == width
        text = document[0].get_textpage().get_text_range()
    assert word.casefold() in text.casefold()


def test_profile_and_parts_of_an_export_are_chosen(run: Any, filled: Path, tmp_path: Path) -> None:
    court, short = tmp_path / "court.pdf", tmp_path / "short.pdf"
    assert run("export", filled, "dossier", court, "--profile", "court").status == 0
    chosen = ("--parts", "originals, glance", "--request", "Please stop these calls.")
    assert run("export", filled, "dossier", short, *chosen).status == 0

    def titles(path: Path) -> list[str]:
        with pypdfium2.PdfDocument(path) as document:
            marks = [mark for mark in document.get_toc() if mark.level == 0]
            return [mark.get_title().rpartition(" (")[0] for mark in marks]

    assert titles(court)[2:4] == ["Exhibit index", "At a glance"]
    assert titles(short)[2:] == ["List of originals", "At a glance"]
    with pypdfium2.PdfDocument(short) as document:
        assert "Please stop these calls." in document[0].get_textpage().get_text_range()


def test_an_export_replaces_only_what_it_is_told_to(run: Any, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    out.write_text("mine")
    assert run("export", filled, "table", out).status == 2
    assert out.read_text() == "mine"
    assert run("export", filled, "table", out, "--overwrite").status == 0
    assert "19000000017" in out.read_text(encoding="utf-8-sig")
    assert run("export", filled, "dossier", filled, "--overwrite").status == 2
    assert run("info", filled).status == 0


def test_every_change_is_in_the_custody_log(run: Any, filled: Path, tmp_path: Path) -> None:
    run("tag", filled, "e1", "--violation", "insult_obscenity")
    run("party", filled, "19000000017", "--role", "collector")
    run("extract", filled, "i1", tmp_path / "copy")
    run("export", filled, "table", tmp_path / "t.csv")
    entries = run("list", filled, "custody", "--json").rows
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry["prev_hash"] for entry in entries[1:]] == [
        entry["entry_hash"] for entry in entries[:-1]
    ]
    actions = [entry["action"] for entry in entries]
    assert actions[:3] == ["create_case", "import", "import"]
    assert actions[-4:] == ["confirm_finding", "edit_party", "extract", "export"]


WRONG = {
    "no such verb": ["frobnicate"],
    "nothing to import": ["import", "{case}"],
    "no such list": ["list", "{case}", "wishes"],
    "no such case": ["list", "nowhere.evcase", "items"],
    "a folder": ["list", "{folder}", "items"],
    "not a case": ["list", "{text}", "items"],
    "a case that is there": ["new", "{case}"],
    "no such zone": ["new", "{folder}/b.evcase", "--timezone", "Mars/Phobos"],
    "no such place": ["new", "{folder}/b.evcase", "--jurisdiction", "atlantis"],
    "no such event": ["tag", "{case}", "e999", "--tag", "x"],
    "no such item": ["extract", "{case}", "i999", "{folder}/o"],
    "an event's original": ["extract", "{case}", "e1", "{folder}/o"],
    "a bare number": ["tag", "{case}", "1", "--tag", "x"],
    "a huge number": ["tag", "{case}", "i" + "9" * 40, "--tag", "x"],
    "digits of another script": ["tag", "{case}", "i１", "--tag", "x"],
    "no label": ["tag", "{case}", "e1"],
    "two labels": ["tag", "{case}", "e1", "--tag", "x", "--violation", "insult_obscenity"],
    "an empty label": ["tag", "{case}", "e1", "--tag", " "],
    "no such violation": ["tag", "{case}", "e1", "--violation", "rudeness"],
    "no role": ["party", "{case}", "19000000017"],
    "no such role": ["party", "{case}", "19000000017", "--role", "boss"],
    "a withheld number": ["party", "{case}", "未知", "--role", "collector"],
    "no such language": ["export", "{case}", "dossier", "{folder}/d.pdf", "--language", "fr"],
    "no such part": ["export", "{case}", "dossier", "{folder}/d.pdf", "--parts", "glance,x"],
    "no such profile": ["export", "{case}", "dossier", "{folder}/d.pdf", "--profile", "x"],
    "no such page": ["export", "{case}", "dossier", "{folder}/d.pdf", "--page", "a3"],
    "no such table": ["export", "{case}", "table", "{folder}/d.docx"],
    "a sample over a file": ["sample", "{case}"],
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_status_2_and_changes_nothing(
    run: Any, filled: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    text = tmp_path / "text.evcase"
    text.write_text("no case")
    places = {"case": filled, "folder": folder, "text": text}
    before = run("list", filled, "custody").out
    result = run(*(part.format(**places) for part in WRONG[name]))
    assert result.status == 2
    assert result.out == ""
    assert result.err.strip()
    assert run("list", filled, "custody").out == before
    assert not list(folder.iterdir())


def test_a_failure_of_the_machine_is_status_1_and_one_sentence(
    run: Any, filled: Path, tmp_path: Path
) -> None:
    result = run("export", filled, "table", tmp_path / "nowhere" / "t.csv")
    assert result.status == 1
    assert len(result.err.splitlines()) == 1


def test_help_and_version_are_no_failures(run: Any) -> None:
    assert run("--help").status == 0
    assert run("export", "--help").status == 0
    assert run("--version").status == 0


def test_people_get_aligned_tables_in_the_time_of_the_case(run: Any, filled: Path) -> None:
    run("party", filled, "19000000017", "--role", "collector", "--name", "周某（催收员）")
    heading, *lines = run("list", filled, "events").out.splitlines()
    assert heading.split()[0] == "ID"
    assert "2026-03-02 22:21:07" in lines[0]
    place = heading.index("OUTCOME")
    assert lines[0][place:].startswith("answered")
    assert "No" in run("list", filled, "findings").out
    assert run("list", filled, "findings").status == 0


def test_nothing_that_a_terminal_would_obey_is_printed(
    run: Any, case_path: Path, inbox: Path
) -> None:
    (inbox / "a\x1b[2J\u202egnp.txt").write_text("hello")
    assert "\x1b" not in run("import", case_path, inbox).out
    listed = run("list", case_path, "items").out
    assert "\x1b" not in listed
    assert "\u202e" not in listed
    [item] = run("list", case_path, "items", "--json").rows
    assert item["filename"] == "a\x1b[2J\u202egnp.txt"


def test_a_wide_text_is_cut_where_its_places_end() -> None:
    rows = [{"id": "t1", "name": "字" * 60, "uses": 1}]
    _, line = tables.Table("tags", ZoneInfo("UTC")).lines(rows)
    assert line.split()[1] == "字" * 23 + "…"


def test_output_is_utf8_whatever_the_computer_says(start: Any, filled: Path) -> None:
    surroundings = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    process: subprocess.Popen[bytes] = start("list", filled, "items", "--json", env=surroundings)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    names = {json.loads(line)["filename"] for line in out.decode("utf-8").splitlines()}
    assert "话单.csv" in names


def test_a_reader_that_leaves_early_is_no_failure_to_shout_about(start: Any, filled: Path) -> None:
    process: subprocess.Popen[bytes] = start("list", filled, "custody", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    assert err == b""


def test_originals_lie_within_a_dossier_if_that_is_asked_for(
    run: Any, case_path: Path, tmp_path: Path
) -> None:
    note, out = tmp_path / "note.txt", tmp_path / "dossier.pdf"
    note.write_text("they called again")
    assert run("import", case_path, note).status == 0
    export = ("export", case_path, "dossier", out, "--parts", "originals", "--embed-originals")
    assert run(*export).status == 0
    with pikepdf.open(out) as document:
        [(name, file)] = document.attachments.items()
        assert (name, file.get_file().read_bytes()) == ("001-note.txt", note.read_bytes())
    package = ("export", case_path, "package", tmp_path / "p.zip", "--embed-originals")
    assert run(*package).status == 2


def test_a_dossier_is_signed_with_the_password_of_the_environment(
    run: Any, case_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, key, out = certify("Li Ming"), tmp_path / "key.p12", tmp_path / "dossier.pdf"
    key.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"key", own.key, own.certificate, None, BestAvailableEncryption(b"correct horse")
        )
    )
    export = ("export", case_path, "dossier", out, "--parts", "declaration")
    monkeypatch.setenv("EVIDENCE_APP_SIGNING_PASSWORD", "wrong")
    result = run(*export, "--sign", key)
    assert (result.status, "key.p12" in result.err, out.exists()) == (1, True, False)
    monkeypatch.setenv("EVIDENCE_APP_SIGNING_PASSWORD", "correct horse")
    assert run(*export, "--sign", key).status == 0
    assert b"/ETSI.CAdES.detached" in out.read_bytes()
    assert run(*export, "--overwrite", "--sign-here").status == 0
    assert run(*export, "--overwrite", "--sign-here", "--sign", key).status == 2
    assert run(*export, "--overwrite", "--timestamp", "http://192.0.2.1").status == 2
    assert run("export", case_path, "docx", tmp_path / "a.docx", "--sign-here").status == 2
