"""What the headings of logs and bills mean, in the languages of those who bring them."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Column(StrEnum):
    """What a column holds."""

    TIME = "time"
    DATE = "date"
    CLOCK = "clock"
    NUMBER = "number"
    CALLER = "caller"
    CALLEE = "callee"
    SORT = "direction"
    OUTCOME = "outcome"
    DESTINATION = "destination"
    DURATION = "duration"
    MINUTES = "minutes"
    SECONDS = "seconds"
    NAME = "name"
    TEXT = "text"


_HEADINGS: dict[Column, str] = {
    Column.TIME: """
        起始时间 开始时间 通话起始时间 通话开始时间 呼叫时间 呼叫开始时间 截获时间 时间 日期时间
        来电时间 催收时间 发送时间
        接收时间 拨打时间 起始日期时间 開始時間 起始時間 日期時間 發話時間 通話開始時間 時間
        開始日時 通話日時
        発信日時 着信日時 日時 시작시간 통화일시 통화시작시간 발신일시 일시
        date time | datetime | timestamp | call date | call time | call start | start time | start
        date and time | date & time | date/time | message date | call date time | event date
        call start time | started at | time stamp | connect time | usage date | when
        startzeit | beginn | zeitpunkt | datum/uhrzeit | datum und uhrzeit | datum uhrzeit
        date et heure | date/heure | date heure | début | début d'appel | horodatage
        fecha y hora | fecha/hora | fecha hora | inicio | hora de inicio | fecha de llamada
        data e hora | data/hora | data hora | início | data da chamada
        tanggal dan waktu | tanggal/waktu | tanggal waktu | waktu mulai | waktu panggilan
        tarih ve saat | tarih/saat | tarih saat | başlangıç | başlangıç zamanı | arama zamanı
        дата и время | дата/время | дата время | начало | время начала | дата звонка
        दिनांक और समय""",
    Column.DATE: """
        来电日期 催收日期
        日期 通话日期 起始日期 呼叫日期 通話日期 日付 通話日 利用日 날짜 일자 통화일자 사용일자
        date | day | datum | fecha | data | tanggal | tarih | дата | jour | tag | gün | hari | día
        दिनांक | तारीख | day/date | date of call | invoice date""",
    Column.CLOCK: """
        通话时分秒 時刻 通話時刻 利用時刻 시각 시간
        time | time of day | uhrzeit | zeit | heure | hora | waktu | jam | saat | время | समय
        time of call | heure d'appel""",
    Column.NUMBER: """
        对方号码 对端号码 通话号码 号码 电话号码 电话 手机号 手机号码 对方 对方手机号 对方手机号码
        对方电话
        对方电话号码 对端电话 对方用户号码 通信号码 對方號碼 對方門號 門號 電話號碼 號碼 電話
        手機號碼
        通話號碼 電話番号 相手番号 相手先電話番号 番号 通話先 相手先 전화번호 번호 상대방번호
        상대번호 통화번호
        number | phone | phone number | telephone | telephone number | tel | msisdn | other party
        address | other number | other party number | b number | b party | b party number
        contact number | mobile number | mobile no | mobile | phone no | number/contact | who
        name / number | number / name
        handle | chat identifier
        remote number | to/from | from/to | caller id | cli | incoming/outgoing number
        rufnummer | telefonnummer | nummer | gegenstelle | gesprächspartner
        numéro | numéro de téléphone | correspondant | téléphone | n° de téléphone
        número | número de teléfono | teléfono | número telefónico | número de telefone | telefone
        nomor | nomor telepon | no telepon | nomor hp | nomor lawan
        numara | telefon | telefon numarası | karşı numara
        номер | номер телефона | телефон | абонент | номер абонента | собеседник
        नंबर | फ़ोन नंबर | फोन नंबर""",
    Column.CALLER: """
        来电号码 来电人 来电方 催收号码 催收电话
        来自 发件人 发信人 发送人 发送方 发送者 发送号码 来信号码 寄件人 寄件者
        主叫号码 主叫 主叫方 主叫方号码 呼叫方号码 主叫號碼 發話號碼 発信者番号 発信元 발신번호
        caller | from | src | calling number | from number | a number | a party | calling party
        absender | von | expéditeur | remitente | mittente | отправитель
        caller number | origin number | source number | anrufer | appelant | llamante
        número de origen | origem | pemanggil | nomor pemanggil | arayan | arayan numara
        вызывающий | кто звонил""",
    Column.CALLEE: """
        收件人 收信人 接收人 接收方 接收者 接收号码 收件者
        被叫号码 被叫 被叫方 被叫方号码 被叫號碼 受話號碼 着信先 発信先 通話先番号 착신번호 수신번호
        dst
        callee | to | called number | to number | called party | number called | numbers called
        number dialled | number dialed | dialled number | dialed number | called no | callee number
        destination number | angerufene nummer | zielrufnummer | gewählte nummer | appelé
        numéro appelé | numéro composé | número llamado | número marcado | número de destino
        número chamado | número discado | nomor tujuan | nomor yang dihubungi | aranan
        aranan numara | вызываемый | вызываемый номер | набранный номер""",
    Column.SORT: """
        通信方式 呼叫类型 呼叫方式 通话方式 话单方向 主叫/被叫 主被叫 主被叫标识 主被叫类型
        事件类型名称 方向 类型
        呼叫方向 状态 呼叫標識 呼叫类别 通话类别 呼叫狀態 類型 類別 通話類型 通话类型 発着信 種別
        通話種別 区分 발착신
        발신/수신 구분 종류 유형 통화유형
        收发 收/发 收发类型 短信类型
        sent/received | received/sent | inbox/outbox | message type | msg type
        type | direction | call type | call status | status | call direction | in/out | kind
        service type | event type | usage type | incoming/outgoing | direction of call
        richtung | art | typ | anruftyp | anrufart | rufrichtung | sens | type d'appel
        sens de l'appel | tipo | tipo de llamada | dirección | sentido | tipo de chamada | direção
        jenis | jenis panggilan | tipe | arah | tür | tip | arama türü | yön | arama tipi
        тип | тип звонка | направление | вид | вид вызова | тип вызова | दिशा | प्रकार""",
    Column.OUTCOME: """
        结果 通话结果 呼叫结果 接通状态 是否接通
        是否接听 是否接到 接听状态 接听结果 通话状态 結果 通話結果 통화결과
        결과 상태
        result | outcome | action result | disposition | call result
        answered | answer | connected
        ergebnis | status des anrufs | résultat | statut | resultado | estado | situação | hasil
        sonuç | durum | результат | статус | состояние""",
    Column.DESTINATION: """
        destination | location | call to | called to | place called | description | call destination
        zielort | ziel | destino | tujuan""",
    Column.DURATION: """
        通信时长 通话时长 时长 呼叫时长 通话长度 拨打时长 通话历时 通話時長 時長 通話秒數 通話分數
        通話長度
        通話分钟数 分钟数 秒数 通话秒数 拨打秒数 通话分钟数 通話時間 利用時間 통화시간 사용시간
        이용시간 통화길이
        dur | call dur | duration | call duration | length | call length | talk time | talktime
        airtime | minutes used | duration of call | call time used | billed duration
        duration/count | charged duration | billable duration | total duration | time used
        dauer/volumen | dauer/menge
        dauer | gesprächsdauer | anrufdauer | länge | verbindungsdauer | durée | durée d'appel
        durée de l'appel | duración | duración de la llamada | duração | duração da chamada | durasi
        durasi panggilan | lama | lama panggilan | süre | arama süresi | konuşma süresi
        длительность | продолжительность | длительность звонка | длительность разговора | अवधि""",
    Column.NAME: """
        姓名 联系人 名称 对方姓名 联系人姓名 备注名 聯絡人 名稱 名前 氏名 連絡先 이름 성명 연락처
        name | contact | contact name | display name | caller name | called name
        kontakt | nom | contact | nombre | contacto | nome | contato | nama | kontak | isim | ad
        ad soyad | kişi | имя | контакт | नाम""",
    Column.TEXT: """
        内容 短信内容 信息内容 信息 短信 正文 消息内容 消息
        內容 簡訊內容 本文 メッセージ 내용 메시지 문자내용
        text | body | message | content | message body | message text | sms text | nachricht
        inhalt
        texte | texto | mensaje | mensagem | pesan | isi pesan | mesaj | сообщение | текст
        संदेश""",
}
_BARE = re.compile(r"[\s_\-./:#°º'’&*\"]+")
_MINUTES = re.compile(
    r"(?<![^\W_])(?:min|mins|minute|minutes|minuten|minuto|minutos|menit|dakika|dk|мин|минут|минуты)"
    r"(?![^\W_])|分钟数?|分鐘數?|(?<=\()分(?=\))|分$|분(?!류)"
)
_SECONDS = re.compile(
    r"(?<![^\W_])(?:s|sec|secs|second|seconds|sek|sekunden|seconde|secondes|segundos?|seg|detik"
    r"|saniye|sn|с|сек|секунд|секунды)(?![^\W_])|秒[数數]?|초"
)
_CLOCK_FORM = re.compile(r"h{1,2}[:.]?m{1,2}|m{1,2}[:.]s{1,2}|时分秒|時分秒|分秒|hms")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_NEEDLESS = re.compile(r"(?<![^\W_])(?:in|en|em|в|the|dalam|of)(?![^\W_])")


