"""Copies are consistent, rolling, and can be put back; full disks and lost drives cost nothing."""

import contextlib
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from evidence_app.casefile import opening
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.storage import copies as stored_copies
from evidence_app.errors import Cancelled, DamagedError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.copies import BackupReason, KeptCopy
from evidence_app.model.custody import Action
from evidence_app.progress import Progress
from evidence_app.services import cases, copies, custody, passwords, verification


def test_a_copy_is_kept_after_a_session_with_changes(case: CaseFile) -> None:
    first = copies.keep(case)
    assert first is not None
    assert copies.keep(case) is None
    cases.edit_info(case, title="newer")
    assert copies.keep(case) is not None
    newest, oldest = copies.list_copies(case.path)
    with cases.open_case(newest.path, read_only=True) as copy:
        assert cases.info(copy).title == "newer"
    with cases.open_case(oldest.path, read_only=True) as copy:
        assert cases.info(copy).title == "测试 case"
    assert newest.occasion is BackupReason.SESSION
    assert newest.size == newest.path.stat().st_size


def test_a_copy_is_put_back_and_the_log_says_so(tmp_path: Path) -> None:
    path = _made(tmp_path / "r.evcase")
    with cases.open_case(path) as case:
        cases.edit_info(case, title="kept")
        copies.keep(case)
        cases.edit_info(case, title="mistake")
        [copy] = copies.list_copies(case.path)
        with pytest.raises(UserError) as error:
            copies.restore(copy, path)
        assert error.value.message.code is MessageCode.CASE_IN_USE
    copies.restore(copy, path)
    with cases.open_case(path) as case:
        assert cases.info(case).title == "kept"
        assert case.doubts == ()
        newest = custody.list_entries(case)[-1]
        assert newest.action is Action.RESTORE_COPY
        assert len(newest.detail["replaced"]) == 64
        assert verification.verify(case).is_intact
        put_aside = copies.list_copies(case.path)[0]
    assert put_aside.occasion is BackupReason.RESTORE
    with cases.open_case(put_aside.path, read_only=True) as case:
        assert cases.info(case).title == "mistake"


@pytest.mark.parametrize("password", [None, "pw"])
def test_a_copy_replaces_a_damaged_case_which_is_not_lost(
    tmp_path: Path, password: str | None
) -> None:
    path = _made(tmp_path / "d.evcase")
    if password:
        passwords.change_password(path, None, password)
    with cases.open_case(path, password=password) as case:
        cases.edit_info(case, title="kept")
        copies.keep(case)
        copy = copies.list_copies(case.path)[0]
    path.write_bytes(path.read_bytes()[:16] + bytes(30_000))
    copies.restore(copy, path, password=password)
    with cases.open_case(path, password=password) as case:
        assert cases.info(case).title == "kept"
    [aside] = tmp_path.glob("*.damaged")
    assert aside.stat().st_size == 30_016


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_while_a_copy_is_put_back_leaves_one_state_or_the_other(
    tmp_path: Path, moment: str
) -> None:
    path = _made(tmp_path / "k.evcase")
    with cases.open_case(path) as case:
        cases.edit_info(case, title="kept")
        copies.keep(case)
        cases.edit_info(case, title="mistake")
        [copy] = copies.list_copies(case.path)
        before = case.head()
    script = textwrap.dedent("""
        import os, sys
        from datetime import datetime
        from pathlib import Path
        from evidence_app.model.copies import BackupReason, KeptCopy
        from evidence_app.services import copies
        moment, source, path = sys.argv[1:]
        replace = Path.replace
        def killed(self, target):
            if Path(target) != Path(path):
                return replace(self, target)
            if moment == "after":
                replace(self, target)
            os._exit(9)
        Path.replace = killed
        at = datetime.now().astimezone()
        copies.restore(KeptCopy(Path(source), at, BackupReason.SESSION, 1), Path(path))
    """)
    done = subprocess.run([sys.executable, "-c", script, moment, copy.path, path], check=False)
    assert done.returncode == 9
    with cases.open_case(path, read_only=True) as case:
        newest = custody.list_entries(case)[-1]
        if moment == "before":
            assert case.doubts == ()
            assert newest.entry_hash == before
        else:
            assert newest.action is Action.RESTORE_COPY
            assert newest.detail["replaced"] == before
            assert {doubt.kind for doubt in case.doubts} <= opening.ACCEPTABLE
        case.take_as_seen()
        assert verification.verify(case).is_intact


