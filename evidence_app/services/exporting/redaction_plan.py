"""What is blacked out in one state of a case: which words, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import contacts as contact_records
from evidence_app.casefile.records import marks as mark_records
from evidence_app.casefile.records.marks import PlacedText
from evidence_app.dossier import wording
from evidence_app.dossier.redaction import blanking
from evidence_app.dossier.redaction.blanking import Blanking, folded
from evidence_app.dossier.redaction.copies import CopyMaker
from evidence_app.dossier.redaction.drawing import Drawn
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, ItemKind, RenditionKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.rulebook import violations
from evidence_app.services import events as timeline
from evidence_app.services import items, marks, parties
from evidence_app.services.redaction_proposals import ACCUSED

_PDF = "application/pdf"
_CONTEXT = 12
_SEEN = (ItemKind.PICTURE, ItemKind.RECORDING, ItemKind.VIDEO, ItemKind.DOCUMENT)
Span = tuple[int, int]


@dataclass(slots=True)
class Plan:
    """What is blacked out.

    Attributes:
        marks: All marks by item.
        words: What is blacked out wherever it stands.
        local: What is blacked out in the texts of an item, by the item.
        spans: What is blacked out in the text of an event, by the event.
        passages: Texts around what was blacked out, as they were.
        texts: The texts of items with blacked-out places, with where they stand.
        items: The items in which the person blacked something out.
        blanking: Finds the words.
        worded: The items in whose words something is blacked out. From the SHA-256 and the length
            of such an original the words could be found by trying, as all else of it is shown; of
            a picture or a sound nobody knows the bytes.
        noted: All words that were blacked out somewhere, as they stand there.
        names: Of people, but for those whom the case is about: they stand in the midst of such
            words, and are not blacked out themselves.
    """

    marks: dict[int, list[Mark]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    local: dict[int, set[str]] = field(default_factory=dict)
    spans: dict[int, list[Span]] = field(default_factory=dict)
    passages: set[str] = field(default_factory=set)
    texts: dict[int, list[PlacedText]] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    blanking: Blanking = field(default_factory=lambda: Blanking(()))
    worded: set[int] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether anything is blacked out."""
        return bool(self.items)

    def redactions(self, item_id: int) -> list[Mark]:
        """The redactions on an item."""
        return [mark for mark in self.marks.get(item_id, ()) if mark.kind is MarkKind.REDACTION]


def gather(case: CaseFile, copies: CopyMaker) -> Plan:
    """What is blacked out in a state of a case.

    Raises:
        Cancelled: The person asked to stop.
        DamagedError: A document is not what was imported.
    """
    plan = Plan()
    for mark in marks.all_marks(case):
        plan.marks.setdefault(mark.item_id, []).append(mark)
    hidden = [item_id for item_id in plan.marks if plan.redactions(item_id)]
    plan.items = {item.id: item for item in items.get_many(case, hidden)}
    for item in plan.items.values():
        _plan_item(case, copies, plan, item)
    plan.blanking = Blanking(plan.words)
    if plan:
        plan.names = set(_names_within(case, plan))
        every = items.get_many(case, items.index(case, items.ItemFilter()))
        plan.worded = {item.id for item in every if _is_worded(case, plan, item)}
    return plan


def _names_within(case: CaseFile, plan: Plan) -> Iterator[str]:
    """Names of third persons, and of nobody known, within the words that were blacked out.

    A name that was blacked out by itself goes wherever it stands, and is none of these.
    """
    people = parties.list_parties(case)
    accused = folded("\n".join(party.name for party in people if party.role in ACCUSED))
    with case.read() as connection:
        names = {party.name for party in people} | contact_records.names(connection)
    for name in sorted(names):
        plain = folded(name).strip()
        is_known = plain in accused or not blanking.distinctive(name, common_words())
        if is_known or plan.blanking.spans(name):
            continue
        finds = Blanking((name,))
        if any(finds.spans(words) for words in plan.noted):
            yield name


def _is_worded(case: CaseFile, plan: Plan, item: Item) -> bool:
    if item.kind in _SEEN:
        return False
    if item.id in plan.items:
        return True
    if not plan.blanking:
        return False
    events = timeline.stream(case, timeline.EventFilter(item_id=item.id))
    event_texts = (
        f"{event.text}\n{event.identifier}\n{event.contact_name}\n{event.identifier_normalized}"
        for event in events
    )
    written = (block.text for block in items.texts(case, item.id))
    return any(plan.blanking.spans(text) for text in chain(event_texts, written))


def _plan_item(case: CaseFile, copies: CopyMaker, plan: Plan, item: Item) -> None:
    redactions = plan.redactions(item.id)
    with case.read() as connection:
        plan.texts[item.id] = list(mark_records.placed_texts(connection, item.id))
    of_words = [mark for mark in redactions if mark.words is not None]
    for event, spans in _by_event(case, of_words):
        _plan_event(case, plan, event, spans)
    placed = [mark for mark in redactions if mark.words is None]
    if not placed:
        return
    for text in plan.texts[item.id]:
        if is_hidden(text, placed) and (text.box or text.stretch):
            _note(plan, item.id, text.corrected or text.text)
            _note(plan, item.id, text.text)
    if item.media_type == _PDF:
        for word in _under_boxes(case, copies, item, placed):
            _note(plan, item.id, word)
    _withhold_events(case, plan, item, placed)


