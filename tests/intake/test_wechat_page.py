"""MemoTrace's pages of WeChat: the messages stand in the page's script."""

import io

from evidence_app.intake.detect import detect
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.model.event import Direction
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Question
from evidence_app.model.times import to_text


def page(*entries: str, name: str = "const") -> str:
    return (
        "<!DOCTYPE html><html><head><title>x</title></head><body><div></div><script>\n"
        f"const MESSAGE_TEXT = 1;\n{name} chatMessages = [\n"
        + "".join(entries)
        + "]\n</script></body></html>"
    )


def entry(
    kind: int, text: str, own: int, at: int, group: int = 0, who: str = "", ident: str = "wxid_a"
) -> str:
    return (
        f"{{ type:{kind}, text: '{text}',is_send:{own},avatar_path:'./avatar/{ident}.png',"
        f"timestamp:{at},is_chatroom:{group},displayname:'{who}'}},"
    )


def read(text: str, filename: str = "王催收.html") -> list[Record]:
    data = text.encode()
    source = Source(io.BytesIO(data), len(data), filename)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "wechat_page"
    source.stream.seek(0)
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def test_a_chat_of_two() -> None:
    records = read(
        page(
            entry(0, "2024-03-05 21:07:11", 0, 1709644031),
            entry(1, "今天&lt;必须&gt;还<br>it\\'s", 0, 1709644031),
            entry(1, "没钱", 1, 1709644081, ident="wxid_me"),
            entry(3, "./image/a.jpg", 0, 1709644090),
            entry(0, "王 撤回了一条消息", 0, 1709644099),
        )
    )
    first, second, picture = acts(records)
    assert first.text == "今天<必须>还\nit's"
    assert first.time is not None
    assert to_text(first.time.moment).startswith("2024-03-05T13:07:11")
    assert [event.direction for event in acts(records)] == [
        Direction.INCOMING,
        Direction.OUTGOING,
        Direction.INCOMING,
    ]
    assert {event.identifier for event in acts(records)} == {"wxid_a"}
    assert second.contact_name == "王催收"
    assert picture.enclosed == ("image/a.jpg",)
    assert [block.text for block in records if isinstance(block, TextBlock)] == [
        "王 撤回了一条消息"
    ]
    assert not [question for question in records if isinstance(question, Question)]


def test_a_group_and_a_page_that_is_cut_off() -> None:
    document = page(
        entry(1, "一", 0, 1709644031, 1, "甲", "wxid_a"),
        entry(1, "二", 0, 1709644041, 1, "乙", "wxid_b"),
        entry(1, "三", 1, 1709644051, 1, "我", "wxid_me"),
        "{ type:1, text:'x', is_send:0},",
        name="var",
    )
    records = read(document, "群聊.html")
    assert [(event.direction, event.identifier) for event in acts(records)] == [
        (Direction.INCOMING, "wxid_a"),
        (Direction.INCOMING, "wxid_b"),
        (Direction.OUTGOING, ""),
    ]
    assert any(isinstance(record, SkippedEntry) for record in records)
    cut = document[: document.index("三")]
    assert len(acts(read(cut, "群聊.html"))) == 2
    assert any(isinstance(record, Notice) and record.damaged for record in read(cut, "群聊.html"))
