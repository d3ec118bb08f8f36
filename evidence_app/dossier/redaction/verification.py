"""Lets nothing out in which something that was blacked out can still be found."""

from __future__ import annotations

import dataclasses
import html
import logging
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evidence_app.dossier.redaction import check
from evidence_app.dossier.redaction.check import Burned, Secrecy
from evidence_app.dossier.redaction.left_names import LeftNames
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.progress import Progress
from evidence_app.sandbox.child import Child

_LOG = logging.getLogger(__name__)
_PROGRAM = "evidence_app.dossier.redaction.check"
_TIMEOUT_S = 1800.0
_POLL_S = 0.05
_PICTURE = re.compile("base64,[A-Za-z0-9+/=]+")
_TAG = re.compile("<[^>]*>")
_LINE = "\n"
_DESCRIPTION = re.compile('(?:alt|descr|title)="([^"]*)"')


def require_no_leaks(
    path: Path, secrecy: Secrecy, burned: Sequence[Burned], progress: Progress
) -> None:
    """Look through a finished PDF for what was blacked out.

    Args:
        path: The file.
        secrecy: What must not be in it.
        burned: The pictures that must be black where they say.
        progress: Asked often whether to go on.

    Raises:
        Cancelled: The person asked to stop.
        EvidenceError: Something was found, or a name that stands in what was blacked out, or the
            file could not be looked through.
    """
    if not secrecy and not burned:
        return
    child = Child(_PROGRAM, check.MEMORY)
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="looking for leaks") as thread:
            future = thread.submit(_leaks, child, path, secrecy, burned)
            try:
                while not future.done():
                    progress.check()
                    time.sleep(_POLL_S)
            except BaseException:
                child.kill()
                raise
        leaks, names = future.result()
    finally:
        child.stop()
    if leaks:
        _LOG.warning("what was blacked out can still be found: %s", ", ".join(leaks))
        raise EvidenceError(message(MessageCode.REDACTION_LEAKS))
    for name, page in names:
        raise EvidenceError(message(MessageCode.REDACTION_NAME_ON_PAGE, name=name, page=page))


def require_no_words(path: Path, secrecy: Secrecy) -> None:
    """Look through a finished text, a page or a packed document for what was blacked out.

    Raises:
        EvidenceError: Something was found.
    """
    if not secrecy:
        return
    seeker, names = check.Seeker(secrecy), LeftNames(secrecy.names)
    for data in _files_of(path):
        text = _PICTURE.sub("", data.decode("utf-8", "replace"))
        if text.startswith("<"):
            described = "\n".join(_DESCRIPTION.findall(text))
            text = html.unescape(f"{_TAG.sub(_LINE, text)}\n{described}")
        if seeker.is_in(text):
            _LOG.warning("what was blacked out can still be found in a document")
            raise EvidenceError(message(MessageCode.REDACTION_LEAKS))
        names.require_none_in(text)


def _files_of(path: Path) -> Iterator[bytes]:
    """A file, or the texts that are packed in it."""
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                yield packed.read(name)


def _leaks(
    child: Child, path: Path, secrecy: Secrecy, burned: Sequence[Burned]
) -> tuple[list[str], list[tuple[str, int]]]:
    """What was found of what was blacked out, and of names in it the first with its page."""
    request = {
        "words": secrecy.words,
        "passages": secrecy.passages,
        "sha256": secrecy.sha256,
        "names": secrecy.names,
        "burned": [
            {"sha256": picture.sha256, "black": [dataclasses.astuple(box) for box in picture.black]}
            for picture in burned
        ],
    }
    try:
        with child.watched(_TIMEOUT_S), path.open("rb") as sent:
            child.send(request)
            child.send_file(sent)
            answer = child.receive().head
            names = [(str(name), int(page)) for name, page in answer["names"]]
            return [str(leak) for leak in answer["leaks"]], names
    except (EOFError, OSError, ValueError, TypeError, LookupError) as error:
        return [type(error).__name__], []
