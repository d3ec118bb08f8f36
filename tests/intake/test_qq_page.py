"""Chats of QQ as one page with its pictures (``.mht``)."""

import base64
import io
from pathlib import Path

from evidence_app.casefile.case import CaseFile
from evidence_app.intake.detect import detect
from evidence_app.intake.readers.qq import page_export
from evidence_app.intake.records import EventRecord, Record, Source
from evidence_app.model.event import Direction
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.filters import EventFilter
from evidence_app.model.question import Question
from evidence_app.model.times import WallClock
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer

EDGE = "----=_NextPart_20CAFF23_6090_43fc_8C0A.EE179EE81D19"
TOP = f"""From: <Save by Tencent MsgMgr>
Subject: Tencent IM Message
MIME-Version: 1.0
Content-Type:multipart/related;
\tcharset="utf-8"
\ttype="text/html";
\tboundary="{EDGE}"

--{EDGE}
Content-Type: text/html
Content-Transfer-Encoding:7bit

"""
PICTURE = b"\xff\xd8\xff\xe0 no real picture"
FILE = f"""
--{EDGE}
Content-Type:image/jpeg
Content-Transfer-Encoding:base64
Content-Location:{{A1B2}}.dat

{base64.b64encode(PICTURE).decode()}

"""


def cell(words: str) -> str:
    return f"<tr><td><div style=padding-left:10px;>{words}</div></td></tr>"


def said(name: str, clock: str, body: str) -> str:
    return (
        f"<tr><td><div style=color:#42B475;padding-left:10px;><div style=float:left;"
        f"margin-right:6px;>{name}</div>{clock}</div><div style=padding-left:20px;>"
        f"<font style=\"font-size:9pt;\" color='000000'>{body}</font></div></td></tr>"
    )


ROWS = [
    cell("<br><b>消息记录</b>"),
    cell("消息分组:我的好友"),
    cell("消息对象:催收"),
    cell("&nbsp;"),
    "<tr><td style=font-weight:bold;>日期: 2024-03-14</td></tr>",
    said("催收", "9:05:06", "还钱<br>今天 &lt;18:00&gt; 前"),
    said("我", "21:05:06", '好<IMG src="{A1B2}.dat">'),
    "<tr><td>日期: 2024-03-15</td></tr>",
    said("催收", "0:00:01", ""),
    said("催收", "0:10:01", "2024-03-14 9:05:06 我<br>那又怎样"),
]


def page(rows: list[str], newline: str = "\r\n", between: str = "") -> bytes:
    body = f"<html><head><title>QQ Message</title></head><body><table>{between.join(rows)}</table>"
    return f"{TOP}{body}</body></html>\n{FILE}--{EDGE}--\n".replace("\n", newline).encode()


def read(data: bytes) -> list[Record]:
    source = Source(io.BytesIO(data), len(data), "催收.mht")
    file_format = detect(source)
    assert file_format is not None
    assert file_format.module == "qq.page_export"
    return list(page_export.read(source))


def test_every_message_with_its_day_words_and_place() -> None:
    for data in (page(ROWS), page(ROWS, "\n", "\n")):
        records = read(data)
        acts = [event for event in records if isinstance(event, EventRecord)]
        assert [event.text for event in acts] == [
            "还钱\n今天 <18:00> 前",
            "好[图片]",
            "",
            "2024-03-14 9:05:06 我\n那又怎样",
        ]
        assert [event.direction for event in acts] == [
            Direction.INCOMING, Direction.OUTGOING, Direction.INCOMING, Direction.INCOMING,
        ]  # fmt: skip
        times = [event.time.moment for event in acts if event.time is not None]
        assert [str(moment.at) for moment in times if isinstance(moment, WallClock)] == [
            "2024-03-14 09:05:06",
            "2024-03-14 21:05:06",
            "2024-03-15 00:00:01",
            "2024-03-15 00:10:01",
        ]
        assert {event.contact_name for event in acts} == {"催收"}
        assert acts[0].place == SourcePlace(PlaceUnit.ENTRY, 6)
        assert [question.kind.value for question in records if isinstance(question, Question)] == [
            "timezone"
        ]


def test_a_page_that_is_cut_off_gives_what_is_there() -> None:
    document = page(ROWS)
    for share in range(10, 100, 7):
        data = document[: len(document) * share // 100]
        source = Source(io.BytesIO(data), len(data), "x.mht")
        if page_export.recognises(source):
            list(page_export.read(source))


def test_a_picture_belongs_to_its_message(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "催收.mht"
    path.write_bytes(page(ROWS))
    with Importer(case) as importer:
        results = importer.run([path])
    assert len(results) == 2
    rows = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
    [with_picture] = [row for row in rows if "[图片]" in row.text]
    assert timeline.enclosed_items(case, with_picture.id) == [results[1].item_id]
