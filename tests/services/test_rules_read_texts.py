"""The rules see what stands in documents, pictures and recordings, each text with its side."""

from __future__ import annotations

import io
import wave as waves
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evidence_app.casefile.records import passages
from evidence_app.casefile.schema import text_span
from evidence_app.errors import Cancelled
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType
from evidence_app.model.finding import FindingStatus
from evidence_app.model.party import Role
from evidence_app.model.reading import (
    Box,
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    ReadPicture,
    TextLine,
)
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggested import Suggested
from evidence_app.model.suggestion import Missing
from evidence_app.progress import Progress
from evidence_app.reading import stamps
from evidence_app.reading.process import PictureReader
from evidence_app.services import (
    cases,
    explanations,
    findings,
    helplines,
    items,
    manual_entries,
    parties,
    proposals,
    reading,
    suggestions,
)
from evidence_app.services import events as timeline
from evidence_app.services.importing.importer import Importer
from evidence_app.services.suggestions import SuggestionEngine

THREAT = "你再不还款，今晚就打断你的腿"
VIOLENCE = "threat_of_violence"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Any]:
    made = cases.create(
        tmp_path / "a.evcase",
        title="a case",
        owner_name="",
        numbers=(),
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with made:
        yield made


def bring_in(case: Any, name: str, content: bytes) -> int:
    with Importer(case) as importer:
        [result] = importer.run_bytes(name, content)
    assert result.item_id is not None
    return result.item_id


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), (255, 255, 255)).save(out, "PNG")
    return out.getvalue()


def violent(done: suggestions.CaseScan) -> list[Suggested]:
    return [suggestion for suggestion in done.suggestions if suggestion.violation == VIOLENCE]


def read_picture(
    case: Any,
    monkeypatch: pytest.MonkeyPatch,
    *messages: tuple[Direction, str],
    title: str = "小王",
) -> int:
    """Bring in a screenshot; stands for the process that reads it."""
    stamp = stamps.parse("2026年3月5日 21:47")
    assert stamp is not None
    events = tuple(
        ProposedEvent(
            ProposedKind.MESSAGE,
            direction,
            Box(10, 20 * n, 50, 20 * n + 10),
            text,
            lines=(n - 1,),
            stamp=stamps.dated(stamp, None),
            confidence=0.98,
        )
        for n, (direction, text) in enumerate(messages, 1)
    )
    lines = tuple(TextLine(event.box, event.text, 0.98) for event in events)
    read = ReadPicture(
        100,
        200,
        "engine 1",
        layout=PictureLayout.CHAT if title else PictureLayout.PLAIN,
        title=title,
        lines=lines,
        events=events if title else (),
    )
    monkeypatch.setattr(PictureReader, "read", lambda *_: read)
    item_id = bring_in(case, f"chat {title}.png", picture())
    reading.queue(case, [item_id])
    reading.run(case)
    return item_id


def test_a_letter_in_a_text_file_is_read(case: Any) -> None:
    item_id = bring_in(case, "letter.txt", f"催收通知\n{THREAT}\n此致".encode())
    [suggestion] = violent(suggestions.scan_case(case))
    assert suggestion.item_ids == (item_id,)
    assert THREAT in str(suggestion.suggestion.arithmetic["quote"]) or (
        str(suggestion.suggestion.arithmetic["quote"]) in THREAT
    )
    assert set(suggestion.suggestion.missing) >= {Missing.SPEAKER, Missing.TIME}
    assert Missing.UNCONFIRMED not in suggestion.suggestion.missing
    assert "?" not in explanations.explain(suggestion, "en").sentence
    assert "?" not in explanations.explain(suggestion, "zh").sentence


def test_a_page_of_a_book_on_nobody_shows_nothing(case: Any) -> None:
    bring_in(case, "novel.txt", "他说要打断那个人的腿，众人都笑了。".encode())
    assert violent(suggestions.scan_case(case)) == []


def test_what_the_person_wrote_down_themselves_is_no_letter_of_theirs(case: Any) -> None:
    manual_entries.add_entry(case, type=EventType.NOTE, time=None, text=THREAT)
    assert violent(suggestions.scan_case(case)) == []


def test_a_mail_of_theirs_is_read_with_its_body(case: Any) -> None:
    mail = (
        "From: Collector <pay@collector.example>\r\nTo: me@person.example\r\n"
        "Date: Thu, 05 Mar 2026 10:00:00 +0800\r\nSubject: =?utf-8?b?6YCa55+l?=\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{THREAT}\r\n"
    )
    item_id = bring_in(case, "mail.eml", mail.encode())
    [suggestion] = violent(suggestions.scan_case(case))
    assert suggestion.item_ids == (item_id,)
    assert suggestion.suggestion.arithmetic["day"] == "2026-03-05"