def folded(heading: object) -> str:
    """A heading without what varies: case, accents, spaces, signs."""
    text = unicodedata.normalize("NFKC", str(heading)).lower().replace("ı", "i")
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in parts if unicodedata.category(sign) != "Mn")
    return _BARE.sub("", unicodedata.normalize("NFC", bare)).strip("\ufeff\u200e\u200f")


def _phrases(listed: str) -> list[str]:
    """The headings of a list: those of Chinese, Japanese and Korean need no sign between them."""
    phrases = []
    for line in listed.splitlines():
        for phrase in line.split("|"):
            latin = re.search(r"[^\W\d_]", phrase) and not re.search(
                r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]", phrase
            )
            phrases += [phrase] if latin else phrase.split()
    return [word for phrase in phrases if (word := folded(phrase))]


_BY_HEADING: dict[str, Column] = {}
for _column, _listed in _HEADINGS.items():
    for _word in _phrases(_listed):
        _BY_HEADING.setdefault(_word, _column)


def column_of(heading: object) -> Column | None:
    """What a column with that heading holds, as far as the heading alone tells."""
    text = unicodedata.normalize("NFKC", str(heading)).strip().lower()
    outside = folded(_PARENTHESES.sub(" ", text))
    column = _BY_HEADING.get(folded(text)) or _BY_HEADING.get(outside)
    if column is not None and column is not Column.DURATION:
        return column
    unit = unit_of(text)
    if unit is None:
        return column
    base = _SECONDS.sub(" ", _MINUTES.sub(" ", _PARENTHESES.sub(" ", text)))
    base = folded(_NEEDLESS.sub(" ", base))
    if column is None and base and _BY_HEADING.get(base) is not Column.DURATION:
        return None
    return unit


def unit_of(heading: object) -> Column | None:
    """In what a duration is counted, if its heading says so: whole minutes, or seconds."""
    text = unicodedata.normalize("NFKC", str(heading)).strip().lower()
    if _CLOCK_FORM.search(text):
        return None
    minutes, seconds = _MINUTES.search(text), _SECONDS.search(text)
    if bool(minutes) == bool(seconds):
        return None
    return Column.MINUTES if minutes else Column.SECONDS


def known_headings(texts: list[str]) -> int:
    """How many of the texts are headings that no other encoding would yield by chance."""
    return sum(not text.isascii() and column_of(text) is not None for text in texts)
