"""The small functions of the page in the browser say what those of the program say."""

import json
import random
import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
import rfc8785
from browser import Page, browser

from evidence_app import resources
from evidence_app.dossier.package import layout, names
from evidence_app.services.exporting import tables

PARTS = ("bytes", "names", "archive", "lists", "log", "tables")
LETTERS = (
    string.printable
    + "éÉßẞſσςΣİıǅﬁ＝＋－＠\u0301\u200b\u202e\u2028\ufeff\u3000\x85\xa0Å한ｄ😀𠀀\uffff"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    scripts = [resources.path("verifier", f"{one}.js").read_text("utf-8") for one in PARTS]
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        opened.run("".join(scripts) + "; 0")
        yield opened


def by_page(page: Page, function: str, values: list[Any]) -> list[Any]:
    results: list[Any] = page.run(f"({json.dumps(values)}).map((one) => {function})")
    return results


def texts(count: int) -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(LETTERS, k=chance.randrange(1, 9))) for _ in range(count)]


def test_numbers_in_tables(page: Page) -> None:
    chance = random.Random(5)
    values = [0.5, 12345.25, 12345.75, 100000.5, 999999.5, 1e6, 1e-5, 0.0001, 123456789.0, 2.5e-7]
    values += [round(chance.uniform(0, 10**power), 3) for power in range(9) for _ in range(60)]
    values += [chance.randrange(2_000_000) / 8 for _ in range(600)]
    assert by_page(page, "shortNumber(one)", values) == [f"{value:g}" for value in values]


def test_cells_of_tables(page: Page) -> None:
    values = [*texts(3000), "+86 139", "- 5", "-5,=1", "\t=1", 'a;" =1', "\r\n@x", "a|+b"]
    clean = [
        tables.in_csv("".join(c for c in text if c >= " " or c in "\t\r\n")) for text in values
    ]
    assert by_page(page, "inTable(one)", values) == clean


def test_names(page: Page) -> None:
    values = [f"data/{text}" for text in texts(3000)] + ["C:x", "../x", "a/./b", "/x", "a//b", "x."]
    assert by_page(page, "faultOfName(one)", values) == [names.fault_of(value) for value in values]
    pairs = [(name, two) for name, two in zip(values, map(str.swapcase, values), strict=True)]
    same = [names._key(name) == names._key(two) for name, two in pairs]
    assert by_page(page, "foldedName(one[0]) === foldedName(one[1])", pairs) == same


def test_order(page: Page) -> None:
    values = texts(500)
    assert page.run(f"({json.dumps(values)}).sort(byCodePoints)") == sorted(values)


def test_canonical_form(page: Page) -> None:
    values: list[Any] = [*texts(500), 1, -1, 1.5, 1e21, 1e-7, 2**53 - 1, True, None]
    values += [{text: [n, {"b": text, "a": None}]} for n, text in enumerate(texts(300))]
    assert by_page(page, "canonical(one)", values) == [
        rfc8785.dumps(value).decode() for value in values
    ]
    for wrong in ("9007199254740993", "-9007199254740992", '"\\ud800"'):
        with pytest.raises(AssertionError, match="TypeError"):
            page.run(f"canonical(JSON.parse({json.dumps(wrong)}))")


def test_what_a_package_says_of_itself(page: Page) -> None:
    values = [
        {"Contact-Name": text, "External-Description": f" {text}\n{text}"} for text in texts(800)
    ]
    written = [layout.info(value).decode() for value in values]
    parsed = [layout.fields(text.encode()) for text in written]
    assert by_page(page, "Object.fromEntries(fieldsOf(one))", written) == parsed
    rewritten = [layout.info(value).decode() for value in parsed]
    assert by_page(page, "writtenFields(fieldsOf(one))", written) == rewritten


def test_no_part_uses_what_could_run_text() -> None:
    for path in resources.path("verifier").iterdir():
        text = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|\beval\b|Function\(|fetch\(", text
        )
