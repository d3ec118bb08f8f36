"""A screen that is named but answers nobody is none: a sentence, not Qt's end of the program."""

import os
import subprocess
import sys

import pytest

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.parametrize(
    "screen",
    [{}, {"DISPLAY": ":9876"}, {"WAYLAND_DISPLAY": "wayland-9876"}, {"DISPLAY": "no display"}],
    ids=["none", "dead X11", "dead Wayland", "not a name"],
)
def test_without_a_screen_the_way_without_a_window_is_shown(screen: dict[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in NAMES}
    done = subprocess.run(
        [sys.executable, "-m", "evidence_app"],
        env={**kept, **screen},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "There is no screen to open the window on." in done.stderr
    assert done.stderr.rstrip().endswith("evidence-app --help")
