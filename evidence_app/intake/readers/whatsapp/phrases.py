"""What WhatsApp and Signal write in place of files, and what they say themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidence_app.intake.readers.whatsapp.calls import call_of
from evidence_app.intake.readers.whatsapp.syntax import MARKS, author_of, visible

_EXTENSION = r"\.[A-Za-z0-9]{2,5}"
_ATTACHED = (
    # iOS: <attached: name>; in a language that is not known, by the way it names files itself.
    re.compile(
        r"<(?:attached|anhang|angehängt|adjunto|archivo adjunto|pièce jointe|fichier joint|"
        r"allegato|anexado|anexo|вложение|прикреплено|вкладення|bijlage|bijgevoegd|załączono|"
        r"ekli|eklendi|terlampir|bifogad|vedhæftet|vedlagt|已附加|附件|添付ファイル|添付|첨부됨|첨부|"
        rf"المرفق|مرفق|संलग्न)[:：] ?(?P<name>[^<>\n]{{1,200}}{_EXTENSION})>",
        re.I,
    ),
    re.compile(rf"<[^<>:：\n]{{2,30}}[:：] ?(?P<name>\d{{8}}-[^<>\n]{{1,200}}{_EXTENSION})>"),
    re.compile(
        rf"^(?P<name>[^\n<>]{{1,200}}{_EXTENSION}) "
        r"<(?:attached|angehängt|adjunto|joint|allegato|anexado|已附加|附件)>",
        re.I | re.M,
    ),
    # Android: name (file attached), by its own way of naming files or in a known language.
    re.compile(
        rf"^(?P<name>(?:IMG|VID|PTT|AUD|DOC|STK)-\d{{8}}-WA\d+{_EXTENSION}) ?"
        r"[(（][^()（）\n]{2,40}[)）]",
        re.I | re.M,
    ),
    re.compile(
        rf"^(?P<name>[^\n]{{1,200}}{_EXTENSION}) ?[(（](?:file attached|datei angehängt|archivo "
        r"adjunto|fichier joint|file allegato|arquivo anexado|ficheiro anexado|файл добавлен|"
        r"файл додано|bijlage bijgevoegd|bestand bijgevoegd|plik dołączony|文件附件|"
        r"文件已附加|附件|"
        r"檔案已附加|附加檔案|添付ファイル|파일 첨부됨|dosya ekli|dosya ekte|file terlampir|"
        r"الملف مرفق|ملف مرفق|फ़ाइल संलग्न)[)）]",
        re.I | re.M,
    ),
    re.compile(
        r"^(?P<name>(?:IMG|VID|PTT|AUD|DOC|STK)-\d{8}-WA\d+\.[A-Za-z0-9]{2,5})$",
        re.I | re.M,
    ),
    # Signal, as the usual tool exports it: a link to the file beside it.
    re.compile(r"\]\(\./(?P<name>media/[^()\s]{1,250})\)"),
)
_OMITTED = re.compile(
    r"(?:media|image|video|audio|gif|sticker|document|contact card|video note|"
    r"view once (?:photo|video|voice message)) omitted|"
    r"medien ausgeschlossen|"
    r"(?:bild|video|audio|gif|sticker|dokument|kontaktkarte|videonachricht) weggelassen|"
    r"multimedia omitido|(?:imagen|audio|video|gif|documento|sticker|tarjeta de contacto|"
    r"archivo) omitid[oa]|médias omis|"
    r"(?:image|vidéo|audio|document|sticker|gif|carte de contact) (?:absente?|omise?|retiré)|"
    r"media omess[oi]|(?:immagine|video|audio|documento|sticker|gif) (?:omess[oa]|esclusa|"
    r"non incluso)|mídia oculta|arquivo de mídia oculto|ficheiro não revelado|"
    r"(?:imagem|vídeo|áudio|documento|figurinha|sticker|gif) (?:ocultad[oa]|omitid[oa]|"
    r"não revelad[oa])|без медиафайлов|без медіафайлів|файл пропущен|"
    r"(?:изображение|видео|аудиофайл|документ|стикер|gif) (?:отсутствует|не добавлен|пропущен)|"
    r"(?:зображення|відео|аудіо) відсутнє|media weggelaten|"
    r"(?:afbeelding|video|audio|document|sticker|gif) weggelaten|pominięto multimedia|"
    r"(?:obraz|wideo|audio|dokument) pominięt[yeo]|medya dahil edilmedi|"
    r"(?:görüntü|video|ses|belge|çıkartma|gif) dahil edilmedi|<?media tidak disertakan|"
    r"(?:gambar|video|audio|dokumen|stiker|gif) tidak disertakan|"
    r"(?:bild|video|ljud|dokument|sticker|gif) utesluten|"
    r"تم استبعاد الوسائط|لم يتم إدراج (?:الصورة|الفيديوهات|المقاطع الصوتية)|"
    r"省略影音内容|省略多媒体文件|已省略多媒體檔案|略去多媒體檔案|"
    r"(?:媒体文件|媒體檔案|媒體|图像|圖像|图片|圖片|照片|影像|视频|視訊|影片|音频|音訊|语音|語音|贴图|貼圖|"
    r"动图|GIF ?(?:动态图|圖片)?|文件|文檔|文档|檔案|联系人名片|聯絡人卡片)"
    r"(?:已被?|被)?(?:省略|略去|忽略)|"
    r"メディアは含まれていません|メディアなし|"
    r"(?:画像|ビデオ|動画|音声|スタンプ|GIF|文書)は含まれていません|"
    r"미디어 (?:파일을 제외한|파일 제외됨|생략됨)|(?:이미지|비디오|동영상|오디오|문서|GIF) 생략됨|"
    r"스티커 제외됨|"
    r"मीडिया (?:छोड़ा गया|के बिना)|<?đã bỏ qua (?:tệp )?(?:media|hình ảnh)",
    re.I,
)
_ENCRYPTED = re.compile(
    r"(?:messages|nachrichten|los mensajes|las llamadas|les messages|les appels|i messaggi|"
    r"le chiamate|as mensagens|mensagens|сообщения|повідомлення|berichten|mesajlar|pesan|"
    r"wiadomości|meddelanden|beskeder|meldinger|viestit|zprávy|消息|訊息|讯息|此对话|此對話|你发送|"
    r"メッセージ|메시지|الرسائل|मैसेज|संदेश)[^\n]{0,160}"
    r"(?:end-to-end|ende-zu-ende|de extremo a extremo|de bout en bout|de ponta a ponta|"
    r"сквозным|наскрізн|uçtan uca|端到端|端對端|端对端|エンドツーエンド|종단|"
    r"بين الطرفين|एंड-टू-एंड|päästä päähän|koncové šifrov)",
    re.I,
)
_GROUP = re.compile(
    r"created (?:this |the )?(?:group|community)|\w (?:added|removed) \w|joined (?:using|from)|"
    r"(?:\w left|left the group)$|changed the (?:subject|group)|changed this group|"
    r"group(?:'s|’s)? (?:icon|description|settings|name)|now an admin|"
    r"hat die gruppe|hat .{1,60} hinzugefügt|gruppenbild|gruppenbeschreibung|"
    r"cre(?:ó|aste) (?:el|este) grupo|añadió a|salió del grupo|a créé (?:le|ce) groupe|"
    r"a ajouté|ha creato il gruppo|ha aggiunto|criou (?:o|este) grupo|adicionou|saiu do grupo|"
    r"создал(?:а|\(-а\))? группу|добавил|изменил(?:а|\(-а\))? тему|"
    r"创建了(?:此|该|本)?群|建立了(?:此)?群|加入了?(?:此|该|本)?群|(?:退出了|已離開)群|"
    r"更改了(?:本)?群|已變更(?:此|本)?群|移除了|已新增|グループを作成|님을 추가",
    re.I,
)
_NOTICE = re.compile(
    r"is a contact|are not in your contacts|not a contact|you (?:un)?blocked|blocked this|"
    r"business account|works with other companies|secure service|security code|"
    r"disappearing messages|message timer|pinned a message|changed (?:their|to a new) phone|"
    r"default timer|waiting for this message|"
    r"ist ein kontakt|blockiert|sicherheitsnummer|selbstlöschende|angepinnt|"
    r"es un contacto|bloqueaste|código de seguridad|mensajes temporales|fijó un mensaje|"
    r"est un contact|bloqué|code de sécurité|messages éphémères|épinglé|"
    r"è un contatto|bloccato|codice di sicurezza|messaggi effimeri|fissato|"
    r"é um contato|bloqueou|código de segurança|mensagens temporárias|fixou|"
    r"код безопасности|исчезающ|заблокировал|закрепил|является контактом|"
    r"安全代码|安全碼|安全码|限时消息|限時訊息|已封鎖|已屏蔽|屏蔽了|封鎖了|置顶|置頂|是联系人|是聯絡人|"
    r"セキュリティコード|消えるメッセージ|ブロック|보안 코드|차단",
    re.I,
)
_NAMED_NOTICE = re.compile(
    r"(?:is a contact|blocked this (?:contact|person|business)\b.{0,60}|"
    r"created (?:this )?group.{0,120}|pinned a message|changed this group.{0,60}|"
    r"changed the (?:subject|group).{0,160}|joined using .{0,80}|"
    r"turned (?:on|off) disappearing messages.{0,160}|updated the message timer.{0,160})\.?",
    re.I,
)
_MINE = frozenset({"you", "me", "你", "您", "我", "ich", "moi", "yo", "eu", "io", "я"})
_I_DELETED = frozenset(
    name.casefold()
    for name in [
        "You deleted this message",
        "Du hast diese Nachricht gelöscht",
        "Eliminaste este mensaje",
        "Vous avez supprimé ce message",
        "Hai eliminato questo messaggio",
        "Apagou esta mensagem",
        "Você apagou esta mensagem",
        "Вы удалили это сообщение",
        "Вы удалили данное сообщение",
        "Ви видалили це повідомлення",
        "U hebt dit bericht verwijderd",
        "Je hebt dit bericht verwijderd",
        "Bu mesajı sildiniz",
        "Anda menghapus pesan ini",
        "Anda telah menghapus pesan ini",
        "Usunąłeś(-ęłaś) tę wiadomość",
        "Usunięto tę wiadomość",
        "Du raderade detta meddelande",
        "Du slettede denne besked",
        "Du slettet denne meldingen",
        "您已删除这条消息",
        "你已删除这条消息",
        "您删除了此消息",
        "你删除了这条消息",
        "您已刪除此訊息",
        "你已刪除此訊息",
        "このメッセージを削除しました",
        "삭제한 메시지입니다",
        "이 메시지를 삭제했습니다",
        "لقد حذفت هذه الرسالة",
        "आपने यह मैसेज डिलीट किया",
    ]
)
_MARKS = re.compile(f"[{MARKS}]+")
_QUOTES = (("“", "”"), ("«", "»"), ("「", "」"), ("„", "“”"))


@dataclass(frozen=True, slots=True)
class Body:
    """The author and the text behind the time of a message.

    Attributes:
        author: Who wrote it; empty if it was the app.
        text: The text of the first line, with its invisible characters.
        is_apps: Whether the app wrote it, even if it stands under a person's name.
        is_notice: Whether it is a notice of the app, neither a message nor a call.
    """

    author: str
    text: str
    is_apps: bool
    is_notice: bool


def body_of(rest: str) -> Body:
    """The author and the text of a message's first line."""
    written = author_of(rest)
    if written is None or _is_app(written[0]):
        return Body("", rest, is_apps=True, is_notice=True)
    author, text = written
    # iOS puts such a mark before what the app says in the name of somebody, and before files.
    is_marked = text.lstrip(" ")[:1] in tuple(MARKS)
    plain = visible(text).strip()
    is_notice = is_encryption(plain) or _is_named(author, plain)
    if is_marked and not is_notice and not _is_somebodys(plain):
        is_notice = bool(_NOTICE.search(plain) or _GROUP.search(plain))
    return Body(author, text, is_marked, is_notice)


