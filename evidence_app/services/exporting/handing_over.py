"""What a recipient needs beside a package: the page that checks it, and parts that he can take."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from evidence_app.casefile.storage import atomic_file
from evidence_app.dossier.package import verifier_page
from evidence_app.errors import UsageError, UserError
from evidence_app.messages import MessageCode, message

_PIECE = 1 << 20
_SMALLEST = 64_000
_MOST_PARTS = 999
_SIZE = re.compile(r"([0-9]{1,12}) ?([KMG]?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1000, "M": 1000**2, "G": 1000**3}
_NOTE = """\
{name} 分成了 {count} 部分。请把所有部分放在同一个文件夹里。
{name} comes in {count} parts. Put all of them into one folder.

检查 / To check: verify.html，一次选中全部部分 / choose all parts at once

合并 / To join:
Windows: copy /b {windows} "{name}"
macOS, Linux: cat {quoted} > {target}
7-Zip: {name}.001

SHA-256:
{digests}"""


def write_verifier(out: Path) -> None:
    """Write the page with which a browser alone checks packages.

    Raises:
        UserError: It cannot be written.
    """
    try:
        with atomic_file.appearing(out) as unfinished:
            unfinished.write_bytes(verifier_page.page())
    except OSError as error:
        raise _cannot_write(out, error) from error


def size_of(text: str) -> int:
    """The bytes of a size as it is typed, such as ``20M``; units are powers of 1000.

    Raises:
        UsageError: It is no size, or too small for a part.
    """
    match = _SIZE.fullmatch(text.strip())
    size = int(match[1]) * _UNITS[match[2].upper()] if match is not None else 0
    if size < _SMALLEST:
        raise UsageError(message(MessageCode.BAD_PART_SIZE, value=text))
    return size


def split(package: Path, size: int) -> list[Path]:
    """Divide a package into numbered parts, add a note how to join them, and remove the package.

    The parts are the file's bytes in order: ``NAME.001``, ``NAME.002`` … A file that needs no
    parts stays as it is.

    Args:
        package: In one ZIP file.
        size: The most bytes of a part.

    Returns:
        The files that are there now: the parts and the note, or the package itself.

    Raises:
        UserError: It would be more parts than numbers, or they cannot be written; the
            package is kept, then.
    """
    count = -(-package.stat().st_size // size)
    if count <= 1:
        return [package]
    if count > _MOST_PARTS:
        raise UsageError(message(MessageCode.BAD_PART_SIZE, value=size))
    parts = [package.with_name(f"{package.name}.{number:03}") for number in range(1, count + 1)]
    note = package.with_name(f"{package.name}.txt")
    taken = next((path for path in (*parts, note) if path.exists()), None)
    if taken is not None:
        raise UserError(message(MessageCode.TARGET_EXISTS, path=taken))
    written: list[Path] = []
    try:
        with package.open("rb") as stream:
            digests = []
            for part in parts:
                written.append(part)
                digests.append(f"{_write(part, stream, size)}  {part.name}")
        written.append(note)
        with atomic_file.appearing(note) as unfinished:
            unfinished.write_bytes(_note(package.name, parts, digests))
        package.unlink()
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise _cannot_write(package, error) from error
    return [*parts, note]


def _write(part: Path, stream: BinaryIO, size: int) -> str:
    """Write the next bytes of a stream as a part; return their SHA-256."""
    digest = hashlib.sha256()
    with atomic_file.appearing(part) as unfinished, unfinished.open("wb") as file:
        for piece in _pieces(stream, size):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece


def _note(name: str, parts: list[Path], digests: list[str]) -> bytes:
    text = _NOTE.format(
        name=name,
        count=len(parts),
        windows=" + ".join(f'"{part.name}"' for part in parts),
        quoted=" ".join(shlex.quote(part.name) for part in parts),
        target=shlex.quote(name),
        digests="\n".join(digests),
    )
    # As the oldest text editors read it.
    return text.replace("\n", "\r\n").encode("utf-8-sig") + b"\r\n"


def _cannot_write(path: Path, error: OSError) -> UserError:
    reason = error.strerror or str(error)
    return UserError(message(MessageCode.CANNOT_WRITE, path=path, reason=reason))
