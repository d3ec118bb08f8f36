"""The words by which logs say who called and what became of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from evidence_app.model.event import Direction, Outcome


@dataclass(frozen=True, slots=True)
class CallSort:
    """What a cell says of a call.

    Attributes:
        direction: Who called; NONE if the cell does not say.
        outcome: What became of it; UNKNOWN if the cell does not say.
        forwarded: Whether it is one leg of a forwarded call.
        unanswered: Whether nobody took it, by whichever side it was made.
    """

    direction: Direction = Direction.NONE
    outcome: Outcome = Outcome.UNKNOWN
    forwarded: bool = False
    unanswered: bool = False


_IN, _OUT = Direction.INCOMING, Direction.OUTGOING

_UNANSWERED = (
    "未接通", "无人接听", "無人接聽", "无应答", "無應答", "未应答", "未應答", "忙音", "占线",
    "佔線", "用户忙",
    "关机", "停机", "空号", "取消", "呼叫失败", "失败", "未接听", "未接聽", "没有接", "応答なし",
    "話中", "통화중",
    "무응답", "응답없음",
    "no answer", "not answered", "unanswered", "busy", "failed", "cancel", "no response",
    "not connected", "unconnected", "noanswer", "no-answer", "congestion", "did not answer",
    "nicht angenommen", "keine antwort", "nicht erreicht", "besetzt", "abgebrochen",
    "sans reponse", "pas de reponse", "occupe", "echoue", "annule", "non abouti",
    "sin respuesta", "no contestada", "no respondida", "ocupado", "cancelad", "fallid",
    "sem resposta", "nao atendida", "nao atendido", "ocupad", "falhou", "tidak dijawab",
    "tidak diangkat", "sibuk", "gagal", "dibatalkan", "cevap yok", "mesgul", "iptal",
    "не отвечен", "неотвечен", "нет ответа", "занято", "отменен", "не состоялся",
)  # fmt: skip
_MISSED = (
    "未接", "不在着信", "부재중", "missed", "verpasst", "entgangen", "manque", "perdida", "perdido",
    "tak terjawab", "tidak terjawab", "terlewat", "cevapsiz", "пропущен", "मिस्ड", "छूटी",
)  # fmt: skip
_REJECTED = (
    "拒接", "拒絕", "拒绝", "挂断", "掛斷", "着信拒否", "거절", "reject", "declined", "hung up",
    "abgelehnt",
    "abgewiesen", "rejet", "refus", "rechazad", "rejeitad", "recusad", "ditolak", "reddedil",
    "отклонен", "отклонён", "сброшен",
)  # fmt: skip
_BLOCKED = (
    "拦截", "攔截", "屏蔽", "黑名单", "ブロック", "차단", "blocked", "refused", "blocklist",
    "blockiert",
    "bloque", "bloquead", "diblokir", "engellen", "заблокирован",
)  # fmt: skip
_VOICEMAIL = (
    "语音信箱", "語音信箱", "留言", "留守番", "음성사서함", "voicemail", "voice mail", "mailbox",
    "messagerie", "buzon de voz", "correio de voz", "caixa postal", "sesli mesaj",
    "голосовая почта",
)  # fmt: skip
_INCOMING = (
    "被叫", "呼入", "来电", "來電", "接入", "已接", "接收", "收件",
    "收到", "收信", "inbox", "接听", "接聽", "受話", "着信",
    "수신", "걸려온",
    "incoming", "inbound", "received", "incomi", "terminating", "terminated", "eingehend",
    "ankommend", "angenommen", "entrant", "recu", "entrante", "recibid", "recebid", "masuk",
    "diterima", "gelen", "входящ", "принят", "आने", "इनकमिंग",
)  # fmt: skip
_OUTGOING = (
    "主叫", "呼出", "拨出", "撥出", "去电", "去電", "已拨", "已撥", "发送", "發送", "发出",
    "发件", "寄件", "outbox",
    "拨打", "發話", "発信",
    "발신", "outgoing", "outbound", "dialed", "dialled", "placed", "sent", "made", "originating",
    "originated", "ausgehend", "abgehend", "gewahlt", "sortant", "emis", "saliente", "realizad",
    "efetuad", "efectuad", "originad", "discad", "enviad", "keluar", "dikirim", "giden",
    "исходящ", "набран", "जाने", "आउटगोइंग",
)  # fmt: skip
_ANSWERED = (
    "accepted",
    "answered", "connected", "completed", "接通", "beantwortet", "repondu", "contestad", "atendid",
    "respondid", "terjawab", "dijawab", "cevapland", "отвечен", "состоялся", "응답", "応答",
)  # fmt: skip
_SHORT = {
    "in": CallSort(_IN), "i": CallSort(_IN), "mt": CallSort(_IN), "mtc": CallSort(_IN),
    "rx": CallSort(_IN), "mo": CallSort(_OUT), "moc": CallSort(_OUT), "tx": CallSort(_OUT),
    "out": CallSort(_OUT), "o": CallSort(_OUT),
    "1": CallSort(_IN, Outcome.ANSWERED), "2": CallSort(_OUT), "3": CallSort(_IN, Outcome.MISSED),
    "4": CallSort(_IN, Outcome.VOICEMAIL), "5": CallSort(_IN, Outcome.REJECTED),
    "6": CallSort(_IN, Outcome.BLOCKED), "7": CallSort(_IN, Outcome.ANSWERED),
}  # fmt: skip
_YES_NO = {
    "yes": CallSort(outcome=Outcome.ANSWERED), "no": CallSort(unanswered=True),
    "是": CallSort(outcome=Outcome.ANSWERED), "否": CallSort(unanswered=True),
    "true": CallSort(outcome=Outcome.ANSWERED), "false": CallSort(unanswered=True),
    "ok": CallSort(outcome=Outcome.ANSWERED),
}  # fmt: skip
_MESSAGE = re.compile(
    r"(?:(?:incoming|outgoing|sent|received|domestic|intl\.?|international|roaming)\s)?"
    r"(?:text(?: messages?)?|sms|mms|picture messages?|picture/video|text/sms)"
    r"(?:\s(?:incoming|outgoing|sent|received|in|out))?|"
    r"(?:国内|国际|点对点|普通|网内|网间|港澳台)*(?:短信|彩信|短彩信|短消息)(?:发送|接收|上行|下行|收发|费)?|"
    r"(?:收|发|发送|接收|收到)(?:短信|彩信)",
    re.I,
)
_TOKEN_IN = re.compile(r"(?<![^\W_])(?:in|rein|eingang|entra|ein)(?![^\W_])")
_TOKEN_OUT = re.compile(r"(?<![^\W_])(?:out|raus|ausgang|sale|sai|aus)(?![^\W_])")

MEANINGS: Mapping[str, CallSort] = {
    "incoming": CallSort(_IN),
    "outgoing": CallSort(_OUT),
    "missed": CallSort(_IN, Outcome.MISSED),
    "rejected": CallSort(_IN, Outcome.REJECTED),
    "blocked": CallSort(_IN, Outcome.BLOCKED),
    "voicemail": CallSort(_IN, Outcome.VOICEMAIL),
    "answered": CallSort(outcome=Outcome.ANSWERED),
    "unanswered": CallSort(unanswered=True),
    "nothing": CallSort(),
}
"""What the person may say that a word means; ``nothing`` if it does not tell who called."""


def call_sort(text: str) -> CallSort | None:
    """What a cell of a column for directions or results says, or None if nothing that is known."""
    folded_text = _folded(text)
    if folded_text in _SHORT:
        return _SHORT[folded_text]
    forwarded = "呼转" in text or "转移" in text or "呼轉" in text
    unanswered = _has(folded_text, _UNANSWERED)
    special = None if unanswered else _special(folded_text)
    direction = _direction(folded_text) or _direction(_without(folded_text, _UNANSWERED))
    if special is not None:
        return CallSort(direction or _IN, special, forwarded)
    if unanswered:
        return CallSort(direction or Direction.NONE, forwarded=forwarded, unanswered=True)
    answered = _has(folded_text, _ANSWERED)
    if direction is None and not answered:
        return None
    outcome = Outcome.ANSWERED if answered else Outcome.UNKNOWN
    return CallSort(direction or Direction.NONE, outcome, forwarded)


def is_message_word(text: str) -> bool:
    """Whether a cell says that its row is of a message."""
    return _MESSAGE.fullmatch(text.strip()) is not None


def result(text: str) -> CallSort | None:
    """What a cell of a column for results alone says; a plain yes is that it was answered."""
    return _YES_NO.get(_folded(text)) or call_sort(text)


def _special(folded_text: str) -> Outcome | None:
    kinds = (
        (_MISSED, Outcome.MISSED),
        (_REJECTED, Outcome.REJECTED),
        (_BLOCKED, Outcome.BLOCKED),
        (_VOICEMAIL, Outcome.VOICEMAIL),
    )
    return next((outcome for signs, outcome in kinds if _has(folded_text, signs)), None)


def _direction(folded_text: str) -> Direction | None:
    folded_text = folded_text.replace("接通", "")
    came = _has(folded_text, _INCOMING) or _TOKEN_IN.search(folded_text) is not None
    went = _has(folded_text, _OUTGOING) or _TOKEN_OUT.search(folded_text) is not None
    if came == went:
        return None
    return _IN if came else _OUT


def _has(folded_text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in folded_text for sign in signs)


def _without(folded_text: str, signs: tuple[str, ...]) -> str:
    """A cell without words that hold another one within, as 无人接听 holds 接听."""
    for sign in signs:
        folded_text = folded_text.replace(sign, " ")
    return folded_text


def _folded(text: str) -> str:
    """Lower case without accents; Chinese, Japanese and Korean stay as they are."""
    parts = unicodedata.normalize("NFKD", text.lower().replace("ı", "i"))
    bare = "".join(sign for sign in parts if not "\u0300" <= sign <= "\u036f")
    return " ".join(unicodedata.normalize("NFKC", bare).split())
