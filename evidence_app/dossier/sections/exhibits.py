"""The exhibits, each with what is known of it, and what can be printed of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.picture_store import PrintForm
from evidence_app.dossier.print_images import Pictures
from evidence_app.dossier.sections import (
    exhibit_body,
    exhibit_facts,
    exhibit_picture,
    logs,
    transcript,
)
from evidence_app.dossier.sections.exhibit_picture import Tall, say, say_softly
from evidence_app.dossier.styles import BODY, FINE, SMALL, SOFT
from evidence_app.errors import DamagedError
from evidence_app.model.evidence import Item, ItemKind

_LEAST_ROOM = 170.0
_FACTS_HEIGHT = 150.0
_AHEAD = 4
_POLL_S = 0.1
_PICTURED = (ItemKind.PICTURE, ItemKind.VIDEO, ItemKind.DOCUMENT)
_SHOWN = "application/pdf"

_Ordered = tuple[Exhibit, "Future[Pictures] | None"]


def write(book: DossierContext) -> None:
    """Write the chapter."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("exhibits.intro"), BODY, after=16)
    _Writer(book).write()


class _Writer:
    """Writes one exhibit after the other; a screenshot waits for the one to stand beside it."""

    def __init__(self, book: DossierContext) -> None:
        self._book = book
        self._rows = Allowance(limits.ROWS)
        self._waiting: Tall | None = None
        self._is_first = True

    def write(self) -> None:
        """Write all."""
        for exhibit, ordered in self._ordered():
            self._book.sheet.meter.advance()
            pictures = self._pictures(exhibit, ordered)
            self._remember(exhibit, pictures)
            tall = _tall(exhibit, pictures)
            if tall is None:
                self._write_waiting()
                self._write_one(exhibit, pictures)
            elif self._waiting is None:
                self._waiting = tall
            else:
                self._write_pair(self._waiting, tall)
        self._write_waiting()

    def _remember(self, exhibit: Exhibit, pictures: Pictures | None) -> None:
        """Let other chapters show a picture, unless something in it is blacked out."""
        if exhibit.item.kind is not ItemKind.PICTURE or pictures is None:
            return
        if pictures.is_substitute or len(pictures.forms) != 1:
            return
        [form] = pictures.forms
        if form is not None and not form.is_burned:
            self._book.sheet.picture_of[exhibit.number] = form

    def _ordered(self) -> Iterator[_Ordered]:
        """The exhibits, the pictures of the next few being made meanwhile."""
        book = self._book
        waiting: deque[_Ordered] = deque()
        for exhibit in book.content.exhibits:
            item = exhibit.item
            pictured = item.kind in _PICTURED or item.media_type == _SHOWN
            order = pictured and item.id not in book.content.damaged
            most = exhibit_picture.useful_pixels(book.sheet.geometry, item)
            waiting.append((exhibit, book.pictures.order(item, most) if order else None))
            if len(waiting) > _AHEAD:
                yield waiting.popleft()
        yield from waiting

    def _pictures(self, exhibit: Exhibit, ordered: Future[Pictures] | None) -> Pictures | None:
        """The pictures of an exhibit; None if its original is damaged."""
        content = self._book.content
        if exhibit.item.id in content.damaged:
            return None
        if ordered is None:
            return Pictures()
        while True:
            try:
                return ordered.result(timeout=_POLL_S)
            except NotYet:
                self._book.sheet.meter.check()
            except DamagedError:
                if content.refuses_damage:
                    raise
                return None

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._write_alone(waiting)

    def _write_pair(self, left: Tall, right: Tall) -> None:
        if exhibit_picture.fit_beside(self._book, (left, right)):
            exhibit_picture.draw_beside(self._book, (left, right))
            self._waiting, self._is_first = None, False
            self._forget(left, right)
        else:
            self._write_alone(left)
            self._waiting = right

    def _write_alone(self, tall: Tall) -> None:
        if not self._is_first:
            self._book.sheet.new_page()
        self._is_first = False
        with self._book.sheet.structure.within("Sect"):
            exhibit_picture.draw_alone(self._book, tall)
        self._forget(tall)

    def _forget(self, *drawn: Tall) -> None:
        for tall in drawn:
            tall.picture.path.unlink(missing_ok=True)
            self._end(tall.exhibit)

    def _end(self, exhibit: Exhibit) -> None:
        """Remember where an exhibit ends, for the list of exhibits."""
        sheet = self._book.sheet
        sheet.page_of[exhibit_facts.end_key(exhibit)] = sheet.page

    def _write_one(self, exhibit: Exhibit, pictures: Pictures | None) -> None:
        sheet = self._book.sheet
        if not self._is_first and sheet.y - sheet.geometry.bottom < self._needed(exhibit, pictures):
            sheet.new_page()
        self._is_first = False
        with sheet.structure.within("Sect"):
            exhibit_facts.write(self._book, exhibit)
            if pictures is None:
                say(self._book, "exhibit.damaged")
            else:
                self._write_pictures(exhibit, pictures)
                self._book.pictures.discard(pictures)
            self._write_rest(exhibit)
        self._end(exhibit)
        sheet.space(22)

    def _needed(self, exhibit: Exhibit, pictures: Pictures | None) -> float:
        """How much room there should be for an exhibit that does not begin a page."""
        if exhibit.item.kind is ItemKind.RECORDING:
            return _FACTS_HEIGHT + exhibit_body.SOUND_HEIGHT
        present = [form for form in pictures.forms if form] if pictures else []
        if not present:
            return _LEAST_ROOM
        page_height = self._book.sheet.geometry.top - self._book.sheet.geometry.bottom
        if len(present) > 1 or exhibit_picture.is_long(present[0]):
            return page_height
        return min(page_height, _FACTS_HEIGHT + exhibit_picture.height_of(self._book, present[0]))

    def _write_pictures(self, exhibit: Exhibit, pictures: Pictures) -> None:
        book, item = self._book, exhibit.item
        if pictures.is_substitute:
            say(book, "exhibit.substitute")
        if item.media_type == _SHOWN and item.page_count and not pictures.is_substitute:
            self._write_pages(exhibit, pictures.forms)
            return
        for picture in pictures.forms:
            if picture is None:
                continue
            if exhibit_picture.is_long(picture):
                exhibit_picture.draw_long(book, exhibit, picture)
            else:
                exhibit_picture.draw_whole(book, exhibit, picture)
        if not any(pictures.forms) and item.kind is ItemKind.PICTURE:
            say(book, "exhibit.no_picture")

    def _write_pages(self, exhibit: Exhibit, forms: list[PrintForm | None]) -> None:
        """Write every page of a document, each on a page of its own from the second on."""
        book, sheet, count = self._book, self._book.sheet, exhibit.item.page_count or 0
        for number, picture in enumerate(forms, 1):
            sheet.meter.check()
            if number > 1:
                sheet.new_page()
            page_label = book.wording("exhibit.page", number=number, count=count)
            label = book.wording.joined(book.exhibit_label(exhibit.number), page_label)
            sheet.paragraph(label, FINE, after=2)
            if picture is None:
                say(book, "exhibit.no_page")
            else:
                exhibit_picture.draw_page(book, exhibit, picture, page_label)
        if len(forms) < count:
            shown_count, all_pages = book.wording.number(len(forms)), book.wording.number(count)
            say(book, "exhibit.pages_cut", shown=shown_count, count=all_pages)
        if any(form is not None and form.is_foreign for form in forms):
            say_softly(book, "exhibit.foreign")
            exhibit_body.write_texts(book, exhibit.item, is_whole=True)

    def _write_rest(self, exhibit: Exhibit) -> None:
        """What an exhibit holds besides pictures."""
        book, item = self._book, exhibit.item
        if item.kind in (ItemKind.RECORDING, ItemKind.VIDEO):
            exhibit_body.write_sound(book, item)
            if transcript.write(book, item):
                return
        if logs.is_log(item):
            self._refer_to_log(exhibit)
        elif logs.is_thread(item):
            logs.write_messages(book, exhibit, self._rows)
        elif not _has_pages(item):
            exhibit_body.write_texts(book, item)

    def _refer_to_log(self, exhibit: Exhibit) -> None:
        book, sheet = self._book, self._book.sheet
        count = book.wording.counted("exhibit.entries", exhibit.item.event_count)
        if not book.options.has(Part.LOGS):
            sheet.paragraph(count, SMALL.coloured(SOFT))
            say_softly(book, "exhibit.entries_left_out")
            return
        sheet.room(2 * SMALL.leading)
        reference = book.wording("exhibit.entries_annex", count=count)
        with sheet.leading(logs.key(exhibit)):
            for line in texts.wrap(reference, SMALL.size, sheet.geometry.measure):
                sheet.line(line, SMALL)


def _has_pages(item: Item) -> bool:
    return item.media_type == _SHOWN and bool(item.page_count)


def _tall(exhibit: Exhibit, pictures: Pictures | None) -> Tall | None:
    """The exhibit with its picture, if it is the screen of a telephone and nothing else."""
    if pictures is None or pictures.is_substitute or len(pictures.forms) != 1:
        return None
    picture = pictures.forms[0]
    is_picture = exhibit.item.kind is ItemKind.PICTURE
    if picture is None or not is_picture or not exhibit_picture.is_tall(picture):
        return None
    return Tall(exhibit, picture)
