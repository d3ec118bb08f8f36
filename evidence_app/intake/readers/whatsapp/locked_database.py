"""WhatsApp's encrypted copies of its database: msgstore.db.crypt12, .crypt14, .crypt15."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_app.intake.readers.support.encoding import has_controls
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind

_NAME = re.compile(r"\.crypt\d{1,2}(?:\s?\(\d+\))?$", re.I)
_HEAD = 4096


def recognises(source: Source) -> bool:
    """Whether the file is one: by its name, for what is encrypted has no other sign of its own."""
    return _NAME.search(source.filename) is not None and has_controls(source.stream.read(_HEAD))


def read(_source: Source) -> Iterator[Record]:
    """What it is, and that it needs its key."""
    yield Description(ItemKind.OTHER, "application/octet-stream")
    yield Notice(message(MessageCode.WHATSAPP_ENCRYPTED), damaged=True)
