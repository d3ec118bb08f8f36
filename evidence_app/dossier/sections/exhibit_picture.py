"""A picture on the page; one that is much longer than a page is cut into columns."""

from __future__ import annotations

from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.print_images import Picture
from evidence_app.dossier.styles import FINE, RULE, SMALL, SOFT, STRONG, WARNING
from evidence_app.model.evidence import Item

_LONG = 2.7
_DOTS_PER_POINT = 220 / 72
_COLUMNS = 2
_COLUMN_GAP = 18.0
_OVERLAP = 14.0
_LEAST_HEIGHT = 330.0
_POINTS_PER_PIXEL = 0.75


def useful_pixels(book: DossierContext, item: Item) -> tuple[int, int]:
    """How many pixels can be seen in print, as width and height."""
    geometry = book.sheet.geometry
    width, height = item.width or 1, item.height or 1
    if height / width > _LONG:
        wide = _column_width(book) * _DOTS_PER_POINT
        return round(wide), round(wide * height / width) + 1
    tall = (geometry.top - geometry.bottom) * _DOTS_PER_POINT
    return round(geometry.measure * _DOTS_PER_POINT), round(tall)


def draw(book: DossierContext, picture: Picture) -> None:
    """Draw the picture under the position."""
    if picture.height / picture.width > _LONG:
        _draw_long(book, picture)
    else:
        _draw_whole(book, picture)


def _draw_whole(book: DossierContext, picture: Picture) -> None:
    sheet = book.sheet
    ratio = picture.height / picture.width
    natural = picture.width * _POINTS_PER_PIXEL
    width = min(sheet.geometry.measure, natural)
    sheet.room(min(width * ratio, _LEAST_HEIGHT))
    height = min(width * ratio, sheet.y - sheet.geometry.bottom - 4)
    width = height / ratio
    y = sheet.y - height
    sheet.canvas.drawImage(str(picture.path), sheet.geometry.left, y, width, height)
    _frame(book, sheet.geometry.left, y, width, height)
    sheet.y = y - 10


def _draw_long(book: DossierContext, picture: Picture) -> None:
    sheet = book.sheet
    width = _column_width(book)
    height = picture.height * width / picture.width
    sheet.paragraph(book.words("exhibit.long_picture"), FINE.coloured(SOFT), after=4)
    sheet.room(_LEAST_HEIGHT)
    drawn, column = 0.0, 0
    while True:
        room = sheet.y - sheet.geometry.bottom - 4
        shown = min(room, height - drawn)
        x = sheet.geometry.left + column * (width + _COLUMN_GAP)
        _slice(book, picture, x, width, height, drawn, shown)
        if drawn + shown >= height - 0.5:
            break
        drawn += shown - _OVERLAP
        column += 1
        if column == _COLUMNS:
            sheet.new_page()
            column = 0
    if column == 0:
        sheet.y -= shown + 10
    else:
        sheet.y = sheet.geometry.bottom


def _slice(
    book: DossierContext,
    picture: Picture,
    x: float,
    width: float,
    height: float,
    drawn: float,
    shown: float,
) -> None:
    """Draw a stretch of the picture; the same data serves for all stretches."""
    sheet = book.sheet
    canvas = sheet.canvas
    canvas.saveState()
    window = canvas.beginPath()
    window.rect(x, sheet.y - shown, width, shown)
    canvas.clipPath(window, stroke=0, fill=0)
    canvas.drawImage(str(picture.path), x, sheet.y + drawn - height, width, height)
    canvas.restoreState()
    _frame(book, x, sheet.y - shown, width, shown)


def _frame(book: DossierContext, x: float, y: float, width: float, height: float) -> None:
    canvas = book.sheet.canvas
    canvas.setStrokeColorRGB(*RULE)
    canvas.setLineWidth(0.6)
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def _column_width(book: DossierContext) -> float:
    return (book.sheet.geometry.measure - (_COLUMNS - 1) * _COLUMN_GAP) / _COLUMNS


def say_damaged(book: DossierContext) -> None:
    """Say that the original is not what was imported, and so is not shown."""
    book.sheet.paragraph(book.words("exhibit.damaged"), STRONG.coloured(WARNING), after=6)


def draw_missing(book: DossierContext) -> None:
    """Say that there is no picture to show."""
    book.sheet.paragraph(book.words("exhibit.no_picture"), SMALL.coloured(SOFT), after=6)
