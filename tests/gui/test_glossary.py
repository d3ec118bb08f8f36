"""Words that claim a court's role, accuse the person or frighten do not stand on any screen."""

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app.casefile import schema
from evidence_app.gui.checking import mismatch_texts

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
AVOIDED = (
    "认定|销毁|原件|当事人|当事方|案卷|卷宗|保管链|钟面时间|抢救|恢复单|指纹|校验码|在案|案底|"
    "证据确凿|有效证据|证明违规|构成违规|事件|条目|记事|贷款方|主管部门|证明文件|无日期|"
    "保留的副本|更新版本的程序|亲，|恭喜|很简单|！"
)
RIGHT = ("尚未经任何机关认定", "法律意义上的“原件”", "不构成违规")
"""Where a word is said of a court or an authority, or denied, it is the right one."""


def sentences() -> Iterator[tuple[str, str]]:
    """Every Chinese text that a person reads, with where it stands."""
    texts = ET.parse(RESOURCES / "translations" / "evidence_app_zh_CN.ts").getroot()
    for message in texts.iter("message"):
        yield message.findtext("source") or "", "".join(message.find("translation").itertext())  # type: ignore[union-attr]
    for path in (RESOURCES / "texts").glob("*zh*.toml"):
        yield from values(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    types = (RESOURCES / "rulebooks" / "violation_types.toml").read_text(encoding="utf-8")
    yield from values("violation types", tomllib.loads(types))


def values(where: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from values(f"{where} {name}", part)
    elif isinstance(value, list):
        for part in value:
            yield from values(where, part)
    elif isinstance(value, str):
        yield where, value


@pytest.mark.parametrize("word", AVOIDED.split("|"))
def test_words_to_avoid_are_not_said(word: str) -> None:
    texts_on_screen = []
    for where, text in sentences():
        for right in RIGHT:
            text = text.replace(right, "")
        if re.search(re.escape(word), text):
            texts_on_screen.append((where, text))
    assert texts_on_screen == []


ENGLISH = (
    "destroy|rescue|fingerprint|dossier|person concerned|stands in|lies in|written anew|"
    "take apart|put together|kept cop|recovery sheet|wall clock|where it hung|finding"
)


def english() -> Iterator[str]:
    path = RESOURCES / "texts" / "dossier.en.toml"
    for _, text in values("", tomllib.loads(path.read_text(encoding="utf-8"))):
        yield text.replace("data/dossier.pdf", "")
    texts = ET.parse(RESOURCES / "translations" / "evidence_app_zh_CN.ts").getroot()
    for message in texts.iter("message"):
        yield message.findtext("source") or ""


@pytest.mark.parametrize("word", ENGLISH.split("|"))
def test_english_words_to_avoid_are_not_said(word: str) -> None:
    assert [text for text in english() if word in text.lower()] == []


def test_tables_are_named_as_the_file_names_them() -> None:
    assert set(mismatch_texts._TABLES) <= set(schema.metadata.tables)
