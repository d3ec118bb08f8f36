"""A search finds what a plain look through all texts finds, whatever is changed meanwhile."""

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.schema import text_span
from evidence_app.folding import fold
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType
from evidence_app.model.filters import ItemFilter
from evidence_app.model.search import HitKind, HitOrder
from evidence_app.services import items, manual_entries, search, verification
from evidence_app.services.importing.importer import Importer

_WORDS = ("还", "還", "钱", "錢", "单位", "ab", "AB", "àb", "ａｂ", "abc", "ca", "，", "b")
_TOKEN = re.compile(r"[一-鿿]|[a-z]+")


@cache
def tokens(text: str) -> list[str]:
    parts = unicodedata.normalize("NFD", fold(text))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return _TOKEN.findall(plain.lower())


@dataclass(frozen=True)
class Asked:
    """A search, by its phrases: each as typed, and as words of which the last may go on."""

    typed: str
    wanted: list[tuple[list[str], bool]]
    unwanted: list[tuple[list[str], bool]]


def queries(source: random.Random) -> Iterator[Asked]:
    for _ in range(50):
        wanted, unwanted, typed = [], [], []
        for number in range(source.choice((1, 1, 2, 2, 3))):
            is_phrase, is_unwanted = source.random() < 0.3, number > 0 and source.random() < 0.4
            text = (" " if is_phrase else "").join(source.choices(_WORDS, k=source.choice((1, 2))))
            if not tokens(text):
                continue
            (unwanted if is_unwanted else wanted).append((tokens(text), not is_phrase))
            typed.append("-" * is_unwanted + (f'"{text}"' if is_phrase else text))
        if wanted:
            yield Asked(" ".join(typed), wanted, unwanted)


def stands_in(phrase: tuple[list[str], bool], text: str) -> bool:
    words, may_go_on = phrase
    there = tokens(text)
    for start in range(len(there) - len(words) + 1):
        piece = there[start : start + len(words)]
        is_open = may_go_on and words[-1].isascii()
        ends = piece[-1].startswith(words[-1]) if is_open else piece[-1] == words[-1]
        if ends and piece[:-1] == words[:-1]:
            return True
    return False


@dataclass
class Document:
    """What stands in an item: its names, and the lines of each page, as read and as corrected."""

    names: str
    pages: dict[int, dict[int, tuple[str, str | None]]] = field(default_factory=dict)

    def versions(self, page: int) -> list[str]:
        lines = [self.pages[page][line] for line in sorted(self.pages[page])]
        read = "\n".join(text for text, _ in lines)
        return [read, "\n".join(text if new is None else new for text, new in lines)]

    def found_on(self, asked: Asked) -> set[int]:
        """The pages that have all words; if none has, but the item does, those with some."""
        allowed = [
            (page, [stands_in(phrase, text) for phrase in asked.wanted])
            for page in self.pages
            for text in self.versions(page)
            if not any(stands_in(phrase, text) for phrase in asked.unwanted)
        ]
        with_all = {page for page, stood in allowed if all(stood)}
        if with_all or not self.holds(asked.wanted):
            return with_all
        return {page for page, stood in allowed if any(stood)}

    def holds(self, phrases: Iterable[tuple[list[str], bool]]) -> bool:
        texts = [self.names, *(text for page in self.pages for text in self.versions(page))]
        return all(any(stands_in(phrase, text) for text in texts) for phrase in phrases)


def sentence(source: random.Random, most: int) -> str:
    words = source.choices(_WORDS, k=source.randint(1, most))
    return "".join(word + source.choice(("", " ")) for word in words)


def add_lines(case: CaseFile, item_id: int, document: Document, source: random.Random) -> None:
    with case.change(Action.READ_ITEM, {}) as change:
        for _ in range(source.randint(1, 5)):
            page, text = source.randint(1, 3), sentence(source, 4)
            place = {"place_unit": "page", "place_number": page}
            line = change.insert(text_span, item_id=item_id, text=text, origin="ocr", **place)
            document.pages.setdefault(page, {})[line] = (text, None)


def compare(case: CaseFile, documents: dict[int, Document], said: dict[int, str]) -> None:
    for number, asked in enumerate(queries(random.Random(5))):
        order = [*HitOrder][number % 2]
        found = search.find(case, asked.typed, order=order, limit=500)
        pages = {
            (hit.item.id, hit.place.number)
            for hit in found.hits[HitKind.PAGE]
            if hit.item is not None and hit.place is not None
        }
        assert pages == {
            (key, page) for key, one in documents.items() for page in one.found_on(asked)
        }, asked
        assert {hit.id for hit in found.hits[HitKind.EVENT]} == {
            key
            for key, text in said.items()
            if all(stands_in(phrase, text) for phrase in asked.wanted)
            and not any(stands_in(phrase, text) for phrase in asked.unwanted)
        }, asked
        held = set(items.index(case, ItemFilter(text=asked.typed)).tolist()) & documents.keys()
        assert held == {
            key
            for key, one in documents.items()
            if one.holds(asked.wanted) and not any(one.holds([phrase]) for phrase in asked.unwanted)
        }, asked


def test_a_search_finds_what_a_look_through_everything_finds(
    case: CaseFile, tmp_path: Path
) -> None:
    source = random.Random(3)
    documents: dict[int, Document] = {}
    said: dict[int, str] = {}
    with Importer(case) as importer:
        for number in range(8):
            [made] = importer.run_bytes(f"{number}.bin", bytes([number]))
            assert made.item_id is not None
            title = sentence(source, 2)
            items.rename(case, made.item_id, f"{number} {title}")
            documents[made.item_id] = Document(f"{title}\n{number}.bin")
            add_lines(case, made.item_id, documents[made.item_id], source)
    for text in [sentence(source, 5) for _ in range(12)]:
        manual_entries.add_entry(
            case, type=EventType.VISIT, time=None, direction=Direction.INCOMING, text=text
        )
        with case.read() as connection:
            [key] = connection.exec_driver_sql("SELECT max(id) FROM event").scalars()
        said[key] = text
    compare(case, documents, said)
    for key, document in documents.items():
        add_lines(case, key, document, source)
        with case.change(Action.EDIT_ITEM, {}) as change:
            for lines in document.pages.values():
                first = min(lines)
                if source.random() < 0.4 and len(lines) > 1:
                    change.delete(text_span, first)
                    del lines[first]
                elif source.random() < 0.5:
                    lines[first] = (lines[first][0], sentence(source, 3))
                    change.update(text_span, first, corrected=lines[first][1])
    compare(case, documents, said)
    assert verification.verify(case).is_intact
