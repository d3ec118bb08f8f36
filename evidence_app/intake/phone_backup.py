"""Which files of an iTunes or Finder backup are worth taking: it has tens of thousands."""

from __future__ import annotations

import hashlib
from pathlib import Path

_MANIFESTS = ("Manifest.db", "Manifest.mbdb")
_DESCRIPTIONS = ("Manifest.plist", "Info.plist")
_WHATSAPP = (
    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
    "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared",
)
_WANTED = (
    ("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
    ("WirelessDomain", "Library/CallHistory/call_history.db"),
    ("HomeDomain", "Library/SMS/sms.db"),
    ("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"),
    *(
        (domain, name)
        for domain in _WHATSAPP
        for name in ("ChatStorage.sqlite", "CallHistory.sqlite", "ContactsV2.sqlite")
    ),
)
"""By domain and path; both stay the same over the years."""


def name_in_backup(domain: str, path: str) -> str:
    """How a backup calls a file: by the SHA-1 of its domain and path."""
    return hashlib.sha1(f"{domain}-{path}".encode(), usedforsecurity=False).hexdigest()


def backup_files(folder: Path) -> list[Path] | None:
    """The files to import of a backup; None if the folder is none.

    Only names are looked at here: what the files hold is for the readers.
    """
    is_backup = (folder / "Manifest.plist").is_file() and any(
        (folder / name).is_file() for name in _MANIFESTS
    )
    if not is_backup:
        return None
    candidates = [folder / name for name in _DESCRIPTIONS]
    for name in (name_in_backup(*wanted) for wanted in _WANTED):
        candidates += [folder / name[:2] / name, folder / name]
    return [path for path in candidates if path.is_file()]
