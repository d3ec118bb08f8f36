"""Small pictures beside words: of a screenshot in the timeline, of a place in it with a finding.

They show the picture of the exhibit itself, so that they add nothing to the file. Of a picture in
which something is blacked out there are none: its one place is with its exhibit.
"""

from __future__ import annotations

from evidence_app.dossier.content import Instance
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.tables import Table
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.mark import MarkKind
from evidence_app.model.region import Region

THUMBNAIL = (34.0, 42.0)
"""Width and height at most, in points."""

_SCREEN = 0.48
"""Of the measure, that a screenshot has with its exhibit."""

_LONGEST = 2.0
_MARGIN = 0.02
_MOST = 3
_HIGHEST = 150.0
_WIDEST = 0.55
_GAP = 6.0
_INDENT = 0.445
"""Of the measure, so that it stands under the words of its row."""


def has_picture(book: DossierContext, item: Item) -> bool:
    """Whether the dossier shows an item as one picture, of which parts may be shown elsewhere."""
    if item.kind is not ItemKind.PICTURE or not book.options.has(Part.EXHIBITS):
        return False
    if not item.width or not item.height or item.id in book.content.damaged:
        return False
    return all(mark.kind is not MarkKind.REDACTION for mark in book.content.access.marks(item.id))


def thumbnail(book: DossierContext, number: int, x: float, top: float) -> None:
    """Show the picture of an exhibit small; of a long one its beginning."""
    item = book.content.exhibit(number).item
    ratio = (item.height or 1) / (item.width or 1)
    part = Region(0.0, 0.0, 1.0, min(1.0, _LONGEST / ratio))
    width, height = THUMBNAIL
    label = book.wording("figure.small", exhibit=book.exhibit_label(number))
    book.sheet.picture_later(number, part, label, x, top - height - 1, width, height)


def write(book: DossierContext, table: Table, instance: Instance) -> None:
    """Show the parts of a picture that a table row is about, below that row."""
    item = book.content.exhibit(instance.exhibit).item
    if not has_picture(book, item):
        return
    sheet = book.sheet
    for part in _parts(book, instance, item)[:_MOST]:
        width, height = _size(book, item, part)
        table.room(height + 2 * _GAP)
        sheet.space(_GAP)
        x = sheet.geometry.left + _INDENT * sheet.geometry.measure
        label = book.wording("figure.part", exhibit=book.exhibit_label(instance.exhibit))
        with table.across():
            sheet.picture_later(instance.exhibit, part, label, x, sheet.y - height, width, height)
        sheet.space(height + _GAP)


def _parts(book: DossierContext, instance: Instance, item: Item) -> list[Region]:
    access = book.content.access
    if instance.event is not None:
        region = access.regions(item.id).get(instance.event.id)
        return [] if region is None else [_with_margin(region)]
    marked = [mark for mark in access.marks(item.id) if mark.id in instance.marks and mark.box]
    return [_with_margin(mark.box) for mark in marked if mark.box is not None]


def _with_margin(part: Region) -> Region:
    """A part with a margin; the box of an arrow may have a negative width or height."""
    left, right = sorted((part.left, part.left + part.width))
    top, bottom = sorted((part.top, part.top + part.height))
    left, top = max(0.0, left - _MARGIN), max(0.0, top - _MARGIN)
    right, bottom = min(1.0, right + _MARGIN), min(1.0, bottom + _MARGIN)
    return Region(left, top, right - left, bottom - top)


def _size(book: DossierContext, item: Item, part: Region) -> tuple[float, float]:
    """As large as in the exhibit, where the letters are legible, if there is room for it."""
    geometry = book.sheet.geometry
    scale = _SCREEN * geometry.measure / (item.width or 1)
    wide, high = part.width * (item.width or 1), part.height * (item.height or 1)
    scale = min(scale, _WIDEST * geometry.measure / wide, _HIGHEST / high)
    return wide * scale, high * scale
