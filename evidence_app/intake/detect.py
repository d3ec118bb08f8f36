"""What a file is, by its content; its name says nothing here."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evidence_app.intake.readers.tables.sheets import is_workbook
from evidence_app.intake.records import Reader, Source

_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Format:
    """A format that a reader knows.

    Attributes:
        id: Its identity, kept with each item that is read: it never changes, wherever the reader
            moves. Two items whose formats have the same id are the same kind of source.
        module: The reader's module in `evidence_app.intake.readers`.
        matches: Whether a file is of this format, by its first bytes; else the reader is asked.
        needs: The first bytes without which it cannot be of this format.
    """

    id: str
    module: str
    matches: Callable[[bytes], bool] | None = None
    needs: bytes = b""

    def reader(self) -> Reader:
        """The reader, loaded when it is first needed."""
        read: Reader = self._module().read
        return read

    def recognises(self, source: Source, head: bytes) -> bool:
        """Whether the file is of this format."""
        if self.matches is not None:
            return self.matches(head)
        if not head.startswith(self.needs):
            return False
        source.stream.seek(0)
        return bool(self._module().recognises(source))

    def _module(self) -> Any:
        return importlib.import_module(f"evidence_app.intake.readers.{self.module}")


def _is_picture(head: bytes) -> bool:
    return (
        head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"))
        or head.startswith((b"II*\x00", b"MM\x00*"))
        or (head.startswith(b"BM") and head[6:10] == bytes(4))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and _brand(head) in _PICTURE_BRANDS)
    )


def _is_sound_or_video(head: bytes) -> bool:
    return (
        head.startswith((b"#!AMR", b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3"))
        or (head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI "))
        or (head[4:8] == b"ftyp" and _brand(head) not in _PICTURE_BRANDS)
        or (head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"))
        or head[4:8] in (b"moov", b"wide")  # QuickTime before it had brands.
        or _is_mpeg_audio(head)
    )


def _is_mpeg_audio(head: bytes) -> bool:
    """An MPEG or ADTS frame with legal fields; the mark of UTF-16 text looks like layer I."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if layer == 0:
        return head[1] & 0xF6 == 0xF0
    return layer != 3 and version != 1 and head[2] >> 4 != 15 and head[2] >> 2 & 3 != 3


def _brand(head: bytes) -> bytes:
    return head[8:12]


_PICTURE_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)

_SQLITE = b"SQLite format 3\x00"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEEDED_WHOLE = (_SQLITE, b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"ANDROID BACKUP\n")

FORMATS = (
    Format("pictures", "media.pictures", _is_picture),
    Format("recordings", "media.recordings", _is_sound_or_video),
    Format("silk", "wechat.voice"),
    Format("word", "documents.word", needs=b"PK\x03\x04"),
    Format("archive", "archives.archive"),
    Format("pdf", "documents.pdf", lambda head: b"%PDF-" in head[:1024]),
    Format("whatsapp_iphone", "whatsapp.iphone_database", needs=_SQLITE),
    Format("whatsapp_android", "whatsapp.android_database", needs=_SQLITE),
    Format("whatsapp_contacts", "whatsapp.contact_database", needs=_SQLITE),
    Format("iphone_calls", "iphone.call_database", needs=_SQLITE),
    Format("iphone_messages", "iphone.message_database", needs=_SQLITE),
    Format("iphone_contacts", "iphone.contact_database", needs=_SQLITE),
    Format("android_calls", "android.call_database", needs=_SQLITE),
    Format("android_messages", "android.message_database", needs=_SQLITE),
    Format("database_sidecar", "database_sidecar"),
    Format("whatsapp_locked", "whatsapp.locked_database"),
    Format("iphone_backup", "iphone.backup"),
    Format("contacts", "contacts.vcard"),
    Format("qq_page", "qq.page_export"),
    Format("outlook", "mail.outlook", needs=_OLE),
    Format("mail", "mail.eml"),
    Format("mailbox_file", "mail.mbox"),
    Format("sms_backup", "android.sms_backup"),
    Format("adb_dump", "android.adb_dump"),
    Format("imazing", "iphone.imazing"),
    Format("telegram", "telegram.json_export"),
    Format("telegram_html", "telegram.html_export"),
    Format("meta_messages", "meta.json_export"),
    Format("imessage_html", "imessage.html_export"),
    Format("signal_html", "signal.html_export"),
    Format("meta_html", "meta.html_export"),
    Format("wechat_page", "wechat.page_export"),
    Format("android_json", "android.provider_json"),
    Format("fossify", "android.fossify"),
    Format("google_voice", "google_voice"),
    Format("qq_json", "qq.json_export"),
    Format("qq_exporter_text", "qq.exporter_text"),
    Format("qq_text", "qq.text_export"),
    Format("wechat_json", "wechat.json_export"),
    Format("wechat_table", "wechat.table_export"),
    Format("kakao_text", "kakao.text_export"),
    Format("kakao_table", "kakao.table_export"),
    Format("line_text", "line.text_export"),
    Format("imessage_text", "imessage.text_export"),
    Format("signal_text", "signal.text_export"),
    Format("whatsapp", "whatsapp.text_export"),
    Format("wechat_text", "wechat.text_export"),
    Format("conversation_table", "conversation.table"),
    Format("call_table", "tables.call_table"),
    Format("typed_calls", "tables.typed_calls"),
    Format("conversation", "conversation.reader"),
    Format("plain_text", "documents.plain_text"),
)
"""All formats, the most certain signs first."""


def detect(source: Source) -> Format | None:
    """The format of the file, or None if no reader knows it; the stream's place is undefined."""
    head = _head(source)
    if not head:
        return None
    return next((form for form in FORMATS if form.recognises(source, head)), None)


def may_be_read(source: Source) -> bool:
    """Whether a reader might know a large file of which only the beginning is here.

    Workbooks, archives and databases have tables of contents that a beginning alone lacks.
    """
    head = _head(source)
    return is_workbook(head) or head.startswith(_NEEDED_WHOLE) or detect(source) is not None


def _head(source: Source) -> bytes:
    source.stream.seek(0)
    return source.stream.read(_HEAD)
