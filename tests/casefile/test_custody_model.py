"""Each claim of the model of custody is held by a test that exists."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
MODEL = TESTS.parent / "evidence_app" / "casefile" / "CUSTODY.md"
NAMED = re.compile(r"`(test_\w+\.py)(?:::(\w+))?`")


def _tests_of(name: str) -> set[str]:
    names: set[str] = set()
    for path in TESTS.rglob(name):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return names


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(MODEL.read_text(encoding="utf-8"))
    assert len(named) > 20
    for file, test in named:
        tests = _tests_of(file)
        assert tests, file
        assert not test or test in tests, (file, test)


def test_every_claim_in_a_table_names_a_test() -> None:
    text = MODEL.read_text(encoding="utf-8").partition("## Attackers")[2]
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    claims = [line for line in rows if not line.startswith(("| claim", "| attempt"))]
    assert [line for line in claims if not NAMED.search(line)] == []
