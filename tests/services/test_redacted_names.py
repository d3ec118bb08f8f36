"""A name in the midst of blacked-out words: nothing leaves in which it can still be read."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.redaction.left_names import LeftNames
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode
from evidence_app.model.filters import EventFilter
from evidence_app.model.mark import Mark, MarkKind, Words
from evidence_app.model.party import Role
from evidence_app.services import events as timeline
from evidence_app.services import marks, parties
from evidence_app.services.exporting import documents, exports
from evidence_app.services.exporting.exports import DossierOptions, Part
from evidence_app.services.importing.importer import Importer

NAME, COLLECTOR = "欧阳雪梅", "Wang Gang"
OPTIONS = DossierOptions(parts=(Part.CHRONOLOGY, Part.NUMBERS))
SMS = (
    '<smses count="2">'
    '<sms protocol="0" address="95001" date="1772350000000" type="1" '
    f'body="Wang Gang here, we rang your sister {NAME} at her school today" />'
    f'<sms protocol="0" address="95001" date="1772350060000" type="1" body="{NAME} knows now" />'
    "</smses>"
)


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    with Importer(case) as importer:
        importer.run_bytes("sms.xml", SMS.encode())
    parties.assign(case, "95001", Role.COLLECTOR, COLLECTOR)
    parties.assign(case, "13900001111", Role.THIRD_PARTY, NAME)
    black_out(case, f"Wang Gang here, we rang your sister {NAME} at her school")
    return case


def black_out(case: CaseFile, words: str) -> None:
    event = next(one for one in timeline.stream(case, EventFilter()) if words in one.text)
    first = event.text.index(words)
    place = Words(event.id, first, first + len(words))
    marks.add(case, [Mark(0, event.item_id, MarkKind.REDACTION, words=place)])


def refused(write: Callable[[], object], out: Path, code: MessageCode) -> dict[str, object]:
    with pytest.raises(EvidenceError) as raised:
        write()
    assert raised.value.message.code is code
    assert not out.exists()
    return dict(raised.value.message.arguments)


def words_of(path: Path, page: int | None = None) -> str:
    only = [] if page is None else ["-f", str(page), "-l", str(page)]
    said = subprocess.run(["pdftotext", *only, path, "-"], capture_output=True, check=True)
    return said.stdout.decode()


def test_the_page_on_which_a_name_is_left_is_told_and_nothing_is_saved(
    filled: CaseFile, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    said = refused(
        lambda: exports.dossier(filled, out, OPTIONS), out, MessageCode.REDACTION_NAME_ON_PAGE
    )
    black_out(filled, f"{NAME}")
    exports.dossier(filled, out, OPTIONS)
    assert said["name"] == NAME
    assert "██████ knows now" in words_of(out, int(str(said["page"])))
    # The collector is whom the case is about: blacking out a sentence does not hide him.
    assert COLLECTOR in words_of(out)
    assert NAME not in "".join(words_of(out).split())


def test_no_other_form_of_export_lets_it_out_either(filled: CaseFile, tmp_path: Path) -> None:
    table, word, package = (tmp_path / name for name in ("a.csv", "a.docx", "a.zip"))
    left = MessageCode.REDACTION_NAME_LEFT
    assert refused(lambda: exports.table(filled, table), table, left) == {"name": NAME}
    refused(lambda: documents.word(filled, word, OPTIONS), word, left)
    on_page = MessageCode.REDACTION_NAME_ON_PAGE
    refused(lambda: exports.package(filled, package, OPTIONS), package, on_page)
    black_out(filled, NAME)
    exports.table(filled, table)
    documents.word(filled, word, OPTIONS)
    assert NAME not in table.read_text(encoding="utf-8-sig")


def test_a_name_is_found_over_the_end_of_a_line_and_in_another_form() -> None:
    names = LeftNames([NAME, "Ann Smith"])
    for text in ("歐陽雪梅", "欧阳\n雪梅来了", "ann  SMITH", "by Ann\nSmith."):
        assert names.first_in(text), text
    for text in ("", "欧阳", "Annabel Smithson", "Smith"):
        assert not names.first_in(text), text
