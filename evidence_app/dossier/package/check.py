"""Compares the files of a package with its lists: what differs, lacks, or is not listed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.dossier.package import layout
from evidence_app.dossier.package.faults import Fault
from evidence_app.dossier.package.opened import EXPECTED, Package, read
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import Meter

_PIECE = 1 << 20
_BESIDE = frozenset({layout.SIGNED, layout.SIGNATURE, layout.PUBLIC_KEY})
"""What no list can have: the list that is signed, and its signature."""

_NEEDED = (layout.OXUM, layout.CHECK_CODE, layout.SIGNER)


@dataclass(slots=True)
class _Lists:
    """What the lists say.

    Attributes:
        expected: For each listed name the digests by algorithm.
        payload: The algorithms of the lists of the payload.
        tags: Those of the lists of the rest.
    """

    expected: dict[str, dict[str, str]] = field(default_factory=dict)
    payload: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def differences(package: Package, bytes_read: Meter) -> Iterator[Mismatch]:
    """Everything that is not as the package's own lists say.

    Args:
        package: Open.
        bytes_read: Counts the bytes that were hashed.
    """
    yield from package.deviations
    yield from _roots(package)
    yield from _declaration(package)
    lists, mismatches = _read_lists(package)
    for name in sorted(package.names.keys() | lists.expected.keys()):
        mismatches += _file(package, name, lists, bytes_read)
    yield from mismatches
    if not mismatches:
        yield from _info(package)


def _roots(package: Package) -> Iterator[Mismatch]:
    """What lies beside the payload and is none of the files that a package has there."""
    for name in sorted(package.names):
        if not name.startswith(layout.PAYLOAD) and name not in layout.TAGS | _BESIDE:
            yield Mismatch(MismatchKind.FILE_NOT_LISTED, name, EXPECTED, Fault.NO_PART.value)


def _file(package: Package, name: str, lists: _Lists, bytes_read: Meter) -> Iterator[Mismatch]:
    listed = lists.expected.get(name, {})
    if name not in package.names:
        digest = next(iter(listed.values()))
        yield Mismatch(MismatchKind.FILE_MISSING, name, digest, "none")
        return
    algorithms = lists.payload if name.startswith(layout.PAYLOAD) else lists.tags
    if (not listed or set(algorithms) - listed.keys()) and name not in _BESIDE:
        where = "not in every list" if listed else "not in any list"
        yield Mismatch(MismatchKind.FILE_NOT_LISTED, name, "none", where)
    if not listed:
        return
    digests = _digests(package, name, list(listed), bytes_read)
    for algorithm, expected in listed.items():
        if digests.get(algorithm) != expected:
            actual = digests.get(algorithm, "unreadable")
            yield Mismatch(MismatchKind.FILE_CHANGED, name, expected, actual)
            return


def _digests(
    package: Package, name: str, algorithms: list[str], bytes_read: Meter
) -> dict[str, str]:
    """The digests of a file; none if it cannot be read."""
    digests = {algorithm: hashlib.new(algorithm) for algorithm in algorithms}
    try:
        with package.open(name) as file:
            while piece := file.read(_PIECE):
                for digest in digests.values():
                    digest.update(piece)
                bytes_read.advance(len(piece))
    except OSError:
        return {}
    return {algorithm: digest.hexdigest() for algorithm, digest in digests.items()}


def _declaration(package: Package) -> Iterator[Mismatch]:
    text = _text(package, layout.DECLARATION)
    if text != layout.DECLARED:
        yield _other_form(layout.DECLARATION, text)


def _other_form(name: str, text: str) -> Mismatch:
    return Mismatch(MismatchKind.PACKAGE_FORM, name, EXPECTED, text[:80])


def _read_lists(package: Package) -> tuple[_Lists, list[Mismatch]]:
    lists = _Lists()
    mismatches: list[Mismatch] = []
    for algorithm in layout.ALGORITHMS:
        name = layout.manifest(algorithm)
        if name in package.names:
            lists.payload.append(algorithm)
        mismatches += _read_list(package, name, algorithm, lists)
    lists.tags.append("sha256")
    mismatches += _read_list(package, layout.SIGNED, "sha256", lists)
    return lists, mismatches


def _read_list(package: Package, name: str, algorithm: str, lists: _Lists) -> Iterator[Mismatch]:
    if name not in package.names:
        yield Mismatch(MismatchKind.FILE_MISSING, name, "a list", "none")
        return
    try:
        data = read(package, name)
        listed = list(layout.read_lines(data))
    except (OSError, UnicodeDecodeError):
        yield Mismatch(MismatchKind.PACKAGE_FORM, name, "a list", "unreadable")
        return
    digests = dict(line for line in listed if line is not None)
    is_plain = all((path.startswith(layout.PAYLOAD)) != (name == layout.SIGNED) for path in digests)
    if layout.lines(digests) != data or not is_plain:
        yield _other_form(name, "a list of another form")
    for path, digest in digests.items():
        lists.expected.setdefault(path, {})[algorithm] = digest


def _info(package: Package) -> Iterator[Mismatch]:
    """Whether what the package says of itself is written plainly, and its sums are right.

    A file that differs says more.
    """
    payload = [size for name, size in package.names.items() if name.startswith(layout.PAYLOAD)]
    text, values = _text(package, layout.INFO), info(package)
    is_plain = layout.info(values).decode() == text and set(_NEEDED) <= values.keys()
    if not is_plain or not values.keys() <= layout.LABELS:
        yield _other_form(layout.INFO, text)
    oxum, sums = values.get(layout.OXUM, ""), f"{sum(payload)}.{len(payload)}"
    if oxum != sums:
        yield Mismatch(MismatchKind.PACKAGE_FORM, layout.INFO, oxum, sums)


def info(package: Package) -> dict[str, str]:
    """What the package says of itself; nothing if that cannot be read."""
    return layout.fields(_text(package, layout.INFO).encode())


def _text(package: Package, name: str) -> str:
    if name not in package.names:
        return ""
    try:
        return read(package, name).decode()
    except (OSError, UnicodeDecodeError):
        return ""
