"""What the help tells a recipient to run does what it says, with a package made here."""

import re
import subprocess
from pathlib import Path

import pytest

from evidence_app import resources
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.package import layout
from evidence_app.model.event import EventType
from evidence_app.services import manual_entries
from evidence_app.services.exporting import exports

BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page(language: str) -> str:
    return resources.path("help", language, "recipients.md").read_text(encoding="utf-8")


def commands(language: str) -> list[str]:
    """The lines in the block of the page."""
    [block] = BLOCK.findall(page(language))
    return str(block).splitlines()


@pytest.fixture
def package(case: CaseFile, tmp_path: Path) -> Path:
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text="They came")
    out = tmp_path / "a package"
    exports.package(case, out, DossierOptions(language="en"))
    return out


def run(command: str, where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=where, capture_output=True, text=True)


def test_the_commands_say_what_the_pages_say(package: Path) -> None:
    for language in ("en", "zh"):
        files, lists, signature = commands(language)
        for quiet in (files, lists):
            done = run(quiet, package)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert run(signature, package).stdout.strip() == "Signature Verified Successfully"
        assert "“Signature Verified Successfully”" in page(language)
        named = set(re.findall(r"\b(verify\.html|README\.txt)", page(language)))
        assert named == {layout.VERIFIER, layout.README}
        assert all((package / name).is_file() for name in named)


def test_the_commands_find_what_was_changed(package: Path) -> None:
    files, lists, signature = commands("en")
    report, manifest = package / layout.DOSSIER, package / "manifest-sha256.txt"
    report.write_bytes(report.read_bytes() + b"\n")
    done = run(files, package)
    assert done.returncode != 0
    assert layout.DOSSIER in done.stdout
    manifest.write_text(manifest.read_text().replace("0", "1", 1))
    assert run(lists, package).returncode != 0
    signed = package / layout.SIGNED
    signed.write_bytes(signed.read_bytes().replace(b"a", b"b", 1))
    assert run(signature, package).returncode != 0
