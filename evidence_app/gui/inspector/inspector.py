"""The details of the selection: kind, time, parties, source, labels and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.errors import UsageError
from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.common import event_texts
from evidence_app.gui.common.fact_list import FactList, Section
from evidence_app.gui.common.note_field import NoteField
from evidence_app.gui.common.time_dialog import TimeDialog
from evidence_app.gui.inspector import texts as inspector_words
from evidence_app.gui.inspector.blackout_section import BlackoutSection
from evidence_app.gui.inspector.certificates_section import CertificatesSection
from evidence_app.gui.inspector.facts import SubjectFacts, read_facts
from evidence_app.gui.inspector.time_section import TimeSection
from evidence_app.gui.labels.label_chips import TagChips
from evidence_app.gui.viewer.original_actions import copy_hash
from evidence_app.model.changes import Changes
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.times import TimeReading, zone
from evidence_app.services import events as timeline
from evidence_app.services import items

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_ICON = 18


class Inspector(QScrollArea):
    """Shows one subject in detail, or says how many are selected."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._subjects: tuple[Subject, ...] = ()
        self.facts: SubjectFacts | None = None
        self.kind_icon, self.kind = QLabel(), QLabel()
        self.title = QLineEdit()
        self.message_text = QLabel()
        self.blackout = BlackoutSection(session, self.message_text)
        self.chips = TagChips(session)
        self.labels, self.people, self.origin, self.details = (Section() for _ in range(4))
        self.when = TimeSection()
        self.note_section = Section()
        self.certificates = CertificatesSection(session)
        self.note = NoteField()
        self.party_facts, self.origin_facts, self.detail_facts = (FactList() for _ in range(3))
        self.copy = QToolButton()
        self.empty = QLabel()
        self._build()
        self._connect()
        self.retranslate()
        self._fill()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(240)
        self.kind.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.empty, self.message_text, self.kind):
            label.setWordWrap(True)
        self.message_text.setTextFormat(Qt.TextFormat.PlainText)
        self.message_text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.note.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.labels.add(self.chips)
        self.people.add(self.party_facts)
        self.origin.add(self.origin_facts, self.copy)
        self.note_section.add(self.note)
        self.details.add(self.detail_facts)
        head = QHBoxLayout()
        head.addWidget(self.kind_icon)
        head.addWidget(self.kind, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.addWidget(self.empty, 1)
        column.addLayout(head)
        parts = (self.title, self.message_text, self.blackout, self.labels, self.when, self.people)
        for part in (*parts, self.note_section, self.origin, self.certificates, self.details):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)

    def _connect(self) -> None:
        self.title.editingFinished.connect(self._rename)
        self.note.edited.connect(self._save_note)
        self.when.correction_wanted.connect(self._correct_time)
        self.copy.clicked.connect(self._copy_hash)
        self._session.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.labels.heading.setText(self.tr("Violations and tags"))
        self.people.heading.setText(self.tr("With whom"))
        self.note_section.heading.setText(self.tr("Your note"))
        self.note.setPlaceholderText(self.tr("What happened, in your own words"))
        self.setAccessibleName(self.tr("Details"))
        self.note.setAccessibleName(self.tr("Your note"))
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setToolTip(self.tr("The title can be changed; the file keeps its own name."))
        self.origin.heading.setText(self.tr("Where it came from"))
        self.copy.setText(self.tr("Copy the SHA-256 value"))
        self.copy.setIcon(icons.icon("copy"))
        self.chips.retranslate()
        self.certificates.retranslate()
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Draw icons in the colours of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.facts is not None:
            self._fill_head(self.facts)

    def show_subjects(self, subjects: Sequence[Subject]) -> None:
        """Show what is selected."""
        chosen = tuple(subjects)
        if chosen == self._subjects:
            return
        self.save()
        self._subjects = chosen
        self.chips.show_subjects(chosen)
        if len(chosen) == 1:
            self._read()
        else:
            self.facts = None
            self.blackout.show_event(None)
            self._fill()

    def save(self) -> None:
        """Save typed text that was not saved yet."""
        self.note.save()
        self._rename()

    def subjects(self) -> tuple[Subject, ...]:
        """What is shown."""
        return self._subjects

    def _read(self) -> None:
        subjects = self._subjects

        def done(facts: SubjectFacts) -> None:
            if subjects == self._subjects:
                self.facts = facts
                self._fill()

        def failed(error: Exception) -> None:
            if subjects == self._subjects:
                self.show_subjects([])
                # What was chosen may be gone by now; that is no news to the person.
                if not isinstance(error, UsageError):
                    self._session.failed.emit(error)

        self._session.query(lambda case: read_facts(case, subjects[0]), done, failed, owner=self)

    def _on_changed(self, changes: Changes) -> None:
        if len(self._subjects) == 1 and changes.touches(*inspector_words.SHOWN):
            self._read()

    def _fill(self) -> None:
        facts, count = self.facts, len(self._subjects)
        single, writable = facts is not None, not self._session.case.read_only
        event = facts is not None and facts.event is not None
        self.empty.setVisible(count == 0)
        self.empty.setText(self.tr("Select an item to see its details."))
        self.kind_icon.setVisible(single)
        self.kind.setVisible(count > 0)
        self.title.setVisible(single and not event)
        self.labels.setVisible(count > 0)
        self.when.setVisible(single or self._all_events())
        self.when.correct.setVisible(writable)
        for part in (self.message_text, self.people, self.note_section, self.origin, self.details):
            part.setVisible(single)
        self.certificates.setVisible(False)
        self.title.setReadOnly(not writable)
        self.note.setReadOnly(not writable)
        if facts is not None:
            self._fill_single(facts)
        elif count:
            self.kind.setText(self.tr("%n selected", "", count))
            self.when.show_none()
            self.note.show_note(None, "")

    def _fill_single(self, facts: SubjectFacts) -> None:
        where = zone(self._session.info.timezone)
        self._fill_head(facts)
        self.when.show_times(facts.time, facts.readings, where)
        people = inspector_words.party_facts(facts)
        self.people.setVisible(any(fact for _, fact in people))
        self.party_facts.show_facts(people)
        self.note.show_note(facts.item.id, facts.item.note)
        self.origin_facts.show_facts(inspector_words.origin_facts(facts, where))
        self.details.setVisible(bool(facts.details))
        event = facts.event is not None
        if not event:
            self.certificates.show_certificates(facts.item.id, facts.certificates)
        self.details.heading.setText(
            self.tr("As written in the file") if event else self.tr("What the file says")
        )
        self.detail_facts.show_facts(facts.details)

    def _fill_head(self, facts: SubjectFacts) -> None:
        event = facts.event
        name = event_texts.type_icon(event) if event else event_texts.kind_icon(facts.item.kind)
        self.kind_icon.setPixmap(icons.icon(name).pixmap(QSize(_ICON, _ICON)))
        self.kind.setText(inspector_words.heading(facts))
        if not self.title.hasFocus() or not self.title.isModified():
            self.title.setText(facts.item.title)
            self.title.setCursorPosition(0)
        self.message_text.setText(event.text if event else "")
        self.message_text.setVisible(bool(event and event.text))
        self.blackout.show_event(event)

    def _all_events(self) -> bool:
        kinds = {subject.kind for subject in self._subjects}
        return kinds == {SubjectKind.EVENT}

    def _rename(self) -> None:
        facts, title = self.facts, self.title.text().strip()
        if facts is None or facts.event is not None or not self.title.isModified():
            return
        self.title.setModified(False)
        if title and title != facts.item.title:
            self._session.mutate(lambda case: items.rename(case, facts.item.id, title))
        else:
            self.title.setText(facts.item.title)

    def _save_note(self, item_id: int, note: str) -> None:
        self._session.mutate(lambda case: items.set_note(case, item_id, note))

    def _correct_time(self) -> None:
        now = self.facts.time if self.facts is not None else None
        dialog = TimeDialog(now, zone(self._session.info.timezone), self)
        subjects = self._subjects
        dialog.chosen.connect(lambda reading: self._put_time(subjects, reading))
        dialog.open()

    def _put_time(self, subjects: Sequence[Subject], reading: TimeReading | None) -> None:
        ids = [subject.id for subject in subjects]
        if all(subject.kind is SubjectKind.EVENT for subject in subjects):
            self._session.mutate(lambda case: timeline.correct_time(case, ids, reading))
        else:
            self._session.mutate(lambda case: items.correct_time(case, ids[0], reading))

    def _copy_hash(self) -> None:
        if self.facts is not None:
            copy_hash(self.facts.item)
