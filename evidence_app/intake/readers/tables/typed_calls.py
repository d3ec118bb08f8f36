"""Lists of calls that somebody typed: in each line a time and what the call was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence_app.intake.chat_authors import directed
from evidence_app.intake.readers.chat.lines import head_lines, numbered
from evidence_app.intake.readers.support.worded_times import short_time, worded_time
from evidence_app.intake.readers.tables.call_words import call_sort
from evidence_app.intake.readers.tables.records import records
from evidence_app.intake.readers.tables.sheets import Row, Sheet
from evidence_app.intake.records import Record, Source
from evidence_app.model.evidence import PlaceUnit

_WORD = r"[^\W\d_]{3,12}\.?"
_DAY = (
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|"
    r"\d{1,2}\s?月\s?\d{1,2}\s?[日号號]|"
    rf"(?<![^\W\d_]){_WORD}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?(?![\d:])|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s{_WORD}(?:,?\s\d{{4}})?(?![\d:])|"
    r"(?<![\d/.:-])\d{1,2}[-/.]\d{1,2}\.?(?![\d/.:-])"
)
_HALF = r"上午|下午|中午|早上|晚上|凌晨|傍晚|[AaPp]\.?\s?[Mm]\b\.?"
_CLOCK = (
    rf"(?:(?:{_HALF})\s?)?(?<![\d:+-])(?:[01]?\d|2[0-3])"
    rf"(?:[:：]\d{{2}}(?:[:：]\d{{2}})?(?![\d:])|[点點时時]\d{{2}}分?)(?:\s?(?:{_HALF}))?"
)
_BETWEEN = (
    r"(?:[\s,，T-]|at\b|um\b|\((?:[^\d()]{1,6})\)|(?:周|星期|礼拜)[一二三四五六日天]|"
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)*"
)
_STAMP = re.compile(rf"(?:(?P<day>{_DAY}){_BETWEEN})?(?P<clock>{_CLOCK})", re.I)
_DAY_LINE = re.compile(rf"\W*(?P<day>{_DAY}){_BETWEEN}\W*", re.I)
_DAY_BEHIND = re.compile(rf"(?<![\d-])(?:{_DAY})(?![\d-])")
_LENGTH = re.compile(
    r"(?<![\d*.-])(?:\d{1,2}\s?(?:小时|小時|h(?:ours?|rs?)?\b)\s?)?"
    r"(?:\d{1,3}\s?(?:分钟|分鐘|分(?!机)|min(?:ute)?s?\b\.?|m\b)\s?(?:\d{1,2}\s?(?:秒|s(?:ec(?:ond)?s?)?\b\.?))?|"
    r"\d{1,4}\s?(?:秒钟?|s(?:ec(?:ond)?s?)?\b\.?))|"
    r"(?<![\d:])\d{1,3}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}\s?(?:小时|小時|hours?\b|hrs?\b)",
    re.I,
)
_NUMBER = re.compile(
    r"(?<![\w.])\+?\(?\d[\d*]*(?:[ ().-]{1,2}[\d*]+)*(?![\w])|(?<=[\u4e00-\u9fff])\d[\d*-]{3,18}\d"
)
_LEAST_DIGITS, _MOST_DIGITS = 5, 15
_SORT = re.compile(
    r"未接来电|未接电话|未接听|未接|已接听|没接到?|没有接|无人接听|无应答|拒接|拒绝|挂断|挂了|拦截|来电|呼入|打来的?|"
    r"打过来|打给我|去电|拨出|呼出|已拨|拨打|打给他?她?|打过去|"
    r"回拨|主叫|被叫|接听|已接|接通|接了|"
    r"语音留言|语音信箱|"
    r"(?<![^\W_])(?:missed|incoming|inbound|outgoing|outbound|answered|unanswered|no answer|"
    r"not answered|declined|rejected|blocked|voice\s?mail|hung up|dialed|dialled|received|"
    r"calls? from|calls? to|called me|i called|"
    r"called them|called back|picked up|spoke|talked)(?![^\W_])",
    re.I,
)
_SAID = (
    (re.compile(r"打来的?|打过来|打给我"), "来电"),
    (re.compile(r"打给他?她?|打过去|回拨"), "去电"),
    (re.compile(r"接了|接听"), "接通"),
    (re.compile(r"没接到?"), "未接"),
    (re.compile(r"挂了"), "挂断"),
    (re.compile(r"called me|calls? from", re.I), "incoming"),
    (re.compile(r"calls? to", re.I), "outgoing"),
    (re.compile(r"i called|called them|called back", re.I), "outgoing"),
    (re.compile(r"picked up|spoke|talked", re.I), "answered"),
)
"""What people write instead of the words of phones."""

_FILLER = re.compile(
    r"(?<![^\W_])(?:phone ?calls?|calls?|from|by|to|with|for|the|number|no|tel|duration|lasted|"
    r"left|anruf|llamada|appel|chamada|chiamata|звонок|вызов)(?![^\W_])\.?|"
    r"语音通话|视频通话|电话|通话|时长|号码|[一1]次|的",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_\u3040-\u9fff]{5,}")
_EDGES = " \t\r,，.。;；:：-–—|/()（）[]【】\"'“”·•*#>"
_SIGN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_LINE = 300
_LONGEST_NOTE = 40
_LONGEST_NAME, _LONGEST_SIGNS = 24, 8
_GAP, _HERE = "\x00", "\x01"
"""What stands in place of words that were taken out of a line, and of its number."""

_COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")
_LISTED = re.compile(r"^\W*\d{1,4}\s?[.)、:：]\s*$")
_NOBODY = frozenset(
    {"我", "他", "她", "对方", "他们", "i", "me", "they", "he", "she", "them", "and"}
)
_FEWEST = 2
_MOSTLY = 0.6
_SNIFFED_LINES = 400
_HEADINGS = {
    True: ["时间", "类型", "号码", "姓名", "时长", "备注"],
    False: ["Time", "Type", "Number", "Name", "Duration", "Note"],
}


@dataclass(frozen=True, slots=True)
class TypedCall:
    """A line that tells of a call.

    Attributes:
        day: As written; empty if only a line above it tells the day.
        clock: The time of day, as written.
        sort: The words that say who called and what became of it; empty if none is known.
        number: As written, empty if there is none.
        name: Who it was, as far as a few words remain.
        length: How long it was, as written.
        note: What else the line says.
    """

    day: str
    clock: str
    sort: str
    number: str
    name: str
    length: str
    note: str

    def row(self, day: str) -> list[str]:
        """The line as a row below the heading, with the day of the lines above."""
        stamp = f"{self.day or day} {self.clock}".strip()
        return [stamp, self.sort, self.number, self.name, self.length, self.note]


def recognises(source: Source) -> bool:
    """Whether the text is a list of calls."""
    return are_typed(head_lines(source))


def read(source: Source) -> Iterator[Record]:
    """Every call, and what the lines leave open.

    Raises:
        ReadFailure: The file is damaged.
    """
    heading = _HEADINGS[any(map(_SIGN.search, head_lines(source)))]
    sheet = Sheet("", _rows(numbered(source), heading), unit=PlaceUnit.LINE)
    yield from records(source, "text/plain", [sheet])


def are_typed(lines: Sequence[str]) -> bool:
    """Whether most lines tell of a call each, and the others of the days at most."""
    filled = [line for line in lines if line.strip()][:_SNIFFED_LINES]
    calls = [call for line in filled if (call := call_in(line)) is not None]
    sure = [call for call in calls if (call.sort or call.length) and (call.number or call.name)]
    days = sum(day_in(line) is not None for line in filled)
    lines_left = len(filled) - days
    return (
        len(calls) >= max(_FEWEST, lines_left * _MOSTLY)
        and len(sure) >= max(1, len(calls) * _MOSTLY)
        and sum(len(call.note) > _LONGEST_NOTE for call in calls) * 2 <= len(calls)
    )


def _rows(lines: Iterable[tuple[int, str]], heading: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """What stands above the calls, the heading, and each line; days hold for the lines below."""
    day = ""
    is_begun = False
    for number, line in lines:
        call = call_in(line)
        begun = day_in(line) if call is None else None
        if call is not None and not is_begun:
            is_begun = True
            yield number, [*heading]
        if call is not None:
            day = call.day or day
            yield number, [*call.row(day)]
        elif begun is None and line.strip():
            yield number, [line.strip()]
        day = begun or day


def day_in(line: str) -> str | None:
    """The day that a line tells, if it tells nothing else."""
    match = _DAY_LINE.fullmatch(line.strip()) if len(line) <= _LONGEST_LINE else None
    return match["day"] if match is not None and _is_day(match["day"]) else None


def call_in(line: str) -> TypedCall | None:
    """What a line tells of a call; None if it has no time, or more words than one."""
    if len(line) > _LONGEST_LINE:
        return None
    stamp = next(
        (match for match in _STAMP.finditer(line) if not match["day"] or _is_day(match["day"])),
        None,
    )
    if stamp is None:
        return None
    before, after, day = line[: stamp.start()], line[stamp.end() :], stamp["day"] or ""
    if not day:
        day, after = _taken(_later_day, after, _GAP)
    before = _LISTED.sub("", before)
    if _is_said(before, after):
        return None
    length, rest = _taken(_LENGTH.search, f"{before} {_GAP} {after}", _GAP)
    number, rest = _taken(_number, rest, _HERE)
    sorts, rest = _sorts_in(rest)
    if not (number or length or sorts):
        return None
    name, note = _name_and_note(_FILLER.sub(_GAP, rest))
    clock = stamp["clock"].replace("：", ":")
    sort = " ".join(map(_plain_sort, sorts))
    return TypedCall(day, clock, sort, number, name, length, note)


def _sorts_in(text: str) -> tuple[list[str], str]:
    """The words that say what a call was, and the text without them."""
    sorts = [match[0] for match in _SORT.finditer(text)]
    rest = _SORT.sub(_GAP, text)
    for word in _LETTERS.findall(rest):
        if not word[0].isupper() and call_sort(word) is not None:
            sorts.append(word)
            rest = rest.replace(word, _GAP, 1)
    return sorts, rest


def is_call_word(text: str) -> bool:
    """Whether a text consists of words for calls alone, so that it is nobody's name."""
    return bool(_SORT.search(text)) and not _FILLER.sub("", _SORT.sub("", text)).strip(_EDGES)


