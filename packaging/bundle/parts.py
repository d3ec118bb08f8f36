"""How large the parts of a bundle are, and why each of the largest is in it."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

ASKED = 15
"""So many parts, the largest first, must have a reason."""

REASONS = {
    "PySide6/Qt/lib/libicudata*": "Qt sorts and divides Chinese text by it; QtCore loads it",
    "PySide6/Qt/lib/libavcodec*": "Qt plays recordings with FFmpeg of its own; PyAV's has another "
    "version, and neither can load the other's",
    "PySide6/Qt/lib/libQt6*": "the window",
    "PySide6/Qt/plugins": "the window: screens, input, pictures, print, sound",
    "PySide6": "the window: Qt's classes for Python",
    "av": "reads recordings and videos of any kind",
    "av.libs/libavcodec*": "reads recordings and videos of any kind",
    "cv2*": "finds lines of text in pictures",
    "onnxruntime*": "runs the models that read text in pictures",
    "rapidocr*": "the models that read text in pictures",
    "shapely*": "geometry of lines of text in pictures",
    "cryptography": "signatures of the log, certificates of timestamps",
    "evidence-app": "all Python modules, compressed, ours and the libraries'",
    "evidence_app": "our fonts (21 MB: Chinese, two weights), icons, rulebooks, texts",
    "libpython*": "Python",
    "lxml": "reads web pages, spreadsheets and XML exports",
    "numpy": "waveforms of recordings",
    "numpy.libs/libscipy_openblas*": "numpy does not load without it",
    "pillow.libs": "decodes pictures, AVIF and WebP among them",
    "pillow_heif.libs/libx265*": "libheif does not load without it, though nothing writes HEIC",
    "pypdfium2_raw": "reads PDF files in a closed-off process",
    "rfc3161_client": "requests and checks timestamps",
    "sqlcipher3": "the case file: SQLite with encryption",
}
"""Why parts are in a bundle, by patterns of their names."""

_ONE_BY_ONE = ("PySide6/Qt/lib", "av.libs", "numpy.libs", "pillow_heif.libs")
_TOGETHER = ("PySide6/Qt/plugins",)


class UnquestionedError(Exception):
    """A large part came into the bundle, and nobody said why."""


def sizes(bundle: Path) -> Counter[str]:
    """Bytes of each part of a bundle: a package, or a library where one has many."""
    sizes_by_part: Counter[str] = Counter()
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes_by_part[part_of(path.relative_to(bundle))] += path.stat().st_size
    return sizes_by_part


def part_of(file: Path) -> str:
    """The part that a file of a bundle belongs to."""
    place = PurePosixPath(file.as_posix())
    if place.parts[0] == "_internal":
        place = PurePosixPath(*place.parts[1:])
    if str(place.parent) in _ONE_BY_ONE:
        return str(place)
    for folder in _TOGETHER:
        if place.is_relative_to(folder):
            return folder
    return place.parts[0]


def questioned(sizes_by_part: Counter[str]) -> list[str]:
    """A line for each of the largest parts: megabytes, name, reason.

    Raises:
        UnquestionedError: One of them has no reason.
    """
    lines = []
    for name, size in sizes_by_part.most_common(ASKED):
        reason = next((why for pattern, why in REASONS.items() if fnmatch(name, pattern)), None)
        if reason is None:
            raise UnquestionedError(
                f"{name} takes {size / 1e6:.0f} MB of the bundle. Leave it out, or say in "
                "packaging/bundle/parts.py why it is there."
            )
        lines.append(f"{size / 1e6:6.1f} MB  {name}: {reason}")
    return lines
