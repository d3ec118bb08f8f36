"""The files that tables come in: old workbooks, encodings, pages and XML under the name of .xls."""

import io
import re
import resource

import pytest
import xlsxwriter
from old_workbooks import biff5, biff8, compound

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.tables import call_table
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction
from evidence_app.model.evidence import TextBlock
from evidence_app.model.question import Answers, Question, QuestionKind

HEADING = [
    "序号",
    "业务类型",
    "通话起始时间",
    "通话时长",
    "呼叫类型",
    "对方号码",
    "通话地点",
    "通话类型",
]
ROWS = [
    ["1", "语音电话", "2016-01-27 11:17:44", "15秒", "主叫", "13800138000", "北京", "国内通话"],
    ["2", "语音电话", "2016-01-26 09:00:01", "1分24秒", "被叫", "95001", "北京", "国内通话"],
]
BILL = [["联通语音详单"], [], HEADING, *ROWS, ["合计", "", "", "", "", "", "", ""]]
WANTED = [("13800138000", Direction.OUTGOING, 15), ("95001", Direction.INCOMING, 84)]
MOJIBAKE = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f]|[À-ÿ]{3}|锟|[\ue000-\uf8ff]")


def read(data: bytes, name: str = "bill.xls", answers: Answers | None = None) -> list[Record]:
    source = Source(io.BytesIO(data), len(data), name, answers=answers or Answers())
    assert call_table.recognises(source)
    records = list(call_table.read(source))
    for record in records:
        if isinstance(record, Question) and record.kind is not QuestionKind.ENCODING:
            assert MOJIBAKE.search(str(dict(record.detail))) is None, record
    return records


def calls(records: list[Record]) -> list[tuple[str, Direction, float | None]]:
    acts = [event for event in records if isinstance(event, EventRecord)]
    return [(event.identifier, event.direction, event.duration_s) for event in acts]


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("codepage", [1252, 936, 950, 54936, 65001, 1200, 0, 12345, None])
def test_the_words_of_biff8_are_utf16_whatever_its_code_page_says(
    codepage: int | None, shared: bool
) -> None:
    records = read(biff8({"2016年01月语音通信": BILL}, codepage=codepage, shared=shared))
    assert calls(records) == WANTED
    acts = [event for event in records if isinstance(event, EventRecord)]
    assert acts[0].raw["通话地点"] == "北京"
    assert acts[0].place is not None
    assert (acts[0].place.sheet, acts[0].place.number) == ("2016年01月语音通信", 4)


@pytest.mark.parametrize("codepage", [936, 1252, 54936, 0, None])
def test_words_that_are_bytes_of_gbk_are_read_as_such(codepage: int | None) -> None:
    old = biff5({"语音": BILL}, encoding="gb18030", codepage=codepage)
    broken = biff8({"语音": BILL}, codepage=codepage, raw="gb18030")
    assert calls(read(old)) == WANTED
    assert calls(read(broken)) == WANTED


def test_accented_letters_of_biff8_are_no_bytes_of_gbk() -> None:
    rows = [["Datum", "Name", "Rufnummer", "Richtung", "Dauer (Sek.)"]]
    rows += [["15.03.2024 10:00", "Jörg Müßig", "+12025550143", "Eingehend", "12"]]
    records = read(biff8({"Anrufe": rows}, codepage=936))
    assert calls(records) == [("+12025550143", Direction.INCOMING, 12)]
    assert [event.contact_name for event in records if isinstance(event, EventRecord)] == [
        "Jörg Müßig"
    ]


def test_traditional_chinese_of_an_old_workbook() -> None:
    rows = [["通話日期", "開始時間", "對方號碼", "類型", "通話時長"]]
    rows += [["2024/03/15", "下午2:05:09", "0912345678", "來電", "1分3秒"]]
    records = read(biff5({"明細": rows}, encoding="big5", codepage=950))
    assert calls(records) == [("0912345678", Direction.INCOMING, 63)]


