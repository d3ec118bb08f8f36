"""How well what was read agrees with what was drawn."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from screens import Screen, Truth

from evidence_app.model.event import Direction
from evidence_app.model.reading import ProposedEvent, ProposedKind, ReadPicture

_ALIKE = str.maketrans({
    "…": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "￥": "¥", "。": ".",
    "，": ",", "、": ",",
})  # fmt: skip


def folded(text: str) -> str:
    """Without spaces and case; full and half width, and kinds of quotes and dashes, as one."""
    text = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    return re.sub(r"\s+", "", text).lower()


def edits(first: str, second: str) -> int:
    """How many characters must be changed, put in or taken out."""
    before = list(range(len(second) + 1))
    for row, sign in enumerate(first, 1):
        now = [row]
        for column, right in enumerate(second, 1):
            swap = before[column - 1] + (sign != right)
            now.append(min(before[column] + 1, now[-1] + 1, swap))
        before = now
    return before[-1]


@dataclass
class Score:
    """Counts over several pictures; see `figures`."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def chat(self, screen: Screen, read: ReadPicture, name: str = "") -> None:
        """Count one chat."""
        before = len(self.faults)
        left = [event for event in read.events if not event.is_cut]
        for truth in (truth for truth in screen.truths if truth.is_whole):
            event = max(read.events, key=lambda event: event.box.shared(truth.box), default=None)
            if event is None or event.box.shared(truth.box) < 0.5:
                self._count("system" if truth.said.direction is Direction.NONE else "bubble", False)
                self.faults.append(f"missed {truth.said.kind} {truth.said.text[:20]!r}")
                continue
            if event in left:
                left.remove(event)
            self._event(truth, event)
        boxes = [truth.box for truth in screen.truths]
        extra = [event for event in left if not any(event.box.shared(box) > 0.3 for box in boxes)]
        self.counts["extra"] += len(extra)
        self.faults += [f"extra {event.kind} {event.text[:30]!r}" for event in extra]
        self._count("title", folded(screen.title) == folded(read.title), f"title {read.title!r}")
        self.faults[before:] = [f"{name}: {fault}" for fault in self.faults[before:]]

    def words(self, screen: Screen, read: ReadPicture) -> None:
        """Count all words of a picture, in whatever order they were found."""
        lines = [folded(line.text) for line in read.lines]
        together = "".join(lines)
        for text in map(folded, screen.words):
            near = min((edits(text, line) for line in lines), default=len(text))
            wrong = 0 if text in together else near
            self.counts["all characters"] += len(text)
            self.counts["all wrong"] += min(wrong, len(text))

    def lists(self, screen: Screen, read: ReadPicture, name: str = "") -> None:
        """Count one list."""
        self._count("list", read.layout is screen.layout, f"{name}: taken for {read.layout}")
        events = list(read.events)
        for row, event in zip(screen.rows, events, strict=False):
            sender = row.who if row.count == 1 else row.who[: row.who.rindex("(")]
            good = (
                edits(folded(sender), folded(event.name)) <= 1
                and event.direction is row.direction
                and event.outcome is row.outcome
                and event.count == row.count
                and event.duration_s == row.duration_s
                and (row.outcome.value != "unknown" or folded(row.what) in folded(event.text))
            )
            self._count(
                "row",
                good,
                f"{name}: row {row} read {_told(event)}",
            )
            stamp_text = event.stamp.text if event.stamp else ""
            self._count(
                "stamp",
                folded(stamp_text) == folded(row.when),
                f"{name}: stamp {row.when} {stamp_text}",
            )
        missing = max(0, len(screen.rows) - len(events))
        self.counts["row of"] += missing
        self.counts["extra"] += max(0, len(events) - len(screen.rows))
        if missing or len(events) > len(screen.rows):
            self.faults.append(f"{name}: {len(events)} rows for {len(screen.rows)}")

    def share(self, what: str) -> float:
        """The share that is right of what was counted; 1 if there was none."""
        of = self.counts[f"{what} of"]
        return self.counts[f"{what} right"] / of if of else 1.0

    def error_rate(self, what: str = "") -> float:
        """Wrong characters of all, in messages or, for "all", in all lines."""
        wrong, of = ("all wrong", "all characters") if what == "all" else ("wrong", "characters")
        return self.counts[wrong] / max(1, self.counts[of])

    def _count(self, what: str, good: bool, fault: str = "") -> None:
        self.counts[f"{what} of"] += 1
        self.counts[f"{what} right"] += good
        if not good and fault:
            self.faults.append(fault)

    def _event(self, truth: Truth, event: ProposedEvent) -> None:
        expected = truth.said
        if expected.direction is Direction.NONE:
            self._count("system", event.kind is ProposedKind.SYSTEM, f"notice as {event.kind}")
            return
        self._count("bubble", True)
        side = event.direction is expected.direction
        self._count("side", side, f"side of {expected.text[:20]!r} is {event.direction}")
        kind = event.kind is expected.kind
        self._count("kind", kind, f"{expected.kind} as {event.kind}: {event.text[:30]!r}")
        if expected.kind in (ProposedKind.MESSAGE, ProposedKind.CARD):
            expected_text, got = folded(expected.text), folded(event.text)
            wrong = edits(expected_text, got)
            self.counts["characters"] += len(expected_text)
            self.counts["wrong"] += wrong
            fault = f"text {expected.text!r} read {event.text!r}"
            self._count("text", wrong <= max(1, 0.12 * len(expected_text)), fault)
            if wrong and wrong <= max(1, 0.12 * len(expected_text)):
                self.faults.append(f"~{fault}")
        if expected.kind is ProposedKind.VOICE:
            self._count(
                "voice", event.duration_s == int(expected.text), f"voice {expected.text} {event}"
            )
        if expected.quote:
            good = edits(folded(expected.quote), folded(event.quote)) <= 2
            self._count("quote", good, f"quote {expected.quote!r} read {event.quote!r}")
        if expected.name:
            good = edits(folded(expected.name), folded(event.name)) <= 1
            self._count("name", good, f"name {expected.name!r} read {event.name!r}")
        if not truth.is_stamp_cut:
            self._stamp(truth, event)

    def _stamp(self, truth: Truth, event: ProposedEvent) -> None:
        clock = truth.said.clock if truth.said.kind is ProposedKind.MESSAGE else ""
        expected_stamp = f"{truth.stamp} {clock}".strip()
        got = event.stamp.text if event.stamp else ""
        good = re.sub(r"[·•,.]", "", folded(expected_stamp)) == re.sub(r"[·•,.]", "", folded(got))
        self._count("stamp", good, f"stamp {expected_stamp!r} read {got!r}")


def _told(event: ProposedEvent) -> str:
    parts = (event.name, event.text, event.count, event.direction, event.outcome, event.duration_s)
    return " | ".join(map(str, parts))
