"""Starts a closed-off process: ``python -I …/sandbox/__main__.py MODULE`` runs its ``main``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(module: str) -> None:
    """Run one of the program's modules that are made to be closed off."""
    importlib.import_module(module).main()


if __name__ == "__main__":
    # An isolated interpreter does not search the folder that this package lies in.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main(sys.argv[1])
