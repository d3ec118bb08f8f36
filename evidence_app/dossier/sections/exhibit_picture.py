"""Pictures on the page: two screenshots side by side, long ones in parts, others whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.picture_store import PrintForm
from evidence_app.dossier.sections import exhibit_facts
from evidence_app.dossier.styles import FINE, SMALL, SOFT, STRONG, WARNING, Geometry
from evidence_app.model.evidence import Item

TALL = 1.6
"""From this ratio of height to width on, a picture is one of a telephone's screen, whose letters
are legible at half the width of a page."""

_LONG = 2.7
_PRINT_DPI = 300
_LEAST_DPI = 150
_COLUMNS = 2
_GAP = 16.0
_OVERLAP = 16.0
_CAPTION = 11.0
_LEAST_HEIGHT = 200.0
_LEAST_SHARE = 0.85
"""Of its column's width, that a picture beside another one keeps."""

_POINTS_PER_INCH = 72


def useful_pixels(geometry: Geometry, item: Item) -> tuple[int, int]:
    """How many pixels can be seen in print, as width and height."""
    width, height = item.width or 1, item.height or 1
    dots = _PRINT_DPI / _POINTS_PER_INCH
    if height / width >= TALL:
        wide = column_width(geometry) * dots
        return round(wide), round(wide * max(height / width, _LONG)) + 1
    return round(geometry.measure * dots), round((geometry.top - geometry.bottom) * dots)


def column_width(geometry: Geometry) -> float:
    """Of one of two columns."""
    return (geometry.measure - (_COLUMNS - 1) * _GAP) / _COLUMNS


def is_tall(picture: PrintForm) -> bool:
    """Whether it has its place in a column, beside another one."""
    return TALL <= picture.height / picture.width <= _LONG


def is_long(picture: PrintForm) -> bool:
    """Whether it is cut into parts."""
    return picture.height / picture.width > _LONG


@dataclass(frozen=True, slots=True)
class Tall:
    """An exhibit that is one screen of a telephone."""

    exhibit: Exhibit
    picture: PrintForm


def fit_beside(book: DossierContext, pair: Sequence[Tall]) -> bool:
    """Whether both can be printed side by side, legibly, with their facts."""
    geometry = book.sheet.geometry
    width = column_width(geometry)
    room = geometry.top - geometry.bottom - _header_height(book, pair) - 4
    return all(room / (tall.picture.height / tall.picture.width) > _LEAST_SHARE * width
               for tall in pair)  # fmt: skip


def draw_beside(book: DossierContext, pair: Sequence[Tall]) -> None:
    """Draw two on a page of their own, each below its facts."""
    sheet = book.sheet
    sheet.new_page()
    top, height = sheet.y, _header_height(book, pair)
    for n, tall in enumerate(pair):
        sheet.y = top
        x = _column_left(book, n)
        with sheet.structure.within("Sect"):
            exhibit_facts.begin(book, tall.exhibit)
            _put_blocks(book, tall.exhibit, x, top)
            sheet.y = top - height - 4
            _draw_within(book, tall.exhibit, tall.picture, x, column_width(sheet.geometry))
    sheet.y = sheet.geometry.bottom


def draw_alone(book: DossierContext, tall: Tall) -> None:
    """Draw one on a page of its own, beside its facts."""
    sheet = book.sheet
    width = column_width(sheet.geometry)
    if _header_height(book, [tall]) > sheet.geometry.top - sheet.geometry.bottom:
        # A note that is longer than the page.
        exhibit_facts.write(book, tall.exhibit)
        sheet.room(_LEAST_HEIGHT * 2)
    else:
        exhibit_facts.begin(book, tall.exhibit)
        _put_blocks(book, tall.exhibit, _column_left(book, 1), sheet.y)
    _draw_within(book, tall.exhibit, tall.picture, sheet.geometry.left, width)


def _column_left(book: DossierContext, column: int) -> float:
    geometry = book.sheet.geometry
    return geometry.left + column * (column_width(geometry) + _GAP)


def _header_height(book: DossierContext, pair: Sequence[Tall]) -> float:
    width = column_width(book.sheet.geometry)
    return max(
        sum(block.height for block in exhibit_facts.column_blocks(book, tall.exhibit, width))
        for tall in pair
    )


def _put_blocks(book: DossierContext, exhibit: Exhibit, x: float, top: float) -> None:
    sheet = book.sheet
    width, y = column_width(sheet.geometry), top
    for block in exhibit_facts.column_blocks(book, exhibit, width):
        with sheet.structure.within(block.tag):
            linked = sheet.structure.within("Link") if block.link else nullcontext()
            with linked:
                for line in block.lines:
                    end = sheet.put(x, y - block.style.size, line, block.style)
                    y -= block.style.leading
                    if block.link:
                        sheet.link(block.link, x, y, end - x, block.style.leading)


