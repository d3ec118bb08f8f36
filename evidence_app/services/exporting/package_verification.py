"""Checking that an evidence package is what was handed over; it needs no case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence_app.casefile.custody import chain_check, log_copy, signing, witness
from evidence_app.casefile.custody.log_copy import CopiedEntry
from evidence_app.dossier.package import check, layout, opened
from evidence_app.dossier.package.faults import Fault
from evidence_app.dossier.package.opened import Package
from evidence_app.errors import UserError
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
from evidence_app.progress import SILENT, Meter, Progress
from evidence_app.services import custody as logs
from evidence_app.services import timestamps
from evidence_app.services.exporting import package_tables
from evidence_app.services.exporting.package_tables import TablesCheck

_LONGEST_LINE = 4 << 20
_LONGEST_LOG = 256 << 20
_ARRIVALS = (Action.IMPORT.value, Action.ADD_ENTRY.value, Action.RECOVER.value)

is_package = opened.is_package


@step("check a package")
def verify(
    path: Path,
    *,
    head: Head | None = None,
    keys: frozenset[str] = frozenset(),
    progress: Progress = SILENT,
) -> PackageVerification:
    """Compute everything anew from the bytes, and collect all that does not agree.

    Every file is hashed and must be listed, every listed file must be there; the signature of the
    lists, the custody log with its own, and the timestamps are checked.

    Args:
        path: A folder, a ZIP file, the first of its parts, or the ``bagit.txt`` in a folder.
        head: A state of the log that somebody was given before, as in a printed dossier.
        keys: The public keys that may have signed; any, if there are none.
        progress: Is told the bytes that were hashed, and of how many.

    Raises:
        Cancelled: The person asked to stop.
        UserError: It is no package, or cannot be opened.
    """
    place = path.parent if path.name == layout.DECLARATION else path
    if not is_package(place):
        raise UserError(message(MessageCode.NOT_A_PACKAGE, path=path))
    try:
        with opened.opened(place) as package:
            return _verified(package, head, keys, progress)
    except OSError as error:
        raise UserError(message(MessageCode.NOT_A_PACKAGE, path=path)) from error


def compare_with(checked: PackageVerification, code: str) -> list[Mismatch]:
    """Where the log of a package differs from the state of a check code.

    Raises:
        UsageError: It is no check code.
    """
    return witness.compare_copy(checked.entry_hashes, logs.from_check_code(code))


def _verified(
    package: Package,
    head: Head | None,
    keys: frozenset[str],
    progress: Progress,
) -> PackageVerification:
    if not package.names:
        # Programs would disagree about what is in it.
        return PackageVerification(mismatches=tuple(package.deviations))
    bytes_read = Meter(progress, sum(package.names.values()))
    mismatches = list(check.differences(package, bytes_read))
    entries, unreadable = _log(package)
    chain = chain_check.follow_copy(entries)
    hashes = [str(entry.values["entry_hash"]) for entry in entries]
    signer, unsigned = _signer(package)
    signers = (*chain.signers, *([Signer(signer, 0, 0)] if signer else []))
    compared = TablesCheck() if mismatches else package_tables.check(package, entries, progress)
    return PackageVerification(
        files=len(package.names),
        size=sum(package.names.values()),
        entries=chain.entries,
        withheld=sum(entry.is_withheld for entry in entries),
        rows=compared.rows,
        unproven=compared.unproven,
        redacted=compared.redacted,
        signers=logs.marked(chain.signers),
        signer=signer,
        is_own=bool(signer) and signer == signing.public_key(),
        code=Head(chain.last, chain.head, hashes[0]).code() if hashes else "",
        entry_hashes=tuple(hashes),
        case_id=check.info(package).get(layout.IDENTIFIER, ""),
        mismatches=(
            *mismatches,
            *unsigned,
            *unreadable,
            *chain.mismatches,
            *_not_as_said(package, entries, hashes),
            *(witness.compare_copy(hashes, head) if head is not None else ()),
            *logs.not_trusted(signers, keys),
            *_not_by_the_last(chain.signers, signer, keys),
            *_not_in_log(package, entries),
            *compared.mismatches,
            *timestamps.check_files(_stamps(package), lambda seq: _hash(hashes, seq)),
        ),
    )


def _not_by_the_last(
    signers: Sequence[Signer], signer: str, keys: frozenset[str]
) -> Iterator[Mismatch]:
    """Whether somebody signed the package who did not sign the end of the log.

    Somebody without the key of the case can change a package and sign it with a key of his own,
    but he cannot sign the log. Who says by ``keys`` that he trusts that key knows of it.
    """
    last = signers[-1].public_key if signers else "a signed history"
    if signer and signer != last and signer not in keys:
        yield Mismatch(MismatchKind.SIGNER, layout.SIGNATURE, last, signer)


def entries_of(package: Package) -> list[CopiedEntry]:
    """The entries of the custody log in a package, as far as they can be read."""
    return _log(package)[0]


def _signer(package: Package) -> tuple[str, list[Mismatch]]:
    """The key that signed the list of lists; empty, and why, if it is not rightly signed."""
    try:
        listed, signature, pem = (
            opened.read(package, name)
            for name in (layout.SIGNED, layout.SIGNATURE, layout.PUBLIC_KEY)
        )
    except (KeyError, OSError):
        return "", [_unsigned("a signature", "none")]
    public = signing.from_pem(pem)
    is_plain = bool(public) and signing.to_pem(public) == pem
    if not is_plain or not signing.verify_bytes(public, signature, listed):
        return "", [_unsigned(f"by {public or 'a key'}", signature.hex()[:128])]
    named_key = check.info(package).get(layout.SIGNER, "")
    if named_key != public:
        return public, [Mismatch(MismatchKind.PACKAGE_FORM, layout.INFO, public, named_key)]
    return public, []


def _unsigned(expected: str, actual: str) -> Mismatch:
    return Mismatch(MismatchKind.PACKAGE_SIGNATURE, layout.SIGNATURE, expected, actual)


def _log(package: Package) -> tuple[list[CopiedEntry], list[Mismatch]]:
    """The entries of the custody log, and the lines that are none."""
    size = package.names.get(layout.LOG)
    if size is None:
        return [], [Mismatch(MismatchKind.FILE_MISSING, layout.LOG, "the history", "none")]
    if size > _LONGEST_LOG:
        return [], [_spoilt(Fault.TOO_LARGE.value)]
    entries: list[CopiedEntry] = []
    mismatches: list[Mismatch] = []
    try:
        with package.open(layout.LOG) as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                try:
                    entries.append(log_copy.from_line(line))
                except ValueError:
                    where, text = f"{layout.LOG}, {number}", line[:80].decode(errors="replace")
                    mismatches.append(Mismatch(MismatchKind.ENTRY_HASH, where, "an entry", text))
    except OSError as error:
        mismatches.append(_spoilt(str(error)))
    return entries, mismatches


def _spoilt(actual: str) -> Mismatch:
    return Mismatch(MismatchKind.FILE_CHANGED, layout.LOG, "a file", actual)


def _not_as_said(
    package: Package, entries: Sequence[CopiedEntry], hashes: Sequence[str]
) -> Iterator[Mismatch]:
    """How the log differs from what the package itself says of it."""
    info = check.info(package)
    code = info.get(layout.CHECK_CODE, "")
    first = entries[0].disclosed if entries else {}
    stated_id, case_id = info.get(layout.IDENTIFIER, ""), first.get("detail.case_id")
    if case_id not in (None, stated_id):
        yield Mismatch(MismatchKind.SWAPPED, layout.INFO, str(case_id), stated_id)
    try:
        head = Head.from_code(code)
    except ValueError:
        yield Mismatch(MismatchKind.PACKAGE_FORM, layout.INFO, layout.CHECK_CODE, code)
        return
    yield from witness.compare_copy(hashes, head)
    if len(hashes) > head.seq:
        yield Mismatch(MismatchKind.PACKAGE_FORM, layout.LOG, str(head.seq), str(len(hashes)))


def _not_in_log(package: Package, entries: Sequence[CopiedEntry]) -> Iterator[Mismatch]:
    """Originals of which the log does not say that they came in."""
    digests, nameless = set(), 0
    for entry in entries:
        if entry.values["action"] in _ARRIVALS:
            digests.add(entry.disclosed.get("detail.sha256"))
            # Of entries that older programs wrote nothing private can be shown.
            nameless += entry.is_withheld
    files = [line for line in _listed(package) if line[0].startswith(layout.ORIGINALS)]
    unknown = [
        Mismatch(MismatchKind.ORIGINAL_NOT_IN_LOG, name, "an entry of the history", digest)
        for name, digest in (*files, *package_tables.excerpt_digests(package))
        if digest not in digests
    ]
    if len(unknown) > nameless:
        yield from unknown


def _listed(package: Package) -> Iterator[tuple[str, str]]:
    try:
        data = opened.read(package, layout.manifest("sha256"))
        yield from (line for line in layout.read_lines(data) if line is not None)
    except (KeyError, UnicodeDecodeError, OSError):
        return  # The comparison with the lists tells of it.


def _stamps(package: Package) -> dict[str, bytes]:
    """The files of timestamps, by their names without the folder of all."""
    stamps: dict[str, bytes] = {}
    for name in package.names:
        if name.startswith(layout.TIMESTAMPS):
            try:
                stamps[name.removeprefix(layout.TIMESTAMPS)] = opened.read(package, name)
            except OSError:
                continue  # The comparison with the lists tells of it.
    return stamps


def _hash(hashes: Sequence[str], seq: int) -> bytes:
    """The hash of an entry, which was stamped; nothing if there is no such entry."""
    try:
        return bytes.fromhex(hashes[seq - 1]) if 0 < seq <= len(hashes) else b""
    except ValueError:
        return b""
