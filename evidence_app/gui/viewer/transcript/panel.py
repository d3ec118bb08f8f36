"""Writes down what is said in a recording while it plays, and shows what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.gui.timeline.delegate import bold
from evidence_app.gui.viewer.transcript import clock
from evidence_app.gui.viewer.transcript.speech_dialog import SpeechDialog
from evidence_app.gui.viewer.transcript.table import TranscriptTable
from evidence_app.model.changes import Area, Changes
from evidence_app.model.mark import Stretch
from evidence_app.model.transcript import Segment, TranscriptLine
from evidence_app.services import transcripts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evidence_app.gui.session import Session
    from evidence_app.gui.viewer.sound_player import SoundPlayer

BACK_MS = 3000
"""How far the key goes back that lets one hear it again."""

_LEAST_S = 0.5


class TranscriptPanel(QWidget):
    """The transcript of the recording that a player plays.

    Attributes:
        filled: The lines that are shown are those of the case.
    """

    filled = Signal()

    def __init__(
        self, session: Session, player: SoundPlayer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._player = player
        self._item_id: int | None = None
        self._lines: Sequence[TranscriptLine] = ()
        self._from_s = 0.0
        self.title, self.hint, self.begin = QLabel(), QLabel(), QLabel()
        self.table = TranscriptTable()
        self.field = QLineEdit()
        self.add, self.split, self.remove = QPushButton(), QPushButton(), QPushButton()
        self.take_file, self.recognise = QPushButton(), QPushButton()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.title.setFont(bold(self.title.font()))
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setWordWrap(True)
        self._form = QWidget()
        line = QHBoxLayout()
        line.addWidget(self.begin)
        line.addWidget(self.field, 1)
        line.addWidget(self.add)
        buttons = FlowLayout()
        for button in (self.split, self.remove, self.take_file, self.recognise):
            buttons.addWidget(button)
        writing = QVBoxLayout(self._form)
        writing.setContentsMargins(0, 0, 0, 0)
        writing.addLayout(line)
        writing.addWidget(self.hint)
        writing.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE_SPACE, 0, theme.WIDE_SPACE, 6)
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        column.addWidget(self._form)

    def _connect(self) -> None:
        waveform = self._player.waveform
        waveform.placed.connect(lambda at: self.table.follow(at / 1000))
        waveform.sought.connect(self._on_sought)
        self.table.line_chosen.connect(self._play_from)
        self.table.words_edited.connect(self._write)
        self.table.times_edited.connect(self._move)
        self.table.itemSelectionChanged.connect(self._enable)
        self.field.returnPressed.connect(self._add)
        self.field.textChanged.connect(self._enable)
        self.add.clicked.connect(self._add)
        self.split.clicked.connect(self._split)
        self.remove.clicked.connect(self._remove)
        self.take_file.clicked.connect(self._choose_file)
        self.recognise.clicked.connect(self._recognise)
        self._session.changed.connect(self._on_changed)
        keys: dict[str, Callable[[], None]] = {
            "F4": self._begin_here,
            "F7": lambda: self._player.skip(-BACK_MS),
            "F8": self._player.toggle,
            "F9": lambda: self._player.step_speed(-1),
            "Shift+F9": lambda: self._player.step_speed(1),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        delete_key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete_key.activated.connect(self._remove)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.title.setText(self.tr("Transcript"))
        self.field.setPlaceholderText(self.tr("Type what you hear, then Enter"))
        self.field.setAccessibleName(self.tr("What is said"))
        self.hint.setText(
            self.tr(
                "F8 plays and pauses, F7 goes back 3 seconds, F9 slows down, Shift+F9 speeds up, "
                "F4 begins a new part here."
            )
        )
        self.field.setAccessibleDescription(self.hint.text())
        self.add.setText(self.tr("Add"))
        self.split.setText(self.tr("Split in two"))
        self.remove.setText(self.tr("Remove"))
        self.take_file.setText(self.tr("Add a transcript file…"))
        self.recognise.setText(self.tr("Recognise speech…"))
        self.take_file.setToolTip(self.tr("A transcript of another program (.srt or .vtt)"))
        self.table.retranslate()
        self._say_begin()

    def show_item(self, item_id: int | None) -> None:
        """Show the transcript of a recording; nothing if None."""
        self._item_id = item_id
        self.field.clear()
        self._from_s = 0.0
        self._take(())
        self._say_begin()
        self._form.setVisible(not self._session.case.read_only)
        if item_id is not None:
            self._ask(item_id)

    def _ask(self, item_id: int) -> None:
        def done(lines: list[TranscriptLine]) -> None:
            if self._item_id == item_id:
                self._take(lines)
                self.filled.emit()

        self._session.query(lambda case: transcripts.lines(case, item_id), done, owner=self)

    def _take(self, lines: Sequence[TranscriptLine]) -> None:
        self._lines = lines
        self.table.show_lines(lines, is_writable=not self._session.case.read_only)
        self.table.follow(self._place_s())
        # Without a line, and nothing to write one with, there is nothing to be seen.
        self.setVisible(bool(lines) or not self._session.case.read_only)
        self._enable()

    def _on_changed(self, changes: Changes) -> None:
        if self._item_id is not None and changes.touches(Area.ITEMS):
            self._ask(self._item_id)

    def _place_s(self) -> float:
        return self._player.waveform.position / 1000

    def _play_from(self, line: TranscriptLine) -> None:
        self._player.waveform.seek(round(line.stretch.start_s * 1000))
        if not self._player.playing:
            self._player.toggle()

    def _on_sought(self, position: int) -> None:
        """Going elsewhere begins a new part there, unless one is being written."""
        if not self.field.text().strip():
            self._from_s = position / 1000
            self._say_begin()

    def _begin_here(self) -> None:
        """What was typed so far ends here, and a new part begins."""
        if self.field.text().strip():
            self._add()
        else:
            self._from_s = self._place_s()
            self._say_begin()
        self.field.setFocus()

    def _say_begin(self) -> None:
        self.begin.setText(clock.written(self._from_s))
        self.begin.setAccessibleName(
            self.tr("The new part begins at {0}").format(self.begin.text())
        )
        self.begin.setToolTip(self.begin.accessibleName())

    def _enable(self) -> None:
        chosen = self.table.chosen()
        self.split.setEnabled(len(chosen) == 1 and len(chosen[0].words) > 1)
        self.remove.setEnabled(bool(chosen))
        self.add.setEnabled(bool(self.field.text().strip()))

    def _add(self) -> None:
        item_id, text = self._item_id, self.field.text()
        if item_id is None or not text.strip():
            return
        last_s = self._player.waveform.duration / 1000
        start_s = max(0.0, min(self._from_s, last_s - _LEAST_S))
        end_s = max(self._place_s(), start_s + _LEAST_S)
        segment = Segment(Stretch(start_s, end_s), text)

        def done(_edit: object) -> None:
            # What was typed meanwhile is the beginning of the next part.
            if self._item_id == item_id and self.field.text().startswith(text):
                self.field.setText(self.field.text()[len(text) :])
            self._from_s = min(end_s, last_s)
            self._say_begin()

        self._session.mutate(lambda case: transcripts.add(case, item_id, segment), done)

    def _write(self, line_id: int, text: str) -> None:
        self._session.mutate(lambda case: transcripts.write(case, line_id, text))
        self._show_what_holds()

    def _move(self, line_id: int, stretch: Stretch) -> None:
        self._session.mutate(lambda case: transcripts.set_stretch(case, line_id, stretch))
        self._show_what_holds()

    def _show_what_holds(self) -> None:
        """What was typed may have been refused."""
        if self._item_id is not None:
            self._ask(self._item_id)

    def _split(self) -> None:
        chosen = self.table.chosen()
        if len(chosen) == 1:
            line = chosen[0]
            at_s, at = division(line, self._place_s())
            self._session.mutate(lambda case: transcripts.split(case, line.id, at, at_s))

    def _remove(self) -> None:
        ids = [line.id for line in self.table.chosen()]
        if ids and not self._session.case.read_only:
            self._session.mutate(lambda case: transcripts.remove(case, ids))

    def _choose_file(self) -> None:
        item_id = self._item_id
        kinds = self.tr("Transcripts (*.srt *.vtt)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Add a transcript file"), filter=kinds)
        if path and item_id is not None:
            self._session.mutate(lambda case: transcripts.take_file(case, item_id, Path(path)))

    def _recognise(self) -> None:
        if self._item_id is not None:
            SpeechDialog(self._session, self._item_id, self).show()


def division(line: TranscriptLine, place_s: float) -> tuple[float, int]:
    """When and after how many characters a line is split: where one listens, else in the middle.

    The characters are as far along as the time is, at a blank if one is near.
    """
    start_s, end_s, text = line.stretch.start_s, line.stretch.end_s, line.words
    at_s = place_s if start_s < place_s < end_s else (start_s + end_s) / 2
    share = (at_s - start_s) / (end_s - start_s)
    at = min(max(1, round(share * len(text))), len(text) - 1)
    blanks = [n for n, sign in enumerate(text) if sign == " "]
    nearest = min(blanks, key=lambda n: abs(n - at), default=at)
    return at_s, nearest if abs(nearest - at) <= len(text) / 4 else at
