"""What goes into a bundle, and what does not although a library brings it."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

ID = "io.github.evidence_app.EvidenceApp"
"""The name by which desktops know the program."""

CASE_TYPE = "application/vnd.evidence-app.case+sqlite3"
"""The media type of a case file."""

Binary = tuple[str, str, str]
"""Where a file will lie, where it lies now (or what it points at), and PyInstaller's kind."""

DATA_OF = ("phonenumbers", "pikepdf", "rapidocr", "reportlab", "tzdata", "zxcvbn")
"""Packages of which the files that are not modules are collected too; one more is one line."""

ALL_MODULES_OF = ("evidence_app", "phonenumbers.data", "sqlalchemy.dialects.sqlite")
"""Packages that load their modules by name, so that nothing shows which are used."""

HIDDEN = ("evidence_app.sandbox.__main__", "logging.config")
"""Single modules that are loaded by name."""

EXCLUDED = ["pip", "setuptools", "tkinter"]
"""What some library would use if it were there, and we do not."""

OPENED_WITH = ("public.image", "public.audio", "public.movie", "public.archive")
"""Apple's names of the kinds of files that can be added to a case by "Open with"."""

UNUSED = {
    "PySide6/Qt/plugins/egldeviceintegrations/*": "screens of devices without a desktop",
    "PySide6/Qt/plugins/generic/*": "keyboards and mice of devices without a desktop",
    "PySide6/Qt/plugins/imageformats/*qicns*": "nothing shows Apple's icons",
    "PySide6/Qt/plugins/imageformats/*qpdf*": "PDF files are shown by Qt's PDF module",
    "PySide6/Qt/plugins/imageformats/*qtga*": "nothing shows Targa pictures",
    "PySide6/Qt/plugins/imageformats/*qwbmp*": "nothing shows WAP pictures",
    "PySide6/Qt/plugins/networkinformation/*": "the window never asks for a network",
    "PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*": "brings Qt Quick and QML along",
    "PySide6/Qt/plugins/platforms/*eglfs*": "a desktop is there",
    "PySide6/Qt/plugins/platforms/*linuxfb*": "a desktop is there",
    "PySide6/Qt/plugins/platforms/*minimal*": "a desktop is there",
    "PySide6/Qt/plugins/platforms/*vkkhrdisplay*": "a desktop is there",
    "PySide6/Qt/plugins/platforms/*vnc*": "a window that others can watch from elsewhere",
    "PySide6/Qt/plugins/platformthemes/*gtk3*": "brings the builder's GTK; the portal does it",
    "PySide6/Qt/plugins/tls/*": "the window never opens a connection",
    "PySide6/Qt/plugins/wayland-shell-integration/*fullscreen*": "no desktop speaks it",
    "PySide6/Qt/plugins/wayland-shell-integration/*ivi*": "for cars",
    "PySide6/Qt/plugins/wayland-shell-integration/*qt-shell*": "for Qt's own test compositor",
    "PySide6/Qt/plugins/wayland-shell-integration/*wl-shell*": "replaced by xdg-shell",
    "PySide6/Qt/qml/*": "nothing is written in QML",
    "reportlab/fonts/*": "a dossier embeds our fonts; not all of these may be handed on",
}
"""Files that are left out, by where they would lie, each with the reason."""

_TRANSLATIONS = "PySide6/Qt/translations"
_LANGUAGES = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")
_LOADED_FOR_OTHERS = (".", "PySide6/Qt/lib")
"""Folders of libraries that are there only because something else in the bundle needs them."""


def own_files(root: Path) -> list[tuple[str, str]]:
    """This project's files that are not modules: each with the folder that it goes to."""
    resources = root / "resources"
    resource_files = [
        (str(path), str("evidence_app/_resources" / path.relative_to(resources).parent))
        for path in sorted(resources.rglob("*"))
        if path.is_file() and path.suffix != ".ts"
    ]
    migrations = root / "evidence_app" / "casefile" / "migrations"
    # Alembic looks for sources.
    resource_files += [
        (str(path), str(path.relative_to(root).parent)) for path in sorted(migrations.rglob("*.py"))
    ]
    return resource_files


def is_used(name: str) -> bool:
    """Whether what is collected under that name is to be in a bundle."""
    place = PurePosixPath(name.replace("\\", "/"))
    if str(place.parent) == _TRANSLATIONS:
        return place.name in _LANGUAGES
    return not any(fnmatch(str(place), pattern) for pattern in UNUSED)


def needed(
    binaries: Iterable[Binary], libraries_of: Callable[[str], Iterable[str]]
) -> list[Binary]:
    """Leave out what is not used, and libraries that only that needed.

    Args:
        binaries: What PyInstaller collected, without links.
        libraries_of: The names of the libraries that the file of that path loads.
    """
    files = [binary for binary in binaries if is_used(binary[0])]
    by_name: dict[str, list[Binary]] = {}
    for file in files:
        by_name.setdefault(_place(file).name, []).append(file)
    reached = [file for file in files if not _is_for_others(_place(file))]
    needed_files = set(reached)
    while reached:
        names = libraries_of(reached.pop()[1])
        new = {file for name in names for file in by_name.get(name, ())} - needed_files
        needed_files |= new
        reached += new
    return [file for file in files if file in needed_files]


def unbroken(links: Iterable[Binary], files: Iterable[Binary]) -> list[Binary]:
    """Those of the links of which the file that they point at is in the bundle."""
    places = {str(_place(file)) for file in files}
    return [link for link in links if posixpath.normpath(_place(link).parent / link[1]) in places]


def _is_for_others(place: PurePosixPath) -> bool:
    is_library = place.name.startswith("lib") and not place.name.startswith("libpython")
    return is_library and str(place.parent) in _LOADED_FOR_OTHERS


def _place(binary: Binary) -> PurePosixPath:
    return PurePosixPath(binary[0].replace("\\", "/"))


def version(root: Path) -> str:
    """The version of the program."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def info_plist() -> dict[str, object]:
    """What macOS is told of the program: its languages, and the files that it opens."""
    case = f"{ID}.case"
    return {
        "CFBundleLocalizations": ["en", "zh_CN"],
        "NSHighResolutionCapable": True,
        "LSMinimumSystemVersion": "13.0",
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": case,
                "UTTypeDescription": "Evidence App case",
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["evcase"],
                    "public.mime-type": [CASE_TYPE],
                },
            }
        ],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Evidence App case",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [case],
            },
            {
                "CFBundleTypeName": "Evidence",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": list(OPENED_WITH),
            },
        ],
    }
