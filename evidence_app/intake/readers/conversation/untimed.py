"""Conversations without any time: only who wrote, and the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from evidence_app.intake.chat_authors import names_owner
from evidence_app.intake.readers.chat.lines import LONGEST_MESSAGE
from evidence_app.intake.readers.conversation.line_shapes import NAME, Head, Talk, is_of_program

_LEAST = 4
_LEAST_EACH = 2
_LEAST_COVERED = {"INLINE": 0.6, "ABOVE": 0.3}
_MOST_WORDS = 4
_LONGEST_HEAD = 300
_SNIFFED_LINES = 400
_DIGIT = re.compile(r"\d")
_LABELS = frozenset(
    re.findall(
        r"\S+",
        """
    name address phone mobile tel telephone number date time from to cc bcc subject sender
    recipient duration type status amount total note notes remark reference ref id email e-mail
    message text content body title url http https file size author source location place age
    question answer q a warning error info tip example step summary price quantity description
    姓名 名字 地址 电话 手机 手机号 号码 日期 时间 发件人 收件人 抄送 主题 发送人 接收人 时长
    类型 状态 金额 合计 备注 编号 邮箱 内容 正文 标题 文件 大小 作者 来源 地点 年龄 单位 账号
    开户行 甲方 乙方 丙方 问 答 注意 提示 说明 例如 案由 原告 被告 申请人 被申请人 审判长 书记员
    联系人 联系电话 身份证号 性别 民族 住址
    """,
    )
)
"""What stands before a colon in forms, letters and lists, and is nobody's name."""


class Untimed(Enum):
    """Where the words of a message stand."""

    INLINE = re.compile(rf"(?P<author>{NAME})\s?(?:：|:(?=\s|[^\x00-\x7f]))\s*(?P<text>\S.*)")
    ABOVE = re.compile(rf"(?P<author>{NAME})\s?[:：](?P<text>)")

    def head_in(self, line: str) -> re.Match[str] | None:
        """What a line states if it begins a message."""
        match = self.value.fullmatch(line[:_LONGEST_HEAD].strip("\u200e\u200f\ufeff \t"))
        return None if match is None or line[:1] in (" ", "\t") else match

    def talks(self, lines: Iterable[tuple[int, str]]) -> Iterator[Talk]:
        """Every message; lines before the first one have no author."""
        begins, author = 1, ""
        text_lines: list[str] = []
        size = 0
        for number, line in lines:
            match = self.head_in(line)
            if match is None and size + len(line) < LONGEST_MESSAGE:
                text_lines.append(line)
                size += len(line) + 1
                continue
            if author or any(text_lines):
                yield _talk(begins, author, text_lines)
            begins, author = number, match["author"].strip() if match else ""
            first = line[match.start("text") :] if match else line
            text_lines, size = [first], len(line)
        if author or any(text_lines):
            yield _talk(begins, author, text_lines)


def _talk(line: int, author: str, text_lines: Sequence[str]) -> Talk:
    text = "\n".join(text_lines).strip("\n").rstrip()
    return Talk(line, Head("", None, "", author, text), author, None, text)


def untimed_form(lines: Sequence[str]) -> Untimed | None:
    """How these lines are a conversation without times; None if they are something else."""
    filled = [line for line in lines if line.strip()][:_SNIFFED_LINES]
    for form in Untimed:
        authors = [match["author"].strip() for line in filled if (match := form.head_in(line))]
        if len(authors) >= len(filled) * _LEAST_COVERED[form.name] and _take_turns(authors):
            return form
    return None


def _take_turns(authors: Sequence[str]) -> bool:
    """Whether people speak in turns, and the lines are not those of a form filled in again."""
    counts = Counter(authors)
    often = [name for name, count in counts.items() if count >= _LEAST_EACH]
    if len(counts) == _LEAST_EACH == len(authors):
        return names_owner(counts) and all(map(_may_be_person, counts))
    if len(authors) < _LEAST or len(often) < _LEAST_EACH or len(often) < len(counts) * 0.5:
        return False
    if any(not _may_be_person(name) for name in counts):
        return False
    width = len(counts)
    is_cyclic = all(author == authors[at % width] for at, author in enumerate(authors))
    return width == _LEAST_EACH or not is_cyclic


def _may_be_person(name: str) -> bool:
    plain = name.strip(" ~").casefold()
    words = plain.split()
    return (
        len(words) <= _MOST_WORDS
        and plain not in _LABELS
        and (words[-1] not in _LABELS or len(words) == 1)
        and not is_of_program(name)
        and not (_DIGIT.search(plain) and len(words) > 1)
    )
