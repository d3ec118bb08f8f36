"""Colours and measures of the window, light and dark, in one place."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPalette, QPen
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
    QPalette.ColorRole.PlaceholderText: "#596574",
    QPalette.ColorRole.Mid: "#d5dae1",
    QPalette.ColorRole.Midlight: "#e6e9ee",
    QPalette.ColorRole.Dark: "#aab3bf",
    QPalette.ColorRole.Light: "#ffffff",
    QPalette.ColorRole.Shadow: "#808b9a",
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
    QPalette.ColorRole.Highlight: "#1f7680",
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
_FADED_LIGHT, _FADED_DARK = "#76808d", "#7d8998"
"""Of the words of what cannot be used now."""
_FADING = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)

_STYLE = """
QToolTip {{ background: {tip}; color: {tip_text}; border: 1px solid {edge}; padding: 4px 6px; }}
QToolBar {{ border: none; border-bottom: 1px solid {line}; padding: 4px 8px; spacing: 4px; }}
QStatusBar {{ border-top: 1px solid {line}; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:focus {{ background: {accent}; }}
QPushButton {{ padding: 6px 14px; border: 1px solid {edge}; border-radius: 6px;
    background: {button}; color: {ink}; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:pressed {{ background: {hover}; }}
QPushButton:default, QPushButton[primary="true"] {{ background: {accent_ground}; color: white;
    border-color: {accent_ground}; font-weight: 600; }}
QPushButton:default:focus, QPushButton[primary="true"]:focus {{ border-color: {ink}; }}
QPushButton:disabled, QPushButton:default:disabled, QPushButton[primary="true"]:disabled {{
    background: {window}; color: {faded}; border: 1px dashed {line}; padding: 6px 14px;
    font-weight: 400; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{
    border: 1px solid {edge}; border-radius: 6px; padding: 5px 8px; background: {base};
    color: {ink}; selection-background-color: {accent_ground}; selection-color: white;
    placeholder-text-color: {soft}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QComboBox:on,
QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QAbstractSpinBox:disabled {{ background: {window}; color: {faded}; border: 1px dashed {line}; }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit, QComboBox QLineEdit:focus,
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:disabled,
QAbstractSpinBox QLineEdit:disabled {{ border: none; padding: 0; background: transparent; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: 20px; }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {{ min-height: 0; }}
QComboBox {{ padding-right: 26px; }}
QComboBox:focus, QComboBox:on {{ padding-right: 25px; }}
QAbstractSpinBox {{ padding-right: 24px; }}
QAbstractSpinBox:focus {{ padding-right: 23px; }}
QComboBox::drop-down, QDateEdit::drop-down {{ subcontrol-origin: border;
    subcontrol-position: center right; width: 26px; border: none; background: transparent; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{down}"); width: 14px;
    height: 14px; }}
QAbstractSpinBox::up-button {{ subcontrol-origin: border; subcontrol-position: top right;
    width: 24px; border: none; background: transparent; }}
QAbstractSpinBox::down-button {{ subcontrol-origin: border; subcontrol-position: bottom right;
    width: 24px; border: none; background: transparent; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
    background: {hover}; }}
QAbstractSpinBox::up-arrow {{ image: url("{up}"); width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow {{ image: url("{down}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {base}; color: {ink}; border: 1px solid {edge};
    selection-background-color: {accent_ground}; selection-color: white; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QListView, QTreeView, QTableView {{ border: 2px solid transparent; background: {base};
    outline: none; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 2px solid {accent}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
    background: {accent_ground}; color: white; }}
QHeaderView::section {{ border: none; border-bottom: 1px solid {line}; padding: 6px 8px;
    background: {window}; color: {ink}; }}
QScrollArea {{ border: none; }}
QScrollArea:focus, QPdfView:focus {{ border: 2px solid {accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ padding: 8px 14px; border: 2px solid transparent; border-bottom: 3px solid
    transparent; background: transparent; color: {soft}; }}
QTabBar::tab:hover {{ color: {ink}; background: {hover}; }}
QTabBar::tab:selected {{ color: {ink}; border-bottom-color: {accent}; }}
QTabBar::tab:focus {{ border: 2px solid {accent}; border-bottom: 3px solid {accent}; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLabel[quotation="true"] {{ border: 1px solid {edge}; border-radius: 6px; padding: 8px; }}
QGroupBox {{ border: 1px solid {line}; border-radius: 6px; margin-top: 9px; padding-top: 9px; }}
QGroupBox::title {{ subcontrol-origin: margin; left: 10px; padding: 0 4px; }}
QProgressBar {{ border: none; border-radius: 3px; background: {line}; height: 6px; }}
QProgressBar::chunk {{ border-radius: 3px; background: {accent_ground}; }}
QToolButton {{ border: 2px solid transparent; border-radius: 6px; padding: 3px; color: {ink}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked {{ background: {hover}; }}
QToolButton:focus {{ border: 2px solid {accent}; }}
QToolButton:disabled {{ color: {faded}; }}
QToolButton[chip="true"] {{ border: 1px solid {edge}; border-radius: 12px; padding: 3px 10px; }}
QToolButton[chip="true"]:checked {{ background: {accent_ground}; border-color: {accent_ground};
    color: white; }}
QToolButton[chip="true"]:focus {{ border: 2px solid {accent}; padding: 2px 9px; }}
QToolButton[chip="true"]:disabled {{ border-color: {line}; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 6px; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {faded}; }}
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
QCheckBox::indicator:checked:disabled {{ background: {faded}; border-color: {faded}; }}
QMenu {{ background: {base}; color: {ink}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_ground}; color: white; }}
QMenu::item:disabled {{ background: {base}; color: {faded}; }}
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
    application.setPalette(palette(dark=dark))
    application.setStyleSheet(style_sheet(QGuiApplication.palette()))


def palette(*, dark: bool) -> QPalette:
    """The colours of one of the two themes."""
    return _palette(_DARK, _FADED_DARK) if dark else _palette(_LIGHT, _FADED_LIGHT)


def _palette(colours: dict[QPalette.ColorRole, str], faded: str) -> QPalette:
    qt_palette = QPalette()
    for role, name in colours.items():
        qt_palette.setColor(role, QColor(name))
    for role in _FADING:
        qt_palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(faded))
    return qt_palette


def style_sheet(colours: QPalette) -> str:
    """How controls look in the colours of a theme."""
    role = QPalette.ColorRole
    names = {
        "line": role.Mid,
        "edge": role.Shadow,
        "button": role.Button,
        "hover": role.Midlight,
        "accent": role.Accent,
        "accent_ground": role.Highlight,
        "base": role.Base,
        "window": role.Window,
        "ink": role.Text,
        "soft": role.PlaceholderText,
        "tip": role.ToolTipBase,
        "tip_text": role.ToolTipText,
    }
    values = {name: colours.color(role).name() for name, role in names.items()}
    values["faded"] = colours.color(QPalette.ColorGroup.Disabled, role.Text).name()
    for name, picture in (("tick", "tick"), ("down", "arrow-open"), ("up", "arrow-close")):
        values[name] = resources.path("icons", f"{picture}.svg").as_posix()
    return _STYLE.format(**values)


def bad() -> QColor:
    """For what came to nothing or is broken."""
    return QColor("#ff8a80" if is_dark() else "#b3261e")


def warn() -> QColor:
    """For what came from the other side, and for warnings."""
    return QColor("#f0b35a" if is_dark() else "#8c5200")


def good() -> QColor:
    """For what went out from the person, and for success."""
    return QColor("#6fcf97" if is_dark() else "#1c7242")


def accent() -> QColor:
    """The program's own colour."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Accent)


def paint_ring(painter: QPainter, area: QRect) -> None:
    """Draw the ring that shows where the keyboard is, in a control that draws itself."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(accent(), 2))
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def severity(code: str) -> QColor:
    """The colour of a violation type, by how grave it is."""
    light = {1: "#5b6b7f", 2: "#785500", 3: "#9f4708", 4: "#b3261e"}
    dark = {1: "#9fb0c4", 2: "#e0b34d", 3: "#f39a5b", 4: "#ff8a80"}
    return QColor((dark if is_dark() else light)[violations.get(code).severity])
