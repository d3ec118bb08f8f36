"""No change vouches for what somebody wrote into the file beside the program."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from own_authority import World
from sqlalchemy import LargeBinary, Text
from sqlcipher3 import dbapi2
from test_every_change_is_logged import CHANGES, Prepared, Stage, make_prepared, two_pages

from evidence_app.casefile import originals, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import entry_form, seals
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody.seals import SIZE
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.model.verification import MismatchKind
from evidence_app.services import (
    cases,
    debts,
    doubts,
    findings,
    items,
    marks,
    parties,
    tags,
    verification,
)
from evidence_app.services import custody as log
from evidence_app.services import events as timeline
from evidence_app.services.history import History
from evidence_app.services.importing.importer import Importer
from evidence_app.services.importing.results import ImportOutcome
from evidence_app.services.sample import sample_case

EVENT = Subject(SubjectKind.EVENT, 2)


def tamper(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        sample_case.create_sample(folder / "sample.evcase").close()
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "home", tmp_path / "home")
    return Path(shutil.copy(made / "sample.evcase", tmp_path / "copy.evcase"))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Prepared]:
    folder = tmp_path_factory.mktemp("prepared")
    return folder, make_prepared(folder)


@pytest.fixture
def stage(prepared: tuple[Path, Prepared], tmp_path: Path, world: World) -> Iterator[Stage]:
    folder, numbers = prepared
    shutil.copytree(folder / "home", tmp_path / "home")
    with cases.open_case(Path(shutil.copy(folder / "sample.evcase", tmp_path))) as case:
        yield Stage(case, tmp_path, world, numbers)


def _resealed(path: Path, after: int) -> dict[str, int]:
    """One row of each table that was there before and has a seal of an entry after that."""
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    old: set[tuple[str, int]] = set()
    new: set[tuple[str, int]] = set()
    query = "SELECT entry_seq, table_name, first_id, length(digests) FROM row_seal ORDER BY id"
    for seq, table, first, size in connection.execute(query):
        rows = {(table, number) for number in range(first, first + size // SIZE)}
        if seq > after:
            new |= rows
        else:
            old |= rows
    connection.close()
    return dict(sorted(old & new))


def _forgery(table: str) -> str | None:
    """A statement that changes a row in a cell that no change asks for, if it has such a cell."""
    columns = schema.metadata.tables[table].c
    for name in ("raw", "media_type", "metadata", "imported_at", "colour", "detail", "query"):
        if name in columns:
            return f"""UPDATE {table} SET "{name}" = "{name}" || ' '"""
    for name in ("name", "note", "text", "created_at"):
        if name in columns:
            return f"""UPDATE {table} SET "{name}" = "{name}" || '?'"""
    return None


@pytest.mark.parametrize("name", list(CHANGES))
def test_whatever_a_verb_changes_is_compared_first(stage: Stage, tmp_path: Path, name: str) -> None:
    """Each verb is done once, to learn which rows it changes, and then with each of them forged."""
    work, _ = CHANGES[name]
    end, original = log.head(stage.case).seq, stage.case.path
    stage.case.write_back()
    before = Path(shutil.copy(original, tmp_path / "before.evcase"))
    work(stage)
    stage.case.close()
    for table, row_id in _resealed(original, end).items():
        forgery = _forgery(table)
        if forgery is None:
            continue
        path = Path(shutil.copy(before, tmp_path / f"{table}.evcase"))
        tamper(path, f"{forgery} WHERE id = {row_id}")
        with cases.open_case(path) as case:
            doubts.accept(case)
            stage.case, stage.folder = case, tmp_path / table
            stage.folder.mkdir()
            with pytest.raises(UserError) as refused:
                _raise_reasons(work(stage))
            assert refused.value.message.code is MessageCode.ROW_FORGED, table
            mismatches = {
                (mismatch.kind, mismatch.where) for mismatch in verification.verify(case).mismatches
            }
            assert (MismatchKind.ROW_CHANGED, f"{table} {row_id}") in mismatches


def _raise_reasons(result: Any) -> None:
    """What an import refuses it reports, one file after the other."""
    for result_row in result if isinstance(result, list) else ():
        if getattr(result_row, "reason", None) is not None:
            raise UserError(result_row.reason)


Verb = Callable[[CaseFile], object]

EDIT: Verb = lambda case: timeline.set_text(case, 2, "what the person says")  # noqa: E731
FORGED = 'UPDATE event SET raw = \'{"forged": "yes"}\' WHERE id = 2'


def _forge_with_seal(path: Path, *, also: int = 0) -> None:
    """Change an event and write its seal to fit, and as many of the hashes over it as is said."""
    tamper(path, FORGED)
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.row_factory = dbapi2.Row
    row = connection.execute("SELECT * FROM event WHERE id = 2").fetchone()
    digest = seals.digest_of("event", row.keys(), tuple(row))
    [seal] = [
        row
        for row in connection.execute("SELECT * FROM row_seal WHERE table_name = 'event'")
        if row["first_id"] <= 2 < row["first_id"] + len(row["digests"]) // SIZE
    ]
    place = (2 - seal["first_id"]) * SIZE
    digests = seal["digests"][:place] + digest + seal["digests"][place + SIZE :]
    connection.execute("UPDATE row_seal SET digests = ? WHERE id = ?", (digests, seal["id"]))
    if also:
        _write_hashes_anew(connection, seal["entry_seq"], also)
    connection.close()


def _write_hashes_anew(connection: Any, seq: int, also: int) -> None:
    query = "SELECT table_name, first_id, digests FROM row_seal WHERE entry_seq = ? ORDER BY id"
    own = [seals.Seal(*row) for row in connection.execute(query, (seq,))]
    entry = connection.execute("SELECT * FROM custody_entry WHERE seq = ?", (seq,)).fetchone()
    salt = entry_form.salt_of(custody.decoded(dict(entry)))
    connection.execute(
        "UPDATE custody_entry SET rows_digest = ? WHERE seq = ?",
        (custody.rows_digest(salt, own), seq),
    )
    before = None
    entries = connection.execute("SELECT * FROM custody_entry WHERE seq >= ? ORDER BY seq", (seq,))
    for entry in entries.fetchall()[: also - 1]:
        values = custody.decoded(dict(entry))
        values["prev_hash"] = before or values["prev_hash"]
        before = custody.hash_of(values)
        connection.execute(
            "UPDATE custody_entry SET prev_hash = ?, entry_hash = ? WHERE seq = ?",
            (values["prev_hash"], before, entry["seq"]),
        )


@pytest.mark.parametrize("also", [0, 1, 2, 3, 9999])
def test_a_forged_seal_does_not_help(copy: Path, also: int) -> None:
    """Neither with the digest over the seals, nor with the entry's hash, nor with all hashes."""
    _forge_with_seal(copy, also=also)
    _refused(copy, EDIT)


