"""Attacks on packages by somebody who signs anew: with a key of his own, and with the right one."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from package_tools import public_of, set_field, with_new_lists

from evidence_app.casefile.custody import log_copy, signing
from evidence_app.casefile.custody.row_proofs import RowProof
from evidence_app.dossier.package import layout
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, custody, findings
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.importing.importer import Importer

CALLS = (
    b"date,number,type\n2026-03-01 10:00:00,95001,incoming\n"
    b"2026-03-02 10:00:00,95001,incoming\n2026-03-03 22:30:00,95002,missed\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the data folder of the signer, and a package that is copied for each attack."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        new = cases.create(
            folder / "a.evcase", title="a", timezone="UTC", jurisdiction=Jurisdiction.CHINA
        )
        with new as case, Importer(case) as importer:
            importer.run_bytes("calls.csv", CALLS)
            importer.run_bytes("words.txt", "一句话".encode())
            exports.package(case, folder / "package", exports.DossierOptions(language="en"))
            findings.confirm(case, [Subject(SubjectKind.EVENT, 1)], "threat_of_violence")
            options = exports.DossierOptions(language="en", only_findings=True)
            exports.package(case, folder / "excerpt", options)
    return folder


@pytest.fixture
def package(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(made / "home"))
    return Path(shutil.copytree(made / "package", tmp_path / "package"))


@pytest.fixture
def excerpt(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(made / "home"))
    return Path(shutil.copytree(made / "excerpt", tmp_path / "excerpt"))


def kinds(path: Path, *keys: str) -> set[MismatchKind]:
    mismatches = package_verification.verify(path, keys=frozenset(keys)).mismatches
    return {mismatch.kind for mismatch in mismatches}


def nothing(package: Path) -> None:
    """Only the signature is another."""


def other_dossier(package: Path) -> None:
    (package / layout.DOSSIER).write_bytes(b"%PDF another")


def cells(name: str, row: int, column: int, value: str) -> Callable[[Path], None]:
    def attack(package: Path) -> None:
        text = (package / name).read_text(encoding="utf-8-sig")
        table = list(csv.reader(io.StringIO(text)))
        table[row][column] = value
        with (package / name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(table)

    return attack


def signature_in_capitals(package: Path) -> None:
    """Bytes that verify, written in a form that the program never writes."""
    lines = (package / layout.LOG).read_text(encoding="utf-8").splitlines(keepends=True)
    values = json.loads(lines[1])
    lines[1] = lines[1].replace(values["signature"], values["signature"].upper())
    (package / layout.LOG).write_text("".join(lines), encoding="utf-8")


def without_line(name: str, number: int) -> Callable[[Path], None]:
    def attack(package: Path) -> None:
        lines = (package / name).read_bytes().splitlines(keepends=True)
        del lines[number]
        (package / name).write_bytes(b"".join(lines))

    return attack


def short_line(package: Path) -> None:
    """A line of the events without its last cells."""
    text = (package / layout.EVENTS).read_text(encoding="utf-8-sig")
    (package / layout.EVENTS).write_text(text[: text.rindex(",", 0, text.rindex(",") - 9)])


def line_twice(name: str) -> Callable[[Path], None]:
    def attack(package: Path) -> None:
        lines = (package / name).read_bytes().splitlines(keepends=True)
        (package / name).write_bytes(b"".join([*lines, lines[-1]]))

    return attack


def both(*attacks: Callable[[Path], None]) -> Callable[[Path], None]:
    def attack(package: Path) -> None:
        for attack in attacks:
            attack(package)

    return attack


def changed_row(cells: dict[str, object] | None = None, **more: object) -> Callable[[Path], None]:
    """Change what a row holds or says of itself."""

    def attack(package: Path) -> None:
        lines = (package / layout.ROWS).read_bytes().splitlines(keepends=True)
        row = json.loads(lines[0])
        row["cells"] |= cells or {}
        lines[0] = json.dumps(row | more, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        (package / layout.ROWS).write_bytes(b"".join(lines))

    return attack


def call_at(at: str) -> dict[str, object]:
    return {"at": at}


def leaves_of_another(package: Path) -> None:
    """Rows that an entry never had, with leaves that fit them."""
    changed_row(cells={"at": "2026-03-01T23:59:00"})(package)
    cells(layout.EVENTS, 1, 5, "2026-03-01T23:59:00")(package)
    [line, *_] = (package / layout.ROWS).read_bytes().splitlines(keepends=True)
    row = RowProof.from_line(line)
    path = package / layout.leaves(row.entry)
    data = path.read_bytes()
    path.write_bytes(data[: row.place * 32] + row.leaf() + data[row.place * 32 + 32 :])


def entry(number: int, **more: object) -> Callable[[Path], None]:
    def attack(package: Path) -> None:
        path = package / layout.LOG
        lines = path.read_bytes().splitlines(keepends=True)
        values = {**json.loads(lines[number]), **more}
        lines[number] = rfc8785.dumps(values) + b"\n"
        path.write_bytes(b"".join(lines))

    return attack


def disclose_else(package: Path) -> None:
    """Say of an original that came in that it was another."""
    path = package / layout.LOG
    lines = path.read_bytes().splitlines(keepends=True)
    values = json.loads(lines[1])
    values["disclosed"][0][1] = "0" * 64
    lines[1] = rfc8785.dumps(values) + b"\n"
    path.write_bytes(b"".join(lines))


def cut(package: Path) -> None:
    """Cut the end of the log off, with a check code that fits."""
    lines = (package / layout.LOG).read_bytes().splitlines(keepends=True)[:-1]
    (package / layout.LOG).write_bytes(b"".join(lines))
    first, last = (log_copy.from_line(line).values for line in (lines[0], lines[-1]))
    code = f"{last['seq']}-{last['entry_hash']}-{first['entry_hash'][:16]}"
    set_field(package, layout.CHECK_CODE, code)


def other_original(package: Path) -> None:
    next((package / layout.ORIGINALS).iterdir()).write_bytes(b"another")


def other_original_with_table(package: Path) -> None:
    [path, *_] = sorted((package / layout.ORIGINALS).iterdir())
    path.write_bytes(b"another")
    cells(layout.ORIGINALS_TABLE, 1, 9, hashlib.sha256(b"another").hexdigest())(package)


def added_original(package: Path) -> None:
    (package / layout.ORIGINALS / "003-new.txt").write_bytes(b"new")


TIME = cells(layout.EVENTS, 1, 5, "2026-03-01T23:59:00")
ATTACKS: dict[str, tuple[Callable[[Path], None], MismatchKind | None]] = {
    "nothing": (nothing, None),
    "dossier": (other_dossier, None),
    "label": (lambda package: set_field(package, "Contact-Name", "Mallory"), None),
    "tags": (cells(layout.EVENTS, 1, 15, "harmless"), None),
    "time_in_table": (TIME, MismatchKind.TABLE),
    "number_in_table": (cells(layout.EVENTS, 2, 10, "95999"), MismatchKind.TABLE),
    "words_in_table": (cells(layout.EVENTS, 3, 13, "never"), MismatchKind.TABLE),
    "outcome_in_table": (cells(layout.EVENTS, 3, 4, "answered"), MismatchKind.TABLE),
    "line_removed": (without_line(layout.EVENTS, 1), MismatchKind.TABLE),
    "last_line_removed": (without_line(layout.EVENTS, -1), MismatchKind.TABLE),
    "line_twice": (line_twice(layout.EVENTS), MismatchKind.TABLE),
    "short_line": (short_line, MismatchKind.TABLE),
    "row_removed": (without_line(layout.ROWS, 0), MismatchKind.TABLE),
    "line_and_row_twice": (
        both(line_twice(layout.EVENTS), line_twice(layout.ROWS), TIME),
        MismatchKind.TABLE,
    ),
    "line_and_row": (
        both(TIME, changed_row(cells=call_at("2026-03-01T23:59:00"))),
        MismatchKind.TABLE,
    ),
    "raw_fields": (changed_row(cells={"raw": "{}"}), MismatchKind.TABLE),
    "key_of_row": (changed_row(key="0" * 64), MismatchKind.TABLE),
    "place_of_row": (changed_row(place=2), MismatchKind.TABLE),
    "row_without_place": (changed_row(place=-1, key=""), MismatchKind.TABLE),
    "entry_of_row": (changed_row(entry=1), MismatchKind.TABLE),
    "no_such_entry": (changed_row(entry=99), MismatchKind.TABLE),
    "kind_of_row": (changed_row(cells={"type": "threat"}), MismatchKind.TABLE),
    "table_of_row": (changed_row(table="item"), MismatchKind.TABLE),
    "leaves": (leaves_of_another, MismatchKind.TABLE),
    "original": (other_original, MismatchKind.ORIGINAL_NOT_IN_LOG),
    "original_and_table": (other_original_with_table, MismatchKind.ORIGINAL_NOT_IN_LOG),
    "original_added": (added_original, MismatchKind.ORIGINAL_NOT_IN_LOG),
    "digest_in_table": (cells(layout.ORIGINALS_TABLE, 1, 9, "0" * 64), MismatchKind.TABLE),
    "file_in_table": (cells(layout.ORIGINALS_TABLE, 1, 2, "data/x"), MismatchKind.TABLE),
    "original_line_removed": (without_line(layout.ORIGINALS_TABLE, 1), MismatchKind.TABLE),
    "time_of_entry": (entry(1, at="2020-01-01T00:00:00.000+00:00"), MismatchKind.ENTRY_HASH),
    "action_of_entry": (entry(1, action="export"), MismatchKind.ENTRY_HASH),
    "digests_of_entry": (entry(1, hidden=[]), MismatchKind.ENTRY_HASH),
    "rows_of_entry": (entry(1, rows_digest="0" * 64), MismatchKind.ENTRY_HASH),
    "signer_of_entry": (entry(1, signer="0" * 64), MismatchKind.SIGNATURE),
    "signature_of_entry": (entry(1, signature="0" * 128), MismatchKind.SIGNATURE),
    "capitals_of_signature": (signature_in_capitals, MismatchKind.SIGNATURE),
    "field_of_entry": (entry(1, note="seen by a court"), MismatchKind.ENTRY_HASH),
    "words_of_entry": (disclose_else, MismatchKind.ENTRY_HASH),
    "two_words": (entry(1, disclosed=[["a", 1, "0" * 64]]), MismatchKind.ENTRY_HASH),
    "words_that_are_none": (entry(1, disclosed=7), MismatchKind.ENTRY_HASH),
    "entry_removed": (without_line(layout.LOG, 1), MismatchKind.ENTRY_MISSING),
    "first_entry_removed": (without_line(layout.LOG, 0), MismatchKind.ENTRY_MISSING),
    "entry_twice": (line_twice(layout.LOG), MismatchKind.ENTRY_MISSING),
    "end_removed": (without_line(layout.LOG, -1), MismatchKind.TAIL_CUT),
    "end_removed_with_code": (cut, MismatchKind.TABLE),
    "identifier": (
        lambda package: set_field(package, layout.IDENTIFIER, "0" * 32),
        MismatchKind.SWAPPED,
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_who_signs_anew_with_a_key_of_his_own_is_found(package: Path, name: str) -> None:
    attack, _ = ATTACKS[name]
    own, other = public_of(signing.installation_key()), Ed25519PrivateKey.generate()
    attack(package)
    with_new_lists(package, other)
    assert MismatchKind.SIGNER in kinds(package)
    assert MismatchKind.SIGNER in kinds(package, own)
    assert MismatchKind.SIGNER in kinds(package, public_of(other))


@pytest.mark.parametrize("name", [name for name, (_, kind) in ATTACKS.items() if kind])
def test_what_the_log_holds_cannot_be_changed_with_the_right_key_either(
    package: Path, name: str
) -> None:
    attack, kind = ATTACKS[name]
    attack(package)
    with_new_lists(package, signing.installation_key())
    assert kind in kinds(package)
    assert MismatchKind.SIGNER not in kinds(package)


def test_a_key_that_is_known_may_sign_for_another_computer(package: Path) -> None:
    own, other = public_of(signing.installation_key()), Ed25519PrivateKey.generate()
    assert kinds(package, own) == set()
    assert kinds(package, "0" * 64) == {MismatchKind.SIGNER}
    with_new_lists(package, other)
    assert kinds(package) == {MismatchKind.SIGNER}
    assert kinds(package, own, public_of(other)) == set()


def test_a_package_made_on_another_computer_than_the_case_is_whole(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "lawyer"))
    with cases.open_case(shutil.copy(made / "a.evcase", tmp_path / "a.evcase")) as case:
        exports.package(case, tmp_path / "bag", exports.DossierOptions(language="en"))
        assert [entry.action for entry in custody.list_entries(case)][-2:] == [
            Action.CHANGE_KEY,
            Action.EXPORT,
        ]
    assert kinds(tmp_path / "bag") == set()


def record(**more: object) -> Callable[[Path], None]:
    def attack(package: Path) -> None:
        [path] = (package / layout.EXCERPTS).iterdir()
        values = json.loads(path.read_bytes())
        for name, value in more.items():
            (values["original"] if name == "sha256" else values["records"][0])[name] = value
        path.write_text(json.dumps(values), encoding="utf-8")

    return attack


def record_added(package: Path) -> None:
    [path] = (package / layout.EXCERPTS).iterdir()
    values = json.loads(path.read_bytes())
    values["records"].append({**values["records"][0], "event": 2})
    path.write_text(json.dumps(values), encoding="utf-8")


EXCERPT_ATTACKS: list[Callable[[Path], None]] = [
    record(text="never said"),
    record(fields={}),
    record(place=["row", 9, ""]),
    record(event=77),
    record(event=[]),
    record(sha256="0" * 64),
    record_added,
    lambda package: next((package / layout.EXCERPTS).iterdir()).write_bytes(b"{}"),
    lambda package: next((package / layout.EXCERPTS).iterdir()).write_bytes(b"["),
]


@pytest.mark.parametrize("attack", EXCERPT_ATTACKS)
def test_an_excerpt_says_what_the_log_vouches_for(
    excerpt: Path, attack: Callable[[Path], None]
) -> None:
    assert kinds(excerpt) == set()
    attack(excerpt)
    with_new_lists(excerpt, signing.installation_key())
    assert kinds(excerpt) & {MismatchKind.TABLE, MismatchKind.ORIGINAL_NOT_IN_LOG}
