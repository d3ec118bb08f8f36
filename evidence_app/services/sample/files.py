"""The files of the sample case, all made here: nobody's data, reserved or unassigned numbers."""

from __future__ import annotations

import csv
import io
import math
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import quoteattr

from evidence_app.services.sample.pictures import Bubble, chat_picture

CHINA = timezone(timedelta(hours=8))
COLLECTOR = "19000000017"
NIGHT_CALLER = "19000000025"
AGENCY = "95000017"
MOTHER = "19000000033"
ENGLISH_CALLER = "+12025550143"
_START = datetime(2026, 3, 2, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class SampleCall:
    """One call of the sample's log."""

    number: str
    at: datetime
    duration_s: int
    sort: int


def files() -> Iterator[tuple[str, bytes]]:
    """Names and contents."""
    yield "calls-20260324090000.xml", _calls_xml()
    yield "sms-20260324090000.xml", _messages_xml()
    yield "2026年03月语音通信.csv", _bill()
    for name, title, clock, bubbles in _chats():
        kind = "PNG" if name.endswith(".png") else "JPEG"
        yield name, chat_picture(title, clock, bubbles, kind)
    for number, at, tones in _recordings():
        stamp = at.strftime("%Y%m%d%H%M%S")
        yield f"通话录音@{number}({number})_{stamp}.wav", _speech_like(tones)
    yield "催收函.pdf", letter()


def calls() -> list[SampleCall]:
    """Three weeks of calls: many a day, some at night, most of them from two numbers."""
    lines = []
    for day in range(21):
        for turn in range(2 + (day * 5) % 4):
            number = (COLLECTOR, NIGHT_CALLER, AGENCY, ENGLISH_CALLER)[(day + turn) % 4]
            hour = (9, 12, 15, 18, 20)[turn % 5]
            at = _START + timedelta(days=day, hours=hour, minutes=(day * 7 + turn * 13) % 60)
            sort = (1, 3, 1, 5)[(day + turn) % 4]
            length = 20 + (day * 31 + turn * 17) % 160 if sort == 1 else 0
            lines.append(SampleCall(number, at, length, sort))
        if day % 4 == 1:
            at = _START + timedelta(days=day, hours=22, minutes=40 + day % 15)
            lines.append(SampleCall(NIGHT_CALLER, at, 35, 1))
    burst = _START + timedelta(days=16, hours=10)
    for minute in range(0, 45, 5):
        lines.append(SampleCall(COLLECTOR, burst + timedelta(minutes=minute), 0, 3))
    return sorted(lines, key=lambda call: call.at)


def _calls_xml() -> bytes:
    rows = [
        f'  <call number={quoteattr(call.number)} duration="{call.duration_s}" '
        f'date="{_ms(call.at)}" type="{call.sort}" presentation="1" subscription_id="1" '
        f'readable_date="{call.at:%Y-%m-%d %H:%M:%S}" contact_name="(Unknown)" />'
        for call in calls()
    ]
    return _xml("calls", rows)


_TEXTS = (
    (1, 10, 5, AGENCY, 1, "【某消费金融】您的账单已逾期3天，请尽快处理。"),
    (2, 21, 58, COLLECTOR, 1, "再不还款，我们就联系你单位领导，让同事都知道你是什么人。"),
    (3, 9, 12, COLLECTOR, 2, "我在想办法，请不要联系我的家人和单位，可以协商分期吗？"),
    (5, 23, 16, NIGHT_CALLER, 1, "出门注意安全。你孩子在哪上学我们清楚。"),
    (8, 14, 2, COLLECTOR, 1, "今天下午三点前不处理，就移交公安，准备好坐牢吧。"),
    (11, 8, 45, ENGLISH_CALLER, 1, "This is Officer Dalton. A warrant has been issued. Pay today."),
    (11, 9, 30, ENGLISH_CALLER, 2, "Please write to me. Do not call me at work again."),
    (12, 7, 20, ENGLISH_CALLER, 1, "We know where you work. Everyone there will hear about it 😡"),
    (15, 19, 40, MOTHER, 1, "有人打电话给我，说你欠钱不还，要到家里来。怎么回事？"),
    (17, 16, 25, COLLECTOR, 1, "把钱转到我个人微信，给你减免利息。"),
)


def _messages_xml() -> bytes:
    rows = []
    for day, hour, minute, number, sort, text in _TEXTS:
        at = _START + timedelta(days=day, hours=hour, minutes=minute)
        name = "妈妈" if number == MOTHER else "(Unknown)"
        rows.append(
            f'  <sms protocol="0" address={quoteattr(number)} date="{_ms(at)}" type="{sort}" '
            f'subject="null" body={quoteattr(text)} toa="null" sc_toa="null" '
            f'service_center="null" read="1" status="-1" locked="0" date_sent="0" sub_id="1" '
            f'readable_date="{at:%Y-%m-%d %H:%M:%S}" contact_name="{name}" />'
        )
    return _xml("smses", rows)


def _xml(root: str, rows: list[str]) -> bytes:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    body = "\n".join(rows)
    return f'{head}\n<{root} count="{len(rows)}">\n{body}\n</{root}>\n'.encode()


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _bill() -> bytes:
    """A carrier's bill of the connected calls of the last week, as it is downloaded."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["序号", "业务类型", "通话起始时间", "通话时长", "呼叫类型", "对方号码", "通话费"]
    )
    last_week = [
        call for call in calls() if call.sort == 1 and call.at > _START + timedelta(days=14)
    ]
    for row, call in enumerate(last_week, 1):
        begin = call.at + timedelta(seconds=4)
        minutes, seconds = divmod(call.duration_s, 60)
        length = f"{minutes}分{seconds}秒" if minutes else f"{seconds}秒"
        cells = [row, "语音电话", f"{begin:%Y-%m-%d %H:%M:%S}", length, "被叫", call.number, "0.00"]
        writer.writerow(cells)
    return out.getvalue().encode("gb18030")


def _chats() -> Iterator[tuple[str, str, str, list[Bubble]]]:
    yield (
        "Screenshot_2026-03-04-22-41-07-123_chat.jpg",
        "还款专员-小周",
        "22:41",
        [
            Bubble("22:36", None, ""),
            Bubble("", False, "你以为不接电话就没事了？"),
            Bubble("", False, "通讯录我们都有，从你妈开始一个一个打"),
            Bubble("", True, "请不要联系我的家人，他们和这笔借款无关。"),
            Bubble("", False, "骗贷的人还要脸？你这种人渣就该被大家知道"),
            Bubble("", False, "明天把你照片发到你们公司群里"),
            Bubble("", True, "我已经说明愿意协商分期，请按规定联系。"),
        ],
    )
    yield (
        "Screenshot_2026-03-10-13-05-44-901_chat.jpg",
        "同事 刘静",
        "13:05",
        [
            Bubble("13:02", None, ""),
            Bubble("", False, "刚才有个自称律师的人打到前台找你"),
            Bubble("", False, "说你欠了三万多不还，让我们转告领导 😟"),
            Bubble("", True, "对不起给你添麻烦了，能把号码发给我吗？"),
            Bubble("", False, "190 0000 0017，打了三次"),
        ],
    )
    yield (
        "Screenshot_20260315-201502.png",
        "Recovery Dept.",
        "20:15",
        [
            Bubble("20:09", None, ""),
            Bubble("", False, "Last chance. Pay $480 by tonight or we file criminal charges."),
            Bubble("", False, "Your manager's number is on my desk."),
            Bubble("", True, "Send me the validation notice in writing, please."),
            Bubble("", False, "No notice. You'll see us at your door."),
        ],
    )


def _recordings() -> Iterator[tuple[str, datetime, tuple[int, ...]]]:
    yield COLLECTOR, datetime(2026, 3, 6, 15, 21, 8, tzinfo=CHINA), (196, 220, 185, 233, 208)
    yield NIGHT_CALLER, datetime(2026, 3, 11, 22, 52, 30, tzinfo=CHINA), (147, 165, 156, 139)
    yield AGENCY, datetime(2026, 3, 19, 9, 2, 51, tzinfo=CHINA), (247, 262, 233, 277, 247, 220)


def _speech_like(tones: tuple[int, ...]) -> bytes:
    """Tones with the rhythm of speech: plainly made by a machine, but with a waveform."""
    rate, syllable = 8000, 2000
    samples = bytearray()
    for turn in range(24):
        tone = tones[turn % len(tones)]
        loud = 0 if turn % 7 == 6 else 0.25 + 0.6 * ((turn * 5) % 4) / 3
        for n in range(syllable):
            envelope = math.sin(math.pi * n / syllable) ** 0.7
            wobble = math.sin(2 * math.pi * tone * n / rate) + 0.4 * math.sin(
                2 * math.pi * 2.01 * tone * n / rate
            )
            value = round(20000 * loud * envelope * wobble / 1.4)
            samples += value.to_bytes(2, "little", signed=True)
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(bytes(samples))
    return out.getvalue()


_LETTER = (
    "NOTICE OF DEBT COLLECTION",
    "",
    "Reference: SAMPLE-2026-0317        Date: 17 March 2026",
    "",
    "You are in serious default. Unless the full amount is received within",
    "24 hours, our field team will visit your home and your workplace, and",
    "your family will be informed.",
    "",
    "Transfer the amount to the private account given on the telephone.",
    "",
    "Legal Department (no name, no seal, no address)",
    "",
    "This letter is part of the sample case of Evidence App. It is invented.",
)


def letter() -> bytes:
    """A letter as a PDF of one page, written by hand in the format's plainest form."""
    lines = [f"({line.translate(_ESCAPES)}) Tj T*" for line in _LETTER]
    text = "BT /F1 12 Tf 72 740 Td 20 TL\n" + "\n".join(lines) + "\nET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        "<< /CreationDate (D:20260317101500+08'00') /Title (Notice) >>",
    ]
    out = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


_ESCAPES = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
