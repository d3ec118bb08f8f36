"""Screenshots of chats and lists, drawn with what stands in them known exactly."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import Box, PictureLayout, ProposedKind, TextLine
from evidence_app.reading.ocr import in_order

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
Colour = tuple[int, int, int]
IN, OUT, NEITHER = Direction.INCOMING, Direction.OUTGOING, Direction.NONE


@dataclass(frozen=True)
class Say:
    """What is said in a conversation, before it is drawn.

    Attributes:
        kind: What it is; a stamp has none.
        direction: Whose it is.
        text: Its words; of a voice message its seconds.
        name: Who writes, in a group.
        quote: What it quotes.
        clock: The time within the bubble, where the app shows it there.
    """

    kind: ProposedKind | None
    direction: Direction
    text: str
    name: str = ""
    quote: str = ""
    clock: str = ""


@dataclass(frozen=True)
class Truth:
    """What stands in a picture.

    Attributes:
        said: What it is.
        box: The bubble.
        stamp: The words of the time above it, empty if there are none.
        stamped_at: The row of the strip at which they stand.
        is_stamp_cut: Whether the bar covers a part of them.
        is_whole: Whether all of it is in the picture.
    """

    said: Say
    box: Box
    stamp: str
    stamped_at: int = 0
    is_stamp_cut: bool = False
    is_whole: bool = True


@dataclass(frozen=True)
class Row:
    """A row of a list: who, when and what."""

    who: str
    when: str
    what: str
    direction: Direction = NEITHER
    outcome: Outcome = Outcome.UNKNOWN
    count: int = 1
    duration_s: int | None = None


@dataclass
class Screen:
    """A drawn screenshot.

    Attributes:
        picture: The pixels.
        layout: What it is.
        truths: Its events, of a chat.
        rows: Its rows, of a list.
        title: In the title bar.
        words: All the lines of text in it.
        lines: The same with their boxes, of a chat; the time in the status bar before them.
    """

    picture: Image.Image
    layout: PictureLayout
    truths: list[Truth] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    words: list[str] = field(default_factory=list)
    lines: tuple[TextLine, ...] = ()

    def data(self, quality: int = 0) -> bytes:
        """As a JPEG file of that quality, or as PNG."""
        out = io.BytesIO()
        if quality:
            self.picture.save(out, "JPEG", quality=quality)
        else:
            self.picture.save(out, "PNG", compress_level=1)
        return out.getvalue()


@dataclass(frozen=True)
class Skin:
    """How an app draws; lengths in 360ths of the width."""

    name: str
    page: Colour
    left: Colour
    right: Colour
    left_ink: Colour = (20, 20, 20)
    right_ink: Colour = (20, 20, 20)
    bar: Colour = (245, 245, 245)
    bar_ink: Colour = (20, 20, 20)
    faint: Colour = (150, 150, 150)
    avatar: int = 0
    is_avatar_round: bool = False
    has_right_avatar: bool = False
    margin: int = 10
    radius: int = 5
    pad: tuple[int, int] = (11, 9)
    gap: int = 14
    widest: int = 240
    has_clock: bool = False
    has_chips: bool = False
    chip: Colour = (255, 255, 255)
    quote: Colour = (225, 225, 225)
    is_quote_inside: bool = False
    wallpaper: str = ""
    title_left: bool = False
    size: int = 16


WECHAT = Skin(
    "wechat", (237, 237, 237), (255, 255, 255), (149, 236, 105), bar=(237, 237, 237), avatar=40,
    has_right_avatar=True, size=17,
)  # fmt: skip
WECHAT_DARK = replace(
    WECHAT, name="wechat dark", page=(17, 17, 17), left=(44, 44, 44), right=(59, 179, 113),
    left_ink=(213, 213, 213), right_ink=(5, 16, 9), bar=(17, 17, 17), bar_ink=(213, 213, 213),
    faint=(90, 90, 90), quote=(32, 32, 32),
)  # fmt: skip
QQ = replace(
    WECHAT, name="qq", page=(241, 241, 245), right=(0, 153, 255), right_ink=(255, 255, 255),
    bar=(250, 250, 252), is_avatar_round=True, radius=10,
)  # fmt: skip
ANDROID = Skin(
    "android sms", (255, 255, 255), (242, 242, 246), (11, 87, 208), right_ink=(255, 255, 255),
    bar=(255, 255, 255), avatar=30, is_avatar_round=True, radius=18, pad=(14, 9), margin=8,
    title_left=True,
)  # fmt: skip
ANDROID_DARK = replace(
    ANDROID, name="android sms dark", page=(19, 19, 20), left=(48, 48, 50), right=(194, 231, 255),
    left_ink=(227, 227, 227), right_ink=(0, 29, 53), bar=(19, 19, 20), bar_ink=(227, 227, 227),
    faint=(150, 150, 150),
)  # fmt: skip
IMESSAGE = Skin(
    "imessage", (255, 255, 255), (233, 233, 235), (52, 199, 89), right_ink=(255, 255, 255),
    bar=(249, 249, 249), radius=17, pad=(13, 8), margin=16, gap=5, widest=255, size=16,
)  # fmt: skip
IMESSAGE_DARK = replace(
    IMESSAGE, name="imessage dark", page=(0, 0, 0), left=(38, 38, 41), right=(10, 132, 255),
    left_ink=(255, 255, 255), bar=(22, 22, 23), bar_ink=(255, 255, 255), faint=(142, 142, 147),
)  # fmt: skip
WHATSAPP = Skin(
    "whatsapp", (239, 231, 222), (255, 255, 255), (217, 253, 211), bar=(255, 255, 255), radius=8,
    pad=(9, 6), margin=12, gap=4, widest=285, has_clock=True, has_chips=True,
    chip=(255, 255, 255), quote=(245, 246, 246), is_quote_inside=True, title_left=True, size=15,
)  # fmt: skip
WHATSAPP_WALLPAPER = replace(WHATSAPP, name="whatsapp wallpaper", wallpaper="doodles")
WHATSAPP_DARK = replace(
    WHATSAPP, name="whatsapp dark", page=(11, 20, 26), left=(31, 44, 52), right=(0, 92, 75),
    left_ink=(233, 237, 239), right_ink=(233, 237, 239), bar=(31, 44, 52), bar_ink=(233, 237, 239),
    faint=(134, 150, 160), chip=(24, 34, 41), quote=(24, 36, 44), wallpaper="doodles",
)  # fmt: skip
TELEGRAM = replace(
    WHATSAPP, name="telegram", page=(180, 205, 160), left=(255, 255, 255), right=(239, 254, 221),
    chip=(122, 150, 110), wallpaper="gradient", radius=12, bar=(82, 125, 163),
    bar_ink=(255, 255, 255),
)  # fmt: skip
WECHAT_PHOTO = replace(WECHAT, name="wechat photo", wallpaper="photo", faint=(245, 245, 245))
SKINS = (
    WECHAT, WECHAT_DARK, QQ, ANDROID, ANDROID_DARK, IMESSAGE, IMESSAGE_DARK, WHATSAPP,
    WHATSAPP_WALLPAPER, WHATSAPP_DARK, TELEGRAM, WECHAT_PHOTO,
)  # fmt: skip


@cache
def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "NotoSansSC_700Bold.ttf" if bold else "NotoSansSC_400Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), round(size))


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The lines of a text; Latin words are kept whole."""
    pieces: list[str] = []
    for sign in text:
        joins = pieces and pieces[-1].isascii() and not pieces[-1].endswith(" ") and sign.isascii()
        if joins:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    lines = [""]
    for piece in pieces:
        if lines[-1] and letters.getlength(lines[-1] + piece.rstrip()) > width:
            # As phones do: no line begins with a closing mark.
            lines.append("")
            if piece in "，。！？、；：”）" and len(lines[-2]) > 1:
                lines[-2], lines[-1] = lines[-2][:-1], lines[-2][-1]
        while letters.getlength(piece) > width:
            fits = next(
                n for n in range(len(piece), 0, -1) if letters.getlength(piece[:n]) <= width
            )
            lines[-1:] = (
                [lines[-1] + piece[:fits], ""] if not lines[-1] else [lines[-1], piece[:fits], ""]
            )
            piece = piece[fits:]
        lines[-1] += piece if lines[-1] or piece != " " else ""
    return [line.strip() for line in lines if line.strip()]


