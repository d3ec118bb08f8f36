"""What LINE writes in place of calls and of files, in its many languages."""

from __future__ import annotations

import re

from evidence_app.intake.readers.chat.lines import CallMention, seconds_of

_PHONE = re.compile("(?P<sign>[☎📞]\ufe0f?\\s*)?(?P<words>[^\n]{2,60})")
_TALKED = re.compile(
    r"(?:通話時間|通话时间|通话时长|通話時長|Call (?:time|duration)|통화 ?시간|"
    r"ระยะเวลาการโทร|เวลาโทร)"
    r"\s*[:：]?\s*(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{2})",
    re.ASCII | re.I,
)
_UNANSWERED = re.compile(
    r"(?:missed (?:voice |video )?call|no answer|call(?:ed)? cancell?ed|cancell?ed call|"
    r"不在着信|(?:通話に)?応答(?:がありませんでした|なし)|通話をキャンセルしました|"
    r"未接(?:来电|來電|通话|通話)|(?:无人|無人)接[听聽]|(?:对方|對方)?(?:无|無)(?:应答|回應|應答)|"
    r"(?:您|你|对方|對方)?(?:已)?取消(?:了)?(?:通话|通話)|(?:通话|通話)(?:已)?取消|"
    r"부재중 (?:전화|통화)|응답 ?없음|통화 ?취소|สายที่ไม่ได้รับ|ไม่มีการตอบรับ|ไม่รับสาย|ยกเลิกการโทร)[.。]?",
    re.I,
)
_DECLINED = re.compile(
    r"(?:call declined|declined call|(?:通話を)?拒否(?:しました)?|"
    r"(?:已)?拒(?:绝|絕)(?:了)?(?:通话|通話)|"
    r"통화 ?거절)[.。]?",
    re.I,
)
_OF_MANY = re.compile(
    r"(?:group (?:voice|video) (?:call|chat)|グループ(?:音声|ビデオ)?通話|"
    r"群[组組](?:语音|語音|视频|視訊)?通[话話])"
    r"[^\n]{0,30}",
    re.I,
)
_LEFT_OUT = re.compile(
    r"\[(?:照片|圖片|图片|相片|写真|画像|Photo|사진|รูป|รูปภาพ|影片|视频|視頻|動画|Video|동영상|วิดีโอ|"
    r"語音訊息|语音信息|语音消息|語音信息|ボイスメッセージ|音声|Voice message|Audio|음성 ?메시지|"
    r"ข้อความเสียง|檔案|文件|ファイル|File|파일|ไฟล์|相簿|相册|アルバム|Album|앨범|อัลบั้ม)\]"
    r"(?: (?P<name>[^\n]{1,200}))?",
    re.I,
)
_BARE_LEFT_OUT = frozenset({"Photos", "Videos", "Audio", "Files"})
_FILE = re.compile(r"[^\n/\\]{1,200}\.[A-Za-z0-9]{1,5}")


def call_of(text: str) -> CallMention | None:
    """The call that an entry's words tell of, or None if they are just words."""
    match = _PHONE.fullmatch(text.strip())
    if match is None:
        return None
    phrase = match["words"].strip()
    if talked := _TALKED.fullmatch(phrase):
        return CallMention(duration_s=seconds_of(talked))
    if _UNANSWERED.fullmatch(phrase):
        return CallMention(is_unanswered=True)
    if _DECLINED.fullmatch(phrase):
        return CallMention(is_declined=True)
    return CallMention() if match["sign"] and _OF_MANY.fullmatch(phrase) else None


def is_left_out(text: str) -> bool:
    """Whether the words stand for a picture, recording or file."""
    return text in _BARE_LEFT_OUT or _LEFT_OUT.fullmatch(text) is not None


def file_of(text: str) -> str | None:
    """The name of the file for which the words stand, if they tell it."""
    match = _LEFT_OUT.fullmatch(text)
    name = match["name"] if match else None
    return name if name and _FILE.fullmatch(name) else None
