"""Trusted timestamps (RFC 3161): an authority elsewhere vouches that a state of the log existed."""

from __future__ import annotations

import hashlib
import re
import threading
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from evidence_app import logs, resources
from evidence_app.anchoring import authority, chains, tokens
from evidence_app.anchoring.stamp import Stamp
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import entry_form
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.records import anchors as anchor_records
from evidence_app.casefile.records.anchors import AnchorRecord
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action, Anchor
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import SILENT, Progress
from evidence_app.services.custody import head

_LOOK_EVERY_S = 0.1
_RESPONSE = re.compile(r"(.*/)?entry-([0-9]{1,15})\.tsr")


@dataclass(frozen=True, slots=True)
class Authority:
    """A service that gives timestamps.

    Attributes:
        name: What it is called.
        address: Where it answers, http or https.
    """

    name: str
    address: str


def known_authorities() -> list[Authority]:
    """Services that answer without an account; others can be typed in."""
    values = tomllib.loads(resources.path("authorities.toml").read_text(encoding="utf-8"))
    return [Authority(entry["name"], entry["address"]) for entry in values["authority"]]


@logs.step("get a timestamp")
def request(
    case: CaseFile,
    address: str,
    *,
    timeout_s: float = 20.0,
    progress: Progress = SILENT,
) -> Anchor:
    """Have the newest entry of the log stamped, and keep the answer once it was checked.

    This is the only thing that the program ever does over a network. What leaves the computer is
    one SHA-256.

    Args:
        case: The case, open for changes.
        address: Of the authority, http or https.
        timeout_s: Seconds to wait for each answer.
        progress: Asked often; an answer that comes after it was cancelled is not kept.

    Raises:
        Cancelled: The person asked to stop.
        UserError: The authority cannot be reached, refuses, or gives something else.
    """
    newest = head(case)
    assert newest is not None, "a case begins with an entry"
    with case.read() as connection:
        data = custody.canonical_of(connection, newest.seq)
    stamp, facts = _answered(
        lambda: authority.request(address, data, timeout_s=timeout_s), progress
    )
    detail = {
        "entry": newest.seq,
        "authority": facts.authority,
        "at": facts.at.isoformat(),
        "address": address,
    }
    token = stamp.to_bytes()
    with case.change(Action.TIMESTAMP, detail, undoable=False) as change:
        number = anchor_records.add(change, newest.seq, address, token)
    record = AnchorRecord(number, newest.seq, data, address, token)
    return _checked(record, chains.trusted_by_system())


def respond(address: str, progress: Progress) -> Callable[[bytes, bytes, int], bytes]:
    """What gets the response to a request that was made elsewhere, checked as in `request`.

    It takes the request (DER), its SHA-256 and its nonce. Nothing is asked before it is called.

    Args:
        address: Of the authority, http or https.
        progress: Is asked often whether to go on.
    """
    return lambda query, digest, nonce: _answered(
        lambda: authority.respond(address, query, digest, nonce), progress
    )


T = TypeVar("T")


def _answered(ask: Callable[[], T], progress: Progress) -> T:
    """What an authority answers; a network that hangs is not waited for when it is cancelled."""
    answer: Future[T] = Future()

    def wait_for_it() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)

    # It touches nothing of the case, so that it may be left behind when the program ends.
    threading.Thread(target=wait_for_it, name="asking an authority", daemon=True).start()
    while not wait([answer], timeout=_LOOK_EVERY_S).done:
        progress.check()
    progress.check()
    return answer.result()


def list_anchors(case: CaseFile) -> list[Anchor]:
    """All timestamps of a case, each checked anew from its bytes, the oldest first."""
    with case.read() as connection:
        records = anchor_records.all_of(connection)
    trusted = chains.trusted_by_system() if records else []
    return [_checked(record, trusted) for record in records]


def mismatches(case: CaseFile) -> list[Mismatch]:
    """Timestamps that do not fit their log entry, or cannot be trusted."""
    return [
        Mismatch(
            MismatchKind.ANCHOR, f"time_anchor {anchor.id}", f"entry {anchor.seq}", anchor.problem
        )
        for anchor in list_anchors(case)
        if anchor.problem
    ]


