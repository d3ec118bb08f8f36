"""Calls of which a WhatsApp or Signal chat tells, in the words of many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence_app.intake.readers.whatsapp.syntax import visible
from evidence_app.model.event import Direction, Outcome


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()).casefold() for phrase in text.split("|"))


_MISSED = _phrases(
    "missed voice call|missed video call|missed group call|missed group voice call|"
    "missed group video call|silenced voice call|silenced video call|silenced group call|"
    "verpasster sprachanruf|verpasster videoanruf|verpasster gruppenanruf|"
    "verpasster gruppen-sprachanruf|verpasster gruppen-videoanruf|"
    "stummgeschalteter sprachanruf|stummgeschalteter videoanruf|"
    "llamada de voz perdida|llamada perdida|videollamada perdida|llamada grupal perdida|"
    "videollamada grupal perdida|llamada de voz grupal perdida|llamada de video perdida|"
    "appel vocal manqué|appel vidéo manqué|appel de groupe manqué|appel vocal de groupe manqué|"
    "appel vidéo de groupe manqué|chiamata vocale persa|chiamata persa|videochiamata persa|"
    "videochiamata di gruppo persa|chiamata vocale di gruppo persa|chamada de voz perdida|"
    "chamada de vídeo perdida|videochamada perdida|ligação de voz perdida|"
    "ligação de vídeo perdida|ligação perdida|chamada perdida|пропущенный аудиозвонок|"
    "пропущенный видеозвонок|пропущенный голосовой звонок|пропущенный групповой звонок|"
    "пропущений аудіодзвінок|пропущений відеодзвінок|gemiste spraakoproep|gemiste video-oproep|"
    "gemist spraakgesprek|gemist videogesprek|gemiste oproep|cevapsız sesli arama|"
    "cevapsız görüntülü arama|panggilan suara tak terjawab|panggilan video tak terjawab|"
    "panggilan suara terlepas|panggilan video terlepas|nieodebrane połączenie głosowe|"
    "nieodebrane połączenie wideo|nieodebrane poł. głosowe|nieodebrane poł. wideo|"
    "nieodebrane połączenie|missat röstsamtal|missat videosamtal|missat samtal|tapt taleanrop|"
    "tapt videoanrop|ubesvaret taleopkald|ubesvaret videoopkald|mistet opkald|"
    "vastaamaton äänipuhelu|vastaamaton videopuhelu|zmeškaný hlasový hovor|zmeškaný videohovor|"
    "zmeškaný hovor|nem fogadott hanghívás|nem fogadott videohívás|nem fogadott videóhívás|"
    "apel vocal ratat|apel vocal nepreluat|apel video ratat|apel video nepreluat|"
    "propušteni glasovni poziv|propušten glasovni poziv|propušteni videopoziv|"
    "αναπάντητη φωνητική κλήση|αναπάντητη βιντεοκλήση|αναπάντητη κλήση|"
    "trucada de veu perduda|videotrucada perduda|cuộc gọi nhỡ|cuộc gọi thoại nhỡ|"
    "cuộc gọi video nhỡ|cuộc gọi nhỡ video|สายที่ไม่ได้รับ|วิดีโอคอลที่ไม่ได้รับ|"
    "مكالمة صوتية فائتة|مكالمة فيديو فائتة|שיחה קולית שלא נענתה|שיחת וידאו שלא נענתה|"
    "تماس صوتی پاسخ داده نشده|تماس تصویری پاسخ داده نشده|مسڈ وائس کال|مسڈ ویڈیو کال|"
    "मिस्ड वॉइस कॉल|वॉइस कॉल मिस हुई|मिस्ड वीडियो कॉल|मिस्ड व्हॉइस कॉल|"
    "未接语音通话|未接视频通话|未接群组语音通话|未接群组视频通话|未接的语音通话|未接的视频通话|"
    "未接來電|未接来电|未接語音通話|未接視訊通話|未接視像通話|未接群組語音通話|未接群組視訊通話|"
    "未接語音來電|未接視訊來電|不在着信|音声通話不在着信|ビデオ通話不在着信|音声通話の不在着信|"
    "ビデオ通話の不在着信|부재중 전화|부재중 음성 통화|부재중 음성통화|"
    "부재중 영상 통화|부재중 영상통화"
)
_CALLS = _phrases(
    "voice call|video call|group call|group voice call|group video call|sprachanruf|videoanruf|"
    "gruppenanruf|gruppen-sprachanruf|gruppen-videoanruf|llamada de voz|videollamada|"
    "llamada grupal|videollamada grupal|llamada de voz grupal|appel vocal|appel vidéo|"
    "appel de groupe|appel vocal de groupe|appel vidéo de groupe|chiamata vocale|videochiamata|"
    "chiamata di gruppo|chamada de voz|chamada de vídeo|videochamada|chamada em grupo|"
    "ligação de voz|ligação de vídeo|ligação em grupo|аудиозвонок|видеозвонок|"
    "голосовой звонок|групповой звонок|аудіодзвінок|відеодзвінок|spraakoproep|video-oproep|"
    "spraakgesprek|videogesprek|groepsgesprek|sesli arama|görüntülü arama|grup araması|"
    "panggilan suara|panggilan video|panggilan grup|połączenie głosowe|połączenie wideo|"
    "röstsamtal|videosamtal|taleanrop|videoanrop|taleopkald|videoopkald|äänipuhelu|videopuhelu|"
    "hlasový hovor|videohovor|hanghívás|videóhívás|apel vocal|apel video|φωνητική κλήση|"
    "βιντεοκλήση|cuộc gọi thoại|cuộc gọi video|مكالمة صوتية|مكالمة فيديو|שיחה קולית|שיחת וידאו|"
    "वॉइस कॉल|वीडियो कॉल|语音通话|视频通话|群组通话|群组语音通话|群组视频通话|語音通話|視訊通話|"
    "視像通話|群組通話|群組語音通話|群組視訊通話|音声通話|ビデオ通話|グループ通話|"
    "음성 통화|음성통화|영상 통화|영상통화|그룹 통화"
)
_FAILED = _phrases(
    "call failed|anruf fehlgeschlagen|llamada fallida|panggilan gagal|通话失败|通話失敗"
)
_BARE = _phrases("missed call|verpasster anruf|appel manqué")
"""What people write as well; the app adds how many joined, or marks it as its own."""

_FROM = re.compile(r" (?:from|von|de|da|от|van) ", re.I)
_FROM_BEFORE = re.compile(r"(?:来自|來自) ?(?P<who>.{1,100}?) ?的?(?P<what>未接.{2,12})")
_PART = re.compile(r"[,，。،•\n]|\. ")
_DECLINED = re.compile(
    r"declined|rejected|abgelehnt|rechazad|refusé|rifiutat|recusad|отклон|відхил|reddedildi|"
    r"ditolak|geweigerd|odrzucon|拒绝|拒接|拒絕|拒否|거절",
    re.I,
)
_UNANSWERED = re.compile(
    r"no answer|unanswered|not answered|no response|keine antwort|sin respuesta|no contestad|"
    r"sans réponse|pas de réponse|nessuna risposta|sem resposta|não atendid|нет ответа|без ответа|"
    r"geen antwoord|yanıt yok|cevap yok|cevaplanmadı|tidak ada jawaban|brak odpowiedzi|"
    r"cancel|abgebrochen|annulé|无人接听|未接听|无应答|无人应答|已取消|無人接聽|未接聽|無人回應|無回應|"
    r"応答なし|응답 없음|لا يوجد رد|لم يتم الرد",
    re.I,
)
_ANSWERED = re.compile(
    r"answered on other|answered on another|(?<!not)accepted|auf anderem gerät|en otro dispositivo|"
    r"sur un autre appareil|其他设备|其他裝置|別の端末",
    re.I,
)
_STATE = re.compile(r"\d+ (?:joined|invited)|tap to (?:join|call)|ongoing|focus mode", re.I)
_HOURS = (
    r"hours?|hrs?|h|std|stunden?|ч|час(?:а|ов)?|год|uur|u|ore|ora|horas?|heures?|saat|sa|jam|godz|"
    r"tim|t|giờ|ساعات|ساعة|घंटे|घंटा|个小时|小时|個小時|小時|時間|시간"
)
_MINUTES = (
    r"minutes?|mins?|m|minuten|minutos?|minuti|мин|минут[аы]?|хв|dakika|dk|dak|menit|mnt|phút|"
    r"دقائق|دقيقة|मिनट|मि|分钟|分鐘|分|분"
)
_SECONDS = (
    r"seconds?|secs?|s|sek|sekunden?|seg|segundos?|secondes?|secondi|сек|секунд[аы]?|с|saniye|sn|"
    r"detik|dtk|giây|ثوان|ثانية|सेकंड|秒钟|秒鐘|秒|초"
)
_LENGTH = re.compile(
    rf"(?:(?P<h>\d{{1,3}}) ?(?:{_HOURS})\.?)? ?(?:(?P<m>\d{{1,3}}) ?(?:{_MINUTES})\.?)? ?"
    rf"(?:(?P<s>\d{{1,3}}) ?(?:{_SECONDS})\.?)?",
    re.I,
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,2}):(?P<s>\d{2})", re.ASCII)
_SIGNAL = re.compile(
    r"(?P<way>incoming|outgoing)(?: (?:voice|video|group|adhoc))? call"
    r"(?: \((?P<rest>[^()\n]{1,60})\))?",
    re.I,
)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class ChatCall:
    """A call of which a chat tells.

    Attributes:
        duration_s: In seconds, if it is told.
        is_answered: Whether people talked.
        is_declined: Whether it was refused.
        is_unanswered: Whether nobody took it.
        caller: Who called, if the words say so; else empty.
        direction: Who reached out, if the words say so; else None.
    """

    duration_s: float | None = None
    is_answered: bool = False
    is_declined: bool = False
    is_unanswered: bool = False
    caller: str = ""
    direction: Direction | None = None

    def outcome(self, direction: Direction) -> Outcome:
        """What became of it; a call of one's own that nobody took is none that was missed."""
        if self.is_answered:
            return Outcome.ANSWERED
        if self.is_declined:
            return Outcome.REJECTED
        missed = self.is_unanswered and direction is not Direction.OUTGOING
        return Outcome.MISSED if missed else Outcome.UNKNOWN


