"""A damaged case gives every intact original to a new one, and says what is lost."""

import hashlib
import random
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.progress import Progress
from evidence_app.services import cases, items, passwords, verification
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer
from evidence_app.services.recovery import recover
from evidence_app.services.sample.sample_case import create_sample

PAGE = 16384


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with some larger originals."""
    folder = tmp_path_factory.mktemp("whole")
    chance = random.Random(5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        with create_sample(folder / "s.evcase") as case, Importer(case) as importer:
            for number, size in enumerate((50_000, 1_500_000, 20_000_000)):
                importer.run_bytes(f"{number}.bin", chance.randbytes(size))
            items.set_note(case, 1, "my words")
    return folder / "s.evcase"


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "s.evcase"))


def originals(path: Path) -> dict[str, bytes]:
    """All originals of a case whose bytes are whole, by digest."""
    recovered = {}
    with CaseFile.open(path, read_only=True) as case, case.read() as connection:
        for row in connection.execute(select(schema.content)).all():
            chunks = select(schema.content_chunk.c.data)
            mine = chunks.where(schema.content_chunk.c.content_id == row.id)
            data = b"".join(connection.execute(mine.order_by(schema.content_chunk.c.seq)).scalars())
            if hashlib.sha256(data).hexdigest() == row.sha256:
                recovered[row.sha256] = data
    return recovered


def test_a_whole_file_loses_nothing(path: Path, whole: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.evcase"
    shares: list[float] = []
    report = recover(path, target, progress=Progress(lambda state: shares.append(state.share)))
    assert (report.damaged, report.nameless, report.lost_rows) == ((), 0, 0)
    assert shares[-1] == 1
    assert originals(path).items() <= originals(target).items()
    with cases.open_case(path, read_only=True) as old, cases.open_case(target) as new:
        assert items.get(new, 1).note == "my words"
        acts = list(timeline.index(old, EventFilter()).ids)
        assert [
            event_id for event_id in timeline.index(new, EventFilter()).ids if event_id in acts
        ] == acts
        assert len(timeline.index(new, EventFilter(text="单位")).ids) == len(
            timeline.index(old, EventFilter(text="单位")).ids
        )
        titles = [item.title for item in items.get_many(new, items.index(new, ItemFilter()))]
        assert any("custody log" in title for title in titles)
        assert verification.verify(new).is_intact
    assert path.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("seed", range(8))
def test_random_pages_of_garbage(path: Path, tmp_path: Path, seed: int) -> None:
    """Originals none of whose pages were touched are all there."""
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    before, old = originals(path), bytes(data)
    pages = chance.sample(range(len(data) // PAGE), 4)
    for page in pages:
        data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    path.write_bytes(data)
    report = recover(path, tmp_path / "new.evcase")
    after = originals(tmp_path / "new.evcase")
    lost = [digest for digest in before if digest not in after]
    assert report.originals == len(before) - len(lost)
    rows = {digest for digest in before if _row_is_in(old, digest, pages)}
    assert len(set(lost) - rows) <= len(pages)
    with cases.open_case(tmp_path / "new.evcase") as case:
        done = verification.verify(case)
        assert done.is_intact, done.mismatches


def _row_is_in(data: bytes, digest: str, pages: list[int]) -> bool:
    """Whether the row of an original lies on one of the pages."""
    return any(digest.encode() in data[page * PAGE : (page + 1) * PAGE] for page in pages)


@pytest.mark.parametrize("zeroed", [1, 3])
def test_without_the_first_pages(path: Path, tmp_path: Path, zeroed: int) -> None:
    """Not even a database any more, but the originals are there."""
    before = originals(path)
    data = path.read_bytes()
    path.write_bytes(bytes(zeroed * PAGE) + data[zeroed * PAGE :])
    report = recover(path, tmp_path / "new.evcase")
    assert before.items() <= originals(tmp_path / "new.evcase").items()
    assert report.nameless == len(before)


def test_cut_off_in_the_middle(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    report = recover(path, tmp_path / "new.evcase")
    assert report.originals > 5
    with cases.open_case(tmp_path / "new.evcase") as case:
        assert verification.verify(case).is_intact


def test_what_is_left_of_a_damaged_original_is_kept_and_said(path: Path, tmp_path: Path) -> None:
    data = bytearray(path.read_bytes())
    with CaseFile.open(path, read_only=True) as case, case.read() as connection:
        chunks = select(schema.content_chunk.c.data).where(schema.content_chunk.c.seq == 1)
        piece = connection.execute(chunks).scalars().first()
    assert piece is not None
    at = data.find(piece[50_000:50_100])
    data[at] ^= 1
    path.write_bytes(data)
    report = recover(path, tmp_path / "new.evcase")
    [name] = report.damaged
    with cases.open_case(tmp_path / "new.evcase") as case:
        [item] = [
            item
            for item in items.get_many(case, items.index(case, ItemFilter()))
            if item.filename == name
        ]
        notices = items.notices(case, [MessageCode.RESCUED_DAMAGED])
        assert list(notices) == [item.id]
        assert verification.verify(case).is_intact


def test_a_locked_case(path: Path, tmp_path: Path) -> None:
    before = originals(path)
    passwords.change_password(path, None, "pw")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // PAGE * PAGE
    data[middle : middle + 64] = bytes(64)
    path.write_bytes(data)
    report = recover(path, tmp_path / "new.evcase", password="pw")
    assert report.originals >= len(before) - 1
    assert report.rows


def test_nothing_to_rescue(tmp_path: Path) -> None:
    (tmp_path / "d.evcase").write_bytes(random.Random(1).randbytes(5 * PAGE))
    with pytest.raises(UserError) as error:
        recover(tmp_path / "d.evcase", tmp_path / "new.evcase")
    assert error.value.message.code is MessageCode.NOTHING_TO_RESCUE
    with pytest.raises(UserError):
        recover(tmp_path / "not there", tmp_path / "new.evcase")
    assert not (tmp_path / "new.evcase").exists()


def test_stopping_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        recover(path, tmp_path / "new.evcase", progress=Progress(is_cancelled=lambda: True))
    assert not (tmp_path / "new.evcase").exists()
