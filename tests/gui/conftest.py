"""Fixtures for tests of the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from evidence_app.gui.garbage import GarbageCollector


@pytest.fixture(scope="session", autouse=True)
def garbage_on_the_ui_thread(qapp: QApplication) -> Iterator[None]:
    """As in the program: no widget is ever destroyed on another thread."""
    collector = GarbageCollector(qapp)
    yield
    collector.deleteLater()