def call_of(text: str, *, is_apps: bool) -> ChatCall | None:
    """The call that a message is, or None if it is words.

    Args:
        text: The whole message.
        is_apps: Whether the app itself certainly says it; people write “voice call” as well.
    """
    written = " ".join(visible(text).split()).strip("\"'☎📞📹✆ .。")
    if not written or len(written) > _LONGEST:
        return None
    folded_text = written.casefold()
    if match := _SIGNAL.fullmatch(folded_text):
        return _of_signal(match)
    phrase, rest = _parted(folded_text)
    if phrase in _MISSED or (phrase in _BARE and (is_apps or _is_state(rest))):
        return ChatCall(is_unanswered=True)
    if phrase in _FAILED and (rest or is_apps):
        return ChatCall()
    return _of_rest(rest, is_apps) if phrase in _CALLS else _from_somebody(written)


def _parted(text: str) -> tuple[str, str]:
    """What it was, and what the app tells of it behind a comma or point."""
    match = next((match for match in _PART.finditer(text) if text[: match.start()] in _KNOWN), None)
    if match is None:
        return text, ""
    return text[: match.start()], text[match.end() :].strip()


_KNOWN = _MISSED | _CALLS | _FAILED | _BARE


def _is_state(rest: str) -> bool:
    return bool(_STATE.search(rest)) or stated_seconds(rest) is not None


