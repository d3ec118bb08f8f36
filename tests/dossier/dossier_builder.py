"""Contents made by hand: a realistic case, and one where everything is hostile."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from evidence_app.dossier.content import (
    ContentSource,
    CustodyExtract,
    CustodyStep,
    DossierContent,
    Exhibit,
    FindingGroup,
    Instance,
)
from evidence_app.model.case import CaseInfo, Jurisdiction
from evidence_app.model.custody import Action, Anchor
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import (
    Item,
    ItemKind,
    ItemStatus,
    PlaceUnit,
    Rendition,
    RenditionKind,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.party import Party
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource, WallClock
from evidence_app.model.verification import Head, Signer

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 2, 26, 1, 30, tzinfo=UTC)
TITLE = "某某消费金融 催收骚扰 · Harassment by “QuickCash” <b>collectors</b> & others 😀"


def jpeg(width: int = 720, height: int = 1560, seed: int = 1) -> bytes:
    return _encoded(width, height, seed, "JPEG")


def png(width: int = 720, height: int = 1560, seed: int = 1) -> bytes:
    return _encoded(width, height, seed, "PNG")


def _encoded(width: int, height: int, seed: int, kind: str) -> bytes:
    picture = Image.new("RGB", (width, height), "#ededed")
    pen = ImageDraw.Draw(picture)
    chance = random.Random(seed)
    for top in range(60, height - 80, 120):
        left = chance.choice([40, width // 3])
        box = (left, top, left + width // 2, top + 80)
        pen.rounded_rectangle(box, 16, fill=chance.choice(["#ffffff", "#95ec69"]))
        pen.text((left + 20, top + 30), f"message at {top} px", fill="#111111", font_size=24)
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def record_time(at: datetime, precision: TimePrecision = TimePrecision.SECOND) -> TimeReading:
    return TimeReading(Instant(at), TimeSource.RECORD, precision, str(at))


def wall_time(at: datetime) -> TimeReading:
    naive = at.astimezone(ZONE).replace(tzinfo=None)
    return TimeReading(WallClock(naive), TimeSource.FILE_NAME, TimePrecision.MINUTE, "")


@dataclass
class Builder:
    """Collects items, events and findings, and makes content of them."""

    title: str = TITLE
    items: list[Item] = field(default_factory=list)
    originals: dict[int, bytes] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    texts: dict[int, list[TextBlock]] = field(default_factory=dict)
    renditions: dict[tuple[int, RenditionKind], Rendition] = field(default_factory=dict)
    groups: list[FindingGroup] = field(default_factory=list)
    on_events: dict[int, tuple[str, ...]] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)

    def item(self, kind: ItemKind, filename: str, data: bytes, media: str, **more: object) -> Item:
        number = len(self.items) + 1
        values: dict[str, object] = {
            "title": filename,
            "origin": "",
            "status": ItemStatus.READ,
            "imported_at": START + timedelta(days=30, seconds=number),
        }
        digest = hashlib.sha256(data).hexdigest()
        item = Item(
            id=number * 10,
            kind=kind,
            filename=filename,
            sha256=digest,
            size=len(data),
            media_type=media,
            **{**values, **more},  # type: ignore[arg-type]
        )
        self.items.append(item)
        self.originals[item.id] = data
        return item

    def event(self, item: Item, type: EventType, at: datetime | None, **more: object) -> Event:
        values: dict[str, object] = {
            "direction": Direction.INCOMING,
            "outcome": Outcome.UNKNOWN,
            "time": record_time(at) if at else None,
            "duration_s": None,
            "party_id": None,
            "party": "",
            "identifier": "",
            "identifier_normalized": "",
            "contact_name": "",
            "text": "",
            "place": None,
        }
        event = Event(
            id=len(self.events) + 1,
            item_id=item.id,
            type=type,
            filename=item.filename,
            **{**values, **more},  # type: ignore[arg-type]
        )
        self.events.append(event)
        return event

    def counted(self) -> list[Item]:
        return [
            replace(item, event_count=sum(event.item_id == item.id for event in self.events))
            for item in self.items
        ]

    def content(self) -> DossierContent:
        events = sorted(
            self.events, key=lambda event: (event.time is None, str(event.time and _instant(event)))
        )
        head = f"{12:064x}"
        steps = (
            CustodyStep(date(2026, 3, 1), Action.IMPORT, 9),
            CustodyStep(date(2026, 3, 2), Action.CONFIRM_FINDING, 3),
        )
        return DossierContent(
            case=CaseInfo(
                self.title, "李明 Li Ming", ZONE.key, Jurisdiction.CHINA, START, "c" * 32
            ),
            own_numbers=("+86 139 0000 0001",),
            generated_at=datetime(2026, 4, 1, 10, 0, tzinfo=ZONE),
            program="Evidence App 0.1.0",
            exhibits=tuple(
                Exhibit(n, item, (), ("重要",) if n == 1 else ())
                for n, item in enumerate(self.counted(), 1)
            ),
            findings=tuple(self.groups),
            event_violations=self.on_events,
            custody=CustodyExtract(
                12,
                head,
                Head(12, head, "0" * 64).code(),
                steps,
                (Signer("ab" * 32, 1, 12),),
                (Anchor(1, 11, "http://tsa.test", START, "Stamp Authority", "Root"),),
            ),
            access=ContentSource(
                events=lambda: iter(events),
                item_events=self._item_events,
                texts=lambda item_id: self.texts.get(item_id, []),
                rendition=lambda item_id, kind: self.renditions.get((item_id, kind)),
                open_original=self._open,
            ),
            parties=tuple(self.parties),
        )

    def _item_events(self, item_id: int) -> Iterator[Event]:
        return (event for event in self.events if event.item_id == item_id)

    def _open(self, item_id: int) -> BinaryIO:
        return io.BytesIO(self.originals[item_id])


def _instant(event: Event) -> datetime:
    assert event.time is not None
    at = event.time.moment.at
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=ZONE).astimezone(UTC)


def calls(builder: Builder, count: int, item: Item, every: timedelta) -> None:
    chance = random.Random(7)
    for n in range(count):
        number = f"+86 10 5555 {chance.randrange(40):04}"
        outcome = chance.choice([Outcome.ANSWERED, Outcome.MISSED, Outcome.REJECTED])
        builder.event(
            item,
            EventType.CALL,
            START + n * every,
            outcome=outcome,
            duration_s=float(chance.randrange(5, 400)) if outcome is Outcome.ANSWERED else 0.0,
            identifier=number,
            identifier_normalized=number.replace(" ", ""),
            contact_name="催收 A 组" if n % 3 == 0 else "",
            place=SourcePlace(PlaceUnit.ROW, n + 2, "通话记录"),
        )


def realistic(call_count: int = 60) -> Builder:
    """A case with one of everything, in Chinese and English, with emoji."""
    builder = Builder()
    shot = builder.item(
        ItemKind.PICTURE,
        "Screenshot_2026-03-01-21-30-05_微信.png",
        png(),
        "image/png",
        width=720,
        height=1560,
        time=wall_time(START + timedelta(days=3)),
        note="群里有 43 个同事。I was at work that day. 😢 ⚖",
        title="微信群里公开我的债务 🤬",
    )
    photo = builder.item(
        ItemKind.PICTURE, "IMG_0042.jpg", jpeg(900, 600), "image/jpeg", width=900, height=600
    )
    long_shot = builder.item(
        ItemKind.PICTURE, "long.png", png(500, 4200), "image/png", width=500, height=4200
    )
    log = builder.item(
        ItemKind.CALL_LOG, "通话记录 2026-03.xlsx", b"log", "application/x", title=""
    )
    sms = builder.item(ItemKind.MESSAGES, "sms-20260301.xml", b"<smses/>", "application/xml")
    sound = builder.item(
        ItemKind.RECORDING, "call 10086.m4a", b"sound", "audio/mp4", duration_s=125.4
    )
    wave = bytes(int(128 + 100 * random.Random(n).random()) for n in range(600))
    builder.renditions[sound.id, RenditionKind.WAVEFORM] = Rendition(
        RenditionKind.WAVEFORM, "application/x-waveform", wave
    )
    letter = builder.item(ItemKind.DOCUMENT, "律师函.pdf", b"%PDF", "application/pdf", page_count=2)
    builder.texts[letter.id] = [
        TextBlock("律师函\n兹因您拖欠 QuickCash 平台借款，限三日内还清。" * 40, _page(1)),
        TextBlock("Second page with Latin words in it. " * 60, _page(2)),
    ]
    note = builder.item(ItemKind.NOTE, "note.txt", b"note", "text/plain", title="上门 Visit")
    builder.texts[note.id] = [
        TextBlock("两名男子 19:40 敲门，拒绝离开。", SourcePlace(PlaceUnit.LINE, 1))
    ]
    builder.item(
        ItemKind.OTHER, "unknown.bin", b"??", "application/octet-stream", status=ItemStatus.UNREAD
    )
    calls(builder, call_count, log, timedelta(hours=5, minutes=17))
    threat = builder.event(
        sms,
        EventType.MESSAGE,
        START + timedelta(days=2, hours=13),
        identifier="106900001234",
        identifier_normalized="106900001234",
        text="【QuickCash】您已逾期 45 天，今晚之前不还款，我们将联系您的父母和单位！后果自负 😡",
    )
    for n in range(12):
        builder.event(
            sms,
            EventType.MESSAGE,
            START + timedelta(days=n, hours=3),
            direction=Direction.OUTGOING if n % 4 == 0 else Direction.INCOMING,
            outcome=Outcome.DRAFT if n == 11 else Outcome.UNKNOWN,
            identifier="+86 10 5555 0003",
            identifier_normalized="+861055550003",
            text="Please stop calling me at work."
            if n % 4 == 0
            else f"第 {n} 次提醒：请尽快还款。",
        )
    posted = builder.event(shot, EventType.PICTURE, None, direction=Direction.NONE)
    builder.events[-1] = replace(posted, time=shot.time)
    builder.event(photo, EventType.PICTURE, None, direction=Direction.NONE)
    builder.event(sound, EventType.RECORDING, START + timedelta(days=4), direction=Direction.NONE)
    visit = builder.event(
        note,
        EventType.VISIT,
        START + timedelta(days=5, hours=10),
        direction=Direction.INCOMING,
        text="两名男子 19:40 敲门，拒绝离开。",
    )
    first_call = builder.events[0]
    builder.groups = [
        FindingGroup(
            "excessive_contact",
            "高频骚扰（通话、拨打、短信超限）",
            "拨打、发送的次数超过限度，短时间内反复拨打，或在应当停止联系的期间仍然联系。",
            (Instance(4, first_call), Instance(4, None, "整份记录都说明问题")),
        ),
        FindingGroup(
            "public_shaming",
            "Public shaming / doxxing / image abuse",
            "Your photo, identity, debt or an edited picture of you is posted where others see it.",
            (Instance(1, None), Instance(5, threat, "They did call my parents.")),
        ),
        FindingGroup(
            "abusive_visit", "违规上门/滞留/侵入", "单人上门、赖着不走。", (Instance(8, visit),)
        ),
    ]
    builder.on_events = {threat.id: ("公开曝光",), visit.id: ("违规上门/滞留/侵入",)}
    assert long_shot.id == 30
    return builder


def _page(number: int) -> SourcePlace:
    return SourcePlace(PlaceUnit.PAGE, number)
