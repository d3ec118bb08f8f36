"""Start: the window, or a command without one."""

from __future__ import annotations

import sys

from evidence_app import bootstrap
from evidence_app.sandbox import __main__ as closed_off
from evidence_app.sandbox.child import VERB


def main() -> None:
    """Run the program and leave with its exit status."""
    if sys.argv[1:2] == [VERB]:
        closed_off.main(sys.argv[2])
        return
    sys.exit(bootstrap.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
