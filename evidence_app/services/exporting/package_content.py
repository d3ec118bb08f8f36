"""What an evidence package holds, and how it is written from a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import signing
from evidence_app.dossier import case_uco
from evidence_app.dossier.content import DossierContent, Exhibit
from evidence_app.dossier.options import DossierOptions, Language
from evidence_app.dossier.package import layout, verifier_page
from evidence_app.dossier.package.places import Place
from evidence_app.dossier.package.writer import PackageWriter
from evidence_app.dossier.progress import ExportStep
from evidence_app.dossier.redaction.second_reading import ReadWords
from evidence_app.dossier.signature_place import SignaturePlace
from evidence_app.dossier.wording import Wording
from evidence_app.errors import DamagedError
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.times import zone
from evidence_app.model.verification import Head
from evidence_app.progress import Meter, Progress
from evidence_app.services import custody, items
from evidence_app.services.exporting import package_copies, package_proofs, tables
from evidence_app.services.exporting.package_copies import Copies
from evidence_app.services.exporting.redaction import Redactions

_DOSSIER_SHARE = 0.6
_DOSSIER, _EVENTS, _ORIGINALS = "dossier.pdf", ("events.csv", "events.xlsx"), "originals.csv"
_MISMATCHES = "mismatches.csv"

_BETWEEN = f"\n\n{'=' * 72}\n\n"
_MOST_SAID = 100
"""Things that do not agree are listed in the file for people; the table has all."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was written.

    Attributes:
        sha256: Of its list of lists, which vouches for every file.
        size: Bytes of payload.
    """

    sha256: str
    size: int


def prepare(
    case: CaseFile,
    content: DossierContent,
    options: DossierOptions,
    redactions: Redactions,
    scratch: Path,
    sign: Callable[[Path, SignaturePlace | None], None],
    read: ReadWords,
    progress: Progress,
) -> Copies:
    """Write dossier, tables and copies into a folder, from which `write` takes them.

    ``sign`` signs the dossier, if the person wants that; ``read`` reads what is blacked out
    somewhere once more.

    Returns:
        What goes in the place of originals in which something is blacked out.

    Raises:
        Cancelled: The person asked to stop.
        EvidenceError: The dossier did not pass the check for PDF/A, or could not be signed.
    """
    from evidence_app.dossier import pdf

    place = pdf.render(
        content,
        options,
        scratch / _DOSSIER,
        progress=progress.within(0, _DOSSIER_SHARE),
        read=read,
    )
    sign(scratch / _DOSSIER, place)
    _write_events(case, content, options, redactions, scratch, progress)
    copies = package_copies.make(
        case, content, redactions, scratch / "copies", progress, options.with_location
    )
    package_copies.read_again(copies, content, read, progress)
    named, language = paths(content, options, copies), options.language_of_tables
    listed = tables.originals(content.exhibits, named, language)
    tables.writer_for(Path(_ORIGINALS))(listed, scratch / _ORIGINALS)
    if content.disagreements:
        rows = tables.warnings(
            (disagreement.mismatch for disagreement in content.disagreements), language
        )
        tables.writer_for(Path(_MISMATCHES))(redactions.rows(rows), scratch / _MISMATCHES)
    return copies


def _write_events(
    case: CaseFile,
    content: DossierContent,
    options: DossierOptions,
    redactions: Redactions,
    scratch: Path,
    progress: Progress,
) -> None:
    language = options.language_of_tables
    for name in _EVENTS:
        rows = redactions.rows(tables.rows(case, content.access.events(), language))
        tables.writer_for(Path(name))(rows, scratch / name)
        progress.check()


def write(
    case: CaseFile,
    content: DossierContent,
    options: DossierOptions,
    copies: Copies,
    scratch: Path,
    place: Place,
    progress: Progress,
) -> Packed:
    """Write the whole package.

    Raises:
        Cancelled: The person asked to stop.
        DamagedError: An original is not what was imported.
        OSError: It cannot be written.
    """
    writer, head = PackageWriter(place), Head.from_code(content.custody.code)
    _add_file(writer, layout.DOSSIER, scratch / _DOSSIER)
    for name in (*_EVENTS, _ORIGINALS, *([_MISMATCHES] if content.disagreements else [])):
        lines = package_copies.lines_of(scratch / name)
        writer.add(f"{layout.TABLES}{name}", package_copies.checked(lines, content, name))
    # Of the same entries as the log in the package.
    entries = [entry for entry in custody.list_entries(case) if entry.seq <= head.seq]
    graph = case_uco.to_bytes(content, entries).splitlines(keepends=True)
    writer.add(layout.GRAPH, package_copies.checked(graph, content, layout.GRAPH))
    for name, pieces in package_proofs.files(case, content, copies.redactions, head.seq):
        writer.add(name, package_copies.checked(pieces, content, name))
        progress.check()
    total = max(1, sum(exhibit.item.size for exhibit in content.exhibits))
    packed = Meter(progress.within(_DOSSIER_SHARE, 1), total)
    packed.begin(ExportStep.PACKING)
    named = paths(content, options, copies)
    _add_exhibits(case, content, copies, writer, named, packed)
    key = signing.installation_key()
    tags = {
        layout.README: _readme(content, options, copies, key.public),
        layout.VERIFIER: verifier_page.page(),
        layout.INFO: _info(content, writer, key.public),
    }
    return Packed(writer.finish(tags, key.sign_bytes, signing.to_pem(key.public)), writer.size)


def _add_exhibits(
    case: CaseFile,
    content: DossierContent,
    copies: Copies,
    writer: PackageWriter,
    named: Mapping[int, str],
    packed: Meter,
) -> None:
    """Write the originals, or what goes in their place, under the names by exhibit number."""
    for exhibit in content.exhibits:
        name = named[exhibit.number]
        if not name:
            continue
        if name.startswith(layout.EXCERPTS):
            excerpt = package_proofs.excerpt(case, content, copies.redactions, exhibit)
            lines = excerpt.splitlines(keepends=True)
            writer.add(name, packed.counted(package_copies.checked(lines, content, name)))
        elif exhibit.number in copies.files:
            _add_file(writer, name, copies.files[exhibit.number])
        else:
            _add_original(case, writer, exhibit, name, packed)
    if copies.is_any:
        writer.add(layout.REDACTED_LIST, [package_copies.listing(content, copies, named)])


def paths(content: DossierContent, options: DossierOptions, copies: Copies) -> dict[int, str]:
    """Where the original of each exhibit, or what was chosen of it, lies; by exhibit number.

    Empty for one that is not there, because it is not what was imported, or because something in
    it is blacked out and there can be no copy without that.
    """
    digits = max(3, *(len(str(exhibit.number)) for exhibit in content.exhibits), 0)
    places = {}
    for exhibit in content.exhibits:
        name = f"{exhibit.number:0{digits}}-{_name(exhibit.item)}"
        replaced = copies.name(exhibit.number, digits)
        if exhibit.item.id in content.damaged:
            places[exhibit.number] = ""
        elif replaced is not None:
            places[exhibit.number] = replaced
        elif package_proofs.is_excerpt(content, options, exhibit):
            places[exhibit.number] = f"{layout.EXCERPTS}{name}.json"
        else:
            places[exhibit.number] = f"{layout.ORIGINALS}{name}"
    return places


def _name(item: Item) -> str:
    # What the person wrote down has a heading, but was never a file.
    is_written = item.kind is ItemKind.NOTE
    return layout.file_name(f"{item.filename}.txt" if is_written else item.filename)


def _add_file(writer: PackageWriter, name: str, path: Path) -> None:
    with path.open("rb") as stream:
        writer.add_stream(name, stream)


def _add_original(
    case: CaseFile,
    writer: PackageWriter,
    exhibit: Exhibit,
    name: str,
    packed: Meter,
) -> None:
    with items.stream_original(case, exhibit.item.id) as stream:
        sha256 = writer.add(name, packed.counted(stream))
    if sha256 != exhibit.item.sha256:
        raise DamagedError(message(MessageCode.ORIGINAL_DAMAGED, item=exhibit.item.title))


def _info(content: DossierContent, writer: PackageWriter, public_key: str) -> bytes:
    return layout.info(
        {
            "Contact-Name": content.case.owner_name,
            "External-Description": content.case.title,
            layout.IDENTIFIER: content.case.case_id,
            "Bagging-Date": content.generated_at.date().isoformat(),
            "Bag-Software-Agent": content.program,
            layout.OXUM: f"{writer.size}.{writer.count}",
            layout.CHECK_CODE: content.custody.code,
            layout.SIGNER: public_key,
        }
    )


def _readme(
    content: DossierContent, options: DossierOptions, copies: Copies, public_key: str
) -> bytes:
    """In both languages, that of the dossier first: its reader may know only the other.

    As the oldest text editors read it: with the mark of UTF-8, and their ends of lines.
    """
    languages = sorted(get_args(Language), key=lambda language: language != options.language)
    text = _BETWEEN.join(
        _instructions(content, copies, language, public_key) for language in languages
    )
    return text.replace("\n", "\r\n").encode("utf-8-sig") + b"\r\n"


def _instructions(
    content: DossierContent, copies: Copies, language: Language, public_key: str
) -> str:
    wording = Wording(language, zone(content.case.timezone))
    warning = [
        wording.mismatch(disagreement.mismatch)
        for disagreement in content.disagreements[:_MOST_SAID]
    ]
    if warning:
        warning = [wording("disagreements.in_readme"), *warning, ""]
    if content.damaged:
        warning[-1:] = [wording("disagreements.not_packed", count=len(content.damaged)), ""]
    if content.secrecy:
        left_out = wording("marks.not_packed", count=len(copies.left_out))
        warning += [wording("marks.in_readme"), *([left_out] if copies.left_out else []), ""]
    if copies.without_traces:
        count = len(copies.without_traces)
        warning += [wording("package.without_traces", count=count), ""]
    text = "\n".join(warning) + wording(
        "package.readme",
        title=content.case.title,
        made=wording.moment(content.generated_at),
        program=content.program,
        code=content.custody.code,
        public=public_key,
    )
    return text.strip()
