"""That a number was withheld is said only where the source says it."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.cli.output import event_values
from evidence_app.dossier.wording import Wording
from evidence_app.gui.common import event_texts
from evidence_app.model.event import Event, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Labels
from evidence_app.model.times import zone
from evidence_app.services import events as timeline
from evidence_app.services import manual_entries
from evidence_app.services.importing.importer import Importer

START = 1772511600000


def event_of(case: CaseFile, **fields: str) -> Event:
    values = {"number": "", "duration": "0", "type": "3", "date": str(START)} | fields
    written = " ".join(f'{name}="{value}"' for name, value in values.items())
    with Importer(case) as importer:
        importer.run_bytes("calls.xml", f'<calls count="1"><call {written} /></calls>'.encode())
    [event] = timeline.stream(case, EventFilter())
    return event


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "-2"},
        {"number": "Private number"},
        {"number": "隐藏号码"},
        {"number": "", "presentation": "2"},
    ],
)
def test_what_the_source_says_is_said(case: CaseFile, fields: dict[str, str], qtbot: QtBot) -> None:
    event = event_of(case, **fields)
    assert event.is_number_withheld
    assert event_texts.other_side(event) == "Number withheld"


@pytest.mark.parametrize(
    "fields",
    [
        {"number": ""},
        {"number": "-1"},
        {"number": "-3"},
        {"number": "Unknown"},
        {"number": "未知"},
        {"number": "", "presentation": "3"},
        {"number": "13800138000"},
    ],
)
def test_a_number_that_is_only_unknown_was_not_withheld(
    case: CaseFile, fields: dict[str, str]
) -> None:
    event = event_of(case, **fields)
    assert not event.is_number_withheld
    assert "withheld" not in event_texts.other_side(event)


def test_pictures_documents_and_notes_have_no_other_side(case: CaseFile, tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(made, "PNG")
    with Importer(case) as importer:
        importer.run_bytes("Screenshot_20260303-120000.png", made.getvalue())
        importer.run_bytes("2026-03-03 letter.txt", b"a letter")
    manual_entries.add_entry(case, type=EventType.NOTE, time=None, text="private", title="private")
    events = list(timeline.stream(case, EventFilter()))
    assert len(events) >= 2
    wording = Wording("en", zone("Asia/Shanghai"))
    for event in events:
        assert event_texts.other_side(event) == ""
        assert wording.other_side(event) == ""
        assert event_values(event, Labels())["is_number_withheld"] is False