def figure_label(book: DossierContext, exhibit: Exhibit, *more: str) -> str:
    """The text that describes a picture: its exhibit, and what can be read in it."""
    read = book.first_words(exhibit.item) or book.name_of(exhibit.item)
    title = book.wording.joined(book.exhibit_label(exhibit.number), *more, read)
    return book.wording("figure.picture", title=title)


def _draw_within(
    book: DossierContext, exhibit: Exhibit, picture: PrintForm, x: float, width: float, *more: str
) -> None:
    """Draw a picture under the position, as wide as there is room for it."""
    sheet = book.sheet
    ratio = picture.height / picture.width
    height = min(width * ratio, sheet.y - sheet.geometry.bottom - 2)
    width = height / ratio
    y = sheet.y - height
    with sheet.figure(figure_label(book, exhibit, *more), x, y, width, height):
        sheet.picture(picture, x, y, width, height)
        sheet.frame(x, y, width, height)
    sheet.y = y - 10


def height_of(book: DossierContext, picture: PrintForm) -> float:
    """How high a picture wants to be that is drawn over the whole width."""
    return _natural_width(book, picture) * picture.height / picture.width


def _natural_width(book: DossierContext, picture: PrintForm) -> float:
    natural = picture.width * _POINTS_PER_INCH / _LEAST_DPI
    return min(book.sheet.geometry.measure, natural)


def draw_whole(book: DossierContext, exhibit: Exhibit, picture: PrintForm) -> None:
    """Draw a picture over the whole width, if it has so many pixels."""
    book.sheet.room(min(height_of(book, picture), _LEAST_HEIGHT))
    left = book.sheet.geometry.left
    _draw_within(book, exhibit, picture, left, _natural_width(book, picture))


def draw_page(book: DossierContext, exhibit: Exhibit, picture: PrintForm, number: str) -> None:
    """Draw a page of a document, as large as there is room for it; ``number`` tells which."""
    geometry = book.sheet.geometry
    _draw_within(book, exhibit, picture, geometry.left, geometry.measure, number)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a long picture: its column on the page, its place in the picture, its height."""

    column: int
    start: float
    height: float


def draw_long(book: DossierContext, exhibit: Exhibit, picture: PrintForm) -> None:
    """Draw a long picture in parts, which overlap and say how they go on."""
    sheet = book.sheet
    width = column_width(sheet.geometry)
    height = picture.height * width / picture.width
    sheet.room(_LEAST_HEIGHT)
    note = book.wording("exhibit.long_picture")
    sheet.paragraph(note, FINE.coloured(SOFT), after=4)
    stretches = _stretches(book, height)
    for n, stretch in enumerate(stretches):
        if n and stretch.column == 0:
            sheet.new_page()
        x = _column_left(book, stretch.column)
        _say_part(book, x, n + 1, len(stretches))
        top = sheet.y - _CAPTION
        part = book.wording("exhibit.part", number=n + 1, count=len(stretches))
        bottom = top - stretch.height
        with sheet.figure(figure_label(book, exhibit, part), x, bottom, width, stretch.height):
            with sheet.clipped(x, bottom, width, stretch.height):
                sheet.picture(picture, x, top + stretch.start - height, width, height)
            sheet.frame(x, bottom, width, stretch.height)
    last = stretches[-1]
    sheet.y -= _CAPTION + last.height + 10
    if last.column:
        sheet.y = sheet.geometry.bottom


def _stretches(book: DossierContext, height: float) -> list[_Stretch]:
    """The parts, as they fit into the columns of this page and of those that follow."""
    geometry = book.sheet.geometry
    room, start = book.sheet.y - geometry.bottom - _CAPTION - 2, 0.0
    stretches: list[_Stretch] = []
    while True:
        height_shown = min(room, height - start)
        stretches.append(_Stretch(len(stretches) % _COLUMNS, start, height_shown))
        if start + height_shown >= height - 0.5:
            return stretches
        start += height_shown - _OVERLAP
        if len(stretches) % _COLUMNS == 0:
            room = geometry.top - geometry.bottom - _CAPTION - 2


def _say_part(book: DossierContext, x: float, number: int, count: int) -> None:
    wording = book.wording
    sentences = [wording("exhibit.part", number=number, count=count)]
    if number > 1:
        sentences.append(wording("exhibit.part_from", number=number - 1))
    if number < count:
        sentences.append(wording("exhibit.part_on", number=number + 1))
    book.sheet.put(x, book.sheet.y - 7, wording.joined(*sentences), FINE)


def say(book: DossierContext, key: str, **values: object) -> None:
    """Say why something is not shown as it should be."""
    book.sheet.paragraph(book.wording(key, **values), STRONG.coloured(WARNING), after=6)


def say_softly(book: DossierContext, key: str, **values: object) -> None:
    """Say something about what is shown."""
    book.sheet.paragraph(book.wording(key, **values), SMALL.coloured(SOFT), after=6)