def test_a_workbook_beside_other_streams_or_cut_off_is_no_crash() -> None:
    document = biff8({"x": BILL})
    for cut in (513, 1024, 2000, len(document) - 600):
        source = Source(io.BytesIO(document[:cut]), cut, "x.xls")
        if call_table.recognises(source):
            list(call_table.read(source))
    other = compound(b"not a book" * 1000, "WordDocument")
    assert not call_table.recognises(Source(io.BytesIO(other), len(other), "x.doc"))


def test_a_workbook_that_only_its_password_opens_says_so() -> None:
    locked = compound(b"sealed" * 1000, "EncryptedPackage")
    source = Source(io.BytesIO(locked), len(locked), "x.xlsx")
    with pytest.raises(ReadFailure) as failure:
        call_table.recognises(source)
    assert failure.value.message.code is MessageCode.DOCUMENT_LOCKED


def text_of(separator: str) -> str:
    return "\r\n".join(separator.join(row) for row in BILL)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_under_the_name_of_a_workbook(encoding: str, separator: str) -> None:
    assert calls(read(text_of(separator).encode(encoding))) == WANTED


def test_a_line_that_names_the_separator_is_obeyed() -> None:
    assert calls(read(("sep=;\n" + text_of(";")).encode("gb18030"))) == WANTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_under_the_name_of_a_workbook(encoding: str) -> None:
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in BILL[2:]
    )
    text = f"<html><table><tr><td colspan=8>联通语音详单</td></tr>{body}</table></html>"
    assert calls(read(text.encode(encoding))) == WANTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_xml_of_2003_under_the_name_of_a_workbook(encoding: str) -> None:
    def cell(text: str) -> str:
        return f'<Cell><Data ss:Type="String">{text}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in BILL[2:])
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="语音"><Table>'
        f'<Row ss:Index="3">{cell("标题")}</Row>{rows}</Table></Worksheet></Workbook>'
    )
    records = read(text.encode(encoding))
    assert calls(records) == WANTED
    places = [event.place for event in records if isinstance(event, EventRecord)]
    assert [(place.sheet, place.number) for place in places if place] == [("语音", 5), ("语音", 6)]


def test_an_entity_of_xml_is_not_resolved() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="x"><Table>'
        f"<Row>{''.join(f'<Cell><Data>{name}</Data></Cell>' for name in HEADING)}</Row>"
        f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in ROWS[0][:-1])}"
        "<Cell><Data>&b;</Data></Cell></Row></Table></Worksheet></Workbook>"
    )
    records = read(text.encode())
    assert calls(records) == WANTED[:1]
    assert "aaa" not in str(records)


def workbook(rows: list[list[object]], *more: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for page in (rows, *more):
            sheet = book.add_worksheet()
            for number, row in enumerate(page):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def test_the_heading_may_stand_on_each_page_among_feet_and_sums() -> None:
    page = [["联通语音详单"], HEADING, ROWS[0], ["第 1 页 共 2 页"]]
    rest = [["联通语音详单"], HEADING, ROWS[1], ["第 2 页 共 2 页"], ["总计：2 条"]]
    records = read(workbook([*page, *rest]))
    assert calls(records) == WANTED
    assert not [record for record in records if type(record).__name__ == "SkippedEntry"]


def test_a_sheet_without_a_heading_goes_on_with_the_one_before() -> None:
    records = read(workbook([HEADING, ROWS[0]], [ROWS[1]], [["说明", "本清单仅供参考"]]))
    assert calls(records) == WANTED
    assert [block.text for block in records if isinstance(block, TextBlock)] == [
        "说明\t本清单仅供参考"
    ]


def test_a_day_that_spans_several_rows_holds_for_each() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 4, "Call details")
        sheet.write_row(1, 0, ["Date", "Time", "Number", "Direction", "Duration (sec)"])
        sheet.merge_range(2, 0, 3, 0, "14-MAR-2024")
        sheet.write_row(2, 1, ["10:21A", "+12025550143", "Incoming", 65])
        sheet.write_row(3, 1, ["10:22P", "+12025550144", "Outgoing", 5])
    acts = [event for event in read(out.getvalue()) if isinstance(event, EventRecord)]
    assert [str(event.time and event.time.moment.at) for event in acts] == [
        "2024-03-14 10:21:00",
        "2024-03-14 22:22:00",
    ]


