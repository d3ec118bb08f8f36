"""What somebody altered in a damaged case is not rescued as good."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hostile import make_case, raw
from sqlcipher3 import dbapi2

from evidence_app.casefile import schema
from evidence_app.casefile.custody import seals
from evidence_app.messages import MessageCode
from evidence_app.model.filters import EventFilter
from evidence_app.services import cases, items
from evidence_app.services import custody as log
from evidence_app.services import events as timeline
from evidence_app.services.exporting import dossier_content
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.recovery import recover


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        make_case(folder / "case.evcase")
    return folder


@pytest.fixture
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EVIDENCE_APP_HOME", str(tmp_path / "home"))
    return tmp_path / "case.evcase"


FORGED = "UPDATE event SET text = 'I agree to pay' WHERE id = 1"
CELLS = [column.name for column in schema.event.c]
_OTHER = {"id": "9999", "text": "'I agree to pay'", "fingerprint": "NULL"}
PLANTED = (
    "INSERT INTO event SELECT "
    + ", ".join(_OTHER.get(name, name) for name in CELLS)
    + " FROM event WHERE id = 1"
)


def _seal_anew(connection: Any) -> None:
    """Write the seal of the forged row to fit, as whoever knows the form of the file can."""
    row = connection.execute("SELECT * FROM event WHERE id = 1").fetchone()
    digest = seals.digest_of("event", row.keys(), tuple(row))
    query = "SELECT id, first_id, digests FROM row_seal WHERE table_name = 'event'"
    for number, first, digests in connection.execute(query).fetchall():
        place = (1 - first) * seals.SIZE
        if 0 <= place < len(digests):
            made = digests[:place] + digest + digests[place + seals.SIZE :]
            connection.execute("UPDATE row_seal SET digests = ? WHERE id = ?", (made, number))


FORGERIES: dict[str, tuple[str, ...]] = {
    "changed": (FORGED,),
    "changed, without its seals": (FORGED, "DELETE FROM row_seal WHERE table_name = 'event'"),
    "changed, without any seals": (FORGED, "DELETE FROM row_seal"),
    "changed, sealed anew": (FORGED, "seal"),
    "changed, without the log": (FORGED, "DELETE FROM row_seal", "DELETE FROM custody_entry"),
    "planted": (PLANTED,),
    "planted, with a broken log": (PLANTED, "UPDATE custody_entry SET who = '?' WHERE seq = 3"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_was_forged_is_not_rescued_as_good(path: Path, tmp_path: Path, name: str) -> None:
    """It is left, or the report, the log and the item in every document say what it is."""
    with raw(path) as connection:
        connection.row_factory = dbapi2.Row
        for statement in FORGERIES[name]:
            _seal_anew(connection) if statement == "seal" else connection.execute(statement)
    _refused_or_marked(path, tmp_path / "new.evcase")


def test_an_older_copy_is_not_rescued_as_the_newest(path: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(path, tmp_path / "older"))
    with cases.open_case(path) as case:
        items.set_note(case, 1, "what they want to hide")
    shutil.copy(older, path)
    report = recover(path, tmp_path / "new.evcase")
    assert report.unvouched == report.rows - 1


def _refused_or_marked(path: Path, target: Path) -> None:
    report = recover(path, target)
    assert report.lost_rows or report.unvouched
    with cases.open_case(target) as case:
        [told] = [one.detail for one in log.list_entries(case) if "lost_rows" in one.detail]
        assert (told["unvouched"], told["lost_rows"]) == (report.unvouched, report.lost_rows)
        forged = [
            one for one in timeline.stream(case, EventFilter()) if one.text == "I agree to pay"
        ]
        marked = items.notices(case, (MessageCode.RESCUED_UNVOUCHED,))
        assert all(one.item_id in marked for one in forged)
        assert bool(forged) <= bool(report.unvouched)
        printed = dossier_content.gather(case, DossierOptions(language="en", page="a4")).exhibits
        told_of = {limit.code for one in printed if one.item.id in marked for limit in one.limits}
        assert (MessageCode.RESCUED_UNVOUCHED in told_of) == bool(marked)
