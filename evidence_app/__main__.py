"""Start: the window, or a command without one."""

from __future__ import annotations

import sys

from evidence_app import bootstrap


def main() -> None:
    """Run the program and leave with its exit status."""
    sys.exit(bootstrap.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
