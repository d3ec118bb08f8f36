"""Every sentence on screen has its Chinese, and English knows one from several."""

import re
import shutil
import sys
import xml.etree.ElementTree as ET
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from evidence_app.gui.appearance.languages import Languages

ROOT = Path(__file__).resolve().parents[2]


def _script() -> ModuleType:
    spec = util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_sentence_is_untranslated(language: str, tmp_path: Path) -> None:
    script = _script()
    texts = tmp_path / f"evidence_app_{language}.ts"
    shutil.copy(script.FOLDER / texts.name, texts)
    script.collect(texts, *script.LANGUAGES[language])
    untranslated = [
        (context.findtext("name"), message.findtext("source"))
        for context in ET.parse(texts).getroot().findall("context")
        for message in context.findall("message")
        if _is_open(message)
    ]
    assert untranslated == [], "run packaging/translations.py and translate these"


def _is_open(message: ET.Element) -> bool:
    translation = message.find("translation")
    assert translation is not None
    forms = [form.text or "" for form in translation.findall("numerusform")]
    return translation.get("type") == "unfinished" or not all(forms or [translation.text or ""])


def test_translations_keep_the_places_of_values() -> None:
    texts = ET.parse(_script().FOLDER / "evidence_app_zh_CN.ts").getroot()
    for message in texts.iter("message"):
        source = message.findtext("source") or ""
        translation = "".join(message.find("translation").itertext())  # type: ignore[union-attr]
        for place in re.findall(r"\{\w+\}|%n", source):
            assert place in translation, source


def test_what_is_compiled_is_what_is_translated(tmp_path: Path) -> None:
    script = _script()
    for language in script.LANGUAGES:
        texts = script.FOLDER / f"evidence_app_{language}.ts"
        script.compile_to(texts, tmp_path / "made.qm")
        compiled = texts.with_suffix(".qm").read_bytes()
        assert (tmp_path / "made.qm").read_bytes() == compiled, sys.executable


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "12,345 items moved to the trash"), ("zh", "12,345 件证据已移到回收站")],
)
def test_counts_are_written_as_the_language_does(
    qapp: QApplication, language: str, text: str
) -> None:
    languages = Languages(qapp)
    languages.use(language)
    translated = QCoreApplication.translate("EditWords", "%n item(s) moved to the trash", "", 12345)
    languages.use("en")
    assert translated == text