@logs.step("save a timestamp")
def save(case: CaseFile, number: int, folder: Path) -> list[Path]:
    """Write a timestamp into a folder so that others can check it, for example with OpenSSL.

    The files are ``entry-N.json`` (what was stamped), ``entry-N.tsr`` (the answer),
    ``entry-N-chain.pem`` (the certificates, the root last), and ``entry-N-revocation-M.der``.

    Raises:
        UsageError: There is no such timestamp.
        UserError: It is damaged, or the files are there already or cannot be written.
    """
    with case.read() as connection:
        records = [record for record in anchor_records.all_of(connection) if record.id == number]
    if not records:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"s{number}"))
    [record] = records
    name = f"entry-{record.entry_seq}"
    try:
        files = {f"{name}.json": record.stamped, **_files(name, Stamp.from_bytes(record.token))}
    except ValueError as error:
        raise UserError(message(MessageCode.TIMESTAMP_INVALID, reason=error)) from error
    written = [_written(folder / file, content) for file, content in files.items()]
    with case.change(Action.EXTRACT, {"timestamp": number, "files": list(files)}):
        pass
    return written


def files(case: CaseFile, last_seq: int) -> dict[str, bytes]:
    """What others need to check the timestamps of the entries up to a number, by file name.

    Those that cannot be read are left out; a check of the case tells of them. What was stamped is
    there only if nothing private stands in it: else the entry's hash in the log has to do.
    """
    with case.read() as connection:
        records = anchor_records.all_of(connection)
    timestamp_files: dict[str, bytes] = {}
    for record in records:
        name = f"entry-{record.entry_seq}"
        try:
            own = _files(name, Stamp.from_bytes(record.token))
        except ValueError:
            continue
        if entry_form.is_free_of_private(record.stamped):
            own[f"{name}.json"] = record.stamped
        if record.entry_seq <= last_seq:
            timestamp_files |= {f"s{record.id}/{file}": data for file, data in own.items()}
    return timestamp_files


def check_files(files: Mapping[str, bytes], hash_of: Callable[[int], bytes]) -> Iterator[Mismatch]:
    """Timestamp files of a package that do not fit their log entries.

    Args:
        files: As `files` gives them.
        hash_of: Gives the hash of an entry of the log, 32 bytes, by its number; nothing for one
            that is not there.
    """
    for name, response in sorted(files.items()):
        match = _RESPONSE.fullmatch(name)
        if match is None:
            continue
        folder, seq = match[1], int(match[2])
        start = f"{folder}entry-{seq}"
        try:
            stamp = Stamp(
                response,
                tuple(chains.from_pem(files.get(f"{start}-chain.pem", b""))),
                tuple(
                    data for file, data in files.items() if file.startswith(f"{start}-revocation-")
                ),
            )
            tokens.check(stamp, hash_of(seq))
            _compare(files.get(f"{start}.json"), hash_of(seq))
        except ValueError as error:
            yield Mismatch(MismatchKind.ANCHOR, name, f"entry {seq}", str(error))


def _compare(stamped: bytes | None, entry_hash: bytes) -> None:
    if stamped is not None and hashlib.sha256(stamped).digest() != entry_hash:
        raise ValueError("what was stamped is not the entry")


def _files(name: str, stamp: Stamp) -> dict[str, bytes]:
    files = {f"{name}.tsr": stamp.response, f"{name}-chain.pem": chains.to_pem(stamp.certificates)}
    for number, data in enumerate(stamp.revocation, start=1):
        files[f"{name}-revocation-{number}.der"] = data
    return files


def _written(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError as error:
        raise UserError(message(MessageCode.TARGET_EXISTS, path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(message(MessageCode.CANNOT_WRITE, path=path, reason=reason)) from error
    return path


def _checked(record: AnchorRecord, trusted: Sequence[bytes]) -> Anchor:
    try:
        stamp = Stamp.from_bytes(record.token)
        facts = tokens.check(stamp, hashlib.sha256(record.stamped).digest())
    except ValueError as error:
        return Anchor(record.id, record.entry_seq, record.authority, problem=str(error))
    return Anchor(
        id=record.id,
        seq=record.entry_seq,
        address=record.authority,
        at=facts.at,
        authority=facts.authority,
        root=facts.root,
        root_sha256=facts.root_sha256,
        is_root_trusted=stamp.certificates[-1] in trusted,
        revocation_unknown=facts.revocation_unknown,
    )
