"""What an iTunes or Finder backup says of itself: Manifest.plist and Info.plist."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock

_LARGEST = 64 << 20
_HEAD = 1024
_TOLD = (
    "Device Name", "Display Name", "Product Name", "Product Version", "Phone Number",
    "Last Backup Date", "Serial Number", "IMEI",
)  # fmt: skip
_SIGNS = (b"BackupKeyBag", b"IsEncrypted", b"Target Identifier", b"Last Backup Date")


def recognises(source: Source) -> bool:
    """Whether the file is one of the two."""
    head = source.stream.read(_HEAD)
    if not head.startswith((b"bplist00", b"<?xml")):
        return False
    if head.startswith(b"<?xml") and b"<plist" not in head:
        return False
    if source.size > _LARGEST:
        return False
    data = head + source.stream.read()
    return sum(sign in data for sign in _SIGNS) >= 1 and (
        b"Device Name" in data or b"Lockdown" in data
    )


def read(source: Source) -> Iterator[Record]:
    """What stands in it, and whether the backup can be read.

    Raises:
        ReadFailure: It is damaged.
    """
    source.stream.seek(0)
    yield Description(ItemKind.OTHER, "application/x-plist")
    try:
        plist = plistlib.loads(source.stream.read(_LARGEST))
    except (ValueError, ExpatError, OverflowError, RecursionError, IndexError) as error:
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT)) from error
    if not isinstance(plist, dict):
        raise ReadFailure(message(MessageCode.DAMAGED_DOCUMENT))
    facts = {**_lockdown(plist), **{name: plist[name] for name in _TOLD if name in plist}}
    lines = [f"{name}: {_text(value)}" for name, value in facts.items() if value]
    if lines:
        yield TextBlock("\n".join(lines), SourcePlace(PlaceUnit.ENTRY, 1))
    if plist.get("IsEncrypted"):
        yield Notice(message(MessageCode.BACKUP_ENCRYPTED), damaged=True)
    elif "IsEncrypted" in plist:
        yield Notice(message(MessageCode.BACKUP_NOT_FULL))


def _lockdown(plist: Mapping[str, Any]) -> dict[str, Any]:
    lockdown = plist.get("Lockdown")
    if not isinstance(lockdown, dict):
        return {}
    return {
        name: lockdown[name]
        for name in ("DeviceName", "ProductType", "ProductVersion")
        if name in lockdown
    }


def _text(value: Any) -> str:
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)[:200]
