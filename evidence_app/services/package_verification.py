"""Checking that an evidence package is what was handed over; it needs no case."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evidence_app.casefile import chain_check, custody, signing, witness
from evidence_app.dossier.package import check, layout, opened
from evidence_app.dossier.package.opened import Package
from evidence_app.errors import Cancelled, MendableError
from evidence_app.logs import step
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.verification import (
    Head,
    Mismatch,
    MismatchKind,
    PackageVerification,
    Signer,
)
from evidence_app.services import custody as logs
from evidence_app.services import timestamps

Row = dict[str, Any]
_LONGEST_LINE = 16 << 20

is_package = opened.is_package


@step("check a package")
def verify(
    path: Path,
    *,
    given: Head | None = None,
    keys: frozenset[str] = frozenset(),
    progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> PackageVerification:
    """Compute everything anew from the bytes, and collect all that does not agree.

    Every file is hashed and must be listed, every listed file must be there; the signature of the
    lists, the custody log with its own, and the timestamps are checked.

    Args:
        path: A folder, a ZIP file, or the ``bagit.txt`` in a folder.
        given: A state of the log that somebody was given before, as in a printed dossier.
        keys: The public keys that may have signed; any, if there are none.
        progress: Told the bytes that were hashed, and of how many.
        is_cancelled: Asked often.

    Raises:
        Cancelled: The person asked to stop.
        MendableError: It is no package, or cannot be opened.
    """
    place = path.parent if path.name == layout.DECLARATION else path
    if not is_package(place):
        raise MendableError(message(MessageCode.NOT_A_PACKAGE, path=path))
    try:
        with opened.opened(place) as package:
            return _verified(package, given, keys, progress, is_cancelled)
    except (OSError, zipfile.BadZipFile) as error:
        raise MendableError(message(MessageCode.NOT_A_PACKAGE, path=path)) from error


def compare_with(checked: PackageVerification, code: str) -> list[Mismatch]:
    """Where the log of a package differs from the state of a check code.

    Raises:
        WrongUseError: It is no check code.
    """
    return witness.compare_copy(checked.entry_hashes, logs.from_check_code(code))


def _verified(
    package: Package,
    given: Head | None,
    keys: frozenset[str],
    progress: Callable[[int, int], None],
    is_cancelled: Callable[[], bool],
) -> PackageVerification:
    done, total = 0, sum(package.names.values())

    def on_bytes(size: int) -> None:
        nonlocal done
        if is_cancelled():
            raise Cancelled
        done += size
        progress(done, total)

    found = list(check.differences(package, on_bytes))
    rows, unreadable = _log(package)
    chain = chain_check.follow_copy(rows)
    hashes = [str(row["entry_hash"]) for row in rows]
    signer, unsigned = _signer(package)
    signers = (*chain.signers, *([Signer(signer, 0, 0)] if signer else []))
    return PackageVerification(
        files=len(package.names),
        size=total,
        entries=chain.entries,
        signers=logs.marked(chain.signers),
        signer=signer,
        is_own=bool(signer) and signer == signing.public_key(),
        code=Head(chain.last, chain.head, hashes[0]).code() if hashes else "",
        entry_hashes=tuple(hashes),
        case_id=check.info(package).get("External-Identifier", ""),
        mismatches=(
            *found,
            *unsigned,
            *unreadable,
            *chain.mismatches,
            *_not_as_said(package, hashes),
            *(witness.compare_copy(hashes, given) if given is not None else ()),
            *logs.not_trusted(signers, keys),
            *_not_in_log(package, rows),
            *timestamps.check_files(_stamps(package), lambda seq: _canonical(rows, seq)),
        ),
    )


def _signer(package: Package) -> tuple[str, list[Mismatch]]:
    """The key that signed the list of lists; empty, and why, if it is not rightly signed."""
    try:
        listed, signature, pem = (
            opened.read(package, name)
            for name in (layout.SIGNED, layout.SIGNATURE, layout.PUBLIC_KEY)
        )
    except (KeyError, *check.UNREADABLE):
        return "", [_unsigned("a signature", "none")]
    public = signing.from_pem(pem)
    is_plain = bool(public) and signing.to_pem(public) == pem
    if not is_plain or not signing.are_signed(public, signature, listed):
        return "", [_unsigned(f"by {public or 'a key'}", signature.hex()[:128])]
    return public, []


def _unsigned(expected: str, found: str) -> Mismatch:
    return Mismatch(MismatchKind.PACKAGE_SIGNATURE, layout.SIGNATURE, expected, found)


def _log(package: Package) -> tuple[list[Row], list[Mismatch]]:
    """The entries of the custody log as they are stored, and the lines that are none."""
    if layout.LOG not in package.names:
        return [], [Mismatch(MismatchKind.FILE_MISSING, layout.LOG, "the custody log", "none")]
    rows: list[Row] = []
    found: list[Mismatch] = []
    try:
        with package.open(layout.LOG) as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                try:
                    rows.append(custody.from_line(line))
                except ValueError:
                    where, said = f"{layout.LOG}, {number}", line[:80].decode(errors="replace")
                    found.append(Mismatch(MismatchKind.ENTRY_HASH, where, "an entry", said))
    except check.UNREADABLE as error:
        found.append(Mismatch(MismatchKind.FILE_CHANGED, layout.LOG, "a file", str(error)))
    return rows, found


def _not_as_said(package: Package, hashes: Sequence[str]) -> Iterator[Mismatch]:
    """How the log differs from the check code of the package itself."""
    code = check.info(package).get(layout.CHECK_CODE, "")
    try:
        said = Head.from_code(code)
    except ValueError:
        yield Mismatch(MismatchKind.PACKAGE_FORM, layout.INFO, layout.CHECK_CODE, code)
        return
    yield from witness.compare_copy(hashes, said)
    if len(hashes) > said.seq:
        yield Mismatch(MismatchKind.PACKAGE_FORM, layout.LOG, str(said.seq), str(len(hashes)))


def _not_in_log(package: Package, rows: Sequence[Row]) -> Iterator[Mismatch]:
    """Originals of which the log does not say that they came in."""
    known, nameless = set(), 0
    for row in rows:
        detail = custody.decoded(row)["detail"]
        sha256 = detail.get("sha256") if isinstance(detail, dict) else None
        if row["action"] in (Action.IMPORT.value, Action.ADD_ENTRY.value):
            known.add(sha256)
            # Older versions did not note the digest of what the person wrote down.
            nameless += sha256 is None
    unknown = [
        Mismatch(MismatchKind.ORIGINAL_NOT_IN_LOG, name, "an entry of the log", digest)
        for name, digest in _listed(package)
        if name.startswith(layout.ORIGINALS) and digest not in known
    ]
    if len(unknown) > nameless:
        yield from unknown


def _listed(package: Package) -> Iterator[tuple[str, str]]:
    try:
        data = opened.read(package, layout.manifest("sha256"))
        yield from (line for line in layout.read_lines(data) if line is not None)
    except (KeyError, UnicodeDecodeError, *check.UNREADABLE):
        return  # The comparison with the lists tells of it.


def _stamps(package: Package) -> dict[str, bytes]:
    """The files of timestamps, by their names without the folder of all."""
    found: dict[str, bytes] = {}
    for name in package.names:
        if name.startswith(layout.TIMESTAMPS):
            try:
                found[name.removeprefix(layout.TIMESTAMPS)] = opened.read(package, name)
            except check.UNREADABLE:
                continue  # The comparison with the lists tells of it.
    return found


def _canonical(rows: Sequence[Row], seq: int) -> bytes:
    """What was stamped of an entry; nothing if there is no such entry."""
    found = (custody.canonical(custody.decoded(row)) for row in rows if row["seq"] == seq)
    return next(found, b"")
