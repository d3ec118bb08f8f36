"""Commands on what is said in recordings."""

from __future__ import annotations

from pathlib import Path

import click

from evidence_app.cli import output
from evidence_app.cli.options import JSON, PATH, number_of, open_case
from evidence_app.services import transcripts


@click.command()
@click.argument("case", type=PATH)
@click.argument("item")
@click.option("--from", "source", type=PATH, required=True, help="A transcript: .srt or .vtt.")
@JSON
def transcribe(case: Path, item: str, source: Path, as_json: bool) -> None:
    """Keep the transcript that another program made of a recording.

    It takes the place of what came from a file before; what you corrected stays.
    """
    with open_case(case) as opened:
        edit = transcripts.take_file(opened, number_of(item, "i"), source)
    transcribed = {"item_id": item, "segments": edit.detail["segments"]}
    output.print_record({**transcribed, "custody_entry": edit.changes.entry}, as_json)