def _is_said(before: str, after: str) -> bool:
    """Whether somebody says the words of a line, as in a chat, after a name and a colon."""
    colon = _COLON.search(after)
    if colon is None:
        return False
    author = after[: colon.start()]
    name = author if author.strip(_EDGES) else before
    number = _number(name)
    rest = name if number is None else name.replace(number[0], "")
    if directed(name.strip(_EDGES)) is not None:
        return True
    return bool(rest.strip(_EDGES)) and not is_call_word(rest)


def _taken(search: Callable[[str], re.Match[str] | None], text: str, mark: str) -> tuple[str, str]:
    """What is found in a text, and the text with a mark in its place."""
    match = search(text)
    if match is None:
        return "", text
    taken = match[0].strip()
    taken = taken if ")" in taken else taken.lstrip("(")
    return taken, f"{text[: match.start()]}{mark}{text[match.end() :]}"


def _later_day(text: str) -> re.Match[str] | None:
    """A day that stands behind the time of day."""
    return next((match for match in _DAY_BEHIND.finditer(text) if _is_day(match[0])), None)


def _number(text: str) -> re.Match[str] | None:
    return next(
        (
            match
            for match in _NUMBER.finditer(text)
            if _LEAST_DIGITS <= sum(map(str.isdigit, match[0])) <= _MOST_DIGITS
        ),
        None,
    )


def _plain_sort(word: str) -> str:
    return next((meant for said, meant in _SAID if said.fullmatch(word)), word)


def _name_and_note(rest: str) -> tuple[str, str]:
    """Of the words that remain: who it was, beside the number or before it, and what else.

    Without a number the first words are who it was.
    """
    parts = [part for part in rest.split(_GAP) if part.strip(_EDGES)]
    at = next((at for at, part in enumerate(parts) if _HERE in part), None)
    if at is not None:
        before, _, behind = parts[at].partition(_HERE)
        parts[at : at + 1] = [before, behind]
    words = [part.strip(_EDGES) for part in parts]
    beside = [0] if at is None else [at, at + 1, at - 1]
    for place in beside:
        if 0 <= place < len(words) and _may_be_name(words[place]):
            name = words.pop(place)
            return name, " ".join(filter(None, words))
    return "", " ".join(filter(None, words))


def _may_be_name(words: str) -> bool:
    longest = _LONGEST_SIGNS if _SIGN.search(words) else _LONGEST_NAME
    return (
        0 < len(words) <= longest
        and words.casefold() not in _NOBODY
        and not any(map(str.isdigit, words))
    )


def _is_day(written: str) -> bool:
    return worded_time(written) is not None or short_time(written) is not None