def test_a_read_screenshot_is_suggested_as_not_confirmed(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = SuggestionEngine(case)
    assert violent(engine.scan()) == []
    item_id = read_picture(case, monkeypatch, (Direction.INCOMING, THREAT))
    [suggestion] = violent(engine.scan())
    assert suggestion.item_ids == (item_id,)
    assert Missing.UNCONFIRMED in suggestion.suggestion.missing
    assert suggestion.suggestion.arithmetic["day"] == "2026-03-05"
    assert "not yet confirmed by you" in explanations.explain(suggestion, "en").sentence
    assert "您还没有确认" in explanations.explain(suggestion, "zh").sentence


def test_once_accepted_the_message_stands_for_itself(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = read_picture(case, monkeypatch, (Direction.INCOMING, THREAT))
    engine = SuggestionEngine(case)
    engine.scan()
    proposals.accept(
        case, [proposal.id for proposal in proposals.list_proposals(case, item_id=item_id)]
    )
    [suggestion] = violent(engine.scan())
    assert Missing.UNCONFIRMED not in suggestion.suggestion.missing


def test_a_dropped_message_says_nothing(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = read_picture(case, monkeypatch, (Direction.INCOMING, THREAT))
    proposals.reject(
        case, [proposal.id for proposal in proposals.list_proposals(case, item_id=item_id)]
    )
    assert violent(suggestions.scan_case(case)) == []


def test_the_side_of_a_bubble_decides(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read_picture(case, monkeypatch, (Direction.OUTGOING, THREAT))
    assert violent(suggestions.scan_case(case)) == []


def test_who_wrote_it_is_taken_from_the_people(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read_picture(case, monkeypatch, (Direction.INCOMING, THREAT), title="13900000009")
    [unsure] = violent(suggestions.scan_case(case))
    assert Missing.SPEAKER in unsure.suggestion.missing
    parties.assign(case, "13900000009", Role.COLLECTOR, kind=CollectorKind.BANK)
    [sure] = violent(suggestions.scan_case(case))
    assert Missing.SPEAKER not in sure.suggestion.missing
    parties.assign(case, "13900000009", Role.THIRD_PARTY)
    assert violent(suggestions.scan_case(case)) == []


def test_a_photo_of_a_letter_is_read_by_its_lines(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_picture(case, monkeypatch, (Direction.NONE, THREAT), title="")
    [suggestion] = violent(suggestions.scan_case(case))
    assert {Missing.SPEAKER, Missing.UNCONFIRMED} <= set(suggestion.suggestion.missing)


def test_a_correction_of_what_was_read_is_seen(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = read_picture(case, monkeypatch, (Direction.NONE, "您好，请您尽快处理"), title="")
    engine = SuggestionEngine(case)
    assert violent(engine.scan()) == []
    reading.correct(case, reading.lines(case, item_id)[0].id, THREAT)
    assert len(violent(engine.scan())) == 1


def _transcribe(case: Any, item_id: int, *segments: tuple[str, str]) -> None:
    """What a reader of recordings keeps of one."""
    with case.change(Action.READ_ITEM, {"item": item_id}, undoable=False) as change:
        rows = [
            {"item_id": item_id, "text": text, "origin": "speech", "speaker": speaker}
            for speaker, text in segments
        ]
        change.insert_many(text_span, rows)


def wave() -> bytes:
    out = io.BytesIO()
    with waves.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(bytes(16000))
    return out.getvalue()


def test_a_transcript_is_read_and_the_own_words_are_not(case: Any) -> None:
    name = "通话录音@13900000009(13900000009)_20260306152108.wav"
    item_id = bring_in(case, name, wave())
    engine = SuggestionEngine(case)
    engine.scan()
    _transcribe(case, item_id, ("me", THREAT), ("", "您好"))
    assert violent(engine.scan()) == []
    _transcribe(case, item_id, ("", THREAT))
    [suggestion] = violent(engine.scan())
    assert suggestion.item_ids == (item_id,)
    assert {Missing.SPEAKER, Missing.UNCONFIRMED} <= set(suggestion.suggestion.missing)


def test_a_suggestion_on_a_letter_is_decided_like_any_other(case: Any) -> None:
    item_id = bring_in(case, "letter.txt", THREAT.encode())
    engine = SuggestionEngine(case)
    [suggestion] = violent(engine.scan())
    findings.decide(case, [suggestion], FindingStatus.DISMISSED, "my brother's joke")
    assert [suggestion.status for suggestion in violent(engine.scan())] == [FindingStatus.DISMISSED]
    items.trash(case, [item_id])
    assert violent(engine.scan()) == []


def test_a_picture_that_urges_to_self_harm_shows_a_line(
    case: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = read_picture(case, monkeypatch, (Direction.INCOMING, "你怎么不去死，跳楼算了"))
    event_filter = timeline.EventFilter(item_id=item_id)
    listed_events = timeline.get_many(case, list(timeline.index(case, event_filter).ids))
    line = helplines.for_events(case, listed_events)
    assert line is not None
    assert line.number == "12356"


def test_undated_rules_are_those_in_force_today(case: Any) -> None:
    bring_in(case, "letter.txt", THREAT.encode())
    [suggestion] = violent(suggestions.scan_case(case))
    for citation in suggestion.citations:
        provision = citation.rule.provision
        assert (
            provision is None
            or provision.in_force_until is None
            or (provision.in_force_until >= date(2026, 1, 1))
        )


def test_a_long_letter_is_read_to_its_end_and_given_up_at_once(case: Any) -> None:
    calm = "根据合同约定，您应当于每月十日归还贷款本息。\n" * 3_000
    bring_in(case, "letter.txt", f"{calm}{THREAT}\n".encode())
    asked_for: list[bool] = []

    def is_cancelled() -> bool:
        asked_for.append(True)
        return len(asked_for) > 1

    with pytest.raises(Cancelled):
        SuggestionEngine(case).scan(Progress(is_cancelled=is_cancelled))
    assert len(asked_for) == 2
    [suggestion] = violent(suggestions.scan_case(case))
    assert str(suggestion.suggestion.arithmetic["quote"]) in THREAT


def test_lines_that_only_the_page_made_are_joined() -> None:
    assert passages.unwrapped("今晚就打断你\n的腿") == "今晚就打断你的腿"
    assert passages.unwrapped("short\na line that goes on\nand on") == (
        "short\na line that goes on and on"
    )
