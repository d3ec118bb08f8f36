"""Files of a phone's backup that its messages name: they come in after the messages."""

from __future__ import annotations

from pathlib import Path

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import attachments
from evidence_app.intake.phone_backup import BackupFile, has_media, named_files
from evidence_app.intake.walk import WalkProblem
from evidence_app.model.custody import Action
from evidence_app.services.importing.results import ImportResult


class BackupMedia:
    """Finds the files, and links them with their messages once they are in the case."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._waiting: dict[Path, list[int]] = {}
        self._links: list[tuple[int, int]] = []

    def follow(
        self, entry: Path | BackupFile | WalkProblem, result: ImportResult
    ) -> list[BackupFile]:
        """Notice what became of a file; return what is to be imported after it."""
        if result.item_id is None or isinstance(entry, WalkProblem):
            return []
        if isinstance(entry, BackupFile):
            self._links += [
                (path_in_backup, result.item_id)
                for path_in_backup in self._waiting.pop(entry.path, ())
            ]
            return []
        return self._named(entry, result.item_id) if has_media(entry) else []

    def _named(self, database: Path, item_id: int) -> list[BackupFile]:
        with self._case.read() as connection:
            missing = attachments.missing(connection, item_id)
        files: dict[Path, BackupFile] = {}
        for name, file in named_files(database, missing):
            files.setdefault(file.path, file)
            self._waiting.setdefault(file.path, []).extend(missing[name])
        return list(files.values())

    def link(self) -> None:
        """Link what came in with the messages that name it."""
        if self._links:
            detail = {"items": len({item_id for _, item_id in self._links})}
            with self._case.change(Action.LINK, detail, undoable=False) as change:
                for link_id, item_id in self._links:
                    attachments.link(change, link_id, item_id)
