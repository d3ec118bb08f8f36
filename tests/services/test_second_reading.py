"""What is exported is read once more as its recipient could read it: from the pixels."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import EventType
from evidence_app.model.mark import Mark, MarkKind, Words
from evidence_app.model.region import Region
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.process import PictureReader
from evidence_app.services import custody, manual_entries, marks
from evidence_app.services import events as timeline
from evidence_app.services.events import EventFilter
from evidence_app.services.exporting import exports
from evidence_app.services.exporting.exports import DossierOptions, Part
from evidence_app.services.importing.importer import Importer

NUMBER = "13900001234"
OPTIONS = DossierOptions(parts=(Part.EXHIBITS,))
ABOVE, BELOW = Region(0.0, 0.0, 1.0, 0.3), Region(0.0, 0.55, 1.0, 0.3)
"""Where a picture says something else, and where it shows the number."""


def picture() -> bytes:
    screenshot = Image.new("RGB", (720, 500), "white")
    pen = ImageDraw.Draw(screenshot)
    pen.text((60, 60), "call me back", fill="black", font_size=40)
    pen.text((60, 330), NUMBER, fill="black", font_size=40)
    out = io.BytesIO()
    screenshot.save(out, "PNG")
    return out.getvalue()


def hidden(case: CaseFile, box: Region) -> None:
    """A case in which the number is blacked out in a message, and a box on a picture beside it.

    Nobody read the picture, so the program does not know that it shows the number too.
    """
    with Importer(case) as importer:
        [result] = importer.run_bytes("shot.png", picture())
    assert result.item_id is not None
    sentence = f"My new number is {NUMBER}"
    manual_entries.add_entry(case, type=EventType.MESSAGE, time=None, text=sentence)
    for number in timeline.index(case, EventFilter()).ids:
        event = timeline.get(case, number)
        if NUMBER in event.text:
            span = Words(event.id, sentence.index(NUMBER), len(sentence))
            marks.add(case, [Mark(0, event.item_id, MarkKind.REDACTION, words=span)])
    marks.add(case, [Mark(0, result.item_id, MarkKind.REDACTION, box=box)])


@pytest.mark.parametrize(
    ("export", "part"), [(exports.dossier, Part.EXHIBITS), (exports.package, Part.LIST)]
)
def test_a_number_that_only_pixels_show_stops_the_export(
    case: CaseFile, tmp_path: Path, export: object, part: Part
) -> None:
    hidden(case, ABOVE)
    before, out = custody.head(case), tmp_path / "out"
    with pytest.raises(EvidenceError) as raised:
        export(case, out, DossierOptions(parts=(part,)))  # type: ignore[operator]
    assert raised.value.message.code is MessageCode.REDACTION_LEAKS
    assert not out.exists()
    assert custody.head(case) == before


def test_under_a_box_it_cannot_be_read(case: CaseFile, tmp_path: Path) -> None:
    hidden(case, BELOW)
    exports.package(case, tmp_path / "package", OPTIONS)
    assert list((tmp_path / "package").rglob("*-redacted.*"))


def test_what_cannot_be_read_once_more_is_not_let_out(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise ReadingFailure(message(MessageCode.READER_CRASHED))

    hidden(case, BELOW)
    monkeypatch.setattr(PictureReader, "read", fail)
    with pytest.raises(EvidenceError) as raised:
        exports.dossier(case, tmp_path / "out.pdf", OPTIONS)
    assert raised.value.message.code is MessageCode.REDACTION_UNREAD
    assert not (tmp_path / "out.pdf").exists()
