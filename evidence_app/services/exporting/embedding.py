"""Which files lie within a dossier: the originals, or what can be shown of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.associated_files import MOST_BYTES, OCTETS, AssociatedFile
from evidence_app.dossier.content import DossierContent, Embedded, Exhibit
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.package import layout
from evidence_app.dossier.redaction.second_reading import ReadWords
from evidence_app.dossier.wording import Wording
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Item
from evidence_app.model.times import Instant, TimeSource, zone
from evidence_app.progress import Progress
from evidence_app.services import items
from evidence_app.services.exporting import dossier_content, package_copies, package_proofs
from evidence_app.services.exporting.package_copies import Copies
from evidence_app.services.exporting.redaction import Redactions

MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".flac": "audio/flac",
    ".txt": "text/plain",
    ".json": "application/json",
}
"""Of what stands in the place of originals."""


def total_size(case: CaseFile, options: DossierOptions) -> int:
    """About how many bytes the files will have that `within` finds."""
    return sum(exhibit.item.size for exhibit in dossier_content.gather(case, options).exhibits)


@contextmanager
def within(
    case: CaseFile,
    content: DossierContent,
    options: DossierOptions,
    redactions: Redactions,
    read: ReadWords,
    progress: Progress,
) -> Iterator[DossierContent]:
    """The content with the files that are to lie within it, if the person chose that.

    Of an original in which something is blacked out, that tells where a photo was taken, or of
    which only some records were chosen, a copy or the records go, as into a package; else nothing.

    Args:
        case: The state of the case.
        content: Without what was blacked out.
        options: The person's choices.
        redactions: What was blacked out.
        read: Reads copies once more.
        progress: Asked often whether to go on.

    Raises:
        Cancelled: The person asked to stop.
        EvidenceError: Something can still be found in a copy.
        UserError: They are too large for a PDF.
    """
    if not options.embed_originals:
        yield content
        return
    from evidence_app.services.exporting import package_content

    with tempfile.TemporaryDirectory(prefix="evidence-embedding-") as name:
        folder = Path(name)
        copies = package_copies.make(
            case, content, redactions, folder / "copies", progress, options.with_location
        )
        package_copies.read_again(copies, content, read, progress)
        places = package_content.paths(content, options, copies)
        finder = _Finder(case, content, options, copies, folder)
        embedded = finder.files(places, progress)
        total = sum(entry.file.size for entry in embedded.values())
        if total > MOST_BYTES:
            raise UserError(message(MessageCode.ORIGINALS_TOO_LARGE, size=total // 1_000_000))
        yield replace(content, embedded=embedded)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the file that lies within the document for each exhibit."""

    case: CaseFile
    content: DossierContent
    options: DossierOptions
    copies: Copies
    folder: Path

    def files(self, places: Mapping[int, str], progress: Progress) -> dict[int, Embedded]:
        """Those that there are, by the number of their exhibits."""
        wording = Wording(self.options.language, zone(self.content.case.timezone))
        embedded = {}
        for exhibit in progress.until_cancelled(self.content.exhibits):
            place = places[exhibit.number]
            if not place:
                continue
            label = wording("exhibit.label", number=exhibit.number)
            if place.startswith(layout.ORIGINALS):
                description = wording("originals.is_original", exhibit=label)
                embedded[exhibit.number] = self._original(
                    exhibit.item, Path(place).name, description
                )
            elif place.startswith(layout.EXCERPTS):
                description = wording("originals.is_excerpt", exhibit=label)
                path = self._excerpt(exhibit, place)
                embedded[exhibit.number] = self._copy(path, Path(place).name, description)
            else:
                description = wording("originals.is_copy", exhibit=label)
                path = self.copies.files[exhibit.number]
                embedded[exhibit.number] = self._copy(path, Path(place).name, description)
        return embedded

    def _original(self, item: Item, name: str, description: str) -> Embedded:
        file = AssociatedFile(
            name=name,
            description=str(description),
            media_type=item.media_type or OCTETS,
            modified=_written(_modified(item)),
            is_source=True,
            sha256=item.sha256,
            size=item.size,
        )
        return Embedded(file, partial(items.open_original, self.case, item.id))

    def _copy(self, path: Path, name: str, description: str) -> Embedded:
        with path.open("rb") as copy:
            digest = hashlib.file_digest(copy, "sha256").hexdigest()
        file = AssociatedFile(
            name=name,
            description=str(description),
            media_type=MEDIA_TYPES.get(path.suffix, OCTETS),
            modified=_written(self.content.generated_at),
            is_source=False,
            sha256=digest,
            size=path.stat().st_size,
        )
        return Embedded(file, lambda: path.open("rb"))

    def _excerpt(self, exhibit: Exhibit, place: str) -> Path:
        """Write the chosen records of an exhibit to a file of their own."""
        excerpt = package_proofs.excerpt(self.case, self.content, self.copies.redactions, exhibit)
        path = self.folder / f"{exhibit.number}.json"
        with path.open("wb") as file:
            lines = excerpt.splitlines(keepends=True)
            file.writelines(package_copies.checked(lines, self.content, place))
        return path


def _modified(item: Item) -> datetime:
    """When the file was saved last, as far as that is known; else when it came into the case."""
    time = item.time
    if time is None or time.source is not TimeSource.FILE_SYSTEM:
        return item.imported_at
    return time.moment.at if isinstance(time.moment, Instant) else item.imported_at


def _written(at: datetime) -> str:
    """A time as PDF writes it (ISO 32000-1, 7.9.4)."""
    return f"{at.astimezone(UTC):D:%Y%m%d%H%M%SZ}"
