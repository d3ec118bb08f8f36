"""The one place where the program is put together."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence_app import logs, scratch, settings

_LOG_SIZE = 1 << 20
_NO_DISPLAY = (
    "There is no screen to open the window on. The same can be done without a window: "
    "see `evidence-app --help`."
)


def set_up_logging() -> None:
    """Write what happens to a file that stays on this computer and never grows large."""
    path = settings.log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_LOG_SIZE, backupCount=3, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logs.LogFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("evidence_app").setLevel(logging.INFO)


def run(arguments: Sequence[str]) -> int:
    """Open the window, or do one command; return the exit status.

    Args:
        arguments: None or one case file for the window, else a command.
    """
    set_up_logging()
    with scratch.session():
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    if arguments and not _is_case(arguments):
        from evidence_app.cli import main

        return main.run(arguments)
    if not _has_display():
        print(_NO_DISPLAY, file=sys.stderr)  # noqa: T201 - there is nothing else to say it on.
        return 2
    from evidence_app.gui import app

    return app.run(Path(arguments[0]) if arguments else None)


def _is_case(arguments: Sequence[str]) -> bool:
    return len(arguments) == 1 and arguments[0].endswith(".evcase")


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)