def _of_rest(rest: str, is_apps: bool) -> ChatCall | None:
    seconds = stated_seconds(_PART.split(rest)[0].strip())
    if seconds is not None:
        return ChatCall(seconds, is_answered=True)
    call = _call_state(rest)
    return call if call != ChatCall() or _STATE.search(rest) or is_apps else None


def _call_state(rest: str) -> ChatCall:
    return ChatCall(
        is_answered=bool(_ANSWERED.search(rest)),
        is_declined=bool(_DECLINED.search(rest)),
        is_unanswered=bool(_UNANSWERED.search(rest)),
    )


def _of_signal(match: re.Match[str]) -> ChatCall:
    rest = match["rest"] or ""
    state = _call_state(rest)
    return ChatCall(
        duration_s=stated_seconds(rest.partition(",")[2].strip()),
        is_answered=state.is_answered,
        is_declined=state.is_declined,
        is_unanswered=state.is_unanswered,
        direction=Direction.INCOMING if match["way"] == "incoming" else Direction.OUTGOING,
    )


def _from_somebody(written: str) -> ChatCall | None:
    if match := _FROM_BEFORE.fullmatch(written):
        is_missed = match["what"] in _MISSED
        return ChatCall(is_unanswered=True, caller=match["who"]) if is_missed else None
    for between in _FROM.finditer(written):
        if written[: between.start()].casefold() in _MISSED:
            return ChatCall(is_unanswered=True, caller=written[between.end() :])
    return None


def stated_seconds(text: str) -> float | None:
    """The seconds that words as “1 hr 2 min” say, or None if they say something else."""
    match = _CLOCK.fullmatch(text) or _LENGTH.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, seconds = (int(match[name] or 0) for name in ("h", "m", "s"))
    return float(hours * 3600 + minutes * 60 + seconds)
