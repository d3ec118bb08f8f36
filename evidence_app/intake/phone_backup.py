"""Which files of an iTunes or Finder backup are worth taking: it has tens of thousands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_MANIFESTS = ("Manifest.db", "Manifest.mbdb")
_DESCRIPTIONS = ("Manifest.plist", "Info.plist")
_WHATSAPP = (
    "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
    "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared",
)
_MESSAGES = ("HomeDomain", "Library/SMS/sms.db")
_WANTED = (
    ("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
    ("WirelessDomain", "Library/CallHistory/call_history.db"),
    _MESSAGES,
    ("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"),
    *(
        (domain, name)
        for domain in _WHATSAPP
        for name in ("ChatStorage.sqlite", "CallHistory.sqlite", "ContactsV2.sqlite")
    ),
)
"""By domain and path; both stay the same over the years."""


_HOMES = ("~/", "/var/mobile/", "/private/var/mobile/", "/")
"""What messages put before the path of a file; the backup does not."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A file of a backup that a message names.

    Attributes:
        path: The file as the backup has it, its name a digest.
        filename: What it was called on the phone.
    """

    path: Path
    filename: str


def name_in_backup(domain: str, path: str) -> str:
    """How a backup calls a file: by the SHA-1 of its domain and path."""
    return hashlib.sha1(f"{domain}-{path}".encode(), usedforsecurity=False).hexdigest()


def backup_files(folder: Path) -> list[Path] | None:
    """The files to import of a backup; None if the folder is none.

    Only names are looked at here: what the files hold is for the readers.
    """
    if not _is_backup(folder):
        return None
    candidates = [folder / name for name in _DESCRIPTIONS]
    for file in _WANTED:
        candidates += _places(folder, name_in_backup(*file))
    return [path for path in candidates if path.is_file()]


def has_media(database: Path) -> bool:
    """Whether it is called as a database whose messages name files of the backup."""
    return database.name in _MEDIA


def named_files(database: Path, named: Iterable[str]) -> Iterator[tuple[str, BackupFile]]:
    """Which files of a backup the messages in one of its databases mean.

    The names come from a file of a stranger; only what lies in the backup under the digest of
    such a name is given.

    Args:
        database: One that has media; nothing is given if it does not lie in a backup.
        named: How messages call the files.

    Yields:
        The name that was given, and the file, if the backup has it.
    """
    folder = next((parent for parent in list(database.parents)[:2] if _is_backup(parent)), None)
    for written in named if folder is not None else ():
        assert folder is not None
        path = _on_phone(written)
        candidates = [
            candidate
            for domain, before in _MEDIA[database.name]
            for candidate in _places(folder, name_in_backup(domain, before + path))
        ]
        backup_path = next((path for path in candidates if path.is_file()), None)
        if backup_path is not None and path:
            yield written, BackupFile(backup_path, PurePosixPath(path).name)


_MEDIA = {
    name_in_backup(*_MESSAGES): (("MediaDomain", ""),),
    **{
        name_in_backup(domain, "ChatStorage.sqlite"): ((domain, "Message/"), (domain, ""))
        for domain in _WHATSAPP
    },
}
"""Where the files lie that the messages of a database name: domains, and what precedes the path."""


def _on_phone(written: str) -> str:
    home = next((home_path for home_path in _HOMES if written.startswith(home_path)), "")
    return written.removeprefix(home)


def _is_backup(folder: Path) -> bool:
    return (folder / "Manifest.plist").is_file() and any(
        (folder / name).is_file() for name in _MANIFESTS
    )


def _places(folder: Path, name: str) -> tuple[Path, Path]:
    """Where a file may lie in a backup: newer ones have a folder for each two first digits."""
    return folder / name[:2] / name, folder / name
