"""Fixtures for tests of the window."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from evidence_app.gui.garbage import GarbageCollector

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def garbage_on_the_ui_thread(qapp: QApplication) -> Iterator[None]:
    """As in the program: no widget is ever destroyed on another thread."""
    collector = GarbageCollector(qapp)
    yield
    collector.deleteLater()
