"""The page that checks packages in a browser finds what the program finds, and connects nowhere."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import test_package_attacks as attacks
import test_package_tricks as tricks
from browser import Page, browser
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from own_authority import build_world, site
from package_tools import archive_of, files_of, with_new_lists

from evidence_app.casefile.custody import signing
from evidence_app.dossier.package import layout, verifier_page
from evidence_app.errors import UserError
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Words
from evidence_app.services import cases, events, findings, manual_entries, marks, timestamps
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.importing.importer import Importer

NOT_SEEN = {
    # A browser shows neither links nor empty folders, pipes and second names; the page says so.
    "link_to_nothing",
    "socket",
    "second_name",
    "empty_folder",
    "deep_folders",
    "very_large_file",
    "loop",
}
OTHER_HEADINGS = {
    "backslash",
    "link_to_file",
    "link_to_folder",
    "percent_in_name",
    "pipe",
}
ENGLISH = exports.DossierOptions(language="en")
CHOSEN = exports.DossierOptions(language="en", only_findings=True)


@pytest.fixture(scope="module")
def package_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three packages, and the data folder of the key that signed them."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "authority").mkdir()
    with pytest.MonkeyPatch.context() as patch, site() as own_site:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        new = cases.create(
            folder / "a.evcase", title="a", timezone="UTC", jurisdiction=Jurisdiction.CHINA
        )
        with new as case, Importer(case) as importer:
            importer.run_bytes("calls.csv", attacks.CALLS)
            importer.run_bytes("短信 😀.txt", "一句话".encode())
            timestamps.request(case, build_world(own_site, folder / "authority").address)
            manual_entries.add_entry(
                case, type=EventType.VISIT, time=None, text='said "=1", -then\r\n@left\u2028'
            )
            exports.package(case, folder / "package", ENGLISH)
            findings.confirm(case, [Subject(SubjectKind.EVENT, 1)], "threat_of_violence")
            exports.package(case, folder / "excerpt", CHOSEN)
            marks.add(
                case,
                [
                    Mark(0, 1, MarkKind.REDACTION, words=Words(event.id, 0, 4))
                    for event in events.stream(case, events.EventFilter())
                    if event.text.startswith("said")
                ],
            )
            exports.package(case, folder / "redacted", ENGLISH)
    return folder


@pytest.fixture(scope="module")
def page(package_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        opened.open(package_folder / "package" / layout.VERIFIER)
        yield opened


@pytest.fixture(autouse=True)
def home(package_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(package_folder / "home"))


def outcome(page: Page, path: Path) -> dict[str, Any]:
    """What the page says of a package."""
    return chosen(page, "#folder" if path.is_dir() else "#file", path)


def chosen(page: Page, selector: str, *paths: Path) -> dict[str, Any]:
    page.run("globalThis.before = outcomeOfCheck(); 0")
    page.choose(selector, paths)
    report: dict[str, Any] = page.run(
        "(async () => { while (outcomeOfCheck() === before)"
        " await new Promise((go) => setTimeout(go, 2)); return outcomeOfCheck(); })()"
    )
    assert page.run("document.getElementById('verdict').dataset.verdict") == report["verdict"]
    return report


def kinds(report: dict[str, Any]) -> set[str]:
    return {mismatch["kind"] for mismatch in report["mismatches"]}


def kinds_by_program(path: Path) -> set[str]:
    """What the program says of it; what it takes for no package at all has another form."""
    try:
        return {mismatch.kind.value for mismatch in package_verification.verify(path).mismatches}
    except UserError:
        return {"package_form"}


def zipped(folder: Path, out: Path) -> Path:
    out.write_bytes(archive_of(folder).to_bytes())
    return out


def kinds_of_each(page: Page, packages: dict[str, Path]) -> dict[str, tuple[set[str], set[str]]]:
    """What page and program find in each."""
    return {
        name: (kinds(outcome(page, package)), kinds_by_program(package))
        for name, package in packages.items()
    }


def differing(
    kinds_by_name: dict[str, tuple[set[str], set[str]]],
) -> dict[str, tuple[set[str], set[str]]]:
    """Where they find something else, or nothing."""
    return {name: pair for name, pair in kinds_by_name.items() if pair[0] != pair[1] or not pair[0]}


def test_a_package_is_intact_as_zip_and_as_folder(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    assert page.requests() == [(package_folder / "package" / layout.VERIFIER).as_uri()]
    assert page.complaints() == []
    for name in ("package", "excerpt", "redacted"):
        by_program = package_verification.verify(package_folder / name)
        for path in (
            package_folder / name,
            zipped(package_folder / name, tmp_path / f"{name}.zip"),
        ):
            report = outcome(page, path)
            assert (report["verdict"], report["mismatches"]) == ("pass", [])
            assert report["files"] == by_program.files == len(files_of(package_folder / name))
            assert {outcome_row[2] for outcome_row in report["outcomes"]} == {"ok"}
            assert (report["rows"], report["entries"]) == (by_program.rows, by_program.entries)
            assert (report["code"], report["signer"]) == (by_program.code, by_program.signer)
    assert page.complaints() == []


def test_what_the_program_finds_is_found(package_folder: Path, page: Page, tmp_path: Path) -> None:
    """Tamperings found of tried are equal: the same list, the same kinds."""
    packages = {}
    keys = {"own": Ed25519PrivateKey.generate(), "right": signing.installation_key()}
    for name, (attack, kind) in attacks.ATTACKS.items():
        for signed, key in keys.items():
            if signed == "right" and kind is None:
                continue
            folder = Path(
                shutil.copytree(package_folder / "package", tmp_path / f"{signed}-{name}")
            )
            attack(folder)
            with_new_lists(folder, key)
            packages[f"{signed}-{name}"] = zipped(folder, tmp_path / f"{signed}-{name}.zip")
    for number, attack in enumerate(attacks.EXCERPT_ATTACKS):
        folder = Path(shutil.copytree(package_folder / "excerpt", tmp_path / f"excerpt-{number}"))
        attack(folder)
        with_new_lists(folder, keys["right"])
        packages[f"excerpt-{number}"] = zipped(folder, tmp_path / f"excerpt-{number}.zip")
    assert len(packages) > 90
    assert differing(kinds_of_each(page, packages)) == {}


def test_tricks_with_a_folder_are_found(package_folder: Path, page: Page, tmp_path: Path) -> None:
    packages = {}
    for name, (trick, _) in tricks.FOLDER_TRICKS.items():
        if name not in NOT_SEEN:
            packages[name] = Path(shutil.copytree(package_folder / "package", tmp_path / name))
            trick(packages[name])
    # A browser leaves links out and writes some names in another way: what is amiss is found, but
    # not each time under the same heading.
    kinds_by_name = kinds_of_each(page, packages)
    assert all(by_page and by_program for by_page, by_program in kinds_by_name.values()), (
        kinds_by_name
    )
    assert set(differing(kinds_by_name)) <= OTHER_HEADINGS


def test_tricks_with_a_zip_are_found(package_folder: Path, page: Page, tmp_path: Path) -> None:
    packages = {}
    for name, (trick, _) in tricks.ZIP_TRICKS.items():
        archive = archive_of(package_folder / "package")
        trick(archive)
        packages[name] = tmp_path / f"{name}.zip"
        packages[name].write_bytes(archive.to_bytes())
    assert differing(kinds_of_each(page, packages)) == {}


def test_each_file_that_is_changed_fails_by_its_name(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    for name, data in files_of(package_folder / "package").items():
        archive = archive_of(package_folder / "package")
        [record] = [entry for entry in archive.records if entry.name == f"top/{name}".encode()]
        record.data = bytes([data[0] ^ 1]) + data[1:]
        path = tmp_path / "changed.zip"
        path.write_bytes(archive.to_bytes())
        report = outcome(page, path)
        assert report["verdict"] == "fail"
        failed = {check[0] for check in report["outcomes"] if check[2] == "fail"}
        beside = {layout.SIGNED, layout.SIGNATURE, layout.PUBLIC_KEY}
        assert name in failed or (name in beside and kinds(report)), name
        archive.records.remove(record)
        path.write_bytes(archive.to_bytes())
        report = outcome(page, path)
        assert report["verdict"] == "fail", name


def test_a_browser_without_the_signature_says_so(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    page.run(
        "{const known = crypto.subtle.importKey;"
        "crypto.subtle.importKey = function (form, key, name, ...more) {"
        "  if (name === 'Ed25519') throw new DOMException('no', 'NotSupportedError');"
        "  return known.call(this, form, key, name, ...more);};"
        "globalThis.restore = () => { delete crypto.subtle.importKey; };}"
    )
    try:
        report = outcome(page, zipped(package_folder / "package", tmp_path / "a.zip"))
        assert (report["verdict"], report["unable"]) == ("unable", ["signature"])
        verdict = page.run("document.getElementById('verdict').textContent")
        assert "Ed25519" in verdict
        folder = Path(shutil.copytree(package_folder / "package", tmp_path / "changed"))
        (folder / layout.DOSSIER).write_bytes(b"%PDF another")
        assert outcome(page, zipped(folder, tmp_path / "b.zip"))["verdict"] == "fail"
    finally:
        page.run("restore()")
    assert outcome(page, tmp_path / "a.zip")["verdict"] == "pass"


def test_a_file_that_is_too_large_for_the_browser_is_not_said_to_be_right_or_wrong(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    size = (package_folder / "package" / layout.DOSSIER).stat().st_size
    page.run(
        "{const known = Blob.prototype.arrayBuffer;"
        "Blob.prototype.arrayBuffer = function () {"
        f"  if (this.size === {size}) throw new RangeError('too large');"
        "  return known.call(this);};"
        "globalThis.restore = () => { Blob.prototype.arrayBuffer = known; };}"
    )
    try:
        report = outcome(page, zipped(package_folder / "package", tmp_path / "a.zip"))
    finally:
        page.run("restore()")
    assert (report["verdict"], report["unable"]) == ("unable", ["memory"])
    unable = {check[0] for check in report["outcomes"] if check[2] == "unable"}
    assert unable == {layout.DOSSIER}


def test_what_came_another_way_is_compared(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    path = zipped(package_folder / "package", tmp_path / "a.zip")
    report = outcome(page, path)
    number, rest = report["code"].split("-", 1)
    tries = [
        (report["code"], report["signer"], "pass", set()),
        (f"Check code: {report['code']}", "", "pass", set()),
        (f"{number}-{'0' * 64}", "", "fail", {"rewritten"}),
        (f"{int(number) + 1}-{rest}", "", "fail", {"tail_cut"}),
        ("", "0" * 64, "fail", {"signer"}),
        ("12", "", "error", set()),
        ("", "12", "error", set()),
    ]
    for code, key, verdict, expected in tries:
        page.run(f"document.getElementById('code').value = {code!r};")
        page.run(f"document.getElementById('key').value = {key!r};")
        report = outcome(page, path)
        assert (report["verdict"], kinds(report)) == (verdict, expected), (code, key)
    page.run("for (const one of ['code', 'key']) document.getElementById(one).value = '';")


def test_timestamps_of_other_entries_are_found(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(package_folder / "package", tmp_path / "changed"))
    [response] = (folder / layout.TIMESTAMPS).rglob("*.tsr")
    response.rename(response.with_name("entry-1.tsr"))
    with_new_lists(folder, signing.installation_key())
    path = zipped(folder, tmp_path / "a.zip")
    assert kinds(outcome(page, path)) == kinds_by_program(path) == {"anchor"}


def test_timestamps_with_more_in_them_are_found(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    for number, spoil in enumerate(
        (lambda data: b"\xef\xbb\xbf" + data, lambda data: data + b"\n", lambda data: data[:-9])
    ):
        folder = Path(shutil.copytree(package_folder / "package", tmp_path / f"changed{number}"))
        [response] = (folder / layout.TIMESTAMPS).rglob("*.tsr")
        response.write_bytes(spoil(response.read_bytes()))
        with_new_lists(folder, signing.installation_key())
        path = zipped(folder, tmp_path / f"{number}.zip")
        results = kinds(outcome(page, path)), kinds_by_program(path)
        assert results == ({"anchor"}, {"anchor"}), number


def test_parts_are_joined(package_folder: Path, page: Page, tmp_path: Path) -> None:
    data = zipped(package_folder / "package", tmp_path / "a.zip").read_bytes()
    parts = [tmp_path / f"a.zip.{number:03}" for number in (1, 2, 3)]
    for number, path in enumerate(parts):
        path.write_bytes(data[number * 50_000 : (number + 1) * 50_000 if number < 2 else None])
    for chosen_parts, verdict in ((parts[::-1], "pass"), (parts[:2], "fail"), (parts[1:], "error")):
        assert chosen(page, "#file", *chosen_parts)["verdict"] == verdict


def test_no_name_in_a_package_becomes_part_of_the_page(
    package_folder: Path, page: Page, tmp_path: Path
) -> None:
    archive = archive_of(package_folder / "package")
    evil = "top/data/<img src=x onerror=alert(1)>\u202egpj.txt"
    archive.records.append(tricks.Record(evil.encode(), b"x"))
    path = tmp_path / "a.zip"
    path.write_bytes(archive.to_bytes())
    assert outcome(page, path)["verdict"] == "fail"
    assert page.run("document.querySelectorAll('img, a').length") == 0
    page_text = page.run("document.body.innerText")
    assert "\u202e" not in page_text
    assert "[U+202E]" in page_text


def test_the_policy_lets_nothing_out(page: Page, package_folder: Path) -> None:
    """Even if some script came into the page, it could reach nobody."""
    before = len(page.requests())
    tried = page.run(
        "Promise.allSettled([fetch('http://127.0.0.1:9/'), fetch('file:///etc/hostname')])"
        ".then((all) => all.map((one) => one.status))"
    )
    assert tried == ["rejected", "rejected"]
    page.run(
        "{const one = new Image(); one.src = 'http://127.0.0.1:9/x'; document.body.append(one);}"
    )
    page.run("document.querySelector('img').remove()")
    loaded = [address for address in page.requests()[before:] if not address.startswith("data:")]
    assert all(
        any(address in complaint for complaint in page.complaints()) for address in loaded
    ), loaded


def test_the_page_is_the_same_each_time_and_complete() -> None:
    text = verifier_page.page().decode()
    assert verifier_page.page().decode() == text
    assert not re.search(r"@(POLICY|STYLE|SCRIPT)@|https?://", text)
    assert text.count("<script") == text.count("</script>") == 1
