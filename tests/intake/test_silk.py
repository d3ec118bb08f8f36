"""WeChat's voice messages, in both variants of SILK."""

import io
import math
import struct

import pysilk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.readers.wechat import voice as silk
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind


def voice(seconds: float = 2.0, tencent: bool = True) -> bytes:
    rate = 16_000
    tone = (int(9000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(int(seconds * rate)))
    pcm = b"".join(struct.pack("<h", sample) for sample in tone)
    out = io.BytesIO()
    pysilk.encode(io.BytesIO(pcm), out, rate, rate, tencent=tencent)
    return out.getvalue()


WHOLE = voice()


def read(data: bytes) -> list[Record]:
    source = Source(io.BytesIO(data), len(data), "msg_20260301.amr")
    file_format = detect(source)
    assert file_format is not None and file_format.id == "silk"
    return list(silk.read(source))


@pytest.mark.parametrize("tencent", [True, False])
def test_both_variants_are_decoded(tencent: bool) -> None:
    data = voice(tencent=tencent)
    assert data.startswith(b"\x02#!SILK_V3" if tencent else b"#!SILK_V3")
    records = read(data)
    assert isinstance(records[0], Description)
    assert records[0].kind is ItemKind.RECORDING
    assert records[0].duration_s == pytest.approx(2.0, abs=0.1)
    kinds = {
        rendition.kind: rendition.data for rendition in records if isinstance(rendition, Rendition)
    }
    assert kinds[RenditionKind.SOUND].startswith(b"RIFF")
    assert max(kinds[RenditionKind.WAVEFORM]) > 30


def test_what_cannot_be_decoded_is_told() -> None:
    records = read(b"\x02#!SILK_V3")
    assert [notice.message.code for notice in records if isinstance(notice, Notice)] == [
        MessageCode.SOUND_SILK
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_makes_it_fail(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 20))):
        damaged[data.draw(st.integers(10, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(10, len(damaged)))
    list(silk.read(Source(io.BytesIO(bytes(damaged[:end])), end, "x")))
