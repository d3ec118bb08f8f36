"""What goes into a dossier, as plain values and a few ways to fetch what is large."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import BinaryIO

from evidence_app.dossier.associated_files import AssociatedFile
from evidence_app.dossier.redaction.check import Secrecy
from evidence_app.messages import Message
from evidence_app.model.case import CaseInfo
from evidence_app.model.custody import Action, Anchor
from evidence_app.model.device import Device
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, Rendition, RenditionKind, SourcePlace, TextBlock
from evidence_app.model.mark import Mark
from evidence_app.model.party import Debt, Party, Role
from evidence_app.model.region import Region
from evidence_app.model.transcript import TranscriptLine
from evidence_app.model.verification import Mismatch, Signer


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An item as numbered in this dossier.

    Attributes:
        number: From 1; the same in every dossier of the case, so that there are gaps where
            items are left out.
        item: The item.
        violations: Names of the violations confirmed on the item itself.
        tags: Names of the person's own tags on it.
        device: The phone or computer that it comes from, or None.
        container: The number of the exhibit in which it lay, or None.
        limits: What a file of its kind cannot hold, or what was left out of this one.
    """

    number: int
    item: Item
    violations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    device: Device | None = None
    container: int | None = None
    limits: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """One act or item that shows a violation.

    Attributes:
        exhibit: The number of the exhibit that proves it.
        event: The act, or None if the item as a whole shows it.
        note: The person's words on the finding.
        marks: Numbers of the marks on the item that show it.
    """

    exhibit: int
    event: Event | None
    note: str = ""
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """One confirmed finding that a rule suggested.

    Attributes:
        sentence: The acts, the rule and the arithmetic, in one sentence.
        events: All events that it rests on, by time, with the number of their exhibits.
        note: The person's words on the finding.
    """

    sentence: str
    events: tuple[Instance, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """One rule, and what was confirmed by it.

    Attributes:
        force: How strong the rule is.
        provision: Instrument, number and article; empty if no law is cited.
        quotation: The passage, word for word; empty where only its sense was seen.
        reservation: What has to be checked before the passage is relied on; empty if nothing.
        condition: When all of it applies, if that is not known; empty if it is, or differs.
        rule: The id of the rule, and the version of its rulebook.
        breaches: The findings, in order of time.
    """

    force: str
    provision: str
    quotation: str
    reservation: str
    condition: str
    rule: str
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All that the person confirmed for one violation type.

    Attributes:
        code: The violation type's code.
        name: In the dossier's language.
        explanation: In the dossier's language.
        instances: The acts and items, each once, in order of time.
        bases: The rules that suggested them, each once; what is found by hand has none.
        not_known: What is not known of some of them, in sentences.
    """

    code: str
    name: str
    explanation: str
    instances: tuple[Instance, ...]
    bases: tuple[Basis, ...] = ()
    not_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustodyStep:
    """What was done to the case on one day.

    Attributes:
        day: In the case's zone.
        action: What.
        count: How often.
    """

    day: date
    action: Action
    count: int


@dataclass(frozen=True, slots=True)
class CustodyExtract:
    """The state of the custody log when the dossier was made.

    Attributes:
        count: How many entries it has.
        head_hash: Of its newest entry, 64 hexadecimal digits; empty if there is none.
        code: The state in one word, for comparing the case file with it later.
        steps: What was done, day by day.
        signers: The keys that signed it.
        anchors: The trusted timestamps of it.
    """

    count: int
    head_hash: str
    code: str = ""
    steps: tuple[CustodyStep, ...] = ()
    signers: tuple[Signer, ...] = ()
    anchors: tuple[Anchor, ...] = ()


class Omission(StrEnum):
    """Why something of the case is not in the dossier."""

    UNMARKED = "unmarked"
    EMPTY = "empty"
    SYSTEM = "system"
    TRASHED = "trashed"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something in the case that is not as it was put in.

    Attributes:
        mismatch: What.
        exhibit: The number of the exhibit that it is in, or None.
    """

    mismatch: Mismatch
    exhibit: int | None = None


@dataclass(frozen=True, slots=True)
class ContentSource:
    """How the large parts are fetched, one at a time.

    Attributes:
        events: The entries of the timeline, by time, undated ones last.
        item_events: The entries of one item.
        texts: The texts that stand in one item.
        transcript: What is said in one recording.
        rendition: A derivative of one item, or None.
        open_original: The bytes of one item's original.
        marks: What the person marked on one item.
        regions: Where on a picture each event was read, by the event's number.
        metadata: What the file of an item says of itself.
        words: What is blacked out on pages of documents, wherever it stands.
    """

    events: Callable[[], Iterator[Event]]
    item_events: Callable[[int], Iterator[Event]]
    texts: Callable[[int], list[TextBlock]]
    rendition: Callable[[int, RenditionKind], Rendition | None]
    open_original: Callable[[int], BinaryIO]
    marks: Callable[[int], tuple[Mark, ...]] = lambda item_id: ()
    regions: Callable[[int], dict[int, Region]] = lambda item_id: {}
    metadata: Callable[[int], dict[str, str]] = lambda item_id: {}
    words: tuple[str, ...] = ()
    transcript: Callable[[int], list[TranscriptLine]] = lambda item_id: []


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs the document digitally.

    Attributes:
        name: As in the certificate.
        is_person: Whether it is a certificate of the person; else a key of the computer's.
    """

    name: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that lies within the document.

    Attributes:
        file: What the document says of it.
        open: Opens its bytes; raises `DamagedError` if they are not what was imported.
    """

    file: AssociatedFile
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class DossierContent:
    """All that a dossier says.

    Attributes:
        case: What the person says of the case.
        own_numbers: The person's numbers, as written.
        generated_at: Aware, in the case's zone.
        program: Name and version of the program.
        exhibits: In the order of their numbers.
        findings: In the order of the taxonomy; only what the person confirmed.
        event_violations: Names of the violations confirmed on an event, by its number.
        custody: The state of the custody log.
        parties: Everybody in the case.
        debts: What the person owes, or is said to owe.
        omitted: How many items or files of the case are not in this dossier, and why. `AGAIN`
            counts further places at which a file that is in it was found.
        linked: For events that other exhibits record too, by number: the exhibits and places.
        access: How the large parts are fetched.
        disagreements: What was found not to agree, and is to be said.
        damaged: Numbers of the items whose originals are known not to be what was imported.
        refuses_damage: Whether another original that is damaged stops the dossier; else its
            exhibit says so.
        secrecy: What was blacked out and must not be found in the finished file.
        signatory: Who signs it, or None if it is not signed digitally.
        embedded: What lies within the document, by the number of the exhibit; None if nothing is
            to lie within it.
    """

    case: CaseInfo
    own_numbers: tuple[str, ...]
    generated_at: datetime
    program: str
    exhibits: tuple[Exhibit, ...]
    findings: tuple[FindingGroup, ...]
    event_violations: dict[int, tuple[str, ...]]
    custody: CustodyExtract
    access: ContentSource
    parties: tuple[Party, ...] = ()
    debts: tuple[Debt, ...] = ()
    omitted: dict[Omission, int] = field(default_factory=dict)
    linked: dict[int, tuple[tuple[int, SourcePlace | None], ...]] = field(default_factory=dict)
    disagreements: tuple[Disagreement, ...] = ()
    damaged: frozenset[int] = frozenset()
    refuses_damage: bool = True
    secrecy: Secrecy = field(default_factory=Secrecy)
    signatory: Signatory | None = None
    embedded: Mapping[int, Embedded] | None = None
    numbers: dict[int, int] = field(init=False)
    roles: dict[int, Role] = field(init=False)
    _by_number: dict[int, Exhibit] = field(init=False)

    def __post_init__(self) -> None:
        by_item = {exhibit.item.id: exhibit.number for exhibit in self.exhibits}
        object.__setattr__(self, "numbers", by_item)
        object.__setattr__(self, "roles", {party.id: party.role for party in self.parties})
        by_number = {exhibit.number: exhibit for exhibit in self.exhibits}
        object.__setattr__(self, "_by_number", by_number)

    def exhibit_of(self, event: Event) -> int:
        """The number of the exhibit that proves an event."""
        return self.numbers[event.item_id]

    def exhibit(self, number: int) -> Exhibit:
        """The exhibit of that number."""
        return self._by_number[number]

    def role_of(self, event: Event) -> Role:
        """What the other side of an event is to the case."""
        if event.party_id is None:
            return Role.UNKNOWN
        return self.roles.get(event.party_id, Role.UNKNOWN)
