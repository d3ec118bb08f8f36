"""Bills as PDF: columns by their places, over several pages, in the layouts of several carriers."""

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from evidence_app.intake.detect import detect
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source, TextBlock
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry
from evidence_app.model.question import Question, QuestionKind

Draw = Callable[[Canvas], None]
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def pdf_of(*pages: Draw) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes, name: str = "bill.pdf") -> list[Record]:
    source = Source(io.BytesIO(data), len(data), name)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "pdf"
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def times(records: list[Record]) -> list[str]:
    return [event.time.moment.at.isoformat(" ") if event.time else "" for event in acts(records)]


def questions_of(records: list[Record]) -> set[QuestionKind]:
    return {question.kind for question in records if isinstance(question, Question)}


def table(
    rows: Sequence[Sequence[str]],
    at: Sequence[float],
    *,
    top: float = 700,
    font: str = "Helvetica",
    right: Sequence[int] = (),
    size: float = 9,
) -> Draw:
    """Rows of cells at places; those of the columns in ``right`` end there."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, row in enumerate(rows):
            y = top - number * size * 1.6
            for column, (cell, x) in enumerate(zip(row, at, strict=False)):
                write = canvas.drawRightString if column in right else canvas.drawString
                write(x, y, cell)

    return draw


def text(*lines: str, top: float = 780, font: str = "Helvetica") -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 11)
        for number, line in enumerate(lines):
            canvas.drawString(40, top - number * 16, line)

    return draw


def both(*drawn: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for draw in drawn:
            draw(canvas)

    return draw


MOBILE = ["起始时间", "通信地点", "通信方式", "对方号码", "通信时长", "通信类型", "实收通信费"]
AT = [30, 130, 190, 250, 340, 410, 500]


def test_a_bill_of_china_mobile_over_two_pages_with_the_heading_on_each() -> None:
    preamble = text("通话详单", "查询时间：2024-03-01至2024-03-31", font="STSong-Light")
    first = [MOBILE, ["03-05 13:13:40", "北京", "主叫", "13800138000", "38秒", "国内通话", "0.00"]]
    second = [MOBILE, ["03-06 08:00:01", "天津", "被叫", "95001", "1分5秒", "国内通话", "0.00"]]
    second += [["合计", "", "", "", "", "", "0.00"]]
    records = read(
        pdf_of(
            both(preamble, table(first, AT, font="STSong-Light")),
            both(
                table(second, AT, font="STSong-Light"), text("第 2 页", top=40, font="STSong-Light")
            ),
        )
    )
    assert [(event.identifier, event.direction, event.duration_s) for event in acts(records)] == [
        ("13800138000", Direction.OUTGOING, 38),
        ("95001", Direction.INCOMING, 65),
    ]
    assert times(records) == ["2024-03-05 13:13:40", "2024-03-06 08:00:01"]
    described = records[0]
    assert isinstance(described, Description)
    assert (described.kind, described.page_count) == (ItemKind.CALL_LOG, 2)
    assert [event.place and event.place.sheet for event in acts(records)] == ["p. 1", "p. 2"]
    assert MessageCode.BILL_HAS_NO_MISSED in {
        notice.message.code for notice in records if isinstance(notice, Notice)
    }
    assert "13800138000" in "".join(block.text for block in records if isinstance(block, TextBlock))
    assert not [
        skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert acts(records)[0].raw["通信地点"] == "北京"


def test_cells_that_are_wrapped_belong_to_their_row() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 9)
        for x, name in zip(AT, MOBILE, strict=True):
            canvas.drawString(x, 700, name)
        for y, day, clock, number in ((680, "2024-03-05", "13:13:40", "13800138000"),
                                      (650, "2024-03-06", "14:13:40", "95001")):  # fmt: skip
            canvas.drawString(30, y, day)
            canvas.drawString(30, y - 10, clock)
            for x, cell in zip(AT[1:5], ("北京市", "被叫", number, "5秒"), strict=True):
                canvas.drawString(x, y - 5, cell)
            canvas.drawString(130, y - 15, "朝阳区")

    records = read(pdf_of(draw))
    assert times(records) == ["2024-03-05 13:13:40", "2024-03-06 14:13:40"]
    assert [event.identifier for event in acts(records)] == ["13800138000", "95001"]
    assert {event.raw["通信地点"] for event in acts(records)} == {"北京市朝阳区"}


def test_an_american_bill_with_am_and_pm_minutes_and_incoming_as_a_destination() -> None:
    heading = ["Date", "Time", "Number", "Origination", "Destination", "Min."]
    rows = [
        heading,
        ["Mar 5", "10:21A", "202-555-0143", "New York, NY", "Incoming, CL", "3"],
        ["Mar 5", "01:22P", "202-555-0144", "New York, NY", "Boston, MA", "12"],
        ["Mar 6", "11:59P", "Unavailable", "New York, NY", "Incoming, CL", "1"],
    ]
    head = text("Talk activity for 202-555-0199", "Billing period Feb 12, 2024 - Mar 11, 2024")
    places = [40, 90, 140, 250, 350, 470]
    records = read(pdf_of(both(head, table(rows, places, right=(5,)))))
    assert [(event.direction, event.duration_s) for event in acts(records)] == [
        (Direction.INCOMING, 180),
        (Direction.OUTGOING, 720),
        (Direction.INCOMING, 60),
    ]
    assert times(records) == ["2024-03-05 10:21:00", "2024-03-05 13:22:00", "2024-03-06 23:59:00"]
    assert questions_of(records) == {QuestionKind.TIMEZONE}


def test_a_british_bill_lists_numbers_called_and_the_day_only_once() -> None:
    rows = [
        ["Date", "Time", "Number called", "Duration", "Cost"],
        ["14 Mar 2024", "10:21", "07700 900123", "00:01:05", "0.10"],
        ["", "10:25", "07700 900456", "00:00:05", "0.10"],
        ["15 Mar 2024", "09:00", "07700 900123", "00:10:00", "0.10"],
    ]
    records = read(pdf_of(table(rows, [40, 130, 190, 320, 480], right=(4,))))
    assert times(records) == ["2024-03-14 10:21:00", "2024-03-14 10:25:00", "2024-03-15 09:00:00"]
    assert {event.direction for event in acts(records)} == {Direction.OUTGOING}
    assert [event.duration_s for event in acts(records)] == [65, 5, 600]


def test_an_indian_bill_with_names_of_months_and_a_heading_of_two_lines() -> None:
    at = [40, 140, 230, 340, 440]
    upper = [["", "", "Called", "Duration", ""]]
    lower = [["Date", "Time", "Number", "(sec)", "Type"]]
    rows = [
        ["14-MAR-2024", "10:21:05", "9876500001", "65", "Outgoing"],
        ["14-MAR-2024", "22:21:05", "9876500002", "5", "Incoming"],
    ]
    records = read(
        pdf_of(both(table(upper, at, top=712), table(lower, at, top=700), table(rows, at, top=684)))
    )
    assert [(event.identifier, event.duration_s, event.direction) for event in acts(records)] == [
        ("9876500001", 65, Direction.OUTGOING),
        ("9876500002", 5, Direction.INCOMING),
    ]


def test_a_german_bill_and_a_table_of_payments_beside_it() -> None:
    calls = [
        ["Datum", "Uhrzeit", "Rufnummer", "Richtung", "Dauer (Min.)"],
        ["14.03.2024", "10:21", "030 123456", "Eingehend", "2"],
    ]
    paid = [["Datum", "Buchungstext", "Betrag"], ["15.03.2024", "Lastschrift", "12,00 EUR"]]
    records = read(
        pdf_of(both(table(calls, [40, 130, 200, 320, 420]), table(paid, [40, 130, 300], top=600)))
    )
    assert [(event.identifier, event.duration_s) for event in acts(records)] == [
        ("030 123456", 120)
    ]
    assert not [
        skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)
    ]


def test_messages_of_a_bill_are_a_list_of_their_own() -> None:
    calls = [
        ["Date", "Time", "Number", "Type", "Minutes"],
        ["14-MAR-2024", "10:21", "2025550143", "Incoming", "2"],
    ]
    messages = [
        ["Date", "Time", "Number", "Direction", "Service"],
        ["15-MAR-2024", "11:21", "2025550144", "Received", "SMS"],
    ]
    at = [40, 130, 200, 320, 420]
    records = read(
        pdf_of(
            both(
                table(calls, at), text("Text messages (SMS)", top=640), table(messages, at, top=600)
            )
        )
    )
    assert [(event.type, event.identifier, event.direction) for event in acts(records)] == [
        (EventType.CALL, "2025550143", Direction.INCOMING),
        (EventType.MESSAGE, "2025550144", Direction.INCOMING),
    ]


def test_an_entry_whose_time_cannot_be_read_is_told_with_its_page() -> None:
    rows = [
        ["Date", "Time", "Number", "Type", "Minutes"],
        ["14-MAR-2024", "10:21", "2025550143", "Incoming", "2"],
        ["??-MAR-2024", "10:22", "2025550144", "Incoming", "3"],
    ]
    records = read(pdf_of(table(rows, [40, 130, 200, 320, 420])))
    assert len(acts(records)) == 1
    [skipped] = [
        skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert skipped.place is not None
    assert skipped.place.sheet == "p. 1"
    assert "2025550144" in skipped.raw


@pytest.mark.parametrize(
    "draw",
    [
        text("Dear Sir,", "on 14 March 2024 at 10:21 you called 2025550143 for 3 minutes."),
        table([["Date", "Number", "Type", "Amount"], ["14-MAR-2024", "10021", "Invoice", "12"]],
              [40, 130, 200, 320]),
        table([["Name", "Duration", "Place"], ["Course", "3 h", "Rome"]], [40, 130, 200]),
    ],
)  # fmt: skip
def test_a_document_that_is_no_bill_stays_a_document(draw: Draw) -> None:
    records = read(pdf_of(draw))
    assert isinstance(records[0], Description)
    assert records[0].kind is ItemKind.DOCUMENT
    [event] = acts(records)
    assert (event.type, event.outcome, event.place) == (EventType.DOCUMENT, Outcome.UNKNOWN, None)
    assert not questions_of(records)
