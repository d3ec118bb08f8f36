"""Colours and measures of the window, light and dark, in one place."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from evidence_app import resources
from evidence_app.services import violations

SPACE = 12
"""Pixels between things that belong together."""

WIDE_SPACE = 24
"""Pixels around groups."""


class Theme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_LIGHT = {
    QPalette.ColorRole.Window: "#f5f6f8",
    QPalette.ColorRole.WindowText: "#1d2530",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#eef1f4",
    QPalette.ColorRole.Text: "#1d2530",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.ButtonText: "#1d2530",
    QPalette.ColorRole.Highlight: "#1f6f78",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Accent: "#1f6f78",
    QPalette.ColorRole.Link: "#1f6f78",
    QPalette.ColorRole.PlaceholderText: "#5f6b7a",
    QPalette.ColorRole.Mid: "#d5dae1",
    QPalette.ColorRole.Midlight: "#e6e9ee",
    QPalette.ColorRole.Dark: "#aab3bf",
    QPalette.ColorRole.Light: "#ffffff",
    QPalette.ColorRole.Shadow: "#8a94a3",
    QPalette.ColorRole.ToolTipBase: "#1d2530",
    QPalette.ColorRole.ToolTipText: "#ffffff",
    QPalette.ColorRole.BrightText: "#b3261e",
}
_DARK = {
    QPalette.ColorRole.Window: "#1b2027",
    QPalette.ColorRole.WindowText: "#e7ebf0",
    QPalette.ColorRole.Base: "#12161b",
    QPalette.ColorRole.AlternateBase: "#1f262e",
    QPalette.ColorRole.Text: "#e7ebf0",
    QPalette.ColorRole.Button: "#262e38",
    QPalette.ColorRole.ButtonText: "#e7ebf0",
    QPalette.ColorRole.Highlight: "#2c8c97",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Accent: "#48b3bf",
    QPalette.ColorRole.Link: "#5cc4cf",
    QPalette.ColorRole.PlaceholderText: "#98a4b3",
    QPalette.ColorRole.Mid: "#36404c",
    QPalette.ColorRole.Midlight: "#2b343f",
    QPalette.ColorRole.Dark: "#0c0f13",
    QPalette.ColorRole.Light: "#3b4653",
    QPalette.ColorRole.Shadow: "#6b7787",
    QPalette.ColorRole.ToolTipBase: "#e7ebf0",
    QPalette.ColorRole.ToolTipText: "#12161b",
    QPalette.ColorRole.BrightText: "#ff8a80",
}
_FADING = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)

_STYLE = """
QToolTip {{ border: none; padding: 4px 6px; }}
QToolBar {{ border: none; border-bottom: 1px solid {line}; padding: 4px 8px; spacing: 4px; }}
QStatusBar {{ border-top: 1px solid {line}; }}
QSplitter::handle {{ background: {line}; }}
QPushButton {{ padding: 6px 14px; border: 1px solid {line}; border-radius: 6px;
    background: {button}; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:pressed {{ background: {hover}; }}
QPushButton:disabled {{ color: {soft}; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {accent_ground}; color: white;
    border-color: {accent_ground}; font-weight: 600; }}
QPushButton[primary="true"]:disabled {{ background: {line}; color: {soft};
    border-color: {line}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{
    border: 1px solid {line}; border-radius: 6px; padding: 5px 8px; background: {base}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{
    border-color: {accent}; }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {{ border: none; padding: 0; }}
QComboBox, QAbstractSpinBox {{ min-height: 26px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QListView, QTreeView, QTableView {{ border: none; background: {base}; outline: none; }}
QHeaderView::section {{ border: none; border-bottom: 1px solid {line}; padding: 6px 8px;
    background: {window}; }}
QScrollArea {{ border: none; }}
QProgressBar {{ border: none; border-radius: 3px; background: {line}; height: 6px; }}
QProgressBar::chunk {{ border-radius: 3px; background: {accent_ground}; }}
QToolButton {{ border: none; border-radius: 6px; padding: 5px; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ background: {hover}; }}
QToolButton:focus {{ border: 1px solid {accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px;
    border: 1px solid {edge}; background: {base}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:hover,
QRadioButton::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:checked {{ background: {accent_ground}; border-color: {accent_ground};
    image: url("{tick}"); }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 5px solid {accent_ground};
    background: white; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {line}; }}
QCheckBox::indicator:checked:disabled {{ background: {soft}; border-color: {soft}; }}
QMenu {{ background: {base}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_ground}; color: white; }}
QMenu::item:disabled {{ color: {soft}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
"""


def is_dark() -> bool:
    """Whether the window is dark now."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def apply(application: QApplication, theme: Theme) -> None:
    """Put a theme on the whole program."""
    hints = QGuiApplication.styleHints()
    dark = theme is Theme.DARK or (
        theme is Theme.SYSTEM and hints.colorScheme() is Qt.ColorScheme.Dark
    )
    application.setStyle("Fusion")
    application.setPalette(_palette(_DARK if dark else _LIGHT))
    application.setStyleSheet(_style())


def _palette(colours: dict[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette()
    for role, name in colours.items():
        palette.setColor(role, QColor(name))
    for role in _FADING:
        faded = QColor(colours[QPalette.ColorRole.PlaceholderText])
        faded.setAlphaF(0.6)
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette


def _style() -> str:
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole
    names = {
        "line": role.Mid,
        "edge": role.Shadow,
        "button": role.Button,
        "hover": role.Midlight,
        "soft": role.PlaceholderText,
        "accent": role.Accent,
        "accent_ground": role.Highlight,
        "base": role.Base,
        "window": role.Window,
    }
    colours = {name: palette.color(one).name() for name, one in names.items()}
    return _STYLE.format(**colours, tick=resources.path("icons", "tick.svg").as_posix())


def bad() -> QColor:
    """For what came to nothing or is broken."""
    return QColor("#ff8a80" if is_dark() else "#b3261e")


def warn() -> QColor:
    """For what came from the other side, and for warnings."""
    return QColor("#f0b35a" if is_dark() else "#9a5b00")


def good() -> QColor:
    """For what went out from the person, and for success."""
    return QColor("#6fcf97" if is_dark() else "#1e7a46")


def accent() -> QColor:
    """The program's own colour."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Accent)


def severity(code: str) -> QColor:
    """The colour of a violation type, by how grave it is."""
    light = {1: "#5b6b7f", 2: "#8a6100", 3: "#b4540a", 4: "#b3261e"}
    dark = {1: "#9fb0c4", 2: "#e0b34d", 3: "#f39a5b", 4: "#ff8a80"}
    return QColor((dark if is_dark() else light)[violations.get(code).severity])
