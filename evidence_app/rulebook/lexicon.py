"""From a text to the violation types that its words show, each with the passage that shows it.

The words are data (``resources/lexicons``). Only what the text says counts: who collects, when and
how often are the predicates' business. The lexicon cites no law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter

from evidence_app.rulebook.lexicon_data import (
    URGES_SELF_HARM,
    Entry,
    Harmless,
    LexiconData,
    Scope,
    Strength,
    load,
)
from evidence_app.rulebook.lexicon_normal import NormalText
from evidence_app.rulebook.lexicon_patterns import (
    HAS_HAN,
    SENTENCE_END,
    Pattern,
    keys_of,
    sentence_around,
)
from evidence_app.rulebook.lexicon_resemblance import ANY, Resemblance, resemblance

__all__ = ["URGES_SELF_HARM", "Lexicon", "Match", "Speaker", "Strength", "lexicon"]

_WINDOW = 240
_WHOLE = 600
_SHORTEST = 6
_ALIKE = -0.31
"""The score above which a text shows what no words of the lexicon show."""
_ALIKE_SILENCED = -0.3
"""The same where a harmless context silences the type, or where a text of an unknown writer speaks
to nobody: mostly a story or news."""
_ALIKE_WITH_WORDS = {"zh": -0.47, "en": -0.62}
"""The score above which a text shows what strong words of the lexicon show."""
_ANY_ALIKE = {"zh": -0.05, "en": -0.1}
"""The score for any violation that a text also needs to show what no words show."""
_ANY_ALIKE_SILENCED = {"zh": 0.1, "en": 0.0}
"""The same where a harmless context silences the type, or a text speaks to nobody."""
_ANY_ALIKE_WITH_WORDS = -0.05
"""The score for any violation that a text also needs to show what strong words show."""
_SURELY_ALIKE = -0.2
"""The score above which words show a type whatever the score for any violation."""
_SAID_BY_REFUSING = frozenset({"contact_after_stop_request", "missing_identification"})
"""Types of which a "will not" is part, so that it does not say the opposite."""
_BLOCK = 4_000
_BEFORE = 24
_CLAUSE_END = re.compile(r"[。!?;\n,:]|\.(?=\s)|(?<![a-z])(?:就|则|否则|but|then|or|and)(?![a-z])")


class Speaker(StrEnum):
    """Whose words a text is."""

    COLLECTOR = "collector"
    ME = "me"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """What shows a violation type in a text.

    Attributes:
        quote: The passage as it was written.
        strength: Strong, or weak: worth showing, not worth suggesting.
        entries: The ids of the lexicon entries that hit, the quoted one first.
    """

    quote: str
    strength: Strength
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    entry: Entry
    quote: str


class _Index:
    """Which patterns can match a text at all, by the keys of the text.

    Args:
        entries: The entries, in the order in which their hits are told.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._places: dict[str, list[tuple[int, int]]] = {}
        for place, entry in enumerate(entries):
            for order, pattern in enumerate(entry.patterns):
                for key in pattern.rarest:
                    self._places.setdefault(key, []).append((place, order))

    def candidates(
        self, keys: Set[str], but: Set[str]
    ) -> Iterator[tuple[Entry, Sequence[Pattern]]]:
        """The entries that may hit a text of these keys, each with the patterns that may match.

        Args:
            keys: The keys of the text.
            but: Ids of entries to leave out.
        """
        places = {place for key in self._places.keys() & keys for place in self._places[key]}
        for place, group in groupby(sorted(places), key=itemgetter(0)):
            entry = self._entries[place]
            if entry.id not in but:
                yield entry, [entry.patterns[order] for _, order in group]