def _is_somebodys(text: str) -> bool:
    return bool(attached(text)) or is_omitted(text) or call_of(text, is_apps=True) is not None


@lru_cache(maxsize=4096)
def _is_app(author: str) -> bool:
    """Whether it is no name, but the begin of the app's own words in which a colon occurs."""
    return _is_cut(author) or is_group_line(author)


def _is_cut(author: str) -> bool:
    """Whether the colon stands in a quotation, as in: Anna changed the subject to “a: b”."""
    if author.count('"') % 2:
        return True
    return any(
        author.count(opening) > sum(map(author.count, closing)) for opening, closing in _QUOTES
    )


def _is_named(author: str, text: str) -> bool:
    for name in (author, "You"):
        if text.startswith(f"{name} ") and _NAMED_NOTICE.fullmatch(text[len(name) + 1 :]):
            return True
    return False


def is_encryption(text: str) -> bool:
    """Whether it is the app's notice that the chat is encrypted."""
    return _ENCRYPTED.match(text) is not None


def is_group_line(text: str) -> bool:
    """Whether the app tells of something that happens only in groups."""
    return _GROUP.search(text) is not None


def attached(text: str) -> tuple[str, ...]:
    """The names of the files that a message is."""
    for pattern in _ATTACHED:
        names = [match["name"].strip().replace("%20", " ") for match in pattern.finditer(text)]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def is_omitted(text: str) -> bool:
    """Whether a file was left out of the export here; its name may stand before."""
    first = text.partition("\n")[0]
    return any(
        _OMITTED.fullmatch(part.strip().strip("<>").rstrip(".。"))
        for part in (visible(first), _MARKS.split(first)[-1])
    )


def deleted_by_owner(text: str) -> bool:
    """Whether only the person whose phone it is reads that they deleted this message."""
    return visible(text).strip().strip("<>.。 ").casefold() in _I_DELETED


def is_mine(author: str) -> bool:
    """Whether the export calls its owner so."""
    return author.casefold() in _MINE
