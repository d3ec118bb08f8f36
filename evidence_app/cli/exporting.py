"""Writing what a case holds for somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, open_case, password_of_key
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.services import cases
from evidence_app.services.exporting import documents, exports, handing_over


@click.command()
@click.argument("case", type=PATH)
@click.argument(
    "what", type=click.Choice(["dossier", "docx", "html", "table", "package", "case-uco"])
)
@click.argument("out", type=PATH)
@click.option(
    "--language", type=click.Choice(["zh", "en", "both"]), default="en", show_default=True
)
@click.option("--page", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option(
    "--profile",
    type=click.Choice([profile.value for profile in exports.Profile]),
    default=exports.Profile.FULL.value,
    show_default=True,
    help="For whom: which chapters the dossier has, in which order, and what it asks for.",
)
@click.option(
    "--parts",
    metavar="PART,PART…",
    help="The chapters in their order instead: "
    + ", ".join(part.value for part in exports.Part)
    + ".",
)
@click.option("--binding-margin", is_flag=True, help="Leave 28 mm at the left for binding.")
@click.option("--request", default="", help="What is asked for, printed on the cover.")
@click.option("--only-findings", is_flag=True, help="Leave out what shows no violation.")
@click.option(
    "--whole-originals",
    is_flag=True,
    help="With --only-findings: put files of which only some entries are chosen into the package "
    "whole, with everything else that is in them.",
)
@click.option(
    "--with-location",
    is_flag=True,
    help="Say where photos were taken and with which device, and put the files that tell it into "
    "the package; else copies without that go into it.",
)
@click.option(
    "--embed-originals",
    is_flag=True,
    help="Let the original files lie within the dossier (PDF/A-3b), or copies where something is "
    "blacked out.",
)
@click.option(
    "--split",
    metavar="SIZE",
    help="Divide a package in a .zip file into numbered parts of at most that size, such as 20M.",
)
@click.option(
    "--sign",
    "key_file",
    metavar="FILE.p12",
    type=PATH,
    help="Sign the dossier (PAdES) with the key in a PKCS#12 file. Its password is taken from "
    "EVIDENCE_APP_SIGNING_PASSWORD, or asked for.",
)
@click.option(
    "--sign-here",
    is_flag=True,
    help="Sign with the key of this installation instead, for which nobody else vouches.",
)
@click.option(
    "--timestamp",
    "authority",
    metavar="ADDRESS",
    help="Have an authority on the internet vouch for the time of the signature; only one SHA-256 "
    "leaves this computer.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
@click.option(
    "--despite-mismatches",
    is_flag=True,
    help="Export although something is not as it was put in, and say in the document what.",
)
@JSON
def export(
    case: Path,
    what: str,
    out: Path,
    split: str | None,
    key_file: Path | None,
    sign_here: bool,
    authority: str | None,
    embed_originals: bool,
    overwrite: bool,
    despite_mismatches: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Write what a case holds for somebody else.

    A dossier is a PDF file; docx has the same words to edit, html shows them in a browser. A table
    (.csv or .xlsx) has all events, case-uco (JSON-LD) exhibits and custody for other programs.

    A package holds the dossier, the originals, tables and the log, with lists by which everybody
    can check them (BagIt): in one file if OUT ends in .zip, else in a new folder. Of a file of
    which only some entries are chosen, only these leave the case.

    What goes out is compared with the log and with its SHA-256 values first. If something does not
    agree, nothing is written, unless --despite-mismatches is given.
    """
    if out.exists() and (out.is_dir() or not overwrite):
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out))
    part_size = _part_size(split, what, out)
    more = _signature(what, key_file, sign_here, authority)
    if embed_originals and what != "dossier":
        raise click.UsageError("--embed-originals is of a dossier: a package has the originals.")
    options = _options(embed_originals=embed_originals, **chosen)
    with open_case(case) as opened, _warning_of_mismatches():
        _WRITERS[what](opened, out, options, despite_mismatches=despite_mismatches, **more)
    _say_written(out, part_size, as_json=as_json)


def _options(profile: str, parts: str | None, **chosen: Any) -> exports.DossierOptions:
    """The choices for a dossier; others have the same name as their option."""
    return exports.DossierOptions(profile=exports.Profile(profile), parts=_parts(parts), **chosen)


@contextmanager
def _warning_of_mismatches() -> Iterator[None]:
    """Print the mismatches for which the export is refused."""
    try:
        yield
    except exports.MismatchError as error:
        output.warn_of(error.mismatches)
        raise


def _say_written(out: Path, part_size: int | None, *, as_json: bool) -> None:
    """Tell what was written, divided into parts if a size is given."""
    written = {"path": str(out), "size": _size(out)}
    if part_size is not None:
        divided = handing_over.split(out, part_size)
        output.print_record({**written, "parts": [str(path) for path in divided]}, as_json)
    else:
        output.print_record(written, as_json)


def _write_table(
    case: cases.CaseFile, out: Path, options: exports.DossierOptions, *, despite_mismatches: bool
) -> None:
    language = options.language_of_tables
    exports.table(case, out, language, despite_mismatches=despite_mismatches)


_WRITERS: dict[str, Callable[..., object]] = {
    "table": _write_table,
    "dossier": exports.dossier,
    "docx": documents.word,
    "html": documents.html,
    "package": exports.package,
    "case-uco": documents.case_uco,
}


def _signature(
    kind: str, key_file: Path | None, sign_here: bool, authority: str | None
) -> dict[str, exports.Signing]:
    """The signing argument of the export; empty if the dossier is not signed."""
    if key_file is None and not sign_here:
        if authority is not None:
            raise click.UsageError("--timestamp is of a signature: give --sign or --sign-here too.")
        return {}
    if kind not in ("dossier", "package"):
        raise click.UsageError("Only a dossier, alone or in a package, can be signed.")
    if key_file is not None and sign_here:
        raise click.UsageError("Give either --sign or --sign-here.")
    password = None if key_file is None else password_of_key(key_file)
    return {"signature": exports.Signing(key_file, password, authority or "")}


def _part_size(split: str | None, kind: str, out: Path) -> int | None:
    if split is None:
        return None
    if kind != "package" or out.suffix.lower() != ".zip":
        raise click.UsageError("--split divides a package in a .zip file.")
    return handing_over.size_of(split)


def _parts(written: str | None) -> tuple[exports.Part, ...] | None:
    """The chapters of ``--parts``; None if it was not given."""
    if written is None:
        return None
    part_names = [part.value for part in exports.Part]
    names = [name.strip() for name in written.split(",")]
    for name in names:
        if name not in part_names:
            choices = ", ".join(part_names)
            raise click.BadParameter(f"{name!r} is none of {choices}.", param_hint="--parts")
    return tuple(exports.Part(name) for name in names)


def _size(out: Path) -> int:
    files = out.rglob("*") if out.is_dir() else [out]
    return sum(file.stat().st_size for file in files if file.is_file())


@click.command()
@click.argument("out", type=PATH)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
@JSON
def verifier(out: Path, overwrite: bool, as_json: bool) -> None:
    """Write the page (HTML) with which a browser alone checks evidence packages, without a network.

    Each package has a copy. Whoever changes a package can replace that copy too, so send this one
    to a recipient by another route.
    """
    if out.exists() and not (overwrite and out.is_file()):
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out))
    handing_over.write_verifier(out)
    output.print_record({"path": str(out), "size": _size(out)}, as_json)
