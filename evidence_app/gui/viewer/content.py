"""What the viewer shows of an item, read away from the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from evidence_app.model.evidence import (
    Item,
    ItemKind,
    ItemStatus,
    RenditionKind,
    SkippedEntry,
    TextBlock,
)
from evidence_app.services import items

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile

_MOST_PIXELS = 60_000_000
_LARGEST_DOCUMENT = 200 << 20
_PICTURES = frozenset({"image/png", "image/jpeg"})
_RECORDS = frozenset({ItemKind.CALL_LOG, ItemKind.MESSAGES, ItemKind.TABLE})


class Pane(Enum):
    """The ways in which an item can be shown."""

    PICTURE = "picture"
    SOUND = "sound"
    PDF = "pdf"
    TEXT = "text"
    RECORDS = "records"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ItemContent:
    """An item with the content that the viewer shows.

    Attributes:
        item: What is known of it.
        pane: How it is shown.
        image: Of a picture, or a picture from a video; else null.
        peaks: The waveform, 0 to 255.
        sound: What is played, as a WAV file.
        document: A PDF document.
        texts: Its text.
        skipped: Its entries that could not be read.
    """

    item: Item
    pane: Pane
    image: QImage = field(default_factory=QImage)
    peaks: bytes = b""
    sound: bytes = b""
    document: bytes = b""
    texts: tuple[TextBlock, ...] = ()
    skipped: tuple[SkippedEntry, ...] = ()


def read_content(case: CaseFile, item_id: int) -> ItemContent:
    """What is shown of an item.

    Raises:
        UsageError: There is no such item.
        DamagedError: The original is not what was imported.
    """
    item = items.get(case, item_id)
    if item.kind is ItemKind.PICTURE:
        return _picture(case, item)
    if item.kind in (ItemKind.RECORDING, ItemKind.VIDEO):
        return _sound(case, item)
    if item.kind in _RECORDS and item.event_count:
        skipped = tuple(items.skipped(case, item_id))
        return ItemContent(item, Pane.RECORDS, skipped=skipped)
    if item.media_type == "application/pdf" and item.status is not ItemStatus.UNREAD:
        return _document(case, item)
    return _text(case, item)


def _picture(case: CaseFile, item: Item) -> ItemContent:
    preview = items.rendition(case, item.id, RenditionKind.PREVIEW)
    if preview is not None:
        image = decoded(preview.data)
    elif item.media_type in _PICTURES:
        image = decoded(_original(case, item))
    else:
        image = QImage()
    if image.isNull():
        thumbnail = items.thumbnail(case, item.id)
        image = decoded(thumbnail.data) if thumbnail else image
    return ItemContent(item, Pane.PLAIN if image.isNull() else Pane.PICTURE, image=image)


def _sound(case: CaseFile, item: Item) -> ItemContent:
    renditions = {
        kind: items.rendition(case, item.id, kind)
        for kind in (
            RenditionKind.WAVEFORM,
            RenditionKind.SOUND,
            RenditionKind.PREVIEW,
            RenditionKind.THUMBNAIL,
        )
    }
    data = {kind: rendition.data if rendition else b"" for kind, rendition in renditions.items()}
    if not any(data.values()):
        return ItemContent(item, Pane.PLAIN)
    return ItemContent(
        item,
        Pane.SOUND,
        image=decoded(data[RenditionKind.PREVIEW] or data[RenditionKind.THUMBNAIL]),
        peaks=data[RenditionKind.WAVEFORM],
        sound=data[RenditionKind.SOUND],
    )


def _document(case: CaseFile, item: Item) -> ItemContent:
    if item.size > _LARGEST_DOCUMENT:
        return _text(case, item)
    return ItemContent(item, Pane.PDF, document=_original(case, item))


def _text(case: CaseFile, item: Item) -> ItemContent:
    texts = tuple(items.texts(case, item.id))
    skipped = tuple(items.skipped(case, item.id))
    pane = Pane.TEXT if texts else Pane.PLAIN
    return ItemContent(item, pane, texts=texts, skipped=skipped)


def _original(case: CaseFile, item: Item) -> bytes:
    with items.open_original(case, item.id) as stream:
        return stream.read()


def decoded(data: bytes) -> QImage:
    """The picture, turned upright, made smaller if it is too large to be shown; null if broken."""
    if not data:
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    pixels = size.width() * size.height()
    if pixels > _MOST_PIXELS:
        share = (_MOST_PIXELS / pixels) ** 0.5
        reader.setScaledSize(QSize(int(size.width() * share), int(size.height() * share)))
    return reader.read()
