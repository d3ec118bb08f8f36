"""Lines of address cards: unfolded, decoded, and taken apart, whatever version wrote them."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_LONGEST = 1 << 20
_GROUP = re.compile(r"^[A-Za-z0-9-]+\.")
_ESCAPED = re.compile(r"\\([\\;,:nN])")
_SEPARATOR = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card.

    Attributes:
        name: In capitals, without the group before it.
        value: Decoded, with escapes still in it.
    """

    name: str
    value: str

    def text(self) -> str:
        """The value as one text."""
        return _unescaped(self.value)

    def parts(self) -> list[str]:
        """The values between semicolons."""
        return [_unescaped(part).strip() for part in _SEPARATOR.split(self.value)]


def properties(stream: BinaryIO) -> Iterator[Property]:
    """Every line of a file of cards."""
    for line in _unfolded(stream):
        parsed = _property(line)
        if parsed is not None:
            yield parsed


def _unfolded(stream: BinaryIO) -> Iterator[bytes]:
    """Logical lines. A soft break of quoted-printable is another rule than folding."""
    waiting = b""
    for raw in stream:
        line = raw.rstrip(b"\r\n")
        if waiting.endswith(b"=") and _is_quoted(waiting):
            waiting = waiting[:-1] + line.lstrip(b" \t")
        elif line[:1] in (b" ", b"\t") and waiting and not _is_quoted(waiting):
            waiting += line[1:]
        else:
            if waiting:
                yield waiting
            waiting = line.removeprefix(b"\xef\xbb\xbf")
        if len(waiting) > _LONGEST:
            # A picture of a megabyte names nobody.
            waiting = waiting[:64]
    if waiting:
        yield waiting


def _is_quoted(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.split(b":", 1)[0].upper()


def _property(line: bytes) -> Property | None:
    head, colon, value = line.partition(b":")
    if not colon:
        return None
    parameters = decoded(head).split(";")
    name = _GROUP.sub("", parameters[0].strip()).upper()
    upper = [parameter.strip().upper() for parameter in parameters[1:]]
    charset = next(
        (parameter.partition("=")[2] for parameter in upper if parameter.startswith("CHARSET=")), ""
    )
    if any("QUOTED-PRINTABLE" in parameter for parameter in upper):
        value = quopri.decodestring(value)
    return Property(name, decoded(value, charset))


def decoded(data: bytes, charset: str = "") -> str:
    """Text in the stated encoding, else UTF-8, else what Chinese Windows writes."""
    for encoding in (_wide(charset), "utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _wide(charset: str) -> str:
    """GB18030 for what claims to be less, which real files are not."""
    return "gb18030" if charset.upper() in ("GB2312", "GBK", "GB18030") else charset or "utf-8"


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
