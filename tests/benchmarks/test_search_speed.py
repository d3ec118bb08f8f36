"""How long one search takes in a case with many messages and many pages of text."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import quoteattr

from figures import Figure, best
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records.search import match_expression
from evidence_app.casefile.schema import text_span
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.search import SearchQuery
from evidence_app.services import cases, search
from evidence_app.services.importing.importer import Importer

EVENTS = 100_000
PAGES = 5_000
_PAGES_OF_DOCUMENT = 50
_LINES_OF_PAGE = 40
_LONGEST_S = 0.05

QUERIES = (
    "上门",
    "单位",
    "再不还钱",
    "你",
    "催收 法院",
    "欠款 -今天",
    "thre",
    "court order",
    "0042",
)
"""Rare and common words of one to four characters, several, left out, begun, Latin, a number."""

_PHRASES = (
    *("你欠款已经逾期", "今天下午之前还清", "我们的同事会联系你", "请尽快处理", "已经登记"),
    *("协商还款方案", "本月账单", "请你接电话", "稍后再打", "以短信为准", "你的情况我们知道"),
    *("pay today", "the balance is due", "call this number", "your account", "a final notice"),
)
_RARE = (
    *("再不还钱就上门", "去你单位", "法院传票", "催收员", "we threaten nobody"),
    *("court order follows",),
)


def sentence(source: random.Random) -> str:
    """A few stock phrases; in one of sixty lines words that are rare."""
    parts = source.sample(_PHRASES, 3)
    if source.random() < 1 / 60:
        parts.append(source.choice(_RARE))
    return "，".join(parts)


def backup(count: int, source: random.Random) -> Iterator[str]:
    """A backup of so many text messages."""
    yield f"<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"{count}\">\n"
    for number in range(count):
        at = 1_720_000_000_000 + number * 432_000
        yield (
            f'<sms address="1380013{number % 500:04}" date="{at}" type="{1 + number % 2}" '
            f"body={quoteattr(sentence(source))} />\n"
        )
    yield "</smses>\n"


def make_case(folder: Path, events: int, pages: int) -> CaseFile:
    """A case with one backup of messages, and documents of fifty pages that were read."""
    source = random.Random(7)
    messages = folder / "sms.xml"
    messages.write_text("".join(backup(events, source)), encoding="utf-8")
    case = cases.create(
        folder / "large.evcase",
        title="Large",
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with Importer(case) as importer:
        importer.run([messages])
        for first in range(0, pages, _PAGES_OF_DOCUMENT):
            [made] = importer.run_bytes(f"{first}.txt", f"document {first}".encode())
            assert made.item_id is not None
            count = min(_PAGES_OF_DOCUMENT, pages - first)
            with case.change(Action.READ_ITEM, {}) as change:
                change.insert_many(text_span, _lines(made.item_id, count, source))
    return case


def _lines(item_id: int, pages: int, source: random.Random) -> list[dict[str, object]]:
    return [
        {
            "item_id": item_id,
            "text": sentence(source),
            "place_unit": "page",
            "place_number": page,
            "origin": "ocr",
        }
        for page in range(1, pages + 1)
        for _ in range(_LINES_OF_PAGE)
    ]


def figures(folder: Path, events: int = EVENTS, pages: int = PAGES) -> Iterator[Figure]:
    """The median of several searches beside bare queries of the same words, and beside 50 ms."""
    with make_case(folder, events, pages) as case:
        ours = {words: best(lambda words=words: search.find(case, words), 5) for words in QUERIES}
        bare = _bare(case.path)
    size = f"{events:,} events and {pages:,} pages"
    median, beside = statistics.median(ours.values()), statistics.median(bare.values())
    yield Figure(f"median search in {size}", median, "bare FTS5", beside, 3)
    yield Figure(f"median search in {size}", median, "50 ms", _LONGEST_S, 1)
    for words in QUERIES:
        yield Figure(f"search for {words}", ours[words], "bare FTS5", bare[words])


def _bare(path: Path) -> dict[str, float]:
    """Seconds that SQLite itself takes to count the rows of all indexes and rank the best."""
    with closing(dbapi2.connect(str(path))) as connection:

        def ask(words: str) -> Callable[[], Sequence[object]]:
            expression = match_expression(SearchQuery.of(words))

            def run() -> Sequence[object]:
                rows = []
                for index in ("event_search", "text_search", "item_search"):
                    found = f"FROM {index} WHERE {index} MATCH ?"
                    for query in (
                        f"SELECT count(*) {found}",
                        f"SELECT rowid {found} ORDER BY rank LIMIT {search.LIMIT}",
                    ):
                        rows += connection.execute(query, (expression,)).fetchall()
                return rows

            return run

        return {words: best(ask(words), 5) for words in QUERIES}


def test_a_small_case_is_measured(tmp_path: Path) -> None:
    """The benchmark itself works."""
    assert len(list(figures(tmp_path, 50, 4))) == 2 + len(QUERIES)
