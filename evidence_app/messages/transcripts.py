"""What is said of transcripts of recordings."""

from __future__ import annotations

from evidence_app.messages.codes import MessageCode
from evidence_app.messages.marking import QT_TRANSLATE_NOOP

TRANSCRIPT_TEXTS = {
    MessageCode.NOT_A_RECORDING: QT_TRANSLATE_NOOP(
        "Message", "“{value}” is not a recording. Only recordings and videos have a transcript."
    ),
    MessageCode.TRANSCRIPT_UNREADABLE: QT_TRANSLATE_NOOP(
        "Message", "The transcript could not be opened ({reason}). Nothing was changed."
    ),
    MessageCode.TRANSCRIPT_NOT_TEXT: QT_TRANSLATE_NOOP(
        "Message",
        "This file is not text that can be read. Nothing was changed; please choose a transcript "
        "in the form .srt or .vtt.",
    ),
    MessageCode.TRANSCRIPT_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Message", "This file is too large for a transcript. Nothing was changed."
    ),
    MessageCode.TRANSCRIPT_WITHOUT_WORDS: QT_TRANSLATE_NOOP(
        "Message", "There are no words with times in this file. Nothing was changed."
    ),
    MessageCode.TRANSCRIPT_LINE: QT_TRANSLATE_NOOP(
        "Message",
        "Line {line} of the transcript cannot be read: it should begin a part with its times, as "
        "in 00:01:23,000 --> 00:01:25,500. Nothing was changed.",
    ),
    MessageCode.TRANSCRIPT_ENDS_EARLY: QT_TRANSLATE_NOOP(
        "Message",
        "In line {line} of the transcript, the end is before the beginning. Nothing was changed.",
    ),
    MessageCode.TRANSCRIPT_OF_ANOTHER: QT_TRANSLATE_NOOP(
        "Message",
        "The transcript goes on after the end of this recording: it seems to belong to another "
        "one. Nothing was changed.",
    ),
    MessageCode.SEGMENT_OUTSIDE: QT_TRANSLATE_NOOP(
        "Message", "These times are not within the recording. Nothing was changed."
    ),
    MessageCode.SPEECH_NOT_INSTALLED: QT_TRANSLATE_NOOP(
        "Message",
        "Speech recognition is not part of this installation. You can write the transcript "
        "yourself, or install the extra “speech”.",
    ),
    MessageCode.SPEECH_MODEL_NOT_CHOSEN: QT_TRANSLATE_NOOP(
        "Message", "Please choose the folder of a speech model first."
    ),
    MessageCode.SPEECH_MODEL_NONE: QT_TRANSLATE_NOOP(
        "Message",
        "There is no speech model in this folder. It should hold the files config.json, model.bin, "
        "tokenizer.json and a vocabulary.",
    ),
    MessageCode.SPEECH_MODEL_OTHER_ENGINE: QT_TRANSLATE_NOOP(
        "Message",
        "This model is for another engine ({engine}). Please choose one for faster-whisper "
        "(CTranslate2).",
    ),
    MessageCode.SPEECH_MODEL_DAMAGED: QT_TRANSLATE_NOOP(
        "Message",
        "The speech model cannot be used: it is damaged, incomplete or of another kind. Your "
        "recordings are safe; please choose another model.",
    ),
    MessageCode.RECORDING_NOT_HEARD: QT_TRANSLATE_NOOP(
        "Message",
        "The sound of this recording cannot be decoded. It was kept; you can write the transcript "
        "yourself.",
    ),
}