def _refused(path: Path, *verbs: Verb) -> None:
    with cases.open_case(path) as case:
        before = log.count(case)
        for verb in verbs:
            with pytest.raises(UserError) as refused:
                verb(case)
            # Some forgeries are seen when the file is opened, the others when they are touched.
            assert refused.value.message.code in (
                MessageCode.ROW_FORGED,
                MessageCode.CASE_IN_DOUBT,
            )
        assert log.count(case) == before
        assert not verification.verify(case).is_intact


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM row_seal WHERE table_name = 'event'",),
        ("DELETE FROM row_seal",),
        ("UPDATE row_seal SET table_name = 'tag' WHERE table_name = 'event'",),
        ("UPDATE row_seal SET first_id = first_id + 1 WHERE table_name = 'event'",),
        ("UPDATE row_seal SET first_id = 0.5 WHERE table_name = 'event'",),
        ("UPDATE row_seal SET entry_seq = 9999 WHERE table_name = 'event'",),
        ("UPDATE row_seal SET digests = 'text' WHERE table_name = 'event'",),
        ("DELETE FROM custody_entry WHERE seq = 3",),
        (FORGED,),
        ("UPDATE event SET raw = CAST(x'ff' AS TEXT) WHERE id = 2",),
        ("UPDATE event SET text = x'00' WHERE id = 2",),
        ("UPDATE event SET duration_s = 9e999 WHERE id = 2",),
        (
            "UPDATE event SET id = -1 WHERE id = 2",
            "UPDATE event SET id = 2 WHERE id = 3",
            "UPDATE event SET id = 3 WHERE id = -1",
        ),
    ],
)
def test_rows_and_seals_that_do_not_fit(copy: Path, statements: tuple[str, ...]) -> None:
    tamper(copy, *statements)
    _refused(copy, EDIT)


