"""Texts of WeChat chats as the tools really write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechat_samples import accounted, acts, blocks, questions_of, read, sides, source_of

from evidence_app.intake.readers.wechat import text_export as wechat_text
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry
from evidence_app.model.question import QuestionKind

IN, OUT, NONE = Direction.INCOMING, Direction.OUTGOING, Direction.NONE
AT = "2026-10-05 21:40:12"


def test_lines_of_wechat_itself_are_no_authors() -> None:
    text = (
        f"{AT} 以上是打招呼的内容\n\n"
        f"{AT} 老王\n还钱\n\n"
        f"{AT} 小李\n没有\n第二行\n\n第三行\n\n"
        f"{AT} “老王” 撤回了一条消息\n\n"
        f"{AT} {'很长的通知' * 30}\n\n"
        f"{AT} 老王\n\n\n"
    )
    records = read(wechat_text, text, "老王.txt")
    assert sides(records) == [(IN, "老王", "老王"), (OUT, "老王", "老王"), (IN, "老王", "老王")]
    assert [event.text for event in acts(records)] == ["还钱", "没有\n第二行\n\n第三行", ""]
    assert blocks(records) == ["以上是打招呼的内容", "“老王” 撤回了一条消息", "很长的通知" * 30]
    assert questions_of(records) == {QuestionKind.TIMEZONE}


def test_weflow_puts_names_in_quotes_and_calls_the_owner_me() -> None:
    text = (
        f"{AT} '我'\n没有\n\n{AT} '老王'\n[语音通话] 未接听\n\n"
        f"{AT} '老王'\nmedia/images/a.jpg\n\n{AT} '老王'\n你撤回了一条消息\n\n"
    )
    records = read(wechat_text, text, "x.txt")
    assert sides(records) == [(OUT, "老王", "老王"), (IN, "老王", "老王"), (IN, "老王", "老王")]
    assert (acts(records)[1].type, acts(records)[1].outcome) == (EventType.CALL, Outcome.MISSED)
    assert acts(records)[2].enclosed == ("media/images/a.jpg",)
    assert blocks(records) == ["你撤回了一条消息"]


def test_chatlog_puts_the_name_first_and_the_id_behind_it() -> None:
    text = (
        f"小李(我) {AT}\n没有\n\n老王(wxid_w) {AT}\n还钱\n\n系统消息 {AT}\n老王 撤回了一条消息\n\n"
        f"老王(wxid_w) {AT}\n[语音通话]\n\n"
    )
    records = read(wechat_text, text, "x.txt")
    assert sides(records) == [
        (OUT, "wxid_w", "老王"),
        (IN, "wxid_w", "老王"),
        (IN, "wxid_w", "老王"),
    ]
    assert blocks(records) == ["系统消息\n老王 撤回了一条消息"]
    assert acts(records)[2].type is EventType.CALL


def test_chatlog_tells_the_group() -> None:
    text = (
        f"张三(wxid_z) [催收群(1@chatroom)] {AT}\n还钱\n\n"
        f"小李(我) [催收群(1@chatroom)] {AT}\n没有\n\n"
    )
    records = read(wechat_text, text, "x.txt")
    assert sides(records) == [(IN, "wxid_z", "张三"), (OUT, "", "")]
    assert {event.raw["chat"] for event in acts(records)} == {"催收群(1@chatroom)"}


def test_the_owner_is_asked_for_and_the_answer_taken() -> None:
    text = f"{AT} 老王\n还钱\n\n{AT} 小李\n没有\n\n"
    records = read(wechat_text, text, "x.txt")
    assert sides(records) == [(NONE, "老王", "老王"), (NONE, "小李", "小李")]
    assert questions_of(records) == {QuestionKind.OWNER, QuestionKind.TIMEZONE}
    answered = read(wechat_text, text, "x.txt", owners=("小李",))
    assert sides(answered) == [(IN, "老王", "老王"), (OUT, "老王", "老王")]
    assert questions_of(answered) == {QuestionKind.TIMEZONE}


def test_times_that_cannot_be_are_reported() -> None:
    text = f"{AT} 老王\n还钱\n\n2026-02-30 21:40:12 老王\n快\n\n2096-10-05 21:40:12 老王\n快\n\n"
    records = read(wechat_text, text, "老王.txt")
    assert len(acts(records)) == 1
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 2
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{AT} INFO started\n  a\n\n{AT} ERROR failed\n  b\n\n",
        f"{AT} one\n{AT} two\n{AT} three\n",
        "".join(f"{AT} {what}\nwords\n\n" for what in ("Call", "Visit", "Letter", "Bank", "Job")),
        f"Notes\n\n{AT} 老王\n还钱\n\n{AT} 老王\n还钱\n\n",
        f"{AT} a\n\n{AT} b\n\n",
        "",
    ],
)
def test_logs_diaries_and_other_texts_are_not_claimed(text: str) -> None:
    assert not wechat_text.recognises(source_of(text))


def test_a_message_without_an_end_is_kept_whole() -> None:
    line = "x" * 99_999
    text = f"{AT} 老王\n还钱\n\n{AT} 老王\n" + f"{line}\n" * 25 + f"\n{AT} 老王\n完\n\n"
    records = read(wechat_text, text, "老王.txt")
    all_text = "".join(event.text for event in acts(records)) + "".join(blocks(records))
    assert all_text.count("x") == 25 * len(line)
    assert acts(records)[-1].text == "完"


NAMES = st.sampled_from(["老王", "小李", "'我'", "A (b)", "系统消息"])
LINES = st.lists(
    st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20), max_size=3
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, LINES), min_size=1, max_size=12), st.booleans())
def test_every_entry_is_accounted_for(entries: list[tuple[str, list[str]]], last: bool) -> None:
    text = "".join(
        "\n".join([f"{who} {AT}" if last else f"{AT} {who}", *lines]) + "\n\n"
        for who, lines in entries
    )
    records = list(wechat_text.read(source_of(text, "老王.txt")))
    assert accounted(records) == len(entries)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 60))
def test_nothing_makes_it_fail(piece: bytes, at: int) -> None:
    data = f"{AT} 老王\n还钱\n\n{AT} 小李\n没有\n\n".encode()
    list(wechat_text.read(source_of(data[:at] + piece + data[at:])))
    wechat_text.recognises(source_of(piece))


@pytest.mark.parametrize("more", ["2024-03-05 10:01:00 王\n看到没\n\n", ""])
def test_messages_of_another_chat_that_were_pasted_stay_in_their_message(more: str) -> None:
    text = (
        "2024-03-03 10:00:00 我\n在\n\n2024-03-03 10:00:00 王\n在吗\n\n"
        * 2
        + "2024-03-04 10:00:00 我\n你好\n\n2024-03-05 10:00:00 王\n看看\n\n"
        "2024-02-01 09:00:00 老板\n还钱\n\n2024-02-01 09:01:00 小张\n好的\n\n" + more
    )
    events = acts(read(wechat_text, text, "王.txt"))
    assert len(events) == 6 + bool(more)
    assert "2024-02-01 09:00:00 老板" in events[5].text and "好的" in events[5].text
