"""Evidence packages: complete, checkable by others, and false when anything is touched."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from old_cases import case_of_version
from own_authority import World, build_world, site
from package_tools import files_of, set_field, with_new_lists
from sqlalchemy import update

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import log as custody_of_file
from evidence_app.casefile.custody import signing
from evidence_app.dossier.package import layout
from evidence_app.errors import Cancelled, DamagedError, UserError
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.verification import MismatchKind, PackageVerification
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import cases, custody, findings, items, manual_entries, timestamps
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions, Profile
from evidence_app.services.importing.importer import Importer

OPTIONS = DossierOptions(language="zh", profile=Profile.COURT)
NASTY = "催收 \u202egnp.exe\n100%:?*.txt"
ENGLISH = DossierOptions(language="en")


def fill(case: CaseFile, world: World) -> None:
    """Two files, one with a name that no system would have, and what the person wrote."""
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", b"date,number,type\n2026-03-01 10:00:00,95001,incoming\n")
        importer.run_bytes(NASTY, "催收员说要去单位".encode())
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="two men at the door")
    timestamps.request(case, world.address)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled case, its package, and the program's home."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        new = cases.create(
            folder / "case.evcase",
            title="测试 case",
            timezone="Asia/Shanghai",
            jurisdiction=Jurisdiction.CHINA,
        )
        (folder / "authority").mkdir()
        with new as case, site() as authority:
            fill(case, build_world(authority, folder / "authority"))
            exports.package(case, folder / "package", OPTIONS)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "home", tmp_path / "home")


@pytest.fixture
def filled(made: Path, tmp_path: Path, home: None) -> Iterator[CaseFile]:
    with cases.open_case(Path(shutil.copy(made / "case.evcase", tmp_path))) as case:
        yield case


@pytest.fixture
def package(made: Path, tmp_path: Path, home: None) -> Path:
    return Path(shutil.copytree(made / "package", tmp_path / "package", symlinks=True))


def kinds(path: Path, **more: object) -> set[MismatchKind]:
    return {mismatch.kind for mismatch in package_verification.verify(path, **more).mismatches}  # type: ignore[arg-type]


def test_a_package_holds_all_and_is_intact(filled: CaseFile, package: Path) -> None:
    package_files = files_of(package)
    assert package_files["data/dossier.pdf"].startswith(b"%PDF")
    originals = [data for name, data in package_files.items() if name.startswith(layout.ORIGINALS)]
    every = items.get_many(filled, items.index(filled, items.ItemFilter()))
    assert {hashlib.sha256(data).hexdigest() for data in originals} == {
        item.sha256 for item in every
    }
    names = [name for name in package_files if name.startswith(layout.ORIGINALS)]
    assert any(name.endswith("two men at the door.txt") for name in names)
    assert not any(set(name) & set('\u202e\n%:?*"') for name in names)
    assert (
        "催收员" in package_files["README.txt"].decode()
        or "证据包" in package_files["README.txt"].decode()
    )
    done = package_verification.verify(package)
    assert done.mismatches == ()
    assert (done.files, done.size) == (len(package_files), sum(map(len, package_files.values())))
    assert done.is_own
    assert done.case_id == cases.info(filled).case_id
    noted = custody.list_entries(filled)[-1]
    assert (noted.action, noted.detail["kind"]) == (Action.EXPORT, "package")
    assert noted.detail["sha256"] == hashlib.sha256(package_files[layout.SIGNED]).hexdigest()
    assert custody.compare_with(filled, done.code) == []


def test_words_that_a_spreadsheet_would_run_do_not_spoil_a_package(
    case: CaseFile, tmp_path: Path
) -> None:
    with Importer(case) as importer:
        importer.run_bytes("=1+1, -x.txt", b"file")
    for text in ("=1+1", "first, -second", "\t@all", "one;\n- two\r\n+3", "+86 139 0000 0001"):
        manual_entries.add_entry(case, type=EventType.VISIT, time=None, text=text)
    out = tmp_path / "package"
    exports.package(case, out, ENGLISH)
    assert package_verification.verify(out).mismatches == ()


def test_a_zip_holds_the_same(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "证据包.zip"
    exports.package(filled, out, OPTIONS)
    assert package_verification.verify(out).is_intact
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "unpacked")
    assert package_verification.verify(tmp_path / "unpacked" / "证据包").is_intact
    exports.package(filled, out, ENGLISH)
    assert package_verification.verify(out).is_intact


def test_other_programs_agree(package: Path) -> None:
    def runs(*command: str) -> bool:
        done = subprocess.run(command, cwd=package, capture_output=True)
        return done.returncode == 0

    bag = (sys.executable, "-m", "bagit", "--validate", ".")
    sums = ("sha256sum", "--strict", "-c", "manifest-sha256.txt")
    others = ("sha256sum", "--strict", "-c", "tagmanifest-sha256.txt")
    signature = ("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", layout.PUBLIC_KEY, "-rawin")
    signature += ("-in", layout.SIGNED, "-sigfile", layout.SIGNATURE)
    [stamp] = (package / layout.TIMESTAMPS).iterdir()
    [response] = stamp.glob("*.tsr")
    start = response.relative_to(package).as_posix().removesuffix(".tsr")
    time = ("openssl", "ts", "-verify", "-data", f"{start}.json", "-in", f"{start}.tsr")
    time += ("-CAfile", f"{start}-chain.pem")
    for command in (bag, sums, others, signature, time):
        assert runs(*command), command
    (package / "data" / "planted.txt").write_text("x")
    assert not runs(*bag)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_steps_in_the_readme_work(case: CaseFile, tmp_path: Path, language: Any) -> None:
    out = tmp_path / "package"
    exports.package(case, out, DossierOptions(language=language))
    text = (out / layout.README).read_bytes().decode("utf-8-sig")
    first, second = text.split("=" * 72)
    assert ("证据包" in first, "证据包" in second) == (language == "zh", language == "en")
    for part in (first, second):
        steps = [line for line in part.splitlines() if line.startswith(("sha256sum", "openssl"))]
        assert len(steps) == 3
        for step in steps:
            assert subprocess.run(step.split(), cwd=out, capture_output=True).returncode == 0, step
        assert layout.VERIFIER in part
    (out / layout.DOSSIER).write_bytes(b"%PDF another")
    assert subprocess.run(steps[0].split(), cwd=out, capture_output=True).returncode != 0


def test_each_file_that_is_changed_or_removed_is_found(package: Path) -> None:
    chance = random.Random(4)
    for name, data in files_of(package).items():
        path, at = package / name, chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        assert kinds(package), name
        path.write_bytes(data[:-1])
        assert kinds(package), name
        path.unlink()
        assert kinds(package), name
        path.write_bytes(data)
    assert kinds(package) == set()


@pytest.mark.parametrize(
    "name",
    [
        "planted.txt",
        "data/planted.txt",
        "data/originals/004-planted.jpg",
        "data/custody/timestamps/s9/entry-1.tsr",
        "signature/other.pem",
        "other/deep/planted.txt",
        "data/.hidden",
        "fetch.txt",
    ],
)
def test_a_planted_file_is_found(package: Path, name: str) -> None:
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_bytes(b"planted")
    mismatches = package_verification.verify(package).mismatches
    assert (MismatchKind.FILE_NOT_LISTED, name) in {
        (mismatch.kind, mismatch.where) for mismatch in mismatches
    }


def test_a_list_that_is_added_is_found(package: Path) -> None:
    data = (package / layout.DOSSIER).read_bytes()
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    (package / "manifest-md5.txt").write_text(f"{digest}  {layout.DOSSIER}\n")
    assert kinds(package) == {MismatchKind.FILE_NOT_LISTED}


def test_a_link_is_no_file(package: Path, tmp_path: Path) -> None:
    dossier = package / layout.DOSSIER
    shutil.move(dossier, tmp_path / "elsewhere.pdf")
    dossier.symlink_to(tmp_path / "elsewhere.pdf")
    (package / "data" / "loop").symlink_to(package)
    assert kinds(package) >= {MismatchKind.FILE_MISSING, MismatchKind.FILE_NOT_LISTED}


def test_lists_that_were_made_to_fit_are_not_signed(package: Path) -> None:
    with_new_lists(package)
    assert package_verification.verify(package).is_intact
    (package / layout.DOSSIER).write_bytes(b"%PDF another")
    with_new_lists(package)
    assert kinds(package) == {MismatchKind.PACKAGE_SIGNATURE}


def test_whoever_signs_anew_has_another_key(filled: CaseFile, package: Path) -> None:
    trusted = frozenset({package_verification.verify(package).signer})
    assert kinds(package, keys=trusted) == set()
    original = next((package / layout.ORIGINALS).iterdir())
    original.write_bytes(b"another")
    with_new_lists(package, Ed25519PrivateKey.generate())
    done = package_verification.verify(package, keys=trusted)
    assert not done.is_own
    assert {mismatch.kind for mismatch in done.mismatches} == {
        MismatchKind.SIGNER,
        MismatchKind.ORIGINAL_NOT_IN_LOG,
        MismatchKind.TABLE,
    }


def log_of(package: Path) -> list[bytes]:
    return (package / layout.LOG).read_bytes().splitlines(keepends=True)


Damage = Callable[[list[bytes]], list[bytes]]


def _edited(lines: list[bytes]) -> list[bytes]:
    values = json.loads(lines[1])
    return [lines[0], json.dumps({**values, "who": "somebody"}).encode() + b"\n", *lines[2:]]


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (lambda lines: lines[:-1], MismatchKind.TAIL_CUT),
        (lambda lines: lines[:1] + lines[2:], MismatchKind.ENTRY_MISSING),
        (lambda lines: [lines[1], lines[0], *lines[2:]], MismatchKind.ENTRY_LINK),
        (_edited, MismatchKind.ENTRY_HASH),
        (lambda lines: [*lines, b"[]\n"], MismatchKind.ENTRY_HASH),
        (lambda lines: [*lines, b'{"seq": true}\n'], MismatchKind.ENTRY_HASH),
        (lambda lines: [*lines, b"[" * 100_000 + b"\n"], MismatchKind.ENTRY_HASH),
        (lambda lines: [*lines, b'{"seq": 99, "detail": NaN}\n'], MismatchKind.ENTRY_HASH),
        (lambda lines: [*lines, b"\xff\n"], MismatchKind.ENTRY_HASH),
        (lambda lines: [], MismatchKind.SWAPPED),
    ],
)
def test_a_log_that_was_changed_is_found_even_when_all_is_signed_anew(
    package: Path, damage: Damage, kind: MismatchKind
) -> None:
    (package / layout.LOG).write_bytes(b"".join(damage(log_of(package))))
    with_new_lists(package, Ed25519PrivateKey.generate())
    assert kind in kinds(package)


def test_a_tail_cut_off_with_its_check_code_is_found_by_an_older_one(
    filled: CaseFile, package: Path
) -> None:
    code = custody.from_check_code(package_verification.verify(package).code)
    lines = log_of(package)[:-1]
    (package / layout.LOG).write_bytes(b"".join(lines))
    last, first = json.loads(lines[-1]), json.loads(lines[0])
    cut = f"{last['seq']}-{last['entry_hash']}-{first['entry_hash'][:16]}"
    set_field(package, layout.CHECK_CODE, cut)
    with_new_lists(package, signing.installation_key())
    assert kinds(package) == set()
    assert kinds(package, head=code) == {MismatchKind.TAIL_CUT}
    set_field(package, layout.CHECK_CODE, "none")
    with_new_lists(package, signing.installation_key())
    assert kinds(package) == {MismatchKind.PACKAGE_FORM}


def test_a_timestamp_of_another_entry_is_found(package: Path) -> None:
    [response] = (package / layout.TIMESTAMPS).glob("*/*.tsr")
    for path in list(response.parent.iterdir()):
        path.rename(path.with_name(path.name.replace(response.stem, "entry-1", 1)))
    with_new_lists(package, signing.installation_key())
    assert kinds(package) == {MismatchKind.ANCHOR}


def test_a_damaged_zip_never_passes_for_whole(filled: CaseFile, tmp_path: Path) -> None:
    out, broken = tmp_path / "a.zip", tmp_path / "broken.zip"
    exports.package(filled, out, OPTIONS)
    data, chance = out.read_bytes(), random.Random(7)
    contents = _contents(out)
    for _ in range(60):
        at = chance.randrange(len(data))
        broken.write_bytes(
            data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        )
        assert not _is_intact(broken) or _contents(broken) == contents, at
    for share in range(0, 100, 5):
        broken.write_bytes(data[: len(data) * share // 100])
        with pytest.raises(UserError):
            package_verification.verify(broken)


def _is_intact(path: Path) -> bool:
    try:
        return package_verification.verify(path).is_intact
    except UserError:
        return False


def _contents(path: Path) -> dict[str, bytes]:
    """What is in it; bytes that only the ZIP format has, as dates, do not count."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_only_findings_leaves_other_originals_at_home(filled: CaseFile, tmp_path: Path) -> None:
    findings.confirm(filled, [Subject(SubjectKind.ITEM, 1)], "threat_of_violence")
    out = tmp_path / "out"
    exports.package(filled, out, DossierOptions(language="en", only_findings=True))
    assert [path.name for path in (out / layout.ORIGINALS).iterdir()] == ["001-calls.csv"]
    for name in ("events.csv", "originals.csv"):
        assert "door" not in (out / layout.TABLES / name).read_text(encoding="utf-8-sig")
    assert package_verification.verify(out).is_intact


