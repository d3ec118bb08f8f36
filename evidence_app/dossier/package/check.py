"""Compares the files of a package with its lists: what differs, lacks, or is not listed."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evidence_app.dossier.package import layout
from evidence_app.dossier.package.opened import Package, read
from evidence_app.model.verification import Mismatch, MismatchKind

_PIECE = 1 << 20
_DECLARATION = re.compile(r"BagIt-Version: \d+\.\d+\nTag-File-Character-Encoding: UTF-8\n?")
_BESIDE = frozenset({layout.SIGNATURE, layout.PUBLIC_KEY})
"""The signature cannot be in the list that it signs."""
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError)


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


def differences(package: Package, on_bytes: Callable[[int], None]) -> Iterator[Mismatch]:
    """Everything that is not as the package's own lists say.

    Args:
        package: Open.
        on_bytes: Is told the size of each piece that was hashed; may raise `Cancelled`.
    """
    yield from _declaration(package)
    lists, found = _read_lists(package)
    found += [
        Mismatch(MismatchKind.FILE_NOT_LISTED, name, "none", "no ordinary file")
        for name in package.strange
    ]
    for name in sorted(package.names.keys() | lists.expected.keys()):
        found += _file(package, name, lists, on_bytes)
    yield from found
    if not found:
        yield from _oxum(package)


def _file(
    package: Package, name: str, lists: _Lists, on_bytes: Callable[[int], None]
) -> Iterator[Mismatch]:
    listed = lists.expected.get(name, {})
    if name not in package.names:
        digest = next(iter(listed.values()))
        yield Mismatch(MismatchKind.FILE_MISSING, name, digest, "none")
        return
    wanted = lists.payload if name.startswith(layout.PAYLOAD) else lists.tags
    is_beside = name in _BESIDE or name.startswith("tagmanifest-")
    if (not listed or set(wanted) - listed.keys()) and not is_beside:
        where = "not in every list" if listed else "not in any list"
        yield Mismatch(MismatchKind.FILE_NOT_LISTED, name, "none", where)
    if not listed:
        return
    found = _digests(package, name, list(listed), on_bytes)
    for algorithm, expected in listed.items():
        if found.get(algorithm) != expected:
            said = found.get(algorithm, "unreadable")
            yield Mismatch(MismatchKind.FILE_CHANGED, name, expected, said)
            return


def _digests(
    package: Package, name: str, algorithms: list[str], on_bytes: Callable[[int], None]
) -> dict[str, str]:
    """The digests of a file; none if it cannot be read."""
    digests = {one: hashlib.new(one) for one in algorithms}
    try:
        with package.open(name) as file:
            while piece := file.read(_PIECE):
                for digest in digests.values():
                    digest.update(piece)
                on_bytes(len(piece))
    except UNREADABLE:
        return {}
    return {one: digest.hexdigest() for one, digest in digests.items()}


def _declaration(package: Package) -> Iterator[Mismatch]:
    said = _text(package, layout.DECLARATION).replace("\r\n", "\n")
    if _DECLARATION.fullmatch(said) is None:
        where = layout.DECLARATION
        yield Mismatch(MismatchKind.PACKAGE_FORM, where, f"BagIt {layout.VERSION}", said[:80])


def _read_lists(package: Package) -> tuple[_Lists, list[Mismatch]]:
    lists, found = _Lists(), []
    for name, algorithm, is_payload in layout.manifests(package.names):
        if algorithm not in layout.ALGORITHMS:
            said = f"a list of {algorithm}"
            found.append(Mismatch(MismatchKind.PACKAGE_FORM, name, "SHA-256 or SHA-512", said))
            continue
        (lists.payload if is_payload else lists.tags).append(algorithm)
        found += _read_list(package, name, algorithm, lists)
    for name in (*map(layout.manifest, layout.ALGORITHMS), layout.SIGNED):
        if name not in package.names:
            found.append(Mismatch(MismatchKind.FILE_MISSING, name, "a list", "none"))
    return lists, found


def _read_list(package: Package, name: str, algorithm: str, lists: _Lists) -> Iterator[Mismatch]:
    try:
        listed = list(layout.read_lines(read(package, name)))
    except (*UNREADABLE, UnicodeDecodeError):
        yield Mismatch(MismatchKind.PACKAGE_FORM, name, "a list", "unreadable")
        return
    for number, line in enumerate(listed, 1):
        if line is None:
            where = f"{name}, {number}"
            yield Mismatch(
                MismatchKind.PACKAGE_FORM, where, "a digest and a name", "something else"
            )
            continue
        path, digest = line
        known = lists.expected.setdefault(path, {}).setdefault(algorithm, digest)
        if known != digest:
            yield Mismatch(MismatchKind.PACKAGE_FORM, f"{name}, {number}", known, digest)


def _oxum(package: Package) -> Iterator[Mismatch]:
    """Whether the package says other sums than its files have; a file that differs says more."""
    payload = [size for name, size in package.names.items() if name.startswith(layout.PAYLOAD)]
    said = info(package).get(layout.OXUM, "")
    found = f"{sum(payload)}.{len(payload)}"
    if said != found:
        yield Mismatch(MismatchKind.PACKAGE_FORM, layout.INFO, said, found)


def info(package: Package) -> dict[str, str]:
    """What the package says of itself; nothing if that cannot be read."""
    return layout.fields(_text(package, layout.INFO).encode())


def _text(package: Package, name: str) -> str:
    if name not in package.names:
        return ""
    try:
        return read(package, name).decode("utf-8-sig")
    except (*UNREADABLE, UnicodeDecodeError):
        return ""
