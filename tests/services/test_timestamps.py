"""Timestamps of a case: asked for, kept, checked anew, printed, and checkable elsewhere."""

import subprocess
from pathlib import Path

import pytest
from own_authority import World
from sqlalchemy import text

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled, UsageError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.verification import MismatchKind
from evidence_app.progress import Progress
from evidence_app.services import custody, tags, timestamps, verification


def test_the_newest_entry_is_stamped_and_the_log_says_so(case: CaseFile, world: World) -> None:
    before = custody.head(case)
    assert before is not None
    anchor = timestamps.request(case, world.address)
    assert (anchor.seq, anchor.authority, anchor.problem) == (before.seq, "Own authority", "")
    assert not anchor.is_root_trusted
    assert timestamps.list_anchors(case) == [anchor]
    entry = custody.head(case)
    assert entry is not None
    assert (entry.action, entry.detail["entry"]) == (Action.TIMESTAMP, before.seq)
    tags.create(case, "later")
    assert timestamps.request(case, world.address).seq == entry.seq + 1
    assert verification.verify(case).is_intact


def test_openssl_checks_what_was_saved(case: CaseFile, world: World, tmp_path: Path) -> None:
    anchor = timestamps.request(case, world.address)
    folder = tmp_path / "out" / "stamp"
    written = timestamps.save(case, anchor.id, folder)
    assert {path.name for path in written} == {
        "entry-1.json",
        "entry-1.tsr",
        "entry-1-chain.pem",
        "entry-1-revocation-1.der",
        "entry-1-revocation-2.der",
    }
    command = ["openssl", "ts", "-verify", "-data", "entry-1.json", "-in", "entry-1.tsr"]
    command += ["-CAfile", "entry-1-chain.pem"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout + done.stderr
    with pytest.raises(UserError) as caught:
        timestamps.save(case, anchor.id, folder)
    assert caught.value.message.code is MessageCode.TARGET_EXISTS
    with pytest.raises(UsageError):
        timestamps.save(case, 7, folder)


def test_nothing_is_kept_of_an_answer_that_is_not_good(case: CaseFile, world: World) -> None:
    world.site.answers["/tsr"] = b"no"
    before = custody.count(case)
    with pytest.raises(UserError):
        timestamps.request(case, world.address)
    with pytest.raises(Cancelled):
        world.site.answers["/tsr"] = world.authority.answer
        timestamps.request(case, world.address, progress=Progress(is_cancelled=lambda: True))
    assert (custody.count(case), timestamps.list_anchors(case)) == (before, [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE time_anchor SET token = x'00'",
        "UPDATE time_anchor SET token = 'text'",
        "UPDATE time_anchor SET entry_seq = 2",
        "UPDATE time_anchor SET token = (SELECT token FROM time_anchor WHERE id = 2) WHERE id = 1",
        "UPDATE custody_entry SET who = 'x' WHERE seq = 1",
    ],
)
def test_a_timestamp_that_does_not_fit_is_found(
    case: CaseFile, world: World, statement: str
) -> None:
    timestamps.request(case, world.address)
    timestamps.request(case, world.address)
    with case.unlogged() as connection:
        connection.execute(text(statement))
    kinds = {mismatch.kind for mismatch in verification.verify(case).mismatches}
    assert MismatchKind.ANCHOR in kinds
    assert any(anchor.problem and anchor.at is None for anchor in timestamps.list_anchors(case))


def test_the_known_authorities_are_web_addresses() -> None:
    authorities = timestamps.known_authorities()
    assert len(authorities) >= 3
    assert all(
        authority.name and authority.address.startswith(("http://", "https://"))
        for authority in authorities
    )