def leftovers(folder: Path, before: set[str]) -> set[str]:
    return {path.name for path in folder.iterdir()} - before


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_nothing_stays_of_what_was_stopped_or_failed(
    filled: CaseFile, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, out = {path.name for path in tmp_path.iterdir()}, tmp_path / name
    count = custody.count(filled)
    steps: list[str] = []

    with pytest.raises(Cancelled):
        exports.package(
            filled,
            out,
            OPTIONS,
            progress=Progress(lambda state: steps.append(state.step), lambda: "packing" in steps),
        )
    assert leftovers(tmp_path, before) == set()

    def fail(*_: object) -> None:
        raise RuntimeError("no entry")

    with monkeypatch.context() as patch:
        patch.setattr(custody_of_file, "append", fail)
        with pytest.raises(RuntimeError):
            exports.package(filled, out, OPTIONS)
    assert leftovers(tmp_path, before) == set()
    with filled.unlogged() as connection:
        statement = update(schema.content_chunk).where(schema.content_chunk.c.content_id == 2)
        connection.execute(statement.values(data=b"other"))
    with pytest.raises(DamagedError):
        exports.package(filled, out, OPTIONS)
    assert leftovers(tmp_path, before) == set()
    assert custody.count(filled) == count


def test_what_is_there_already_stays(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(UserError):
        exports.package(filled, out, OPTIONS)
    assert list(out.iterdir()) == []
    with pytest.raises(UserError):
        exports.package(filled, tmp_path / "nowhere" / "a.zip", OPTIONS)
    with pytest.raises(UserError):
        exports.package(filled, filled.path, OPTIONS)


def test_a_case_of_an_older_program(tmp_path: Path) -> None:
    case_of_version(1, tmp_path / "old.evcase")
    with cases.open_case(tmp_path / "old.evcase") as case:
        exports.package(case, tmp_path / "out", OPTIONS)
    done = package_verification.verify(tmp_path / "out")
    assert {mismatch.kind for mismatch in done.mismatches} <= {MismatchKind.ORIGINAL_NOT_IN_LOG}
    assert done.entries > 0


@pytest.fixture
def strangers(tmp_path: Path) -> Iterator[list[Path]]:
    """What is no package."""
    folder, text, empty = tmp_path / "folder", tmp_path / "a.txt", tmp_path / "empty.zip"
    folder.mkdir()
    text.write_text("words")
    with zipfile.ZipFile(empty, "w"):
        pass
    yield [folder, text, empty, tmp_path / "nothing"]


def test_what_is_no_package_is_refused(strangers: list[Path]) -> None:
    for path in strangers:
        with pytest.raises(UserError):
            package_verification.verify(path)


def test_a_bag_of_another_program_is_checked_and_not_called_ours(tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    (bag / "photos").mkdir(parents=True)
    (bag / "photos" / "a%20b.txt").write_text("words")
    command = (sys.executable, "-m", "bagit", "--sha256", "--sha512", str(bag))
    assert subprocess.run(command, capture_output=True).returncode == 0
    assert kinds(bag) == {
        MismatchKind.FILE_NOT_LISTED,
        MismatchKind.PACKAGE_SIGNATURE,
        MismatchKind.PACKAGE_FORM,
        MismatchKind.FILE_MISSING,
    }


def test_stopping_a_check(package: Path) -> None:
    states: list[ProgressState] = []
    done: PackageVerification = package_verification.verify(
        package, progress=Progress(states.append)
    )
    assert states[-1].total == done.size
    assert states[-1].done <= done.size
    with pytest.raises(Cancelled):
        package_verification.verify(package, progress=Progress(is_cancelled=lambda: True))


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package that tests may spoil and mend."""
    folder = tmp_path_factory.mktemp("bag")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        made = cases.create(
            folder / "a.evcase", title="a", timezone="UTC", jurisdiction=Jurisdiction.CHINA
        )
        with made as case, Importer(case) as importer:
            importer.run_bytes("a.txt", b"words")
            exports.package(case, folder / "package", OPTIONS)
    return folder / "package"


READ = (
    layout.DECLARATION,
    layout.INFO,
    layout.LOG,
    layout.SIGNED,
    layout.SIGNATURE,
    layout.PUBLIC_KEY,
    layout.manifest("sha256"),
    layout.manifest("sha512"),
)
SPLICED = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode(errors="surrogatepass")),
    st.sampled_from([b"{}", b"null", b"\xef\xbb\xbf", b"\r", b"0" * 64 + b"  data/..", b'"seq":1']),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(READ), SPLICED, st.floats(0, 1), st.floats(0, 1))
def test_whatever_stands_in_what_is_read_it_is_told_and_never_fails(
    bag: Path, name: str, spliced: bytes, start: float, length: float
) -> None:
    path = bag / name
    data = path.read_bytes()
    first = int(start * len(data))
    last = first + int(length * (len(data) - first))
    spoiled = data[:first] + spliced + data[last:]
    path.write_bytes(spoiled)
    try:
        assert package_verification.verify(bag).is_intact == (spoiled == data)
    finally:
        path.write_bytes(data)


@given(st.text(max_size=300))
def test_every_name_becomes_one_that_all_systems_take(name: str) -> None:
    made = layout.file_name(name)
    assert len(made.encode()) <= 120
    assert not set(made) & set('<>:"/\\|?*%\0\n\r\u202e')
    assert not made.endswith((" ", "."))
    assert layout.file_name(made) == made
    digests = {f"data/{made}": "0" * 64}
    assert dict(line for line in layout.read_lines(layout.lines(digests)) if line) == digests


def test_the_ending_of_a_name_stays() -> None:
    assert layout.file_name("长" * 100 + ".tar.jpeg").endswith("长.jpeg")
    assert layout.file_name("a/b\\c.PDF") == "a_b_c.PDF"
    assert layout.file_name("\ud800.png") == "_.png"
    assert os.fsencode(layout.file_name("录音 2026.m4a")).decode() == "录音 2026.m4a"
