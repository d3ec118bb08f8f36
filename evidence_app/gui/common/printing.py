"""Printing a sheet of text."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_html(html: str, font: QFont, printer: QPrinter) -> None:
    """Print in black on white, whatever the window's colours."""
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setHtml(f'<div style="color:black">{html}</div>')
    document.print_(printer)


def ask_and_print(html: str, parent: QWidget) -> bool:
    """Ask for a printer, and print; return whether the person wanted it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_html(html, parent.font(), printer)
    return True