class Lexicon:
    """All entries, ready to be asked."""

    def __init__(self, data: LexiconData) -> None:
        self._data = data
        self._index = _Index(data.entries)
        self._certain = frozenset(entry.id for entry in data.entries if entry.is_certain)

    def classify(self, text: str, speaker: Speaker = Speaker.UNKNOWN) -> Mapping[str, Match]:
        """The violation types that the words of a text show, by code.

        Strong is what one strong entry or two different weak ones show. What the person, or
        somebody who does not collect, said shows nothing.
        """
        matches = self._matches(text, speaker)
        return {code: match for code, match in matches.items() if code != URGES_SELF_HARM}

    def urges_self_harm(self, text: str, speaker: Speaker = Speaker.UNKNOWN) -> Match | None:
        """The passage that urges somebody to harm themselves, if there is one."""
        return self._matches(text, speaker).get(URGES_SELF_HARM)

    def _matches(self, text: str, speaker: Speaker) -> Mapping[str, Match]:
        if speaker in (Speaker.ME, Speaker.OTHER):
            return {}
        by_code: dict[str, dict[str, _Hit]] = {}
        hit_before: set[str] = set()
        for block in _blocks(text):
            for window in _windows(self._data.normaliser.normal(block)):
                reading = _Reading(self._data, window, speaker)
                for entry, patterns in self._index.candidates(reading.keys, hit_before):
                    hit, codes = reading.hit_of(entry, patterns)
                    for code in codes:
                        by_code.setdefault(code, {})[entry.id] = hit
                        hit_before.add(entry.id)
        matches = {code: _match(list(hits.values())) for code, hits in by_code.items()}
        return matches if len(text) > _WHOLE else self._weighed(matches, text, speaker)

    def _weighed(
        self, matches: Mapping[str, Match], text: str, speaker: Speaker
    ) -> Mapping[str, Match]:
        """The matches of a short text, and what it resembles as a whole.

        Words that fit in a text that resembles no such message are worth showing only; a text that
        clearly resembles such messages shows the violation without a word of the lexicon. Either
        way it must resemble messages that show any violation at all. An entry that is certain is
        not weakened. The thresholds were chosen on writers whom the model had not learned.
        """
        reading = _Reading(self._data, self._data.normaliser.normal(text), speaker)
        language = reading.language
        weighed = dict(matches)
        for code, score in reading.scores.items():
            match = matches.get(code)
            is_alike = reading.is_alike(code)
            if match is None:
                if is_alike and (resembling := reading.resembling(code)):
                    weighed[code] = resembling
            elif is_alike or score > _SURELY_ALIKE:
                weighed[code] = replace(match, strength=Strength.STRONG)
            elif self._certain.isdisjoint(match.entries) and (
                score < _ALIKE_WITH_WORDS[language] or reading.any_score < _ANY_ALIKE_WITH_WORDS
            ):
                weighed[code] = replace(match, strength=Strength.WEAK)
        return weighed


class _Reading:
    """A passage, read once.

    Args:
        data: What the lexicons hold.
        window: The passage.
        speaker: Whose words it is.
    """

    def __init__(self, data: LexiconData, window: NormalText, speaker: Speaker) -> None:
        self._data = data
        self._window = window
        self._text = window.text
        self._is_unknown = speaker is Speaker.UNKNOWN
        self.keys = keys_of(window.text)

    def hit_of(self, entry: Entry, patterns: Iterable[Pattern]) -> tuple[_Hit, Sequence[str]]:
        """The first hit of an entry that shows violations, and their codes."""
        for begin, end in _spans(patterns, self._text, self.keys):
            codes = self._codes_shown_by(entry, begin, end)
            if codes:
                return _Hit(entry, self._window.passage(begin, end)), codes
        return _Hit(entry, ""), ()

    def _codes_shown_by(self, entry: Entry, begin: int, end: int) -> Sequence[str]:
        """The codes that a hit shows, given all that surrounds it."""
        codes = [code for code in entry.violations if code not in self._silenced_in_text]
        if not codes:
            return ()
        if not entry.keeps_negated and self._is_negated(entry.language, begin, end):
            return ()
        first, last = sentence_around(self._text, begin, end)
        sentence = self._text[first:last]
        if entry.unless and _has(entry.unless, sentence, keys_of(sentence)):
            return ()
        in_sentence = self._silenced(Scope.SENTENCE, sentence)
        return [code for code in codes if code not in in_sentence]

    def _is_negated(self, language: str, begin: int, end: int) -> bool:
        before = self._text[max(0, begin - _BEFORE) : begin]
        clause_begin = 0
        for clause_end in _CLAUSE_END.finditer(before):
            clause_begin = clause_end.end()
        span = before[clause_begin:] + self._text[begin:end]
        negations = self._data.negations[language]
        return _has(negations, span, keys_of(span)) or self._is_in_negated_list(
            language, begin, end
        )

    def _is_in_negated_list(self, language: str, begin: int, end: int) -> bool:
        """Whether a passage is one of several things that are negated once, before the first."""
        first, _ = sentence_around(self._text, begin, end)
        before = self._text[first:end]
        for _, verb_end in _spans(self._data.negated_lists[language], before, keys_of(before)):
            rest = before[verb_end:]
            if not _has(self._data.list_ends[language], rest, keys_of(rest)):
                return True
        return False

    @cached_property
    def language(self) -> str:
        """Which model reads it."""
        return "zh" if HAS_HAN.search(self._text) else "en"

    @cached_property
    def _model(self) -> Resemblance:
        return resemblance(self.language)

    @cached_property
    def _all_scores(self) -> Mapping[str, float]:
        return self._model.scores(self._text) if len(self._text) >= _SHORTEST else {}

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """How much the passage resembles messages of each type; nothing if it is too short."""
        return {code: score for code, score in self._all_scores.items() if code != ANY}

    @cached_property
    def any_score(self) -> float:
        """How much the passage resembles messages that show any violation."""
        return self._all_scores[ANY]

    def is_alike(self, code: str) -> bool:
        """Whether the passage clearly resembles messages of a type.

        It must resemble them more where the type is silenced: the patterns of a harmless context
        also stand in messages that do show a violation.
        """
        score = self.scores[code]
        if score <= _ALIKE or self.any_score <= _ANY_ALIKE[self.language]:
            return False
        return code not in self._harmless_codes or (
            score > _ALIKE_SILENCED and self.any_score > _ANY_ALIKE_SILENCED[self.language]
        )

    def resembling(self, code: str) -> Match | None:
        """What resembles messages of a type: the clause that weighs most.

        None if that clause says the opposite.
        """
        begin, end = self._model.passage(self._text, code)
        clause = self._text[begin:end]
        negations = self._data.negations[self.language]
        if code not in _SAID_BY_REFUSING and (
            _has(negations, clause, keys_of(clause))
            or self._is_in_negated_list(self.language, begin, end)
        ):
            return None
        entry = f"{self.language}.resembles"
        return Match(self._window.passage(begin, end), Strength.STRONG, (entry,))

    @cached_property
    def _harmless_codes(self) -> Set[str]:
        return self._silenced_in_text | self._silenced(Scope.SENTENCE, self._text)

    @cached_property
    def _silenced_in_text(self) -> Set[str]:
        if self._is_unknown and not _has(self._data.addresses, self._text, self.keys):
            # An order to harm oneself often names nobody, and missing it is worse.
            spared = self._silenced(Scope.TEXT, self._text)
            return spared | (self._all_codes - {URGES_SELF_HARM})
        return self._silenced(Scope.TEXT, self._text)

    def _silenced(self, scope: Scope, text: str) -> Set[str]:
        keys = keys_of(text)
        silenced: set[str] = set()
        for context in self._data.harmless:
            is_asked = context.scope is scope and (self._is_unknown or not context.is_of_unknown)
            if is_asked and _applies(context, text, keys):
                silenced |= context.violations or self._all_codes
        return silenced

    @cached_property
    def _all_codes(self) -> Set[str]:
        return frozenset(code for entry in self._data.entries for code in entry.violations)


