"""The exhibits, each with what is known of it, and what can be printed of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.print_images import Picture
from evidence_app.dossier.sections import exhibit_body, exhibit_marks, exhibit_picture
from evidence_app.dossier.styles import ACCENT, BODY, FINE, HASH, SMALL, SOFT, TINT, Style
from evidence_app.errors import DamagedError
from evidence_app.model.evidence import Item, ItemKind, ItemStatus

_NUMBER = Style(9, 13, True, ACCENT)
_TITLE = Style(12.5, 17.5, True)
_FACT = Style(8, 11.5)
_LABEL_WIDTH = 92.0
_LEAST_ROOM = 210.0
_AHEAD = 4
_KEPT_TOGETHER = 8
_PICTURED = (ItemKind.PICTURE, ItemKind.VIDEO, ItemKind.DOCUMENT)
_LOGS = (ItemKind.CALL_LOG, ItemKind.MESSAGES)


def title(book: DossierContext, exhibit: Exhibit) -> str:
    """As in the contents and the bookmarks."""
    name = texts.name(exhibit.item.title or exhibit.item.filename)
    return book.words.joined(book.exhibit_label(exhibit.number), name)


def write(book: DossierContext) -> None:
    """Write the chapter."""
    words, sheet = book.words, book.sheet
    sheet.paragraph(words("exhibits.intro"), BODY, after=16)
    rows = Allowance(limits.ROWS)
    first = True
    for exhibit, picture in _with_pictures(book):
        sheet.meter.advance()
        _begin(book, exhibit, first)
        first = False
        _write_facts(book, exhibit)
        _write_body(book, exhibit, picture, rows)
        sheet.space(22)


def _with_pictures(book: DossierContext) -> Iterator[tuple[Exhibit, Future[Picture | None] | None]]:
    """The exhibits, the pictures of the next few being made meanwhile."""
    waiting: deque[tuple[Exhibit, Future[Picture | None] | None]] = deque()
    for exhibit in book.content.exhibits:
        item = exhibit.item
        pictured = item.kind in _PICTURED and item.id not in book.content.damaged
        most = exhibit_picture.useful_pixels(book, item)
        waiting.append((exhibit, book.pictures.order(item, most) if pictured else None))
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _begin(book: DossierContext, exhibit: Exhibit, first: bool) -> None:
    """Go to where the exhibit starts: a new page, unless it is small and there is room."""
    sheet = book.sheet
    large = exhibit.item.kind in (*_PICTURED, *_LOGS)
    if not first and (large or sheet.y - sheet.geometry.bottom < _LEAST_ROOM):
        sheet.new_page()
    sheet.anchor(f"exhibit-{exhibit.number}", title(book, exhibit), level=1)
    sheet.line(book.exhibit_label(exhibit.number), _NUMBER)
    name = texts.one_line(exhibit.item.title or exhibit.item.filename)
    sheet.paragraph(book.words.beginning(name, limits.VALUE), _TITLE, after=4)


def _facts(book: DossierContext, exhibit: Exhibit) -> list[tuple[str, str]]:
    words, item = book.words, exhibit.item
    separator = words("format.list")
    how = words.established(item.time)
    time = words("exhibit.time_value", time=words.stamp(item.time), how=how)
    kind = words(f"item.{item.kind}")
    facts = [
        ("kind", words.joined(kind, item.media_type, book.size(item))),
        ("file", texts.one_line(item.filename)),
        ("time", time if item.time else ""),
        ("length", words.duration(item.duration_s)),
        ("pages", words.number(item.page_count) if item.page_count else ""),
        ("container", book.exhibit_label(exhibit.container) if exhibit.container else ""),
        ("device", _device(book, exhibit)),
        ("imported", words.moment(item.imported_at.astimezone(words.zone))),
        ("violations", separator.join(exhibit.violations)),
        ("tags", separator.join(exhibit.tags)),
        ("status", "" if item.status is ItemStatus.READ else words(f"status.{item.status}")),
    ]
    named = [(words(f"exhibit.{key}"), value) for key, value in facts if value]
    return [*named, *exhibit_marks.facts(book, item)]


def _device(book: DossierContext, exhibit: Exhibit) -> str:
    device, words = exhibit.device, book.words
    if device is None:
        return ""
    kept = {True: words("exhibit.kept"), False: words("exhibit.not_kept"), None: ""}
    said = (texts.name(device.name), texts.name(device.holder), kept[device.is_kept])
    return words.joined(*(part for part in said if part))


def _write_facts(book: DossierContext, exhibit: Exhibit) -> None:
    sheet = book.sheet
    for label, value in _facts(book, exhibit):
        _write_fact(book, label, value, _FACT)
    digest = exhibit.item.sha256 or book.words("marks.digest_withheld")
    _write_fact(book, "SHA-256", digest, HASH)
    for limit in exhibit.limits:
        said = book.words(f"limit.{limit.code}", **limit.arguments)
        _write_fact(book, book.words("exhibit.limit"), said, _FACT)
    if exhibit.item.note.strip():
        sheet.space(4)
        sheet.paragraph(book.words("exhibit.note"), FINE)
        note = book.words.beginning(exhibit.item.note.strip(), limits.CHARACTERS)
        sheet.paragraph(note, BODY)
    sheet.space(10)


def _write_fact(book: DossierContext, label: str, value: str, style: Style) -> None:
    sheet = book.sheet
    available = sheet.geometry.measure - _LABEL_WIDTH - 6
    clean = texts.clean(book.words.beginning(value, limits.VALUE))
    lines = texts.wrap(clean, style.size, available)
    sheet.room(min(len(lines), _KEPT_TOGETHER) * style.leading + 2)
    left = sheet.geometry.left
    for n, line in enumerate(lines):
        height = style.leading + (2 if n == len(lines) - 1 else 0)
        sheet.room(height)
        sheet.fill(left, sheet.y - height, sheet.geometry.measure, height, TINT)
        if n == 0:
            sheet.put(left + 6, sheet.y - 9.5, label, SMALL.coloured(SOFT))
        sheet.put(left + _LABEL_WIDTH, sheet.y - 9.5, line, style)
        sheet.space(height)


def _write_picture(
    book: DossierContext, item: Item, ordered: Future[Picture | None] | None
) -> None:
    try:
        picture = ordered.result() if ordered else None
    except DamagedError:
        if book.content.refuses_damage:
            raise
        exhibit_picture.say_damaged(book)
        return
    if item.id in book.content.damaged:
        exhibit_picture.say_damaged(book)
    elif picture is not None:
        exhibit_picture.draw(book, picture)
        book.pictures.discard(picture)
    elif item.kind is ItemKind.PICTURE:
        exhibit_picture.draw_missing(book)


def _write_body(
    book: DossierContext, exhibit: Exhibit, picture: Future[Picture | None] | None, rows: Allowance
) -> None:
    item = exhibit.item
    _write_picture(book, item, picture)
    if item.kind in (ItemKind.RECORDING, ItemKind.VIDEO):
        exhibit_body.write_sound(book, item)
    if item.kind in (*_LOGS, ItemKind.TABLE) and item.event_count:
        exhibit_body.write_entries(book, exhibit, rows)
    elif item.kind not in _LOGS:
        exhibit_body.write_texts(book, item)
