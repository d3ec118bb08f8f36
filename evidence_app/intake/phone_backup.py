"""Which files of an iTunes or Finder backup are worth taking: it has tens of thousands."""

from __future__ import annotations

from pathlib import Path

_MANIFESTS = ("Manifest.db", "Manifest.mbdb")
_DESCRIPTIONS = ("Manifest.plist", "Info.plist")
_HASHES = (
    "5a4935c78a5255723f707230a451d79c540d2741",  # CallHistoryDB/CallHistory.storedata
    "2b2b0084a1bc3a5ac8c27afdf14afb42c61a19ca",  # call_history.db
    "3d0d7e5fb2ce288813306e4d4636395e047a3d28",  # SMS/sms.db
    "31bb7ba8914766d4ba40d6dfb6113c8b614be442",  # AddressBook/AddressBook.sqlitedb
)
"""A file's name in a backup is the SHA-1 of its domain and path; these never change."""


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
    for name in _HASHES:
        candidates += [folder / name[:2] / name, folder / name]
    return [path for path in candidates if path.is_file()]
