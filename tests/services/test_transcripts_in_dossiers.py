"""A dossier prints what is said in a recording, with times, sides and marks, and no more."""

from pathlib import Path

import pypdfium2
import pytest
from recordings import add_recording

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import transcripts as records
from evidence_app.dossier.options import DossierOptions
from evidence_app.model.custody import Action
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Stretch
from evidence_app.model.transcript import Segment, TranscriptOrigin
from evidence_app.services import findings, marks, transcripts
from evidence_app.services.exporting import documents, exports

SECRET = "13800001234"


@pytest.fixture
def heard(case: CaseFile) -> CaseFile:
    """A call that a model heard: one threat, one doubtful segment, one corrected, one secret."""
    item_id = add_recording(case, 95.0)
    segments = [
        Segment(Stretch(1.0, 4.0), "你好，这里是催收部", "left", 0.9),
        Segment(Stretch(5.0, 7.0), "thanks for watching", "right", 0.1),
        Segment(Stretch(10.0, 12.0), "明天还前", "left", 0.9),
        Segment(Stretch(40.0, 44.0), f"打给你妈妈 {SECRET}", "left", 0.9),
        Segment(Stretch(83.0, 90.0), "不还就上门打断你的腿", "left", 0.9),
    ]
    with case.change(Action.TRANSCRIBE, {"item": item_id}) as change:
        records.add(change, item_id, segments, TranscriptOrigin.SPEECH, "model 1")
    transcripts.write(case, transcripts.lines(case, item_id)[2].id, "明天还钱")
    marks.add(
        case,
        [
            Mark(0, item_id, MarkKind.HIGHLIGHT, stretch=Stretch(83.0, 86.0), note="threat"),
            Mark(0, item_id, MarkKind.HIGHLIGHT, stretch=Stretch(60.0, 61.0), note="shouting"),
            Mark(0, item_id, MarkKind.REDACTION, stretch=Stretch(42.0, 43.0), note="my mother"),
        ],
    )
    [threat] = [mark for mark in marks.list_marks(case, item_id) if mark.note == "threat"]
    findings.confirm(case, [Subject(SubjectKind.MARK, threat.id)], "threat_of_violence")
    return case


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize(
    ("language", "unsure", "side"),
    [
        ("en", "thanks for watching (unsure)", "Left channel"),
        ("zh", "thanks for watching（存疑）", "左声道"),
        ("both", "thanks for watching（存疑 unsure）", "左声道"),
    ],
)
def test_a_dossier_prints_the_transcript(
    heard: CaseFile, tmp_path: Path, language: str, unsure: str, side: str
) -> None:
    out = tmp_path / "a.pdf"
    exports.dossier(heard, out, DossierOptions(language=language))
    tight = "".join(text_of(out).split())
    for expected in (
        "你好，这里是催收部", "明天还钱", "不还就上门打断你的腿", "1:23", "threat", "1:00shouting",
        unsure, side, "model1", "██████",
    ):  # fmt: skip
        assert "".join(expected.split()) in tight, expected
    for hidden in ("明天还前", SECRET, "打给你妈妈"):
        assert hidden not in tight
    assert tight.index("thanks") < tight.index("1:00shouting") < tight.index("不还就上门")


def test_documents_for_editing_have_the_transcript_too(heard: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    documents.html(heard, out, DossierOptions(language="en"))
    page = out.read_text(encoding="utf-8")
    assert "明天还钱" in page
    assert "thanks for watching (unsure)" in page
    for hidden in ("明天还前", SECRET, "打给你妈妈"):
        assert hidden not in page
