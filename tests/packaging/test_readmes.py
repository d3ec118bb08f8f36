"""The two READMEs show pictures that are there and small, and link to nothing that is not."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
PICTURES = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
LINKS = re.compile(r"\]\((?!https?:)([^)#]+)")
NAMES = {"evidence", "timeline", "suggestions", "report"}
LARGEST_BYTES = 150_000


@pytest.mark.parametrize("language", READMES)
def test_each_picture_is_there_small_and_said_in_words(language: str) -> None:
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    pictures = PICTURES.findall(text)
    assert {Path(path).stem for _, path in pictures} == {f"{name}-{language}" for name in NAMES}
    for caption, path in pictures:
        assert len(caption) > 10
        picture = ROOT / path
        assert picture.stat().st_size <= LARGEST_BYTES
        with Image.open(picture) as opened:
            opened.verify()
            assert opened.width >= 700


@pytest.mark.parametrize("language", READMES)
def test_each_link_leads_somewhere(language: str) -> None:
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    for link in LINKS.findall(text):
        assert (ROOT / unquote(link)).exists(), link


def test_no_picture_is_left_that_nobody_shows() -> None:
    there = {path.name for path in (ROOT / "packaging" / "screenshots").iterdir()}
    assert there == {f"{name}-{language}.png" for name in NAMES for language in READMES}
