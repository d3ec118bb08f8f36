"""Marks: where they may be, what the log says of them, and that each can be taken back."""

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.changes import Area
from evidence_app.model.mark import Mark, MarkKind, Stretch, Words
from evidence_app.model.region import Region
from evidence_app.services import custody, items, marks, verification
from evidence_app.services import events as timeline
from evidence_app.services.history import History
from evidence_app.services.importing.importer import Importer

SMS = (
    '<smses count="1"><sms protocol="0" address="95001" date="1772350000000" type="1" '
    'body="pay or we call 13800001234" read="1" /></smses>'
)
BOX = Region(0.25, 0.25, 0.5, 0.25)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 400), "white").save(out, "PNG")
    return out.getvalue()


def document(pages: int) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def put_in(case: CaseFile, name: str, data: bytes) -> int:
    with Importer(case) as importer:
        [result] = importer.run_bytes(name, data)
    assert result.item_id
    return result.item_id


def test_a_mark_is_kept_undone_and_in_the_log(case: CaseFile) -> None:
    item = put_in(case, "a.png", picture())
    history = History(case)
    edit = marks.add(case, [Mark(0, item, MarkKind.REDACTION, box=BOX, note="my sister")])
    history.record(edit)
    assert edit.changes.areas == {Area.MARKS}
    [made] = marks.list_marks(case, item)
    assert (made.kind, made.box, made.note) == (MarkKind.REDACTION, BOX, "my sister")
    history.record(marks.edit(case, replace(made, box=Region(0, 0, 0.1, 0.1), kind=MarkKind.ARROW)))
    [moved] = marks.list_marks(case, item)
    assert (moved.kind, moved.box) == (MarkKind.REDACTION, Region(0, 0, 0.1, 0.1))
    history.record(marks.remove(case, [made.id]))
    assert marks.list_marks(case, item) == []
    history.undo()
    history.undo()
    assert marks.list_marks(case, item) == [made]
    history.undo()
    assert marks.list_marks(case, item) == []
    entries = custody.list_entries(case)
    assert [entry.action.value for entry in entries[-6:]] == [
        "mark",
        "edit_mark",
        "remove_mark",
        "undo",
        "undo",
        "undo",
    ]
    assert verification.verify(case).is_intact


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        (Region(-0.5, -0.5, 1, 1), Region(0, 0, 0.5, 0.5)),
        (Region(0.5, 0.5, 9, 9), Region(0.5, 0.5, 0.5, 0.5)),
        (Region(0.75, 0.75, -0.5, -0.25), Region(0.25, 0.5, 0.5, 0.25)),
        (Region(1.5, 0, 1, 1), None),
        (Region(0, 0, 0, 1), None),
        (Region(float("nan"), 0, 1, 1), None),
        (Region(0, 0, float("inf"), 1), None),
    ],
)
def test_a_box_is_cut_to_the_picture(case: CaseFile, box: Region, kept: Region | None) -> None:
    item = put_in(case, "a.png", picture())
    made = Mark(0, item, MarkKind.HIGHLIGHT, box=box)
    if kept is None:
        with pytest.raises(UserError) as caught:
            marks.add(case, [made])
        assert caught.value.message.code is MessageCode.MARK_OUTSIDE
    else:
        marks.add(case, [made])
    assert [mark.box for mark in marks.list_marks(case, item)] == ([kept] if kept else [])


def test_a_mark_is_where_it_can_be_and_nowhere_else(case: CaseFile) -> None:
    shot = put_in(case, "a.png", picture())
    letter = put_in(case, "a.pdf", document(3))
    texts = put_in(case, "sms.xml", SMS.encode())
    [event] = timeline.stream(case, timeline.EventFilter(item_id=texts))
    wrong = [
        Mark(0, shot, MarkKind.HIGHLIGHT),
        Mark(0, shot, MarkKind.REDACTION, stretch=Stretch(0, 1)),
        Mark(0, shot, MarkKind.HIGHLIGHT, box=BOX, words=Words(event.id, 0, 3)),
        Mark(0, letter, MarkKind.HIGHLIGHT, box=BOX),
        Mark(0, letter, MarkKind.HIGHLIGHT, 4, box=BOX),
        Mark(0, texts, MarkKind.REDACTION, box=BOX),
        Mark(0, texts, MarkKind.REDACTION, words=Words(event.id, 5, 5)),
        Mark(0, texts, MarkKind.ARROW, words=Words(event.id, 0, 5)),
        Mark(0, shot, MarkKind.TEXT, box=BOX),
    ]
    for wrong_mark in wrong:
        with pytest.raises(UserError):
            marks.add(case, [Mark(0, shot, MarkKind.HIGHLIGHT, box=BOX), wrong_mark])
    with pytest.raises(UsageError):
        marks.add(case, [Mark(0, 999, MarkKind.HIGHLIGHT, box=BOX)])
    with pytest.raises(UsageError):
        marks.remove(case, [1])
    assert marks.all_marks(case) == []
    # A mark on words is on the item of the message, whatever else is said.
    marks.add(case, [Mark(0, shot, MarkKind.REDACTION, words=Words(event.id, 15, 99))])
    [made] = marks.of_event(case, event.id)
    assert (made.item_id, made.words) == (texts, Words(event.id, 15, len(event.text)))


def test_a_mark_goes_to_other_pages(case: CaseFile) -> None:
    letter = put_in(case, "a.pdf", document(4))
    marks.add(case, [Mark(0, letter, MarkKind.REDACTION, 2, box=BOX, note="address")])
    [first] = marks.list_marks(case, letter)
    marks.copy_to_pages(case, first.id, [1, 2, 4])
    letter_marks = marks.list_marks(case, letter)
    assert [(mark.page, mark.box, mark.note) for mark in letter_marks] == [
        (2, BOX, "address"),
        (1, BOX, "address"),
        (4, BOX, "address"),
    ]
    with pytest.raises(UserError):
        marks.copy_to_pages(case, first.id, [3, 5])
    assert len(marks.list_marks(case, letter)) == 3


def test_the_log_does_not_say_which_words_are_blacked_out(case: CaseFile) -> None:
    texts = put_in(case, "sms.xml", SMS.encode())
    [event] = timeline.stream(case, timeline.EventFilter(item_id=texts))
    marks.add(case, [Mark(0, texts, MarkKind.REDACTION, words=Words(event.id, 15, 26))])
    assert "13800001234" not in str(custody.list_entries(case)[-1].detail)


def test_marks_go_with_their_item(case: CaseFile) -> None:
    item = put_in(case, "a.png", picture())
    marks.add(case, [Mark(0, item, MarkKind.HIGHLIGHT, box=BOX)])
    items.trash(case, [item])
    assert marks.all_marks(case) == []
    items.destroy(case, [item], "not mine")
    assert marks.list_marks(case, item) == []
    assert verification.verify(case).is_intact
