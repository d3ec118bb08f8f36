"""Everything that can be put on items and events, and on how many of the chosen it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from evidence_app.gui.labels import marked_by_hand
from evidence_app.model.finding import Labels, Subject, Tag
from evidence_app.services import findings, labels, tags, violations

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

SHORTCUTS = 9
"""The first so many violation types have a digit key."""


@dataclass(frozen=True, slots=True)
class LabelKey:
    """A violation type or a tag; one of the two is given."""

    violation: str = ""
    tag_id: int = 0


@dataclass(frozen=True, slots=True)
class LabelState:
    """What is on the chosen subjects.

    Attributes:
        tags: All tags of the case, by name.
        counts: On how many of the subjects each label is; those on none are left out.
        subjects: How many subjects there are.
    """

    tags: tuple[Tag, ...] = ()
    counts: tuple[tuple[LabelKey, int], ...] = ()
    subjects: int = 0

    def count(self, key: LabelKey) -> int:
        """On how many of the subjects the label is."""
        return dict(self.counts).get(key, 0)

    def check(self, key: LabelKey) -> Qt.CheckState:
        """Whether the label is on all, some or none of the subjects."""
        count = self.count(key)
        if not count:
            return Qt.CheckState.Unchecked
        everywhere = count == self.subjects
        return Qt.CheckState.Checked if everywhere else Qt.CheckState.PartiallyChecked


def read_state(case: CaseFile, subjects: Sequence[Subject]) -> LabelState:
    """What is on these subjects, and what could be."""
    counts: dict[LabelKey, int] = {}
    for item_labels in labels.labels(case, subjects).values():
        for key in keys(item_labels):
            counts[key] = counts.get(key, 0) + 1
    return LabelState(tuple(tags.list_tags(case)), tuple(counts.items()), len(subjects))


def keys(item_labels: Labels) -> list[LabelKey]:
    """The labels as keys, violations first."""
    own = [LabelKey(tag_id=tag.id) for tag in item_labels.tags]
    return [LabelKey(violation=code) for code in item_labels.violations] + own


def set_label(
    session: Session, subjects: Sequence[Subject], key: LabelKey, state: LabelState
) -> None:
    """Put a label on all subjects; or take it off, if all have it."""
    if state.check(key) is Qt.CheckState.Checked:
        take_label(session, subjects, key)
    elif key.violation:
        session.mutate(
            lambda case: findings.confirm(case, subjects, key.violation),
            lambda _: marked_by_hand.check(session, subjects, key.violation),
        )
    else:
        session.mutate(lambda case: tags.add(case, subjects, key.tag_id))


def take_label(session: Session, subjects: Sequence[Subject], key: LabelKey) -> None:
    """Take a label off all subjects."""
    if key.violation:
        session.mutate(lambda case: findings.remove(case, subjects, key.violation))
    else:
        session.mutate(lambda case: tags.remove(case, subjects, key.tag_id))


def make_tag(session: Session, subjects: Sequence[Subject], name: str) -> None:
    """Make a tag and put it on all subjects, as one edit; without any, it is made only."""
    if subjects:
        session.mutate(lambda case: tags.put(case, subjects, name))
    else:
        session.mutate(lambda case: tags.create(case, name))


def apply_tag_shortcut(session: Session, subjects: Sequence[Subject], digit: int) -> bool:
    """Confirm the violation type of a digit key on the subjects, or take it off if all have it.

    Args:
        session: The open case.
        subjects: What is selected.
        digit: From 1.

    Returns:
        Whether there is a type of that digit and anything to put it on.
    """
    if not subjects or not 1 <= digit <= SHORTCUTS:
        return False
    code = violations.all_types()[digit - 1].code
    chosen = tuple(subjects)
    session.mutate(
        lambda case: findings.toggle(case, chosen, code),
        lambda edit: marked_by_hand.check_edit(session, edit, chosen, code),
    )
    return True
