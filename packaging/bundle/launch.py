"""Where a bundle starts: what ``python -m evidence_app`` is in a checkout."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from evidence_app.__main__ import main

_OURS = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")


def give_back(environment: MutableMapping[str, str]) -> None:
    """Let programs that this one opens, such as a viewer of PDF files, find their own libraries.

    PyInstaller points these variables at the bundle. It has loaded what it needed by them, and Qt
    finds its plugins without.
    """
    for name in ("LD_LIBRARY_PATH", *_OURS):
        environment.pop(name, None)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    give_back(os.environ)
    main()
