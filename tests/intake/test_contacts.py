"""Address cards of every version, with what Android, Outlook and the iPhone do to them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.readers.contacts import vcard
from evidence_app.intake.records import Contact, Notice, Source
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import TextBlock


def read(text: str | bytes) -> list[Contact]:
    data = text if isinstance(text, bytes) else text.encode()
    source = Source(io.BytesIO(data), len(data), "x.vcf")
    file_format = detect(source)
    assert file_format is not None and file_format.id == "contacts"
    records = list(vcard.read(source))
    cards = [contact for contact in records if isinstance(contact, Contact)]
    assert len([block for block in records if isinstance(block, TextBlock)]) == len(cards)
    return cards


def test_android_2_1_with_soft_breaks() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=B8=89;;;\r\n"
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=\r\n=E4=B8=89\r\n"
        "TEL;CELL:138-0013-8001\r\nTEL;WORK:010 8888 0000\r\nEND:VCARD\r\n"
    )
    assert read(text) == [Contact("张三", ("138-0013-8001", "010 8888 0000"))]


def test_iphone_3_0_with_groups_and_folding() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Li;Ann;;;\nFN:Ann\n  Li\n"
        "item1.TEL;type=CELL;type=pref:+1 202-555-0143\nitem1.X-ABLabel:_$!<Mobile>!$_\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\n\nEND:VCARD\n"
    )
    assert read(text) == [Contact("Ann Li", ("+1 202-555-0143",))]


def test_4_0_with_addresses_and_escapes() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:4.0\nFN:Li\\, Ann\\; Dr\n"
        'TEL;VALUE=uri;TYPE="cell":tel:+1-202-555-0143\n'
        "EMAIL:ann@example.com\nEND:VCARD\n"
    )
    assert read(text) == [Contact("Li, Ann; Dr", ("+1-202-555-0143", "ann@example.com"))]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_outlook_without_a_word_of_its_encoding(encoding: str) -> None:
    text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:张;三\r\nTEL:13800138001\r\nEND:VCARD\r\n"
    assert read(text.encode(encoding)) == [Contact("张三", ("13800138001",))]


def test_cards_without_numbers_or_an_end() -> None:
    text = "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nORG:Loan Co;Dept\nTEL:95001\n"
    data = text.encode()
    assert read(text) == [Contact("A", ()), Contact("Loan Co Dept", ("95001",))]
    records = list(vcard.read(Source(io.BytesIO(data), len(data), "x")))
    damage_by_code = {
        notice.message.code: notice.damaged for notice in records if isinstance(notice, Notice)
    }
    assert damage_by_code == {MessageCode.DAMAGED_XML: True, MessageCode.CONTACTS_READ: False}


@given(st.binary(max_size=400))
def test_nothing_makes_it_fail(data: bytes) -> None:
    whole_data = b"BEGIN:VCARD\n" + data
    list(vcard.read(Source(io.BytesIO(whole_data), len(whole_data), "x")))


@given(st.integers(0, 40))
def test_every_card_is_told(count: int) -> None:
    text = "".join(f"BEGIN:VCARD\nFN:{n}\nTEL:{n}00000\nEND:VCARD\n" for n in range(count))
    records = vcard.read(Source(io.BytesIO(text.encode()), len(text), "x"))
    assert len([contact for contact in records if isinstance(contact, Contact)]) == count


@pytest.mark.parametrize("charset", [b"a\x00b", b"\xff\xfe", b"base64", b"NONE"])
def test_a_charset_that_is_none_does_not_stop_the_reader(charset: bytes) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=" + charset + b":Ann\r\n"
    assert read(card + b"TEL:95001\r\nEND:VCARD\r\n") == [Contact("Ann", ("95001",))]
