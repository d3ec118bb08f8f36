"""Who is who in the chats of a QQ export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evidence_app.intake.readers.chat.participants import folded
from evidence_app.intake.readers.qq.syntax import Author
from evidence_app.model.event import Direction


@dataclass(slots=True)
class Section:
    """A chat with one partner or group.

    Attributes:
        group: The folder of contacts in which it lies.
        target: With whom or where it is; None if the file does not tell.
        authors: Everybody who wrote, by their key.
        counts: How many messages each wrote, by key.
        owners: The keys of the person's own.
        partner: The key of the other side, if it is a chat of two.
    """

    group: str = ""
    target: Author | None = None
    authors: dict[str, Author] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    owners: frozenset[str] = frozenset()
    partner: str | None = None

    def take(self, author: Author) -> None:
        """Note the author of a message."""
        self.authors[author.key] = author
        self.counts[author.key] += 1

    @property
    def is_clear(self) -> bool:
        """Whether it is known whose each message is."""
        return bool(self.owners) or not self.unclear

    @property
    def unclear(self) -> Counter[str]:
        """The authors of whom nobody knows whether they are the person, as written."""
        if self.owners:
            return Counter()
        return Counter(
            {
                self.authors[key].written: count
                for key, count in self.counts.items()
                if key != self.partner
            }
        )

    def of(self, author: Author) -> tuple[Direction, Author]:
        """Who reached out, and the other side; one without a name if it is a whole group."""
        if author.key in self.owners:
            return Direction.OUTGOING, self._other_side()
        if author.key == self.partner or self.owners:
            return Direction.INCOMING, author
        return Direction.NONE, author

    def _other_side(self) -> Author:
        if self.partner is not None:
            return self.authors.get(self.partner) or self.target or NOBODY
        has_ids = any(author.id for author in self.authors.values())
        return NOBODY if has_ids else self.target or NOBODY


NOBODY = Author("", "", "")
"""The other side of what went to a whole group."""


def settle(sections: Sequence[Section], owners: Iterable[str]) -> None:
    """Find out in each section who the person is and who the partner.

    What a chat of two tells of the person's own name also holds in the other chats of two.
    """
    owner_names = {folded(owner) for owner in owners if owner.strip()}
    for section in sections:
        _answered(section, owner_names)
    mine = {
        folded(author.name)
        for section in sections
        if section.partner is not None
        for key, author in section.authors.items()
        if key in section.owners
    }
    for section in sections:
        if not section.is_clear and not any(author.id for author in section.authors.values()):
            _named(section, mine)
            others = [key for key in section.authors if key not in section.owners]
            if section.owners and len(others) == 1:
                section.partner = others[0]


def _answered(section: Section, owner_names: set[str]) -> None:
    _named(section, owner_names)
    has_ids = any(author.id for author in section.authors.values())
    numbers = frozenset(name for name in owner_names if name.isdigit())
    if numbers and section.authors and all(author.id for author in section.authors.values()):
        # With everybody's number told, one who did not write here is known as well.
        section.owners = section.owners | numbers
    others = [key for key in section.authors if key not in section.owners]
    section.partner = next(
        (key for key in others if _is(section.authors[key], section.target)), None
    )
    if section.owners and section.partner is None and len(others) == 1:
        section.partner = None if has_ids and section.target is not None else others[0]
    elif not section.owners and section.partner is not None and len(others) == 2:
        section.owners = frozenset(others) - {section.partner}


def _named(section: Section, names: set[str]) -> None:
    owners = frozenset(
        key
        for key, author in section.authors.items()
        if {folded(name) for name in (author.name, author.id, author.written) if name} & names
    )
    section.owners = section.owners | owners


def _is(author: Author, target: Author | None) -> bool:
    if target is None:
        return False
    if author.id and target.id:
        return author.id == target.id
    return folded(author.name) in (folded(target.name), folded(target.written))
