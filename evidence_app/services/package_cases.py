"""An evidence package as a case to look at: made anew from what is in it, and gone when closed."""

from __future__ import annotations

import io
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from evidence_app import logs
from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody.witness import Witness
from evidence_app.casefile.rescue import recovered_rows
from evidence_app.casefile.rescue.salvage import SalvagedTable
from evidence_app.dossier.package import layout, opened
from evidence_app.dossier.package.opened import Package
from evidence_app.errors import DamagedError, UserError
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.messages import MessageCode, message
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action, CustodyEntry
from evidence_app.model.evidence import ItemKind
from evidence_app.model.verification import PackageVerification
from evidence_app.progress import SILENT, Meter, Progress
from evidence_app.services import findings, package_rows, tags
from evidence_app.services.exporting import package_verification
from evidence_app.services.importing import derivatives
from evidence_app.services.package_rows import PackageRows

_SEEN = (ItemKind.PICTURE, ItemKind.RECORDING, ItemKind.VIDEO, ItemKind.DOCUMENT)
_DETAIL = "detail."
_NOT_HERE = "本证据包里没有这个文件。\nThis file is not in the package.\n"


class PackageCase(CaseFile):
    """A private case, for reading only, that shows what is in a package.

    It is no copy of the case from which the package was made: it has a log of its own, which
    vouches for nothing.

    Attributes:
        source: The package.
        checked: What its check found.
        report: The evidence report that is in it, or None.
        log: The history of the case up to the package, as far as the package tells it.
        missing: How many files of its list are not in it.
        unreadable: How many rows of its tables cannot be shown.
    """

    source: Path
    checked: PackageVerification
    report: Path | None = None
    log: tuple[CustodyEntry, ...] = ()
    missing: int = 0
    unreadable: int = 0

    def close(self) -> None:
        """Let go of it, and remove it."""
        super().close()
        _remove(self.path)


@logs.step("open a package")
def open_package(path: Path, progress: Progress = SILENT) -> PackageCase:
    """Check a package, and make a case of what is in it.

    Nothing is written but private temporary files, which go when the case is closed.

    Args:
        path: As for `package_verification.verify`.
        progress: Is told the share that is done, 0 to 1.

    Raises:
        Cancelled: The person asked to stop.
        UserError: It is no package, or holds too little to be shown.
    """
    place = path.parent if path.name == layout.DECLARATION else path
    checked = package_verification.verify(place, progress=progress.within(0, 0.5))
    if not checked.files:
        raise UserError(message(MessageCode.PACKAGE_CANNOT_BE_SHOWN, path=path))
    target = Path(tempfile.mkdtemp(prefix="evidence-package-")) / "package.evcase"
    try:
        with opened.opened(place) as package, _as_unusable(path):
            rows = package_rows.read(package)
            _fill(target, package, rows, progress.within(0.5, 1))
            report = _report(package, target.parent)
            log = tuple(_log(package))
        case = PackageCase.open(target, read_only=True)
    except BaseException:
        _remove(target)
        raise
    assert isinstance(case, PackageCase)
    case.source, case.checked, case.report, case.log = place, checked, report, log
    case.missing = sum(not name for name in rows.files.values())
    case.unreadable = rows.unreadable
    return case


@contextmanager
def _as_unusable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, DamagedError, *package_rows.UNUSABLE) as error:
        raise UserError(message(MessageCode.PACKAGE_CANNOT_BE_SHOWN, path=path)) from error


def _remove(path: Path) -> None:
    """Remove the case, and what was noted of its log: nobody will see it again."""
    Witness(path).forget()
    shutil.rmtree(path.parent, ignore_errors=True)


def _fill(path: Path, package: Package, rows: PackageRows, progress: Progress) -> None:
    with CaseFile.create(path) as case:
        meter = Meter(progress, 2 * max(1, len(rows.items)))
        contents = {}
        for number in rows.items:
            media_type = rows.media_types[number]
            contents[number] = _take_content(case, package, rows.files[number], media_type)
            meter.advance()
        title, owner = package_rows.title_of(package)
        detail = {"package": title}
        with case.change(Action.RECOVER, detail, undoable=False) as change:
            tables = _tables(rows, title, owner)
            recovered_rows.write(change, tables, contents, ())
        for code, subjects in rows.violations.items():
            findings.confirm(case, subjects, code)
        for name, subjects in rows.tags.items():
            tags.put(case, subjects, name)
        with ReadingPool(1) as pool:
            for number, row in rows.items.items():
                if ItemKind(row["kind"]) in _SEEN and rows.files[number]:
                    derivatives.add(case, pool, number, progress.unshown())
                meter.advance()


def _take_content(case: CaseFile, package: Package, name: str, media_type: str) -> int:
    """Keep the bytes of an item, or a sentence in their place; return their number."""
    with _open(package, name) as stream:
        incoming = originals.receive(case, stream)
    detail = {"sha256": incoming.sha256, "size": incoming.size}
    with case.change(Action.RECOVER, detail, undoable=False) as change:
        return originals.adopt(change, incoming, media_type)


def _open(package: Package, name: str) -> BinaryIO:
    if name not in package.names:
        return io.BytesIO(_NOT_HERE.encode())
    return cast(BinaryIO, package.open(name))


def _tables(rows: PackageRows, title: str, owner: str) -> dict[str, SalvagedTable]:
    info = {
        "id": 1,
        "title": title or "—",
        "owner_name": owner,
        "timezone": rows.zone,
        "jurisdiction": Jurisdiction.OTHER.value,
        "created_at": datetime.now(UTC).isoformat(),
        "case_id": uuid.uuid4().hex,
    }
    items = {number: {**row, "content_id": number} for number, row in rows.items.items()}
    return {
        "case_info": SalvagedTable({1: info}),
        "item": SalvagedTable(items),
        "party": SalvagedTable(rows.parties),
        "party_identifier": SalvagedTable({row["id"]: row for row in rows.identifiers.values()}),
        "event": SalvagedTable(rows.events),
    }


def _log(package: Package) -> Iterator[CustodyEntry]:
    """The entries of the log that can be shown."""
    for entry in package_verification.entries_of(package):
        if entry.is_withheld:
            continue
        values = entry.values
        detail = {
            name.removeprefix(_DETAIL): value
            for name, value in entry.disclosed.items()
            if name.startswith(_DETAIL)
        }
        yield CustodyEntry(
            seq=values["seq"],
            at=datetime.fromisoformat(values["at"]),
            action=Action(values["action"]),
            detail=detail,
            program=str(values.get("program", "")),
            machine="",
            rows_digest=str(values.get("rows_digest", "")),
            prev_hash=values["prev_hash"],
            entry_hash=values["entry_hash"],
            signer=values.get("signer"),
            signature=values.get("signature"),
        )


def _report(package: Package, folder: Path) -> Path | None:
    """Take the evidence report out of the package, so that it can be shown."""
    if layout.DOSSIER not in package.names:
        return None
    out = folder / Path(layout.DOSSIER).name
    with package.open(layout.DOSSIER) as stream, out.open("wb") as file:
        shutil.copyfileobj(stream, file)
    return out
