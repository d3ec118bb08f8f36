"""Takes out of what is exported all that the person blacked out."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records.marks import PlacedText
from evidence_app.dossier.content import ContentSource, DossierContent
from evidence_app.dossier.redaction import blanking, sounds
from evidence_app.dossier.redaction.blanking import BLANK, Blanking
from evidence_app.dossier.redaction.check import Secrecy
from evidence_app.dossier.redaction.copies import CopyMaker
from evidence_app.dossier.redaction.left_names import LeftNames
from evidence_app.model.event import Event
from evidence_app.model.evidence import (
    Item,
    ItemKind,
    PlaceUnit,
    Rendition,
    RenditionKind,
    TextBlock,
)
from evidence_app.model.mark import Mark
from evidence_app.model.transcript import TranscriptLine
from evidence_app.progress import Progress
from evidence_app.services.exporting import redaction_plan
from evidence_app.services.exporting.redaction_plan import Plan

T = TypeVar("T")
_PLAIN = (str, bytes, int, float, bool, type(None), Enum, date, datetime, Path, io.IOBase)


class Redactions:
    """What is blacked out in one state of a case, and how it is taken out.

    Attributes:
        plan: Which words, and where.
    """

    def __init__(self, case: CaseFile, plan: Plan) -> None:
        self.plan = plan
        self._case = case
        self._local = {
            item_id: Blanking(words | plan.words) for item_id, words in plan.local.items()
        }

    def content(self, content: DossierContent) -> DossierContent:
        """The content with marks, and without anything that was blacked out."""
        access = replace(content.access, marks=self._marks(content))
        if not self.plan:
            return replace(content, access=access)
        cleaned: DossierContent = self.cleaned(replace(content, access=access))
        digests = redaction_plan.digests_of(self._case, self.plan.items)
        words = tuple(sorted(self.plan.words))
        names = tuple(sorted(self.plan.names))
        secrecy = Secrecy(words, tuple(sorted(self.plan.passages)), tuple(digests), names)
        return replace(cleaned, access=self._access(cleaned.access), secrecy=secrecy)

    def cleaned(self, value: T) -> T:
        """A value without blacked-out words, whatever it is made of."""
        if not self.plan:
            return value
        result: T = self._cleaned(value)
        return result

    def rows(self, rows: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
        """Rows of a table without blacked-out words.

        Raises:
            EvidenceError: A name that stands in blacked-out words is left in a row.
        """
        names = LeftNames(self.plan.names)
        for row in rows:
            cleaned = self.cleaned(tuple(row))
            if self.plan.names:
                names.require_none_in("\n".join(cleaned))
            yield cleaned

    def is_touched(self, cells: Mapping[str, Any]) -> bool:
        """Whether something is blacked out in what stands in the row of an event."""
        if cells["id"] in self.plan.spans:
            return True
        texts = (cell for cell in cells.values() if isinstance(cell, str))
        return any(self.plan.blanking.spans(text) for text in texts)

    def fields(self, item_id: int, raw: str) -> str:
        """The fields of a record as they stood in an item, a JSON object, without such words."""
        if not self.plan:
            return raw
        local = self._local.get(item_id, self.plan.blanking)
        return json.dumps(_within(json.loads(raw), local), ensure_ascii=False)

    def _cleaned(self, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.plan.blanking.text(value)
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, Event):
            return self._event(value)
        if isinstance(value, Item):
            return self._item(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return self._fields(value)
        if isinstance(value, dict | MappingProxyType):
            return {self._cleaned(key): self._cleaned(member) for key, member in value.items()}
        if isinstance(value, tuple | list | set | frozenset):
            return type(value)(self._cleaned(member) for member in value)
        if isinstance(value, Iterator):
            return map(self._cleaned, value)
        if callable(value) and not isinstance(value, type):
            return self._wrapped(value)
        return value

    def _fields(self, value: Any) -> Any:
        values = {
            attribute.name: self._cleaned(getattr(value, attribute.name))
            for attribute in dataclasses.fields(value)
            if attribute.init
        }
        return type(value)(**values)

    def _wrapped(self, fetch: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *positional, **named: self._cleaned(fetch(*positional, **named))

    def _event(self, event: Event) -> Event:
        spans = self.plan.spans.get(event.id, [])
        text = blanking.without(event.text, spans) if spans else event.text
        cleaned: Event = self._fields(replace(event, text=text))
        return cleaned

    def _item(self, item: Item) -> Item:
        cleaned: Item = self._fields(item)
        local = self._local.get(item.id)
        if local is not None:
            # What the person wrote down is called by its first words.
            title, filename = local.text(cleaned.title), local.text(cleaned.filename)
            cleaned = replace(
                cleaned, title=title, filename=filename, note=local.text(cleaned.note)
            )
        return replace(cleaned, sha256="") if item.id in self.plan.worded else cleaned

    def _marks(self, content: DossierContent) -> Callable[[int], tuple[Mark, ...]]:
        by_id = {exhibit.item.id: exhibit.item for exhibit in content.exhibits}

        def marks(item_id: int) -> tuple[Mark, ...]:
            item = by_id.get(item_id)
            if item is None:
                return ()
            return redaction_plan.with_marks_of_words(self.plan, self._case, item)

        return marks

    def _access(self, access: ContentSource) -> ContentSource:
        def texts(item_id: int) -> list[TextBlock]:
            return [self._block(item_id, block) for block in access.texts(item_id)]

        def rendition(item_id: int, kind: RenditionKind) -> Rendition | None:
            return self._rendition(access, item_id, kind)

        def transcript(item_id: int) -> list[TranscriptLine]:
            return [self._spoken(item_id, line) for line in access.transcript(item_id)]

        words = tuple(sorted(self.plan.words))
        return replace(access, texts=texts, transcript=transcript, rendition=rendition, words=words)

    def _spoken(self, item_id: int, line: TranscriptLine) -> TranscriptLine:
        """A segment without its words if some of it is silenced, or without such words."""
        placed = [mark for mark in self.plan.redactions(item_id) if mark.words is None]
        spoken = PlacedText(line.text, line.corrected or "", None, None, line.stretch)
        if redaction_plan.is_hidden(spoken, placed):
            return replace(line, text=BLANK, corrected=None, speaker="", confidence=None)
        local = self._local.get(item_id)
        if local is None:
            return line
        corrected = None if line.corrected is None else local.text(line.corrected)
        return replace(line, text=local.text(line.text), corrected=corrected)

    def _block(self, item_id: int, block: TextBlock) -> TextBlock:
        placed = [mark for mark in self.plan.redactions(item_id) if mark.words is None]
        local = self._local.get(item_id)
        if placed and self._is_hidden(item_id, block, placed):
            return replace(block, text=BLANK)
        return replace(block, text=local.text(block.text)) if local else block

    def _is_hidden(self, item_id: int, block: TextBlock, placed: list[Mark]) -> bool:
        """Whether a text may stand where something is blacked out; if unsure, it does."""
        page = block.place.number if block.place.unit is PlaceUnit.PAGE else None
        own = [
            text
            for text in self.plan.texts[item_id]
            if text.event_id is None
            and self.cleaned(text.text) == block.text
            and (page is None or text.page == page)
        ]
        return not own or any(redaction_plan.is_hidden(text, placed) for text in own)

    def _rendition(
        self, access: ContentSource, item_id: int, kind: RenditionKind
    ) -> Rendition | None:
        """A derivative that shows nothing of what was blacked out, or None."""
        rendition = access.rendition(item_id, kind)
        item = self.plan.items.get(item_id)
        if rendition is None or item is None:
            return rendition
        silent = [mark.stretch for mark in self.plan.redactions(item_id) if mark.stretch]
        if kind is RenditionKind.WAVEFORM:
            peaks = sounds.silent_peaks(rendition.data, item.duration_s or 0.0, silent)
            return replace(rendition, data=peaks)
        if kind is RenditionKind.SOUND and silent:
            return None
        is_shown = kind in (RenditionKind.THUMBNAIL, RenditionKind.PREVIEW)
        is_drawn = any(mark.box for mark in self.plan.redactions(item_id))
        return None if is_shown and (is_drawn or item.kind is ItemKind.VIDEO) else rendition


def _within(value: Any, word_blanking: Blanking) -> Any:
    if isinstance(value, str):
        return word_blanking.text(value)
    if isinstance(value, dict):
        return {
            _within(key, word_blanking): _within(member, word_blanking)
            for key, member in value.items()
        }
    if isinstance(value, list):
        return [_within(member, word_blanking) for member in value]
    if isinstance(value, int | float) and word_blanking.spans(str(value)):
        return word_blanking.text(str(value))
    return value


def of_state(case: CaseFile, progress: Progress) -> Redactions:
    """What is blacked out in a state of a case.

    Raises:
        Cancelled: The person asked to stop.
    """
    with CopyMaker(progress) as copies:
        return Redactions(case, redaction_plan.gather(case, copies))
