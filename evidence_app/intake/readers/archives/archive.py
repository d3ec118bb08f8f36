"""Archives: zip, 7z, tar, and what gzip packed; each file in them becomes an item."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from evidence_app.intake.readers.archives.entries import ZIP, EncryptedError, entries, kind_of
from evidence_app.intake.readers.archives.unpacking import Budget
from evidence_app.intake.records import Description, Enclosure, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace, TextBlock
from evidence_app.model.question import Question, QuestionKind

_DEEPEST = 4
_HEAD = 512
_OFFICE = ("[Content_Types].xml", "mimetype", "AndroidManifest.xml", "META-INF/MANIFEST.MF")
"""Files that a document or a program has at its root, and an archive of evidence has not."""


def recognises(source: Source) -> bool:
    """Whether the file is an archive, and not a document that is packed like one."""
    kind = kind_of(source.stream.read(_HEAD))
    return kind is not None and not (kind == ZIP and _is_document(source))


def _is_document(source: Source) -> bool:
    try:
        with zipfile.ZipFile(source.stream) as archive:
            return any(name in archive.NameToInfo for name in _OFFICE)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read(source: Source) -> Iterator[Record]:
    """Every file in the archive.

    Raises:
        ReadFailure: It is damaged as a whole, or unpacks to too much.
    """
    source.stream.seek(0)
    kind = kind_of(source.stream.read(_HEAD)) or ZIP
    source.stream.seek(0)
    yield Description(ItemKind.ARCHIVE, kind)
    if source.depth >= _DEEPEST:
        yield Notice(message(MessageCode.ARCHIVE_TOO_DEEP), damaged=True)
        return
    password = source.answers.password
    budget = Budget(source.size, source.alive)
    try:
        yield from _parts(kind, source, password, budget)
    except EncryptedError:
        wrong = MessageCode.ARCHIVE_PASSWORD_WRONG if password else MessageCode.ARCHIVE_ENCRYPTED
        yield Notice(message(wrong), damaged=True)
        yield Question(QuestionKind.PASSWORD)


def _parts(kind: str, source: Source, password: str, budget: Budget) -> Iterator[Record]:
    keys: set[str] = set()
    for number, entry in enumerate(
        entries(kind, source.stream, source.filename, password, budget), 1
    ):
        if entry.stream is None:
            code = MessageCode.ENTRY_DAMAGED if entry.is_damaged else MessageCode.ENTRY_NOT_A_FILE
            place = SourcePlace(PlaceUnit.ENTRY, number)
            yield SkippedEntry(place, message(code), entry.key[:500])
            continue
        # Two files of one path are both kept.
        key = entry.key if entry.key not in keys else f"{entry.key} ({number})"
        keys.add(key)
        with entry.stream:
            yield Enclosure(key, entry.filename(), entry.stream)
    if keys:
        yield TextBlock("\n".join(sorted(keys)), SourcePlace(PlaceUnit.ENTRY, 1))
