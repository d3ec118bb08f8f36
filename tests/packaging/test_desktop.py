"""What desktops read of the program says the same everywhere, in both languages."""

import configparser
import plistlib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from evidence_app.casefile import schema
from evidence_app.gui import app
from evidence_app.model.case import CASE_ENDING

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def contents(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("bundle.contents")


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(LINUX / f"{app.DESKTOP_ID}.desktop", encoding="utf-8")
    assert parser.sections() == ["Desktop Entry"]
    return parser["Desktop Entry"]


def test_windows_belong_to_the_entry(
    entry: configparser.SectionProxy, contents: ModuleType
) -> None:
    """Wayland finds the entry by the name of its file, X11 by the class."""
    assert contents.ID == app.DESKTOP_ID == entry["StartupWMClass"] == entry["Icon"]
    assert re.fullmatch(r"[a-z]+(\.\w+){2,}", app.DESKTOP_ID)


def test_the_entry_gives_files_as_they_are(entry: configparser.SectionProxy) -> None:
    assert entry["Exec"] == "evidence-app %F"
    assert entry["Type"] == "Application"
    assert entry["Terminal"] == "false"


@pytest.mark.parametrize("key", ["Name", "GenericName", "Comment", "Keywords"])
def test_the_entry_speaks_both_languages(key: str, entry: configparser.SectionProxy) -> None:
    assert entry[key].isascii()
    assert re.search(r"[\u4e00-\u9fff]", entry[f"{key}[zh_CN]"])


def test_lists_in_the_entry_end_as_they_must(entry: configparser.SectionProxy) -> None:
    for key in ("Categories", "Keywords", "Keywords[zh_CN]", "MimeType"):
        values = entry[key].split(";")
        assert values[-1] == ""
        assert len(set(values)) == len(values)


def test_pictures_recordings_and_archives_can_be_opened_with_it(
    entry: configparser.SectionProxy, contents: ModuleType
) -> None:
    types = entry["MimeType"].split(";")
    assert types[0] == contents.CASE_TYPE
    assert {"image/jpeg", "image/png", "audio/mp4", "audio/AMR", "application/zip"} <= set(types)


def test_a_case_is_known_by_its_first_bytes_and_its_name(contents: ModuleType) -> None:
    [kind] = ElementTree.parse(LINUX / "evidence-app.mime.xml").getroot()
    assert kind.get("type") == contents.CASE_TYPE
    assert [glob.get("pattern") for glob in kind.iter(f"{MIME}glob")] == [f"*{CASE_ENDING}"]
    outer, inner = kind.iter(f"{MIME}match")
    assert (outer.get("offset"), outer.get("value")) == ("0", r"SQLite format 3\0")
    assert (inner.get("type"), inner.get("offset")) == ("big32", "68")
    assert int(inner.get("value", ""), 16) == schema.APPLICATION_ID
    assert inner in list(outer)
    names = [comment.get(LANGUAGE) for comment in kind.iter(f"{MIME}comment")]
    assert names == [None, "zh_CN"]


def test_software_centres_are_told_of_this_version_in_both_languages(contents: ModuleType) -> None:
    metainfo = ElementTree.parse(LINUX / f"{app.DESKTOP_ID}.metainfo.xml").getroot()
    assert metainfo.findtext("id") == app.DESKTOP_ID
    assert metainfo.findtext("launchable") == f"{app.DESKTOP_ID}.desktop"
    assert metainfo.findtext("provides/mediatype") == contents.CASE_TYPE
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert metainfo.findtext("project_license") == project["license"]
    newest = metainfo.find("releases/release")
    assert newest is not None
    assert newest.get("version") == project["version"]
    for texts in ("summary", "description/p", "releases/release/description/ul/li"):
        languages = {element.get(LANGUAGE) for element in metainfo.findall(texts)}
        assert languages == {None, "zh-CN"}, texts


def test_windows_and_macos_know_the_same_type(contents: ModuleType) -> None:
    script = (ROOT / "packaging" / "windows" / "evidence-app.iss").read_text(encoding="utf-8")
    assert f'"Software\\Classes\\{CASE_ENDING}"' in script
    assert f'"{contents.CASE_TYPE}"' in script
    info = plistlib.loads(plistlib.dumps(contents.info_plist()))
    [declared] = info["UTExportedTypeDeclarations"]
    assert declared["UTTypeTagSpecification"] == {
        "public.filename-extension": [CASE_ENDING.removeprefix(".")],
        "public.mime-type": [contents.CASE_TYPE],
    }
    assert info["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    rights = plistlib.loads((ROOT / "packaging" / "macos" / "entitlements.plist").read_bytes())
    assert not [name for name in rights if "network" in name]
