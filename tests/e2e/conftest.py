"""Fixtures of the tests that run the program as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from virtual_screen import Screen


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen of the test's own."""
    home = tmp_path / "home"
    home.mkdir()
    virtual_screen = Screen(home)
    yield virtual_screen
    virtual_screen.close()
