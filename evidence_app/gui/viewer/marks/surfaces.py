"""Where on the screen the pages of an item are, so that marks can be drawn on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QWidget

from evidence_app.gui.viewer.picture_view import PictureView
from evidence_app.gui.viewer.waveform import Waveform
from evidence_app.model.mark import Mark, Stretch
from evidence_app.model.region import Region


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is on the screen.

    Attributes:
        page: Of a document, from 1; None elsewhere.
        rect: In the coordinates of the surface's widget.
    """

    page: int | None
    rect: QRectF


class Surface(Protocol):
    """A widget that shows the pages of an item.

    Attributes:
        widget: On which the marks lie.
        is_sound: Whether a mark is a stretch of time, not a box.
    """

    widget: QWidget
    is_sound: bool

    def sheets(self) -> list[Sheet]:
        """The pages, also those that are scrolled out of view."""

    def box(self, mark: Mark) -> Region | None:
        """The place of a mark in shares of its page; None if it has none here."""

    def moved(self, mark: Mark, box: Region) -> Mark:
        """The mark at another place."""

    def follow(self, update: Callable[[], None], owner: QObject) -> None:
        """Have a function called whenever the pages are elsewhere."""


class PictureSurface:
    """A picture."""

    is_sound = False

    def __init__(self, view: PictureView) -> None:
        self.widget: QWidget = view
        self._view = view

    def sheets(self) -> list[Sheet]:
        """The picture."""
        return [Sheet(None, self._view.picture_rect())]

    def box(self, mark: Mark) -> Region | None:
        """Its box."""
        return mark.box

    def moved(self, mark: Mark, box: Region) -> Mark:
        """With another box."""
        return replace(mark, box=box)

    def follow(self, update: Callable[[], None], owner: QObject) -> None:
        """On zooming and panning."""
        self._view.zoomed.connect(lambda scale: update())


class SoundSurface:
    """A waveform; its width is the length of the recording."""

    is_sound = True

    def __init__(self, waveform: Waveform) -> None:
        self.widget: QWidget = waveform
        self._waveform = waveform

    def sheets(self) -> list[Sheet]:
        """The whole recording."""
        return [Sheet(None, QRectF(self._waveform.rect()))]

    def box(self, mark: Mark) -> Region | None:
        """From its beginning to its end, as high as the waveform."""
        length = self._waveform.duration / 1000
        if mark.stretch is None or not length:
            return None
        start, end = mark.stretch.start_s / length, mark.stretch.end_s / length
        return Region(start, 0.0, end - start, 1.0)

    def moved(self, mark: Mark, box: Region) -> Mark:
        """From another beginning to another end."""
        length = self._waveform.duration / 1000
        start, end = sorted((box.left, box.left + box.width))
        return replace(mark, stretch=Stretch(start * length, end * length))

    def follow(self, update: Callable[[], None], owner: QObject) -> None:
        """It is never scrolled."""