CSV = "날짜;전화번호;{}\n2024-03-15 14:30:00;01012345678;{}\n"


def test_an_encoding_that_nothing_tells_is_asked_and_no_garbage_is_shown() -> None:
    text = "quand;avec;quoi\n2024-03-15 14:30:00;01012345678;ðüþ\n".encode("cp1254", "replace")
    data = text.replace(b"?", b"\xfe")
    records = read(data)
    [question] = [question for question in records if isinstance(question, Question)]
    assert question.kind is QuestionKind.ENCODING
    assert len(set(question.detail["samples"].values())) > 1
    assert all("\ufffd" not in sample for sample in question.detail["samples"].values())


def test_the_answer_to_the_encoding_is_obeyed() -> None:
    text = CSV.format("종류", "수신")
    records = read(text.encode("cp949"), answers=Answers(encoding="cp949"))
    assert [event.identifier for event in records if isinstance(event, EventRecord)] == [
        "01012345678"
    ]


@pytest.mark.parametrize(
    ("encoding", "heading", "row"),
    [
        ("cp949", "날짜,시간,전화번호,종류,통화시간(초)", "2024-03-15,오후 2:30,0101234567,수신,5"),
        ("cp932", "日付,時刻,電話番号,種別,通話時間(秒)", "2024-03-15,午後2:30,0312345678,着信,5"),
        ("big5", "日期,時間,電話號碼,類型,通話時長(秒)", "2024-03-15,下午2:30,0912345678,來電,5"),
        ("cp1251", "Дата,Время,Номер,Тип,Длительность (с)", "2024-03-15,14:30,8495123,Входящий,5"),
        ("cp1252", "Datum,Uhrzeit,Nummer,Richtung,Länge (s)", "2024-03-15,14:30,0301234,Eingang,5"),
        ("cp1254", "Tarih,Saat,Numara,Yön,Süre (sn)", "2024-03-15,14:30,02121234567,Gelen,5"),
    ],
)  # fmt: skip
def test_headings_that_are_known_tell_the_encoding(encoding: str, heading: str, row: str) -> None:
    records = read(f"{heading}\n{row}\n".encode(encoding))
    [act] = [event for event in records if isinstance(event, EventRecord)]
    assert (act.direction, act.duration_s) == (Direction.INCOMING, 5)
    assert str(act.time and act.time.moment.at) == "2024-03-15 14:30:00"
    kinds = {question.kind for question in records if isinstance(question, Question)}
    assert kinds <= {QuestionKind.TIMEZONE}
    assert not [notice for notice in records if isinstance(notice, Notice) and notice.damaged]


def test_a_cell_far_out_is_refused_before_it_fills_the_memory() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(20_000, 16_000, "y")
    data = out.getvalue()
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadFailure) as failure:
        list(call_table.read(Source(io.BytesIO(data), len(data), "x.xlsx")))
    assert failure.value.message.code is MessageCode.READER_LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 256 << 10


def test_a_file_at_which_the_library_panics_is_a_damaged_table() -> None:
    data = bytearray(biff8({"x": BILL}))
    reads = 0
    for at in range(512, len(data) - 40, 7):
        damaged = bytearray(data)
        damaged[at : at + 3] = b"\xff\x00\xff"
        source = Source(io.BytesIO(bytes(damaged)), len(damaged), "x.xls")
        try:
            if call_table.recognises(source):
                list(call_table.read(source))
        except ReadFailure:
            reads += 1
    assert reads
