"""Fixtures of the dossier's tests."""

import sys
from pathlib import Path

# The builder of contents stands beside the tests.
sys.path.insert(0, str(Path(__file__).parent))