def test_going_back_to_an_earlier_state_of_a_row_is_found(copy: Path) -> None:
    """The row and its seals are as they once were; only the entry of the edit knows better."""
    with cases.open_case(copy) as case:
        text = timeline.get(case, 2).text
        timeline.set_text(case, 2, "what they want to hide")
    tamper(
        copy,
        f"UPDATE event SET text = '{text}' WHERE id = 2",
        "DELETE FROM row_seal WHERE entry_seq = (SELECT max(seq) FROM custody_entry)",
    )
    _refused(copy, EDIT)


def test_what_was_sealed_after_a_broken_entry_can_be_changed(copy: Path) -> None:
    tamper(copy, "DELETE FROM row_seal WHERE entry_seq = 3")
    with cases.open_case(copy) as case:
        tag_id = tags.create(case, "new").tag_id or 0
        tags.add(case, [EVENT], tag_id)
        tags.rename(case, tag_id, "newer")
        mismatches = {mismatch.where for mismatch in verification.verify(case).mismatches}
        assert not {mismatch for mismatch in mismatches if mismatch.startswith("tag")}


def test_a_planted_row_is_neither_changed_nor_replaced(copy: Path) -> None:
    with cases.open_case(copy) as case:
        tag_id = tags.create(case, "mine").tag_id or 0
        history = History(case)
        history.record(tags.delete(case, tag_id))
        case.write_back()
        tamper(copy, f"INSERT INTO tag VALUES ({tag_id}, 'planted', '')")
        with pytest.raises(UserError) as refused:
            history.undo()
        assert refused.value.message.code is MessageCode.ROW_FORGED
        tamper(copy, f"DELETE FROM tag WHERE id = {tag_id}")
        history.undo()
        assert verification.verify(case).is_intact
    tamper(copy, "INSERT INTO tagging (tag_id, event_id) VALUES (1, 2)")
    with cases.open_case(copy) as case, pytest.raises(UserError) as refused:
        tags.remove(case, [EVENT], 1)
    assert refused.value.message.code is MessageCode.ROW_FORGED


@pytest.mark.parametrize("table", ["event", "item", "content", "tag", "finding"])
def test_what_was_removed_stays_missed(copy: Path, tmp_path: Path, table: str) -> None:
    """Whatever is added takes another number, so that its seal does not hide what is gone."""
    tamper(copy, f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    with cases.open_case(copy) as case:
        mismatches = list(verification.verify(case).mismatches)
        assert MismatchKind.ROW_REMOVED in {mismatch.kind for mismatch in mismatches}
        (tmp_path / "new.txt").write_text("new")
        large = tmp_path / "large.bin"
        large.write_bytes(b"x" * (originals.IN_MEMORY + (2 << 20)))
        with Importer(case) as importer:
            for result in importer.run([large, tmp_path / "new.txt"]):
                assert result.outcome is ImportOutcome.IMPORTED
        tag_id = tags.create(case, "new").tag_id or 0
        tags.add(case, [Subject(SubjectKind.EVENT, 1)], tag_id)
        findings.confirm(case, [Subject(SubjectKind.EVENT, 1)], "abusive_visit")
        after = verification.verify(case).mismatches
        assert [mismatch for mismatch in after if mismatch.kind is MismatchKind.ROW_REMOVED] == [
            mismatch for mismatch in mismatches if mismatch.kind is MismatchKind.ROW_REMOVED
        ]
        assert MismatchKind.ROW_ADDED not in {mismatch.kind for mismatch in after}


def test_a_row_with_the_last_number_stops_what_is_added(copy: Path) -> None:
    tamper(copy, "INSERT INTO tag VALUES (9223372036854775807, 'planted', '')")
    _refused(copy, lambda case: tags.create(case, "mine"))


def test_sorting_anew_does_not_vouch_for_what_it_sorts(copy: Path) -> None:
    tamper(copy, "UPDATE event SET raw = '{}'")
    _refused(copy, lambda case: cases.edit_info(case, timezone="Europe/London"))


def test_destroying_compares_all_that_goes(copy: Path) -> None:
    with cases.open_case(copy) as case:
        items.trash(case, [1])
    tamper(copy, "UPDATE text_span SET text = 'forged' WHERE item_id = 1",
                 "UPDATE event SET raw = '{}' WHERE item_id = 1")  # fmt: skip
    _refused(copy, lambda case: items.destroy(case, [1], "why"))


def test_an_undo_does_not_vouch_for_what_came_between(copy: Path) -> None:
    with cases.open_case(copy) as case:
        history = History(case)
        history.record(timeline.set_text(case, 2, "mine"))
        case.write_back()
        tamper(copy, "UPDATE event SET text = 'forged while the case is open' WHERE id = 2")
        with pytest.raises(UserError) as refused:
            history.undo()
        assert refused.value.message.code is MessageCode.ROW_FORGED
        assert history.can_undo


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (name, str(column.name))
        for name in seals.TABLES
        for column in schema.metadata.tables[name].columns
        if isinstance(column.type, LargeBinary | Text)
    ],
)
def test_bytes_and_their_digest_are_two_things(table: str, column: str) -> None:
    """A text that is the SHA-256 of bytes does not pass for them, nor they for it."""
    data = b"some bytes"
    text = hashlib.sha256(data).hexdigest()
    names = ["id", column]
    assert seals.digest_of(table, names, (1, data)) != seals.digest_of(table, names, (1, text))