def test_a_damaged_copy_replaces_nothing(tmp_path: Path) -> None:
    path = _made(tmp_path / "d.evcase")
    with cases.open_case(path) as case:
        cases.edit_info(case, title="kept")
        copies.keep(case)
        [copy] = copies.list_copies(case.path)
    copy.path.write_bytes(b"nothing")
    with pytest.raises((UserError, DamagedError)):
        copies.restore(copy, path)
    with cases.open_case(path) as case:
        assert cases.info(case).title == "kept"


def test_the_set_rolls() -> None:
    now = datetime(2026, 11, 24, 12).astimezone()
    made = [
        KeptCopy(Path(f"{hours}"), now - timedelta(hours=hours), BackupReason.SESSION, 1)
        for hours in range(0, 24 * 90, 5)
    ]
    pruned = stored_copies.to_prune(made)
    staying = [copy for copy in made if copy not in pruned]
    assert staying[:3] == made[:3]
    days = {copy.at.date() for copy in staying}
    assert {now.date() - timedelta(days=n) for n in range(7)} <= days
    assert 10 <= len(staying) <= 14
    assert stored_copies.to_prune(staying) == []
    large = [KeptCopy(copy.path, copy.at, copy.occasion, 5 << 30) for copy in made]
    assert len(large) - len(stored_copies.to_prune(large)) == 2