def _match(hits: Sequence[_Hit]) -> Match:
    strong = [hit for hit in hits if hit.entry.strength is Strength.STRONG]
    is_strong = bool(strong) or len(hits) > 1
    first = (strong or list(hits))[0]
    ids = [first.entry.id, *(hit.entry.id for hit in hits if hit is not first)]
    return Match(first.quote, Strength.STRONG if is_strong else Strength.WEAK, tuple(ids))


def _spans(patterns: Iterable[Pattern], text: str, keys: Set[str]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        if pattern.may_match(keys):
            yield from pattern.spans(text)


def _has(patterns: Iterable[Pattern], text: str, keys: Set[str]) -> bool:
    return next(_spans(patterns, text, keys), None) is not None


def _applies(context: Harmless, text: str, keys: Set[str]) -> bool:
    return _has(context.patterns, text, keys) and not _has(context.unless, text, keys)


def _blocks(text: str) -> Iterator[str]:
    """A short text whole, a long one in blocks that end with a line where they can."""
    begin = 0
    while len(text) - begin > _BLOCK:
        end = text.rfind("\n", begin + _BLOCK // 2, begin + _BLOCK) + 1 or begin + _BLOCK
        yield text[begin:end]
        begin = end
    yield text[begin:]


def _windows(form: NormalText) -> Iterator[NormalText]:
    """A short text whole, a long one in pieces that overlap by a sentence where they can."""
    if len(form.text) <= _WHOLE:
        yield form
        return
    ends = [match.end() for match in SENTENCE_END.finditer(form.text)] + [len(form.text)]
    begin = previous = 0
    for end in ends:
        if end - begin > _WINDOW and previous > begin:
            yield from _pieces(form, begin, previous)
            begin = previous
        previous = end
    yield from _pieces(form, begin, len(form.text))


def _pieces(form: NormalText, begin: int, end: int) -> Iterator[NormalText]:
    for at in range(begin, end, _WINDOW):
        piece_end = min(end, at + _WINDOW + _BEFORE)
        yield NormalText(form.text[at:piece_end], form.origins[at:piece_end], form.original)


@cache
def lexicon() -> Lexicon:
    """The program's lexicon.

    Raises:
        LexiconError: A file of it is wrong.
    """
    return Lexicon(load())
