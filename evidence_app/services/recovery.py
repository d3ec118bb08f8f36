"""Rescues what is whole in a damaged case file into a new case, and says what is lost."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.rescue import recovered_rows as new_rows
from evidence_app.casefile.rescue import salvage
from evidence_app.casefile.rescue.carving import Carved, CarvedContent
from evidence_app.casefile.rescue.salvage import Damaged, SalvagedTable
from evidence_app.casefile.storage.cipher import CipherKey, key_for
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.recovery import Recovery
from evidence_app.progress import SILENT, Progress
from evidence_app.services import cases
from evidence_app.services.importing.importer import Importer


@logs.step("recover a case")
def recover(
    path: Path,
    target: Path,
    *,
    password: str | None = None,
    progress: Progress = SILENT,
) -> Recovery:
    """Make a new case of what is whole in a damaged one, which is left as it is.

    Every original whose bytes still have their SHA-256 is taken over, whether its description can
    be read or not. Rows that are readable and as they were sealed are taken over with their
    numbers. The log of the damaged file becomes evidence of its own in the new case, for a log
    with gaps cannot be gone on with.

    Args:
        path: The damaged file.
        target: The new case; nothing may be there.
        password: If the file is locked.
        progress: Is told the share that is done, 0 to 1; if it is cancelled, nothing is left
            behind.

    Raises:
        Cancelled: The person asked to stop.
        UserError: There is nothing to rescue, or the new case cannot be written.
    """
    if not path.is_file():
        raise UserError(message(MessageCode.CASE_NOT_FOUND, path=path))
    case = CaseFile.create(target)
    try:
        with case:
            work = _Recovery(case, path, password, progress)
            report = work.run()
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return report


class _Recovery:
    def __init__(
        self,
        case: CaseFile,
        path: Path,
        password: str | None,
        progress: Progress,
    ) -> None:
        self._case, self._path = case, path
        self._key: CipherKey | None = None if password is None else key_for(path, password)
        self._progress = progress
        self._whole: dict[str, int] = {}
        self._contents: dict[int, int] = {}
        self._damaged: list[int] = []
        self._digests: set[str] | None = None
        self._tables: dict[str, SalvagedTable] = {}
        self._old_log: list[salvage.Row] = []
        self._anchors: list[salvage.Row] = []

    def run(self) -> Recovery:
        try:
            damaged = Damaged(self._path, self._key)
        except salvage.DatabaseError:
            damaged = None
        if damaged is not None:
            with damaged:
                self._read(damaged)
        if self._key is None:
            self._carve()
        rows = {name: len(table.rows) for name, table in self._tables.items()}
        if not self._whole and not rows.get("item"):
            raise UserError(message(MessageCode.NOTHING_TO_RESCUE, path=self._path))
        names, lost = self._write_rows()
        nameless = self._add_nameless()
        self._add_old_log()
        return Recovery(
            originals=len(self._whole),
            damaged=tuple(names),
            nameless=nameless,
            rows=sum(rows.values()),
            lost_rows=lost,
            unvouched=self._unvouched(),
        )

    def _read(self, damaged: Damaged) -> None:
        for table in salvage.TABLES:
            self._progress.check()
            self._tables[table.name] = damaged.table(table)
        self._old_log, self._anchors = damaged.entries(), damaged.anchors()
        contents = damaged.contents()
        total = sum(size for _, _, size, _ in contents) or 1
        read_bytes = 0
        for number, sha256, size, kind in contents:
            if salvage.digest_of(damaged.pieces(number)) == sha256:
                self._take(number, damaged.pieces(number), kind)
            else:
                self._damaged.append(number)
                self._remains(number, damaged)
            read_bytes += size
            self._progress.tell(read_bytes, total)

    def _carve(self) -> None:
        """Look for originals that the database no longer leads to."""
        with self._path.open("rb", buffering=0) as stream:
            carved = Carved(stream)
            described = {carved_content.id: carved_content for carved_content in carved.contents}
            for number in sorted({*described, *carved.ids}):
                self._take_carved(carved, number, described.get(number))

    def _take_carved(
        self, carved: Carved, number: int, carved_content: CarvedContent | None
    ) -> None:
        """Take an original whose digest stands beside it, or at least in the old log."""
        size = carved_content.size if carved_content is not None else None
        digest = salvage.digest_of(carved.pieces(number, size))
        digests = {carved_content.sha256} if carved_content is not None else self._logged_digests()
        if digest not in digests or digest in self._whole:
            return
        kind = (
            carved_content.media_type if carved_content is not None else None
        ) or "application/octet-stream"
        self._take(number, carved.pieces(number, size), kind)
        if number in self._damaged:
            self._damaged.remove(number)

    def _logged_digests(self) -> set[str]:
        """The digests that the old log, as far as it could be read, speaks of."""
        if self._digests is None:
            details = " ".join(str(row["detail"]) for row in self._old_log)
            self._digests = set(re.findall(r"\b[0-9a-f]{64}\b", details))
        return self._digests

    def _take(self, number: int, pieces: Iterator[bytes], kind: str) -> None:
        self._progress.check()
        incoming = originals.receive(self._case, io.BufferedReader(_Pieces(pieces)))
        detail = {"sha256": incoming.sha256, "size": incoming.size}
        with self._case.change(Action.RECOVER, detail, undoable=False) as change:
            content_id = originals.adopt(change, incoming, kind)
        self._whole[incoming.sha256] = content_id
        self._contents[number] = content_id

    def _remains(self, number: int, damaged: Damaged) -> None:
        """Keep the bytes that are left of an original, as what they are."""
        incoming = originals.receive(self._case, io.BufferedReader(_Pieces(damaged.pieces(number))))
        detail = {"sha256": incoming.sha256, "size": incoming.size, "damaged": True}
        with self._case.change(Action.RECOVER, detail, undoable=False) as change:
            self._contents[number] = originals.adopt(change, incoming, "application/octet-stream")

    def _write_rows(self) -> tuple[list[str], int]:
        described = self._tables.get("case_info", SalvagedTable()).rows.get(1)
        old_head = str(self._old_log[-1]["entry_hash"]) if self._old_log else ""
        info = described or {
            "title": self._path.stem,
            "owner_name": "",
            "timezone": cases.default_timezone(),
            "jurisdiction": cases.default_jurisdiction().value,
        }
        info = {
            **info,
            "id": 1,
            "created_at": datetime.now(UTC).isoformat(),
            "case_id": uuid.uuid4().hex,
        }
        self._tables["case_info"] = SalvagedTable({1: info})
        detail: dict[str, object] = {
            "file": self._path.name,
            "sha256": _digest(self._path),
            "head": old_head,
            "originals": len(self._whole),
            "damaged": len(self._damaged),
            "unvouched": self._unvouched(),
        }
        with self._case.change(Action.RECOVER, detail, undoable=False) as change:
            names, lost = new_rows.write(change, self._tables, self._contents, self._damaged)
            detail["lost_rows"] = lost
        return names, lost

    def _unvouched(self) -> int:
        return sum(len(table.unvouched) for table in self._tables.values())

    def _add_nameless(self) -> int:
        """Make items of whole originals whose descriptions are lost."""
        with self._case.read() as connection:
            alone = new_rows.without_item(connection)
        if not alone:
            return 0
        with Importer(self._case) as importer:
            for number, sha256 in alone:
                with originals.open_content(self._case, number) as stream:
                    importer.run_stream(f"recovered-{sha256[:8]}", stream, self._path.name)
        return len(alone)

    def _add_old_log(self) -> None:
        """The log and the timestamps of the damaged file, as far as they could be read."""
        lines = [json.dumps(row, ensure_ascii=False, default=repr) for row in self._old_log]
        with Importer(self._case) as importer:
            if lines:
                name = f"custody log of {self._path.name}.jsonl"
                importer.run_bytes(name, "\n".join(lines).encode(), origin=self._path.name)
            for row in self._anchors:
                if isinstance(row["token"], bytes):
                    name = f"timestamp of entry {row['entry_seq']}.json"
                    importer.run_bytes(name, row["token"], origin=self._path.name)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
