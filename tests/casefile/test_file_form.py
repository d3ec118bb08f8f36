"""What lies below the tables of a file: its head, its length and its free pages."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import make_case

from evidence_app.casefile import opening
from evidence_app.casefile.custody import file_form
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.connection import PAGE_SIZE
from evidence_app.errors import DamagedError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.verification import MismatchKind
from evidence_app.services import cases, copies, items, passwords, verification
from evidence_app.services.importing.importer import Importer

_COUNT, _FIRST_FREE, _FREE = 28, 32, 36
_END = bytes(range(256)) * 160
FIRST, OTHER = b"first" + _END, b"other" + _END
"""All but their beginnings lies on pages that only one row each may have."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case from which something was removed, so that it has free pages."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        make_case(folder / "case.evcase")
        with cases.open_case(folder / "case.evcase") as case, Importer(case) as importer:
            importer.run_bytes("first.bin", FIRST)
            importer.run_bytes("other.bin", OTHER)
            items.set_note(case, 1, "a long note " * 20_000)
            items.set_note(case, 1, "short")
            items.trash(case, [2])
            items.destroy(case, [2], "not mine")
    return folder


@pytest.fixture
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "home"))
    return tmp_path / "case.evcase"


def _number(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4])


def _put(data: bytearray, place: int, value: int) -> None:
    data[place : place + 4] = value.to_bytes(4)


def _root_of(path: Path, table: str) -> int:
    connection = database.connect(path, read_only=True)
    query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    root = int(connection.execute(query, (table,)).fetchone()[0])
    connection.close()
    return root


def _roots(path: Path, password: str | None = None) -> list[int]:
    with cases.open_case(path, read_only=True, password=password) as case, case.read() as reading:
        return verification.verification.roots(reading)


def _list_page(data: bytearray, page: int) -> None:
    """Put a new page that lists another one as free before the list of free pages."""
    new = len(data) // PAGE_SIZE + 1
    listing = bytearray(PAGE_SIZE)
    for place, value in ((0, _number(data, _FIRST_FREE)), (4, 1), (8, page)):
        _put(listing, place, value)
    data += listing
    for place, value in ((_COUNT, new), (_FIRST_FREE, new), (_FREE, _number(data, _FREE) + 2)):
        _put(data, place, value)


def _a_table_is_free(path: Path, data: bytearray) -> None:
    _list_page(data, _root_of(path, "event"))


def _pieces_are_free(path: Path, data: bytearray) -> None:
    _list_page(data, _root_of(path, "content_chunk"))


def _a_table_lists_free_pages(path: Path, data: bytearray) -> None:
    _put(data, _FIRST_FREE, _root_of(path, "row_seal"))


def _a_free_page_holds_words(path: Path, data: bytearray) -> None:
    first = _number(data, _FIRST_FREE)
    start = (_number(data, (first - 1) * PAGE_SIZE + 8) - 1) * PAGE_SIZE
    data[start + 100 : start + 106] = b"hidden"


def _a_list_holds_words(path: Path, data: bytearray) -> None:
    end = _number(data, _FIRST_FREE) * PAGE_SIZE
    data[end - 8 : end] = b"hidden.."


def _more_are_said_to_be_free(path: Path, data: bytearray) -> None:
    _put(data, _FREE, _number(data, _FREE) + 5)


def _a_circle(path: Path, data: bytearray) -> None:
    first = _number(data, _FIRST_FREE)
    _put(data, (first - 1) * PAGE_SIZE, first)


def _bytes_behind(path: Path, data: bytearray) -> None:
    data += b"hidden"


def _a_page_behind(path: Path, data: bytearray) -> None:
    data += bytes(PAGE_SIZE)


def _words_in_the_head(path: Path, data: bytearray) -> None:
    data[72:92] = b"hidden in the head.."


def _other_vacuum(path: Path, data: bytearray) -> None:
    _put(data, 52, 5)


def _a_page_has_two_uses(path: Path, data: bytearray) -> None:
    """Two originals that end alike share these pages: to destroy one destroys the other."""
    pointers = [_pointer(data, original) for original in (FIRST, OTHER)]
    _put(data, pointers[1], _number(data, pointers[0]))


def _pointer(data: bytes, original: bytes) -> int:
    """Where the number of the first page stands that does not fit beside its row's beginning."""
    start, least = data.index(original[:300]) - 7, (PAGE_SIZE - 12) * 32 // 255 - 23
    return start + least + (len(original) + 7 - least) % (PAGE_SIZE - 4)


def _a_page_has_no_use(path: Path, data: bytearray) -> None:
    data += b"hidden".ljust(PAGE_SIZE, b"\0")
    _put(data, _COUNT, len(data) // PAGE_SIZE)


ATTACKS = (
    _a_page_has_two_uses,
    _a_page_has_no_use,
    _a_table_is_free,
    _pieces_are_free,
    _a_table_lists_free_pages,
    _a_free_page_holds_words,
    _a_list_holds_words,
    _more_are_said_to_be_free,
    _a_circle,
    _bytes_behind,
    _a_page_behind,
    _words_in_the_head,
    _other_vacuum,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_below_the_tables_is_looked_at(
    path: Path, attack: Callable[[Path, bytearray], None]
) -> None:
    roots = _roots(path)
    data = bytearray(path.read_bytes())
    attack(path, data)
    path.write_bytes(data)
    assert MismatchKind.DATABASE in {one.kind for one in file_form.check(path, None, roots)}
    try:
        with cases.open_case(path, read_only=True) as case:
            found = {one.kind for one in verification.verify(case).mismatches}
    except DamagedError:
        return  # SQLite itself does not read such a file.
    assert MismatchKind.DATABASE in found


def test_what_the_program_does_itself_leaves_nothing_on_free_pages(path: Path) -> None:
    assert _number(path.read_bytes(), _FREE) > 3
    copy = path.with_name("copy.evcase")
    with cases.open_case(path) as case:
        copies.save_copy(case, copy)
    passwords.change_password(path, None, "words")
    with cases.open_case(path, password="words") as case:
        items.set_note(case, 1, "a long note " * 20_000)
        items.set_note(case, 1, "short")
    key = opening.key_of(path, "words")
    assert list(file_form.check(path, key, _roots(path, "words"))) == []
    passwords.change_password(path, "words", None)
    with cases.open_case(path) as case:
        items.trash(case, [1])
        items.destroy(case, [1], "not mine")
    for one in (path, copy):
        assert list(file_form.check(one, None, _roots(one))) == []


def test_nothing_is_destroyed_together_with_what_shares_its_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    _a_page_has_two_uses(path, data)
    path.write_bytes(data)
    with cases.open_case(path) as case:
        [other] = [item.id for item in items.get_many(case, items.index(case, items.ItemFilter()))
                   if item.filename == "other.bin"]  # fmt: skip
        items.trash(case, [other])
        with pytest.raises(UserError) as error:
            items.destroy(case, [other], "not mine")
        assert error.value.message.code is MessageCode.ROW_FORGED
        with items.stream_original(case, other - 1) as stream:
            assert stream.read() == FIRST