def _import_calls(case: CaseFile) -> object:
    with Importer(case) as importer:
        result = importer.run_bytes("calls.csv", _calls_of(case).encode())
    _raise_reasons(result)
    return result


def _calls_of(case: CaseFile) -> str:
    known = next(one for one in parties.list_parties(case) if one.identifiers)
    number = known.identifiers[0].raw
    return f"date,time,number,type\n2026-03-04,10:00,{number},incoming\n"


def _copy_mark(case: CaseFile) -> object:
    [made, *_] = marks.all_marks(case)
    return marks.copy_to_pages(case, made.id, [2])


POINTING: dict[str, tuple[str, Verb]] = {
    "a tag on a forged event": (
        FORGED,
        lambda case: tags.add(case, [EVENT], tags.list_tags(case)[0].id),
    ),
    "a finding that rests on a forged event": (
        FORGED,
        lambda case: findings.confirm(case, [EVENT], "abusive_visit"),
    ),
    "a finding on a forged item": (
        "UPDATE item SET note = 'forged' WHERE id = 2",
        lambda case: findings.confirm(case, [Subject(SubjectKind.ITEM, 2)], "abusive_visit"),
    ),
    "a finding that rests on a planted event": (
        "INSERT INTO event SELECT "
        + ", ".join("9999" if one.name == "id" else one.name for one in schema.event.c)
        + " FROM event WHERE id = 2",
        lambda case: findings.confirm(case, [Subject(SubjectKind.EVENT, 9999)], "abusive_visit"),
    ),
    "a debt to a forged party": (
        "UPDATE party SET name = 'another'",
        lambda case: debts.add(case, parties.list_parties(case)[0].id),
    ),
    "a call from a forged party": ("UPDATE party SET note = 'forged'", _import_calls),
    "a call from a number that was given to another": (
        "UPDATE party_identifier SET raw = raw || ' '",
        _import_calls,
    ),
    "a call in a case that was given another zone": (
        "UPDATE case_info SET timezone = 'Asia/Tokyo'",
        _import_calls,
    ),
    "a call in a case that was given another country": (
        "UPDATE case_info SET jurisdiction = 'other'",
        _import_calls,
    ),
    "a copy of a forged mark": ("UPDATE mark SET note = 'forged'", _copy_mark),
}
"""Rows that the program writes anew, and that would say what a forged row says."""


@pytest.mark.parametrize("name", POINTING)
def test_nothing_new_rests_on_what_was_forged(copy: Path, name: str) -> None:
    forgery, verb = POINTING[name]
    if verb is _copy_mark:
        with cases.open_case(copy) as case, Importer(case) as importer:
            [result] = importer.run_bytes("pages.pdf", two_pages())
            box = Region(0.1, 0.1, 0.2, 0.1)
            marks.add(case, [Mark(0, result.item_id or 0, MarkKind.HIGHLIGHT, 1, box=box)])
    tamper(copy, forgery)
    _refused(copy, verb)