class Conversation:
    """A conversation drawn on one long strip, from which screenshots are cut.

    Args:
        says: What is said, in order.
        skin: How the app draws.
        width: Of the phone's screen, in pixels.
        letters: Type size, of the ordinary one.
        title: In the title bar.
        seed: For what is drawn at random.
    """

    def __init__(
        self, says: Iterable[Say], skin: Skin = WECHAT, *, width: int = 1080, letters: float = 1.0,
        title: str = "催收专员 李", seed: int = 1,
    ) -> None:  # fmt: skip
        self.skin, self.width, self.title = skin, width, title
        self._random = random.Random(seed)
        self._letters = font(skin.size * letters * width / 360)
        self._small = font(11.5 * letters * width / 360)
        says = list(says)
        size = (width, len(says) * width + width)
        # Clear where nothing is drawn: a wallpaper stays where it is while the rest is scrolled.
        self._strip = Image.new("RGBA", size, (*skin.page, 0))
        self._paper = Image.new("RGB", (width, width * 3), skin.page)
        if skin.wallpaper:
            self._draw_paper()
        self._pen = ImageDraw.Draw(self._strip)
        self._y = float(self._u(8))
        self._stamp, self._stamped_at = "", 0
        self.truths: list[Truth] = []
        self.words: list[tuple[Box, str]] = []
        for bubble in says:
            self._draw(bubble)
        self.height = round(self._y) + self._u(6)

    def screen(self, scroll: int = 0, height: int | None = None) -> Screen:
        """The screenshot that shows the strip from a row on; as high as all of it, if not told."""
        top, foot = self._u(24 + 50), self._u(52)
        tall = height is None
        height = top + foot + self.height if height is None else height
        skin, width = self.skin, self.width
        scroll = 0 if tall else max(0, min(scroll, self.height - (height - top - foot)))
        visible_height = height - top - foot
        picture = Image.new("RGB", (width, height), skin.page)
        for y in range(top, height, self._paper.height):
            picture.paste(self._paper, (0, y))
        part = self._strip.crop((0, scroll, width, scroll + visible_height))
        picture.paste(part, (0, top), part.getchannel("A"))
        pen = ImageDraw.Draw(picture)
        self._bars(pen, top, height - foot, height)
        lines = [TextLine(Box(self._u(17), self._u(5), self._u(49), self._u(18)), "21:47", 1.0)]
        lines.append(TextLine(self._title_box(), self.title, 1.0))
        lines += [
            TextLine(box.moved(top - scroll), text, 1.0)
            for box, text in self.words
            if box.top >= scroll and box.bottom <= scroll + visible_height
        ]
        truths = [
            replace(
                truth, box=truth.box.moved(top - scroll),
                stamp=truth.stamp if truth.stamped_at >= scroll else "",
                is_stamp_cut=0 < scroll - truth.stamped_at < self._u(24),
                is_whole=truth.box.top >= scroll and truth.box.bottom <= scroll + visible_height,
            )
            for truth in self.truths
            if truth.box.bottom > scroll and truth.box.top < scroll + visible_height
        ]  # fmt: skip
        texts = [line.text for line in lines[1:]]
        return Screen(picture, PictureLayout.CHAT, truths, [], self.title, texts, in_order(lines))

    def _title_box(self) -> Box:
        wide = font(self._u(17), bold=True).getlength(self.title)
        x = self._u(60) if self.skin.title_left else (self.width - wide) / 2
        return Box(round(x), self._u(41), round(x + wide), self._u(59))

    def _u(self, units: float) -> int:
        return round(units * self.width / 360)

    def _bars(self, pen: ImageDraw.ImageDraw, top: int, foot: int, height: int) -> None:
        skin, u = self.skin, self._u
        pen.rectangle((0, 0, self.width, top - 1), fill=skin.bar)
        pen.line((0, top - 1, self.width, top - 1), fill=_mixed(skin.bar, skin.faint, 0.35))
        pen.text((u(16), u(4)), "21:47", fill=skin.bar_ink, font=font(u(12)))
        pen.rectangle((u(320), u(7), u(342), u(17)), outline=skin.bar_ink, width=u(1))
        pen.rectangle((u(322), u(9), u(336), u(15)), fill=skin.bar_ink)
        name = font(u(17), bold=True)
        x = u(60) if skin.title_left else (self.width - name.getlength(self.title)) / 2
        pen.text((x, u(36)), self.title, fill=skin.bar_ink, font=name)
        pen.line((u(18), u(49), u(24), u(43)), fill=skin.bar_ink, width=u(2))
        pen.line((u(18), u(49), u(24), u(55)), fill=skin.bar_ink, width=u(2))
        pen.rectangle((0, foot, self.width, height), fill=skin.bar)
        pen.line((0, foot, self.width, foot), fill=_mixed(skin.bar, skin.faint, 0.35))
        field_fill = _mixed(skin.bar, (255, 255, 255) if sum(skin.bar) > 380 else (70, 70, 70), 0.6)
        pen.rounded_rectangle((u(48), foot + u(8), u(270), foot + u(44)), u(6), fill=field_fill)
        pen.ellipse((u(10), foot + u(12), u(38), foot + u(40)), outline=skin.bar_ink, width=u(2))
        pen.ellipse((u(282), foot + u(12), u(310), foot + u(40)), outline=skin.bar_ink, width=u(2))
        pen.ellipse((u(322), foot + u(12), u(350), foot + u(40)), outline=skin.bar_ink, width=u(2))

    def _draw_paper(self) -> None:
        strip, chance, u = self._paper, self._random, self._u
        if self.skin.wallpaper == "doodles":
            pen = ImageDraw.Draw(strip)
            faint = _mixed(self.skin.page, (128, 128, 128), 0.09)
            for _ in range(strip.height * self.width // (u(30) * u(30))):
                x, y = chance.randrange(self.width), chance.randrange(strip.height)
                pen.ellipse((x, y, x + u(16), y + u(14)), outline=faint, width=u(1.2))
                pen.line((x, y, x + u(9), y - u(12)), fill=faint, width=u(1.2))
            return
        cells = (6, 10) if self.skin.wallpaper == "gradient" else (9, 16)
        spread = 22 if self.skin.wallpaper == "gradient" else 55
        small = Image.new("RGB", cells)
        base = self.skin.page if self.skin.wallpaper == "gradient" else (96, 120, 110)
        small.putdata([
            tuple(max(0, min(255, part + chance.randint(-spread, spread))) for part in base)
            for _ in range(cells[0] * cells[1])
        ])  # fmt: skip
        high = self.width * 2
        paper = small.resize((self.width, high), Image.Resampling.BICUBIC)
        for y in range(0, strip.height, high):
            strip.paste(paper, (0, y))

    def _draw(self, say: Say) -> None:
        kinds: dict[ProposedKind | None, Callable[[Say], None]] = {
            None: self._stamp_line,
            ProposedKind.SYSTEM: self._system_line,
            ProposedKind.PICTURE: self._picture,
            ProposedKind.TRANSFER: self._transfer,
            ProposedKind.CARD: self._card,
        }
        kinds.get(say.kind, self._bubble)(say)

    def _centred(self, text: str, letters: ImageFont.FreeTypeFont) -> Box:
        skin, u = self.skin, self._u
        top = round(self._y) + u(6)
        wide = letters.getlength(text)
        x, high = (self.width - wide) / 2, round(letters.size * 1.3)
        box = Box(round(x), top, round(x + wide), top + high)
        if skin.has_chips:
            edge = (box.left - u(9), box.top - u(3), box.right + u(9), box.bottom + u(3))
            self._pen.rounded_rectangle(edge, u(7), fill=skin.chip)
        ink = _mixed(skin.left_ink, skin.chip, 0.3) if skin.has_chips else skin.faint
        self._pen.text((x, top - letters.size * 0.08), text, fill=ink, font=letters)
        self.words.append((box, text))
        self._y = box.bottom + u(skin.gap + (6 if skin.has_chips else 0))
        return box

    def _stamp_line(self, say: Say) -> None:
        self._stamped_at = self._centred(say.text, self._small).top
        self._stamp = say.text

    def _system_line(self, say: Say) -> None:
        self._add(say, self._centred(say.text, self._small))

    def _add(self, say: Say, box: Box) -> None:
        self.truths.append(Truth(say, box, self._stamp, self._stamped_at))

    def _place(self, say: Say, wide: float) -> tuple[float, float]:
        """Where a bubble of that width begins, avatar and name drawn."""
        skin, u = self.skin, self._u
        y = self._y
        has_avatar = skin.avatar and (say.direction is IN or skin.has_right_avatar)
        beside = u(skin.margin + (skin.avatar + 10 if has_avatar else 0))
        if has_avatar:
            self._face(say, y)
        if say.name and not skin.has_clock and say.direction is IN:
            letters = font(self._small.size * 0.95)
            self._pen.text((beside, y - u(2)), say.name, fill=skin.faint, font=letters)
            self._wrote((beside, y - u(2)), say.name, letters)
            y += letters.size * 1.45
        return (beside if say.direction is IN else self.width - beside - wide), y

    def _face(self, say: Say, y: float) -> None:
        skin, u = self.skin, self._u
        x = u(skin.margin) if say.direction is IN else self.width - u(skin.margin + skin.avatar)
        tint = random.Random(say.name + say.direction)
        fill = tuple(tint.randint(40, 220) for _ in range(3))
        box = (x, y, x + u(skin.avatar), y + u(skin.avatar))
        if skin.is_avatar_round:
            self._pen.ellipse(box, fill=fill)
        else:
            self._pen.rounded_rectangle(box, u(4), fill=fill)
        middle = (x + u(skin.avatar * 0.25), y + u(skin.avatar * 0.12))
        letter = (say.name or ("张" if say.direction is IN else "我"))[0]
        self._pen.text(middle, letter, fill="white", font=font(u(skin.avatar * 0.5)))

    def _bubble(self, say: Say) -> None:
        skin, u, letters = self.skin, self._u, self._letters
        text = f'{say.text}"' if say.kind is ProposedKind.VOICE else say.text
        lines = wrapped(text, letters, u(skin.widest))
        high = letters.size * 1.4
        pad_x, pad_y = u(skin.pad[0]), u(skin.pad[1])
        clock = say.clock if skin.has_clock else ""
        clock_wide = self._small.getlength(clock) + (u(20) if say.direction is OUT else u(4))
        wide = max(letters.getlength(line) for line in lines)
        if clock:
            wide = max(wide, letters.getlength(lines[-1]) + u(8) + clock_wide)
        inner_name = say.name if skin.has_clock and say.direction is IN else ""
        head = self._small.size * 1.5 if inner_name else 0.0
        quoted = wrapped(say.quote, self._small, u(skin.widest - 20)) if say.quote else []
        quote_high = len(quoted) * self._small.size * 1.4 + u(10) if quoted else 0.0
        inside = quote_high + u(4) if skin.is_quote_inside and quoted else 0.0
        if inside:
            wide = max(wide, max(self._small.getlength(line) for line in quoted) + u(16))
        wide = max(wide, self._small.getlength(inner_name)) + 2 * pad_x
        if say.kind is ProposedKind.VOICE:
            wide += u(30 + min(int(say.text), 60))
        x, y = self._place(say, wide)
        bottom = y + head + inside + len(lines) * high + 2 * pad_y - high * 0.15
        box = Box(round(x), round(y), round(x + wide), round(bottom))
        self._fill(say, box)
        at = y + pad_y - letters.size * 0.14
        ink = skin.left_ink if say.direction is IN else skin.right_ink
        if inner_name:
            self._text((x + pad_x, at), inner_name, self._small, (190, 70, 110))
            at += head
        if inside:
            edge = Box(round(x + u(4)), round(at), round(x + wide - u(4)), round(at + quote_high))
            self._quote(edge, quoted, _mixed(ink, skin.quote, 0.35))
            at += inside
        if say.kind is ProposedKind.VOICE:
            self._waves(say, box, ink)
            x = (
                x + u(24)
                if say.direction is IN
                else x + wide - letters.getlength(text) - u(24) - 2 * pad_x
            )
        for line in lines:
            self._text((x + pad_x, at), line, letters, ink)
            at += high
        if clock:
            self._clock(say, box, clock, clock_wide, ink)
        self._add(say, box)
        self._y = bottom + u(skin.gap)
        if quoted and not inside:
            wide = max(self._small.getlength(line) for line in quoted) + u(16)
            left = x if say.direction is IN else box.right - wide
            top = bottom + u(4)
            edge = Box(round(left), round(top), round(left + wide), round(top + quote_high))
            self._quote(edge, quoted, skin.faint)
            self._y = edge.bottom + u(skin.gap)

    def _text(
        self, at: tuple[float, float], text: str, letters: ImageFont.FreeTypeFont, ink: Colour
    ) -> None:
        self._pen.text(at, text, fill=ink, font=letters)
        self._wrote(at, text, letters)

    def _wrote(self, at: tuple[float, float], text: str, letters: ImageFont.FreeTypeFont) -> None:
        sides = (round(side) for side in letters.getbbox(text))
        left, top, right, bottom = sides
        box = Box(
            left + round(at[0]), top + round(at[1]), right + round(at[0]), bottom + round(at[1])
        )
        self.words.append((box, text))

    def _fill(self, say: Say, box: Box, fill: Colour | None = None) -> None:
        skin, u = self.skin, self._u
        fill = fill or (skin.left if say.direction is IN else skin.right)
        edge = (box.left, box.top, box.right - 1, box.bottom - 1)
        radius = min(u(skin.radius), box.height // 2)
        self._pen.rounded_rectangle(edge, radius, fill=fill)
        if skin.has_right_avatar:
            x, out = (box.left, -u(5)) if say.direction is IN else (box.right - 1, u(5))
            middle = box.top + u(20)
            tail = [(x, middle - u(5)), (x + out, middle), (x, middle + u(5))]
            self._pen.polygon(tail, fill=fill)

    def _quote(self, edge: Box, lines: list[str], ink: Colour) -> None:
        u = self._u
        self._pen.rounded_rectangle(
            (edge.left, edge.top, edge.right, edge.bottom), u(4), fill=self.skin.quote
        )
        if self.skin.is_quote_inside:
            self._pen.rectangle(
                (edge.left, edge.top, edge.left + u(3), edge.bottom), fill=(6, 150, 120)
            )
        at = edge.top + u(4)
        for line in lines:
            self._text((edge.left + u(8), at), line, self._small, ink)
            at += self._small.size * 1.4

    def _waves(self, say: Say, box: Box, ink: Colour) -> None:
        u = self._u
        x = box.left + u(14) if say.direction is IN else box.right - u(14)
        turn = (-45, 45) if say.direction is IN else (135, 225)
        middle = (box.top + box.bottom) / 2
        for size in (3, 6, 9):
            edge = (x - u(size), middle - u(size), x + u(size), middle + u(size))
            self._pen.arc(edge, *turn, fill=ink, width=u(1.6))

    def _clock(self, say: Say, box: Box, clock: str, wide: float, ink: Colour) -> None:
        skin, u = self.skin, self._u
        fill = skin.left if say.direction is IN else skin.right
        x = box.right - u(skin.pad[0]) - wide
        y = box.bottom - self._small.size * 1.25 - u(3)
        faint = _mixed(ink, fill, 0.45)
        self._pen.text((x, y), clock, fill=faint, font=self._small)
        self._wrote((x, y), clock, self._small)
        if say.direction is OUT:
            for step in (0, 5):
                tick = box.right - u(skin.pad[0]) - u(14 - step)
                low = box.bottom - u(skin.pad[1]) - u(1)
                line = [(tick, low - u(4)), (tick + u(3), low), (tick + u(9), low - u(8))]
                self._pen.line(line, fill=(70, 160, 220), width=u(1.3))

    def _picture(self, say: Say) -> None:
        u = self._u
        wide, high = u(130), u(170)
        x, y = self._place(say, wide)
        small = Image.new("RGB", (9, 12))
        small.putdata([
            tuple(self._random.randint(30, 220) for _ in range(3)) for _ in range(9 * 12)
        ])  # fmt: skip
        self._strip.paste(
            small.resize((wide, high), Image.Resampling.BICUBIC), (round(x), round(y))
        )
        self._add(say, Box(round(x), round(y), round(x) + wide, round(y) + high))
        self._y = y + high + u(self.skin.gap)

    def _transfer(self, say: Say) -> None:
        u = self._u
        wide, high = u(232), u(84)
        x, y = self._place(say, wide)
        box = Box(round(x), round(y), round(x) + wide, round(y) + high)
        self._fill(say, box, (250, 157, 59))
        self._pen.ellipse((x + u(14), y + u(12), x + u(48), y + u(46)), outline="white", width=u(2))
        self._text((x + u(58), y + u(11)), say.text, font(u(17)), (255, 255, 255))
        self._text((x + u(12), y + u(62)), "微信转账", font(u(11)), (255, 255, 255))
        self._add(say, box)
        self._y = y + high + u(self.skin.gap)

    def _card(self, say: Say) -> None:
        u = self._u
        wide, high = u(236), u(94)
        x, y = self._place(say, wide)
        box = Box(round(x), round(y), round(x) + wide, round(y) + high)
        ground = self.skin.left
        self._fill(say, box, ground)
        title, about = say.text.split("\n")
        self._text((x + u(12), y + u(9)), title, font(u(16)), self.skin.left_ink)
        self._text(
            (x + u(12), y + u(42)), about, font(u(12)), _mixed(self.skin.left_ink, ground, 0.5)
        )
        edge = (x + wide - u(56), y + u(38), x + wide - u(12), y + u(82))
        self._pen.rectangle(edge, fill=(80, 120, 200))
        self._add(say, box)
        self._y = y + high + u(self.skin.gap)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


ZH = (
    "您的借款已逾期23天，今天下午三点前不处理，我们将联系您的单位和家人。",
    "再不还钱就让你全家不得安宁",
    "接电话",
    "为什么不接电话？",
    "我已经说过了，下个月5号发工资就还。",
    "请通过APP还款，欠款合计￥3,862.50元。",
    "你好",
    "【某某金融】尊敬的客户，您尾号6217的账单已严重逾期，请于今日18:00前结清，回T退订",
    "不要再打我妈妈的电话！",
    "早上7点我会准时给你打电话",
    "方案我看过了，分6期可以，第一期多少？",
    "爆通讯录是什么后果你自己想清楚",
    "呵呵",
    "请发一下合同编号和委托书，否则我会向12378投诉。",
    "https://pay.example.com/r/8f3k2",
    "先还500，剩下的周五之前必须到账",
)
EN = (
    "This is your final notice. Pay $1,240.55 today or we will visit your workplace.",
    "Call me back now",
    "I told you not to call me at work. Please write to me instead.",
    "OK",
    "We know where your parents live.",
    "Your account ending 4471 is 62 days past due. Reply STOP to opt out.",
    "Who is this?",
    "I can pay 50 a month from March 2.",
    "You have until 5 PM. After that I cannot help you.",
    "Stop.",
    "Please send me the validation notice that the law requires.",
    "Pay here: https://pay.example.com/r/8f3k2",
)
ZH_STAMPS = (
    "昨天 21:47",
    "3月2日 晚上9:47",
    "星期三 早上6:32",
    "21:03",
    "2026年2月11日 上午10:05",
    "前天 23:58",
)
EN_STAMPS = (
    "Yesterday 9:47 PM",
    "Mon, Mar 2, 6:32 AM",
    "07:21 PM",
    "Sat 6:15 AM",
    "Feb 11, 2026, 10:05 AM",
)
CHIPS = {
    "zh": ("昨天", "2026年3月2日", "今天", "星期三"),
    "en": ("Yesterday", "March 2, 2026", "Today", "Wednesday"),
}


def talk(
    language: str,
    count: int,
    skin: Skin,
    seed: int = 1,
    *,
    group: bool = False,
    extras: bool = True,
) -> list[Say]:
    """A conversation made up of sentences that are common in debt collection."""
    chance = random.Random(seed * 7919 + count)
    sentences = ZH if language == "zh" else EN
    stamps = CHIPS[language] if skin.has_chips else (ZH_STAMPS if language == "zh" else EN_STAMPS)
    names = ("催收小王", "法务部-陈", "老板娘") if language == "zh" else ("Mark R.", "Legal Desk")
    made: list[Say] = []
    for number in range(count):
        if number % 5 == 0:
            made.append(Say(None, NEITHER, stamps[(seed + number // 5) % len(stamps)]))
        side = IN if chance.random() < 0.62 else OUT
        clock = f"{chance.randint(0, 23)}:{chance.randint(0, 59):02}"
        if language == "en":
            clock = (
                f"{chance.randint(1, 12)}:{chance.randint(0, 59):02} {chance.choice(('AM', 'PM'))}"
            )
        clock = clock if skin.has_clock else ""
        name = chance.choice(names) if group and side is IN else ""
        made.append(Say(ProposedKind.MESSAGE, side, chance.choice(sentences), name, "", clock))
        if extras and number % 4 == 3:
            made.append(_extra(chance, language, skin, side, name, clock))
    return made


def _extra(
    chance: random.Random, language: str, skin: Skin, side: Direction, name: str, clock: str
) -> Say:
    sentences = ZH if language == "zh" else EN
    system = "对方撤回了一条消息" if language == "zh" else "You deleted this message"
    choices = [
        Say(ProposedKind.PICTURE, side, "", "" if skin.has_clock else name),
        Say(ProposedKind.SYSTEM, NEITHER, system),
    ]
    if skin.name.startswith("wechat"):
        choices += [
            Say(ProposedKind.VOICE, side, str(chance.randint(2, 59)), name),
            Say(ProposedKind.TRANSFER, side, "￥500.00", name),
            Say(ProposedKind.CARD, side, "还款协议通知\n点击查看您的协议内容", name),
        ]
    if skin.has_right_avatar or skin.has_clock:
        quote = chance.choice(sentences)[:18]
        choices.append(Say(ProposedKind.MESSAGE, side, sentences[3], name, quote, clock))
    return chance.choice(choices)
