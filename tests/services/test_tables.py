"""Tables are harmless to open, whatever a spreadsheet program takes for the end of a cell."""

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from evidence_app.services.exporting import tables

RISKY = tuple("=+-@\t\r\n＝＋－＠")
READERS = [",", ";", "\t", "|"]
FORMULAS = [
    "=1+1",
    "a;=1+1",
    "a;=1+1;b",
    "a,=1+1",
    "a\t=1+1",
    "a|=1+1",
    "a\n=1+1\nb",
    "a\r=1+1",
    "a;\n=1+1",
    "a; =1+1",
    'a;"=1+1";b',
    'a";=1+1',
    '"=1+1"',
    " =1+1",
    "+1+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "＝1+1",
    "a;＋1+1",
    "+86 10 5555 0001;=1+1",
    "+86,+1+1",
    ";;=1",
    "\t=1",
]


def written(rows: list[list[str]], tmp_path: Path) -> str:
    out = tmp_path / "t.csv"
    tables.writer_for(out)(iter(rows), out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def read(text: str, delimiter: str) -> Iterator[str]:
    """All that programs of several habits could take for a cell."""
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield from row
    for line in text.splitlines():
        yield from (cell.strip('"') for cell in line.split(delimiter))


def is_harmless(cell: str) -> bool:
    begins = cell.lstrip(' "\0')
    is_number = begins[1:].replace(" ", "").isdecimal() and begins[:1] in "+-"
    return not begins.startswith(RISKY[:4] + RISKY[7:]) or is_number


@pytest.mark.parametrize("delimiter", READERS)
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(tmp_path: Path, formula: str, delimiter: str) -> None:
    text = written([["id", "text", "more"], ["1", formula, "x"], ["2", "y", formula]], tmp_path)
    assert [cell for cell in read(text, delimiter) if not is_harmless(cell)] == []


def test_nor_is_any_other(tmp_path: Path) -> None:
    chance = random.Random(3)
    letters = "=+-@;,|\t\r\n\"' a1＝"
    rows = [
        [str(n), *("".join(chance.choices(letters, k=chance.randrange(12))) for _ in range(3))]
        for n in range(1500)
    ]
    text = written(rows, tmp_path)
    for delimiter in READERS:
        harmful = [cell for cell in read(text, delimiter) if not is_harmless(cell)]
        assert harmful == [], delimiter


@pytest.mark.parametrize(
    "plain",
    ["+86 10 5555 0001", "-5", "a;b,c", "1-2", "好的，-_-", "a=b; c", "call +86 139, 140"],
)
def test_what_is_harmless_stays_as_it_is(tmp_path: Path, plain: str) -> None:
    text = written([["t", plain]], tmp_path)
    assert next(csv.reader(io.StringIO(text)))[1] == plain


@pytest.mark.parametrize("formula", [text for text in FORMULAS if "\r" not in text])
def test_xlsx_keeps_text_as_it_is(tmp_path: Path, formula: str) -> None:
    out = tmp_path / "t.xlsx"
    tables.writer_for(out)(iter([["t"], [formula]]), out)
    assert CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python() == [["t"], [formula]]
    with zipfile.ZipFile(out) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
# The library leaves a ZIP file open that it could not finish; its end is told when it goes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_full_disk_is_an_error_of_the_disk(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"t.{ending}"
    out.symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        tables.writer_for(out)(iter([["x" * 1000] for _ in range(1000)]), out)


def test_a_text_that_is_too_long_for_a_cell_says_so(tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    tables.writer_for(out)(iter([["t"], ["a" * 40_000]]), out)
    [[_], [cell]] = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert len(str(cell)) <= 32_767
    assert "/ 40,000: all of it is in a CSV table" in str(cell)


def test_more_rows_than_a_sheet_holds_go_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_MOST_ROWS", 10)
    out = tmp_path / "t.xlsx"
    tables.writer_for(out)(iter([[str(n)] for n in range(25)]), out)
    book = CalamineWorkbook.from_path(out)
    assert book.sheet_names == ["events", "events 2", "events 3"]
    cells = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert cells == [[str(n)] for n in range(25)]
