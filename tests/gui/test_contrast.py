"""What is written can be read, and where the keyboard is can be seen, in both themes (WCAG 2.2)."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from evidence_app.gui.appearance import theme
from evidence_app.gui.appearance.theme import Theme
from evidence_app.gui.common import chips
from evidence_app.rulebook import violations
from evidence_app.services.tags import COLOURS

Role = QPalette.ColorRole
READABLE, VISIBLE = 4.5, 3.0
GROUNDS = (Role.Window, Role.Base, Role.AlternateBase, Role.Button, Role.Midlight)
THEMES = pytest.mark.parametrize("chosen", [Theme.LIGHT, Theme.DARK])


@pytest.fixture(autouse=True)
def theme_of_before(qapp: QApplication) -> Iterator[None]:
    palette, style = qapp.palette(), qapp.styleSheet()
    yield
    qapp.setPalette(palette)
    qapp.setStyleSheet(style)


def luminance(colour: QColor) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(shade: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(shade), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(colour: QColor, ground: QColor, share: float | None = None) -> QColor:
    """A colour that lets some of its ground through."""
    part = colour.alphaF() if share is None else share
    mixed = [
        part * above + (1 - part) * below
        for above, below in zip(colour.getRgbF()[:3], ground.getRgbF()[:3], strict=True)  # type: ignore[arg-type, call-overload]
    ]
    return QColor.fromRgbF(*mixed)


def colours(chosen: Theme) -> QPalette:
    palette = theme.palette(dark=chosen is Theme.DARK)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, chosen)
    return palette


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@THEMES
def test_words_can_be_read_on_every_ground(chosen: Theme) -> None:
    palette = colours(chosen)
    inks = {
        role.name: palette.color(role)
        for role in (Role.Text, Role.WindowText, Role.ButtonText, Role.PlaceholderText, Role.Link)
    }
    inks |= {"bad": theme.bad(), "warn": theme.warn(), "good": theme.good()}
    inks |= {
        violation_type.code: theme.severity(violation_type.code)
        for violation_type in violations.all_types()
    }
    weak = {
        (name, ground.name): round(contrast(ink, palette.color(ground)), 2)
        for name, ink in inks.items()
        for ground in GROUNDS
        if contrast(ink, palette.color(ground)) < READABLE
    }
    assert weak == {}


@THEMES
def test_tooltips_and_selections_can_be_read(chosen: Theme) -> None:
    palette = colours(chosen)
    pairs = ((Role.ToolTipText, Role.ToolTipBase), (Role.HighlightedText, Role.Highlight))
    for ink, ground in pairs:
        assert contrast(palette.color(ink), palette.color(ground)) >= READABLE
    lesser = over(palette.color(Role.HighlightedText), palette.color(Role.Highlight), 0.75)
    assert contrast(lesser, palette.color(Role.Highlight)) >= VISIBLE


@THEMES
def test_what_cannot_be_used_is_paler_and_can_still_be_read(chosen: Theme) -> None:
    palette = colours(chosen)
    for role in (Role.Text, Role.WindowText, Role.ButtonText):
        faded = palette.color(QPalette.ColorGroup.Disabled, role)
        for ground in GROUNDS[:4]:
            share = contrast(faded, palette.color(ground))
            assert VISIBLE <= share < contrast(palette.color(role), palette.color(ground)) / 2


@THEMES
def test_the_ring_of_the_keyboard_and_the_edge_of_fields_can_be_seen(chosen: Theme) -> None:
    palette = colours(chosen)
    for ground in GROUNDS:
        assert contrast(palette.color(Role.Accent), palette.color(ground)) >= VISIBLE
    for ground in (Role.Window, Role.Base):
        assert contrast(palette.color(Role.Shadow), palette.color(ground)) >= VISIBLE
    primary = palette.color(Role.Highlight)
    assert contrast(palette.color(Role.Text), palette.color(Role.Window)) >= VISIBLE
    assert contrast(primary, palette.color(Role.Window)) >= VISIBLE


@THEMES
def test_words_in_labels_can_be_read(chosen: Theme) -> None:
    palette = colours(chosen)
    shades = [theme.severity(violation_type.code) for violation_type in violations.all_types()]
    shades += [QColor(colour) for colour in COLOURS]
    for shade in shades:
        for ink, ground in ((Role.Text, Role.Base), (Role.HighlightedText, Role.Highlight)):
            for share in (0.0, chips.GROUND_SHARE):
                below = over(shade, palette.color(ground), share)
                assert contrast(palette.color(ink), below) >= READABLE, shade.name()


@THEMES
def test_each_rule_of_the_style_sheet_can_be_read(chosen: Theme) -> None:
    sheet = theme.style_sheet(colours(chosen))
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        values = dict(re.findall(r"(?:^|;)\s*([\w-]+):\s*([^;]+)", body))
        ink, ground = values.get("color"), values.get("background")
        if ink and ground and ground != "transparent":
            needed = VISIBLE if ":disabled" in selector else READABLE
            assert contrast(QColor(ink), QColor(ground)) >= needed, selector


FOCUSABLE = [
    "QPushButton",
    "QLineEdit",
    "QPlainTextEdit",
    "QTextEdit",
    "QComboBox",
    "QAbstractSpinBox",
    "QListView",
    "QTreeView",
    "QTableView",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "QScrollArea",
]


@THEMES
@pytest.mark.parametrize("control", FOCUSABLE)
def test_every_kind_of_control_shows_the_keyboard(chosen: Theme, control: str) -> None:
    palette = colours(chosen)
    sheet = theme.style_sheet(palette)
    ring = f"2px solid {palette.color(Role.Accent).name()}"
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    own = [
        body
        for selectors, body in rules
        for part in selectors.split(",")
        if part.strip() == f"{control}:focus"
    ]
    assert any(ring in body for body in own)
