"""A dossier in both languages: all the program's words twice, all the person's words once."""

import string
from pathlib import Path

import pypdfium2
import pytest
from dossier_builder import ZONE, realistic
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.dossier import pdf
from evidence_app.dossier.bilingual import Bilingual
from evidence_app.dossier.options import DossierLanguage, DossierOptions, Part
from evidence_app.dossier.wording import Wording, load
from evidence_app.progress import SILENT

BOTH = Wording("both", ZONE)


def text_of(out: Path, language: DossierLanguage) -> str:
    options = DossierOptions(language=language)
    content = realistic(8).content()
    pdf.render(content, options, out, progress=SILENT)
    with pypdfium2.PdfDocument(out) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join("".join(pages).split())


def places(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_one_form_for_both_has_the_same_places() -> None:
    english, joint = load("en"), load("both")
    for key, template in joint.items():
        assert places(template) - {"month", "day", "year"} <= places(english[key]), key


def test_labels_stand_beside_each_other_and_paragraphs_below() -> None:
    assert BOTH("chronology.title") == "时间线 · Timeline"
    above, below = str(BOTH("findings.intro")).split("\n")
    assert above == load("zh")["findings.intro"]
    assert below == load("en")["findings.intro"]
    # Paragraph by paragraph, so that a reader of one language finds its twin at once.
    lines = str(BOTH("reading.what")).split("\n")
    assert [line.isascii() for line in lines] == [False, True] * 3


def test_words_in_words_are_said_in_each_language_once() -> None:
    role = BOTH("role.agency")
    sentence = BOTH("glance.counted", roles=BOTH("glance.of_role", role=role, count=3))
    assert sentence == (
        "计入的联系来自：催收公司 3 次。 · Counted are contacts by: collection agency 3."
    )
    assert (
        BOTH("cover.side", name="QuickCash", role=role)
        == "QuickCash (催收公司 · collection agency)"
    )
    assert BOTH.joined(BOTH("item.picture"), "IMG_0042.jpg") == "图片 · Picture – IMG_0042.jpg"


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_sentence_takes_the_words_of_its_own_language(zh: str, en: str) -> None:
    sentence = BOTH("findings.note", note=Bilingual(zh, en))
    assert isinstance(sentence, Bilingual)
    assert (sentence.zh, sentence.en) == (f"说明：{zh}", f"Note: {en}")


@pytest.fixture(scope="module")
def both_and_english(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("both")
    return text_of(folder / "both.pdf", "both"), text_of(folder / "en.pdf", "en")


def test_every_chapter_has_both_names(both_and_english: tuple[str, str]) -> None:
    both, _ = both_and_english
    titled = [part for part in DossierOptions().chapters() if f"{part}.title" in load("en")]
    assert len(titled) > len(Part) / 2
    for part in titled:
        for language in ("zh", "en"):
            assert "".join(load(language)[f"{part}.title"].split()) in both  # type: ignore[index]


@pytest.mark.parametrize(
    "written",
    [
        "今晚之前不还款",
        "群里有43个同事",
        "微信群里",
        "敲门，拒绝离开",
        "call10086.m4a",
        "IMG_0042.jpg",
    ],
)
def test_what_a_person_wrote_stands_there_as_often_as_in_one_language(
    both_and_english: tuple[str, str], written: str
) -> None:
    both, english = both_and_english
    assert english.count(written) > 0
    assert both.count(written) == english.count(written)


def test_no_line_is_drawn_with_a_break_in_it(both_and_english: tuple[str, str]) -> None:
    both, english = both_and_english
    assert both.count("U+000A") == english.count("U+000A") == 0
    assert "000A" not in both
