"""What WhatsApp writes in place of calls, files and its own notices, in many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MISSED = re.compile(
    r"(?:missed (?:group )?(?:voice |video )?call|verpasster (?:sprach|video|gruppen)\w*|"
    r"(?:llamada|videollamada)(?: de voz| de video| grupal)? perdida|"
    r"appel (?:vocal|vidéo)(?: de groupe)? manqué|chiamata (?:vocale |video )?persa|"
    r"videochiamata persa|chamada de (?:voz|vídeo) perdida|пропущенный \w+|"
    r"panggilan (?:suara|video) tak terjawab|cevapsız \w+ (?:arama|görüşme)\w*|"
    r"未接(?:的)?(?:语音|視訊|视频|語音|群组|群組)*(?:通话|通話|来电|來電)|"
    r"不在着信|(?:音声|ビデオ)通話の不在着信|부재중 (?:음성|영상)\s?통화)"
    r"(?:[ ,.，。]+(?:from|von|de|da|来自|來自) ?(?P<who>[^,，]{1,80}?))?"
    r"(?:[,，.]? ?(?:tap to call back|点击回拨|點按以回電|轻触即可回拨|タップして折り返す))?\.?",
    re.I,
)
_CALL = re.compile(
    r"(?:group )?(?:voice call|video call|sprachanruf|videoanruf|llamada de voz|videollamada|"
    r"appel vocal|appel vidéo|语音通话|视频通话|語音通話|視訊通話|音声通話|ビデオ通話|"
    r"음성 통화|영상 통화)(?P<rest>[,，.。:： ].{0,60})?",
    re.I,
)
_HOURS = re.compile(r"(\d+) ?(?:hr|hour|h\b|std|小时|小時|時間|시간)", re.I)
_MINUTES = re.compile(r"(\d+) ?(?:min|分|분)", re.I)
_SECONDS = re.compile(r"(\d+) ?(?:sec|s\b|sek|seg|秒|초)", re.I)
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})")
_UNANSWERED = re.compile(
    r"no answer|unanswered|not answered|declined|keine antwort|sin respuesta|无人接听|無人接聽|"
    r"未接听|已取消|cancel|応答なし|응답 없음",
    re.I,
)
_EXTENSION = r"\.[A-Za-z0-9]{2,5}"
_ATTACHED = (
    # iOS: <attached: name>, in any language.
    re.compile(rf"<[^<>:：]{{2,30}}[:：] ?(?P<name>[^<>\n]{{1,200}}{_EXTENSION})>"),
    re.compile(rf"^(?P<name>[^\n<>]{{1,200}}{_EXTENSION}) <[^<>]{{2,30}}>"),
    # Android: name (file attached), with its own names or in a known language.
    re.compile(
        rf"^(?P<name>(?:IMG|VID|PTT|AUD|DOC|STK)-\d{{8}}-WA\d+{_EXTENSION}) ?"
        r"[(（][^()（）]{2,40}[)）]",
        re.I,
    ),
    re.compile(
        rf"^(?P<name>[^\n]{{1,200}}{_EXTENSION}) ?[(（](?:file attached|datei angehängt|archivo "
        r"adjunto|fichier joint|file allegato|arquivo anexado|ficheiro anexado|файл добавлен|"
        r"bijlage bijgevoegd|bestand bijgevoegd|文件附件|文件已附加|附件|檔案已附加|添付ファイル|"
        r"파일 첨부됨|dosya ekli|file terlampir)[)）]",
        re.I,
    ),
)
_OMITTED = re.compile(
    r"<?(?:(?:media|image|video|audio|gif|sticker|document|contact card|video note) omitted|"
    r"medien ausgeschlossen|(?:bild|video|audio|gif|sticker|dokument) weggelassen|"
    r"multimedia omitido|(?:imagen|audio|video|documento|sticker) omitid[oa]|"
    r"médias omis|(?:image|vidéo|audio|document) absente?|media omesso|"
    r"(?:immagine|video|audio) omess[oa]|mídia oculta|arquivo de mídia oculto|"
    r"ficheiro não revelado|"
    r"без медиафайлов|файл пропущен|省略影音内容|已省略多媒體檔案|"
    r"(?:媒体文件|图像|图片|圖片|影像|视频|視訊|影片|音频|音訊|语音|贴图|貼圖|动图|文件|文檔)(?:已省略|已略去|已忽略)|"
    r"メディアは含まれていません|画像は含まれていません|미디어 파일을 제외한)>?",
    re.I,
)
_NOTICE = re.compile(
    r"end-to-end encrypted|ende-zu-ende|cifrad[oa]s? de extremo|chiffrés de bout en bout|"
    r"端到端加密|端對端加密|エンドツーエンド|security code|安全代码|安全碼|"
    r"created (?:this )?group|创建了(?:此|该|本)?群|建立了群組|changed (?:the subject|this group|"
    r"their phone number|the group)|added you|joined using|left the group|pinned a message|"
    r"turned (?:on|off) disappearing|is a contact|business account|blocked this contact|"
    r"you blocked|更改了(?:群|本群)|加入了群|退出了群|已将.*移除|已封鎖|blockiert",
    re.I,
)
_MINE = re.compile(r"^(?:you|du|tú|vous|tu|вы|你|您|あなた)(?:\s|$|删|刪|撤)", re.I)


@dataclass(frozen=True, slots=True)
class ChatCall:
    """A call that a chat tells of.

    Attributes:
        is_answered: Whether somebody answered.
        duration_s: In seconds, or None if it is not told.
        who: Who called, if the words say so; else empty.
    """

    is_answered: bool
    duration_s: float | None
    who: str = ""


def call_of(text: str) -> ChatCall | None:
    """The call that a message is, or None if it is words."""
    words = text.strip().strip("\"'☎📞📹 ")
    if missed := _MISSED.fullmatch(words):
        return ChatCall(False, None, (missed["who"] or "").strip())
    found = _CALL.fullmatch(words)
    if found is None:
        return None
    rest = found["rest"] or ""
    if _UNANSWERED.search(rest):
        return ChatCall(False, None)
    seconds = _seconds(rest)
    # The bare words may be somebody's own; the app always says how long it was, or that it failed.
    return ChatCall(True, seconds) if seconds is not None else None


def _seconds(text: str) -> float | None:
    if clock := _CLOCK.search(text):
        return int(clock[1] or 0) * 3600.0 + int(clock[2]) * 60 + int(clock[3])
    found = [pattern.search(text) for pattern in (_HOURS, _MINUTES, _SECONDS)]
    if not any(found):
        return None
    hours, minutes, seconds = (int(one[1]) if one else 0 for one in found)
    return float(hours * 3600 + minutes * 60 + seconds)


def attached(text: str) -> str | None:
    """The name of the file that a message is, or None."""
    return next((found["name"].strip() for one in _ATTACHED if (found := one.search(text))), None)


def is_omitted(text: str) -> bool:
    """Whether a file was left out of the export here."""
    return _OMITTED.fullmatch(text.strip()) is not None


def is_notice(text: str) -> bool:
    """Whether the app itself says it, whomever it is put into the mouth of."""
    return _NOTICE.search(text) is not None


def is_mine(author: str) -> bool:
    """Whether the export calls its owner so."""
    return _MINE.match(author) is not None
