"""Where a bundle starts: what ``python -m evidence_app`` is in a checkout."""

from evidence_app.__main__ import main

main()