def _by_event(case: CaseFile, of_words: Iterable[Mark]) -> Iterator[tuple[Event, list[Span]]]:
    spans: dict[int, list[Span]] = {}
    for mark in of_words:
        if mark.words is not None:
            spans.setdefault(mark.words.event_id, []).append((mark.words.first, mark.words.end))
    for event in timeline.get_many(case, list(spans)):
        yield event, spans[event.id]


def _plan_event(case: CaseFile, plan: Plan, event: Event, spans: list[Span]) -> None:
    plan.spans.setdefault(event.id, []).extend(spans)
    for first, end in spans:
        _note(plan, event.item_id, event.text[first:end])
        around = event.text[max(0, first - _CONTEXT) : end + _CONTEXT]
        if blanking.distinctive(around, common_words()):
            plan.passages.add(around)
    with case.read() as connection:
        others = mark_records.records_of_acts(connection, [event.id])[event.id]
    for other in timeline.get_many(case, others):
        if other.text == event.text:
            plan.spans.setdefault(other.id, []).extend(spans)
        for first, end in spans:
            _note(plan, other.item_id, event.text[first:end])


def _note(plan: Plan, item_id: int, word: str) -> None:
    """Note words that were blacked out somewhere, and the numbers and addresses in them."""
    if not word.strip():
        return
    plan.local.setdefault(item_id, set()).add(word)
    plan.noted.add(word)
    for piece in (word, *blanking.inner_words(word)):
        if blanking.distinctive(piece, common_words()):
            plan.words.add(piece.strip())


def is_hidden(text: PlacedText, redactions: Iterable[Mark]) -> bool:
    """Whether a text stands, or may stand, where something is blacked out."""
    return any(_may_hide(mark, text) for mark in redactions)


def _may_hide(mark: Mark, text: PlacedText) -> bool:
    if mark.stretch is not None:
        return text.stretch is None or mark.stretch.touches(text.stretch)
    if mark.box is None or (mark.page and text.page and mark.page != text.page):
        return False
    return text.box is None or mark.box.touches(text.box)


def _under_boxes(
    case: CaseFile, copies: CopyMaker, item: Item, placed: Iterable[Mark]
) -> Iterator[str]:
    with items.open_original(case, item.id) as original:
        by_page = copies.words_under(original, drawn_by_page(placed)) or {}
    for words in by_page.values():
        yield from words


def drawn_by_page(placed: Iterable[Mark]) -> dict[int, list[Drawn]]:
    """Marks on a picture (under 0) or on the pages of a document as they are drawn."""
    by_page: dict[int, list[Drawn]] = {}
    for mark in placed:
        if mark.box is not None:
            by_page.setdefault(mark.page or 0, []).append((mark.kind, mark.box, mark.text))
    return by_page


def _withhold_events(case: CaseFile, plan: Plan, item: Item, placed: list[Mark]) -> None:
    """Blank what events of an item say that was read, or may have been, from a hidden place."""
    if item.kind not in _SEEN:
        return
    places = {text.event_id: text for text in plan.texts[item.id] if text.event_id is not None}
    for event in timeline.stream(case, timeline.EventFilter(item_id=item.id)):
        place = places.get(event.id)
        if event.text and (place is None or is_hidden(place, placed)):
            plan.spans.setdefault(event.id, []).append((0, len(event.text)))
            _note(plan, item.id, event.text)


@cache
def common_words() -> str:
    """All that the program says itself in what it exports, folded."""
    sentences = [text for each in ("en", "zh", "both") for text in wording.load(each).values()]
    sentences += [
        violation_type.name(language)
        for violation_type in violations.all_types()
        for language in ("en", "zh")
    ]
    sentences += [
        violation_type.explanation(language)
        for violation_type in violations.all_types()
        for language in ("en", "zh")
    ]
    return folded("\n".join(sentences))


def with_marks_of_words(plan: Plan, case: CaseFile, item: Item) -> tuple[Mark, ...]:
    """The marks on an item, with redactions over texts that hold words blacked out elsewhere."""
    own = plan.marks.get(item.id, [])
    if not plan.blanking or item.kind is not ItemKind.PICTURE:
        return tuple(own)
    with case.read() as connection:
        texts = list(mark_records.placed_texts(connection, item.id))
    redactions = [
        Mark(0, item.id, MarkKind.REDACTION, box=text.box)
        for text in texts
        if text.box and plan.blanking.spans(f"{text.text}\n{text.corrected}")
    ]
    return (*(_blanked(mark, plan.blanking) for mark in own), *redactions)


def _blanked(mark: Mark, word_blanking: Blanking) -> Mark:
    return replace(mark, text=word_blanking.text(mark.text), note=word_blanking.text(mark.note))


def digests_of(case: CaseFile, redacted_items: Mapping[int, Item]) -> Iterator[str]:
    """The SHA-256 of the originals of items, and of the small pictures that were made of them."""
    import hashlib

    for item in redacted_items.values():
        yield item.sha256
        for kind in (RenditionKind.THUMBNAIL, RenditionKind.PREVIEW):
            rendition = items.rendition(case, item.id, kind)
            if rendition is not None:
                yield hashlib.sha256(rendition.data).hexdigest()