def test_no_copy_where_there_is_no_room(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(UserError) as error:
        copies.keep(case)
    assert error.value.message.code is MessageCode.NO_ROOM_FOR_COPY


def test_a_copy_elsewhere(case: CaseFile, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.evcase"
    shares: list[float] = []
    copies.save_copy(case, target, progress=Progress(lambda state: shares.append(state.share)))
    assert shares[-1] == 1
    with cases.open_case(target, read_only=True) as copy:
        assert verification.verify(copy).is_intact
    with pytest.raises(UserError) as error:
        copies.save_copy(case, target)
    assert error.value.message.code is MessageCode.TARGET_EXISTS
    with pytest.raises(Cancelled):
        copies.save_copy(case, tmp_path / "c.evcase", progress=Progress(is_cancelled=lambda: True))
    with pytest.raises(UserError):
        copies.save_copy(case, tmp_path / "no folder" / "c.evcase")
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


def _made(path: Path) -> Path:
    cases.create(path, title="x", timezone="UTC", jurisdiction=cases.Jurisdiction.OTHER).close()
    return path


@contextlib.contextmanager
def _moved_away(path: Path) -> Iterator[None]:
    away = path.parent.with_name("away")
    path.parent.rename(away)
    try:
        yield
    finally:
        away.rename(path.parent)


def test_a_drive_that_is_pulled_out(tmp_path: Path) -> None:
    """What is said is where the case was; when the drive is back, work goes on."""
    folder = tmp_path / "drive"
    folder.mkdir()
    with cases.open_case(_made(folder / "c.evcase")) as case:
        cases.edit_info(case, title="before")
        case._engine.dispose()
        with _moved_away(case.path), pytest.raises(UserError) as error:
            cases.edit_info(case, title="lost")
        assert error.value.message.code is MessageCode.CASE_GONE
        cases.edit_info(case, title="after")
        assert cases.info(case).title == "after"
        assert verification.verify(case).is_intact


def test_a_full_disk_in_a_real_small_file_system(
    tmp_path: Path, apart: Callable[[str], list[str]]
) -> None:
    """Everything that was reported is there, and a copy can be saved elsewhere."""
    script = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from evidence_app.errors import UserError
        from evidence_app.model.case import Jurisdiction
        from evidence_app.services import cases, copies, items, verification
        from evidence_app.services.importing.importer import Importer
        small, wide = map(Path, sys.argv[1:])
        case = cases.create(small / "c.evcase", title="t", timezone="UTC",
                            jurisdiction=Jurisdiction.OTHER)
        reported = 0
        with Importer(case) as importer:
            for number in range(40):
                source = wide / f"{number}.bin"
                source.write_bytes(os.urandom(700_000))
                [result] = importer.run([source])
                if result.item_id is None:
                    print("REFUSED", result.reason.code, flush=True)
                    break
                reported += 1
        try:
            items.set_note(case, 1, "n" * 3_000_000)
            print("WROTE")
        except UserError as error:
            print(error.message.code)
        copies.save_copy(case, wide / "copy.evcase")
        case.close()
        with cases.open_case(small / "c.evcase") as case:
            done = verification.verify(case)
            assert done.is_intact, done.mismatches
            assert done.originals == reported > 2, (done.originals, reported)
        with cases.open_case(wide / "copy.evcase") as copy:
            assert verification.verify(copy).is_intact
            items.set_note(copy, 1, "n" * 3_000_000)
        print("INTACT", reported)
    """)
    small, wide = tmp_path / "small", tmp_path / "wide"
    small.mkdir()
    wide.mkdir()
    mounted = f'mount -t tmpfs -o size=12m none {small} && exec "$@"'
    done = subprocess.run(
        [*apart("mount"), "sh", "-c", mounted, "-", sys.executable, "-c", script, small, wide],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    output = done.stdout.split()
    assert output[:3] == ["REFUSED", "disk_full", "disk_full"]
    assert output[3] == "INTACT"


def test_a_medium_that_cannot_be_written(tmp_path: Path, apart: Callable[[str], list[str]]) -> None:
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from evidence_app.errors import UserError
        from evidence_app.services import cases, copies
        folder, wide = map(Path, sys.argv[1:])
        case = cases.open_case(folder / "c.evcase")
        assert case.read_only
        try:
            cases.edit_info(case, title="x")
        except UserError as error:
            print(error.message.code)
        copies.save_copy(case, wide / "copy.evcase")
        with cases.open_case(wide / "copy.evcase") as copy:
            cases.edit_info(copy, title="goes on")
        print("DONE")
    """)
    folder, wide = tmp_path / "medium", tmp_path / "wide"
    folder.mkdir()
    wide.mkdir()
    _made(folder / "c.evcase")
    mounted = f'mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && exec "$@"'
    done = subprocess.run(
        [*apart("mount"), "sh", "-c", mounted, "-", sys.executable, "-c", script, folder, wide],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["case_read_only", "DONE"], done.stdout + done.stderr


def test_many_random_moments_of_copying_while_somebody_writes(case: CaseFile) -> None:
    chance = random.Random(1)
    for number in range(5):
        cases.edit_info(case, title=str(number))
        target = case.path.with_name(f"{number}.copy")
        stop = chance.random()
        with contextlib.suppress(Cancelled):
            progress = Progress(is_cancelled=(lambda: True) if stop < 0.3 else (lambda: False))
            copies.save_copy(case, target, progress=progress)
        assert target.exists() is (stop >= 0.3)
        target.unlink(missing_ok=True)


def test_restoring_without_room_leaves_the_case_as_it_is(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A healthy case is never set aside as if it were damaged."""
    cases.edit_info(case, title="kept")
    copies.keep(case)
    cases.edit_info(case, title="newer")
    case.close()
    original_bytes = case.path.read_bytes()
    [copy] = copies.list_copies(case.path)
    usage = shutil.disk_usage("/")._replace(free=1 << 20)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage)
        with pytest.raises(UserError) as error:
            copies.restore(copy, case.path)
    assert error.value.message.code is MessageCode.NO_ROOM_FOR_COPY
    assert case.path.read_bytes() == original_bytes
    assert list(case.path.parent.glob("*.damaged")) == []
    copies.restore(copy, case.path)
    with cases.open_case(case.path) as restored:
        assert restored.doubts == ()
        assert cases.info(restored).title == "kept"
