"""The one place where the program is put together."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence_app import display, logs, scratch, settings
from evidence_app.sandbox import dumps

_LOG_SIZE = 1 << 20


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
        arguments: None or files for the window, else a command.
    """
    set_up_logging()
    dumps.forbid()
    with scratch.session():
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    if arguments and not _are_files(arguments):
        from evidence_app.cli import main

        return main.run(arguments, lambda path: _show([path]))
    return _show([Path(argument) for argument in arguments])


def _show(files: Sequence[Path]) -> int:
    """Open the window."""
    if not display.is_reachable():
        print(_no_display(), file=sys.stderr)  # noqa: T201 - there is nothing else to say it on.
        return 2
    from evidence_app.gui import app

    return app.run(files)


def _are_files(arguments: Sequence[str]) -> bool:
    """Whether a desktop gives files to open: a case, or files and folders that are there.

    A command is one word; a file of such a name can be given as ``./name``.
    """
    if len(arguments) == 1 and arguments[0].endswith(".evcase"):
        return True
    return all(_is_path(argument) and Path(argument).exists() for argument in arguments)


def _is_path(argument: str) -> bool:
    is_word = Path(argument).name == argument and "." not in argument
    return not argument.startswith("-") and not is_word


def _no_display() -> str:
    command = Path(sys.executable).with_name("evidence-app")
    return (
        "There is no screen to open the window on. The same can be done without a window:\n"
        f"  {command if command.exists() else 'evidence-app'} --help"
    )
