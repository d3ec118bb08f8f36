"""Screenshots of call logs and of lists of messages, drawn with what stands in them known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image, ImageDraw
from screens import IN, OUT, Colour, Row, Screen, font

from evidence_app.model.event import Outcome
from evidence_app.model.reading import PictureLayout


@dataclass(frozen=True)
class ListSkin:
    """How an app draws a list; lengths in 360ths of the width."""

    name: str
    page: Colour = (255, 255, 255)
    ink: Colour = (20, 20, 20)
    faint: Colour = (140, 140, 140)
    step: int = 68
    has_faces: bool = False
    has_info: bool = False
    is_stamp_below: bool = False
    has_cards: bool = False


IPHONE = ListSkin("iphone", step=60, has_info=True)
IPHONE_DARK = replace(IPHONE, name="iphone dark", page=(0, 0, 0), ink=(255, 255, 255))
ANDROID = ListSkin("android", has_faces=True, step=72)
ANDROID_DARK = replace(
    ANDROID, name="android dark", page=(19, 19, 20), ink=(227, 227, 227), faint=(160, 160, 160)
)
BELOW = replace(ANDROID, name="dialer", is_stamp_below=True)
CARDS = ListSkin("cards", page=(242, 242, 246), step=70, has_cards=True)
LIST_SKINS = (IPHONE, IPHONE_DARK, ANDROID, ANDROID_DARK, BELOW, CARDS)

ZH_CALLS = (
    Row("139 0000 0011 (14)", "21:03", "北京 联通 未接", IN, Outcome.MISSED, 14),
    Row("催收-王", "20:47", "呼入 1分23秒", IN, Outcome.ANSWERED, 1, 83),
    Row("010 5550 0123", "昨天", "未接来电 响铃6声", IN, Outcome.MISSED),
    Row("139 0000 0027", "昨天", "呼出 12秒", OUT, Outcome.ANSWERED, 1, 12),
    Row("139 0000 0011 (3)", "星期三", "已拒接", IN, Outcome.REJECTED, 3),
    Row("妈妈", "星期三", "呼入 12分5秒", IN, Outcome.ANSWERED, 1, 725),
    Row("139 0000 0033", "3月2日", "上海 移动 未接", IN, Outcome.MISSED),
    Row("骚扰电话 139 0000 0040", "3月1日", "已拦截", IN, Outcome.BLOCKED),
)
EN_CALLS = (
    Row("+1 (212) 555-0123 (14)", "9:47 PM", "Missed", IN, Outcome.MISSED, 14),
    Row("Mark R.", "8:12 PM", "Incoming, 3 min 4 s", IN, Outcome.ANSWERED, 1, 184),
    Row("(646) 555-0199", "Yesterday", "Missed call", IN, Outcome.MISSED),
    Row("Legal Desk", "Yesterday", "Outgoing, 45 s", OUT, Outcome.ANSWERED, 1, 45),
    Row("(646) 555-0142 (2)", "Wednesday", "Declined", IN, Outcome.REJECTED, 2),
    Row("Mom", "Tuesday", "Incoming, 12 min", IN, Outcome.ANSWERED, 1, 720),
    Row("+1 (212) 555-0177", "Mar 2", "Missed", IN, Outcome.MISSED),
)
ZH_MESSAGES = (
    Row("1069 5550 0123", "21:03", "【某某金融】您尾号6217的账单已严重逾期"),
    Row("催收-王", "20:47", "为什么不接电话？"),
    Row("139 0000 0011", "昨天", "再不还钱就联系你的单位"),
    Row("妈妈", "昨天", "有人打电话到家里来了"),
    Row("95555", "星期三", "您的验证码是 402817，请勿告诉他人"),
    Row("139 0000 0027", "3月2日", "今天下午三点前必须处理"),
)
EN_MESSAGES = (
    Row("(212) 555-0123", "9:47 PM", "This is your final notice. Pay today"),
    Row("Mark R.", "8:12 PM", "Call me back now"),
    Row("72345", "Yesterday", "Your account ending 4471 is past due"),
    Row("Mom", "Yesterday", "Someone called the house again"),
    Row("Legal Desk", "Wednesday", "We know where your parents live."),
    Row("(646) 555-0199", "Mar 2", "You: Please write to me instead.", OUT),
)


def list_screen(
    rows: tuple[Row, ...], layout: PictureLayout, skin: ListSkin, *, width: int = 1080,
    letters: float = 1.0, heading: str = "",
) -> Screen:  # fmt: skip
    """A screenshot of a list."""
    scale = width / 360

    def u(units: float) -> int:
        return round(units * scale)

    height = u(780)
    picture = Image.new("RGB", (width, height), skin.page)
    pen = ImageDraw.Draw(picture)
    pen.text((u(18), u(4)), "21:47", fill=skin.ink, font=font(u(12)))
    texts = [heading]
    pen.text((u(18), u(46)), heading, fill=skin.ink, font=font(u(24), bold=True))
    large, small = font(u(16.5 * letters)), font(u(13 * letters))
    top = u(100)
    for row in rows:
        _draw_row(pen, row, skin, top, width, (large, small))
        texts += [row.who, row.when, row.what]
        top += u(skin.step)
    return Screen(picture, layout, [], list(rows), heading, texts)


def _draw_row(pen, row, skin, top, width, fonts) -> None:  # type: ignore[no-untyped-def]
    large, small = fonts
    scale = width / 360
    left = 68 if skin.has_faces else 26 if skin.has_cards else 18
    if skin.has_cards:
        box = (10 * scale, top - 9 * scale, width - 10 * scale, top + 53 * scale)
        pen.rounded_rectangle(box, 12 * scale, fill="white")
    if skin.has_faces:
        pen.ellipse((16 * scale, top, 56 * scale, top + 40 * scale), fill=(190, 120, 210))
        at = (28 * scale, top + 6 * scale)
        pen.text(at, row.who[0], fill="white", font=font(18 * scale))
    missed = row.outcome is Outcome.MISSED
    ink = (230, 60, 50) if missed else skin.ink
    pen.text((left * scale, top - 2 * scale), row.who, fill=ink, font=large)
    if skin.is_stamp_below:
        text = f"{row.what} • {row.when}"
        pen.text((left * scale, top + 24 * scale), text, fill=skin.faint, font=small)
        return
    pen.text((left * scale, top + 24 * scale), row.what, fill=skin.faint, font=small)
    right = width - (44 if skin.has_info else 18) * scale
    x = right - small.getlength(row.when)
    pen.text((x, top + 2 * scale), row.when, fill=skin.faint, font=small)
    if skin.has_info:
        circle = (width - 36 * scale, top + 4 * scale, width - 16 * scale, top + 24 * scale)
        pen.ellipse(circle, outline=(10, 110, 250), width=round(1.5 * scale))
        pen.text((width - 28 * scale, top + 3 * scale), "i", fill=(10, 110, 250), font=small)
    pen.line((left * scale, top + 50 * scale, width, top + 50 * scale), fill=skin.faint)


def all_lists() -> list[tuple[tuple[Row, ...], PictureLayout, str]]:
    """The lists that are drawn in every skin: rows, what they are, and their heading."""
    calls, messages = PictureLayout.CALL_LIST, PictureLayout.MESSAGE_LIST
    return [
        (ZH_CALLS, calls, "最近通话"), (EN_CALLS, calls, "Recents"),
        (ZH_MESSAGES, messages, "信息"), (EN_MESSAGES, messages, "Messages"),
    ]  # fmt: skip
