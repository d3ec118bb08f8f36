"""Plays a recording: waveform, place, speed. Without a loudspeaker it still shows and seeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Qt, QUrl
from PySide6.QtGui import QFontDatabase, QHideEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.viewer.waveform import Waveform

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

_SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_SKIP_MS = 5000


class SoundPlayer(QWidget):
    """Shows and plays one recording at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waveform = Waveform()
        self.play_button = QToolButton()
        self.back_button = QToolButton()
        self.forward_button = QToolButton()
        self.speed = QComboBox()
        self.clock = QLabel()
        self.hint = QLabel()
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self._buffer: QBuffer | None = None
        self._sound = b""
        self._pending: int | None = None
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.clock.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for value in _SPEEDS:
            self.speed.addItem(f"{value:g}×", value)
        self.speed.setCurrentIndex(_SPEEDS.index(1.0))
        self.speed.currentIndexChanged.connect(self._set_speed)
        self.play_button.clicked.connect(self.toggle)
        self.back_button.clicked.connect(lambda: self.skip(-_SKIP_MS))
        self.forward_button.clicked.connect(lambda: self.skip(_SKIP_MS))
        self.waveform.sought.connect(self._on_sought)
        controls = QHBoxLayout()
        for part in (self.back_button, self.play_button, self.forward_button, self.clock):
            controls.addWidget(part)
        controls.addStretch(1)
        controls.addWidget(self.speed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(
            theme.WIDE_SPACE, theme.WIDE_SPACE, theme.WIDE_SPACE, theme.WIDE_SPACE
        )
        layout.setSpacing(theme.SPACE)
        layout.addStretch(1)
        layout.addWidget(self.waveform, 3)
        layout.addLayout(controls)
        layout.addWidget(self.hint)
        layout.addStretch(2)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.back_button.setIcon(icons.icon("skip-back"))
        self.back_button.setToolTip(self.tr("5 seconds back"))
        self.forward_button.setIcon(icons.icon("skip-forward"))
        self.forward_button.setToolTip(self.tr("5 seconds on"))
        self.waveform.setAccessibleName(self.tr("Place in the recording"))
        self.speed.setToolTip(self.tr("Speed"))
        self.speed.setAccessibleName(self.tr("Speed"))
        for button in (self.back_button, self.forward_button):
            button.setAccessibleName(button.toolTip())
        self._say_state()
        self._say_hint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        from PySide6.QtMultimedia import QMediaPlayer

        state = QMediaPlayer.PlaybackState.PlayingState
        return self._player is not None and self._player.playbackState() is state

    @property
    def can_play(self) -> bool:
        """Whether this computer has anything to play on and there is anything to play."""
        return bool(self._sound) and self._has_device()

    def show_sound(self, peaks: bytes, sound: bytes, duration_ms: int) -> None:
        """Show another recording, from its beginning.

        Args:
            peaks: The loudness of equally long stretches, 0 to 255.
            sound: What is played, as a WAV file; empty if there is nothing.
            duration_ms: Its length.
        """
        self.stop()
        self._sound = sound
        self._pending = None
        self.waveform.show_sound(peaks, duration_ms)
        self.play_button.setEnabled(self.can_play)
        self.speed.setEnabled(self.can_play)
        self._say_hint()
        self._say_clock()
        if self._player is not None and sound:
            self._load()

    def toggle(self) -> None:
        """Play, or pause."""
        if not self.can_play:
            return
        if self.playing and self._player is not None:
            self._player.pause()
            return
        player = self._ready()
        if self.waveform.position >= self.waveform.duration:
            self.waveform.set_position(0)
            player.setPosition(0)
        player.play()

    def stop(self) -> None:
        """Be silent."""
        if self._player is not None:
            self._player.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause when the player is no longer seen."""
        super().hideEvent(event)
        if self._player is not None:
            self._player.pause()

    def skip(self, by_ms: int) -> None:
        """Go on or back."""
        self.waveform.seek(self.waveform.position + by_ms)

    def step_speed(self, by: int) -> None:
        """Play so many steps faster, or slower if below zero."""
        self.speed.setCurrentIndex(max(0, min(len(_SPEEDS) - 1, self.speed.currentIndex() + by)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar plays and pauses."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _ready(self) -> QMediaPlayer:
        if self._player is None:
            self._make_player()
            self._load()
        assert self._player is not None
        return self._player

    def _make_player(self) -> None:
        from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

        player, output = QMediaPlayer(self), QAudioOutput(self)
        player.setAudioOutput(output)
        player.positionChanged.connect(self._on_position)
        player.playbackStateChanged.connect(self._say_state)
        player.mediaStatusChanged.connect(self._on_status)
        self._player, self._output = player, output

    def _load(self) -> None:
        if self._player is None:
            return
        self._player.setSource(QUrl())
        buffer = QBuffer(self)
        buffer.setData(QByteArray(self._sound))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(buffer, QUrl("recording.wav"))
        self._player.setPlaybackRate(self.speed.currentData())
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self._pending = self.waveform.position or None

    def _on_status(self) -> None:
        """Go to a place that was asked for before the sound was loaded."""
        if self._player is not None and self._pending is not None and self._player.isSeekable():
            pending, self._pending = self._pending, None
            self._player.setPosition(pending)

    def _on_sought(self, position: int) -> None:
        if self._player is not None and self._player.isSeekable():
            self._player.setPosition(position)
        elif self._player is not None:
            self._pending = position
        self._say_clock()

    def _on_position(self, position: int) -> None:
        if self._pending is None:
            self.waveform.set_position(position)
            self._say_clock()

    def _set_speed(self) -> None:
        if self._player is not None:
            self._player.setPlaybackRate(self.speed.currentData())

    def _say_clock(self) -> None:
        place = texts.duration(self.waveform.position / 1000)
        self.clock.setText(f"{place} / {texts.duration(self.waveform.duration / 1000)}")

    def _say_state(self) -> None:
        playing = self._player is not None and self.playing
        self.play_button.setIcon(icons.icon("pause" if playing else "play"))
        label = self.tr("Pause (Space)") if playing else self.tr("Play (Space)")
        self.play_button.setToolTip(label)
        self.play_button.setAccessibleName(label)

    def _say_hint(self) -> None:
        if not self._sound:
            hint = self.tr("There is no sound in this file that the program can play.")
        elif not self._has_device():
            hint = self.tr("This computer has no loudspeaker or headphones to play it on.")
        else:
            hint = ""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    @staticmethod
    def _has_device() -> bool:
        from PySide6.QtMultimedia import QMediaDevices

        return not QMediaDevices.defaultAudioOutput().isNull()
