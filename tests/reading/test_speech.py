"""Speech: which folder is a model, what is no speech, and how the process fails."""

import io
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from speech_models import model_in

from evidence_app.errors import Cancelled
from evidence_app.messages import MessageCode
from evidence_app.progress import Progress
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.speech import models, sound
from evidence_app.reading.speech.process import SpeechReader
from evidence_app.reading.speech.recogniser import repeated, speech_in
from evidence_app.sandbox import child

ROOT = Path(__file__).resolve().parents[2]
RATE = sound.RATE
Samples = NDArray[np.float32]


def test_a_model_is_known_by_its_form(tmp_path: Path) -> None:
    model = models.look_at(model_in(tmp_path / "base"))
    assert model.is_multilingual
    assert model.files == ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
    assert model.size == sum((model.folder / name).stat().st_size for name in model.files)
    assert not models.look_at(model_in(tmp_path / "tiny.en", words=51_864)).is_multilingual
    assert models.model_with(models.digest(model)) is None


def test_the_models_that_are_known_are_found_by_their_digest() -> None:
    model = models.model_with("d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9")
    assert model is not None and "base" in model.name


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, MessageCode.SPEECH_MODEL_NONE),
        (lambda folder: (folder / "ggml-base.bin").touch(), MessageCode.SPEECH_MODEL_OTHER_ENGINE),
        (
            lambda folder: (folder / "model.safetensors").touch(),
            MessageCode.SPEECH_MODEL_OTHER_ENGINE,
        ),
        (lambda folder: model_in(folder, b"TransformerSpec\0"), MessageCode.SPEECH_MODEL_DAMAGED),
        (
            lambda folder: (model_in(folder) / "model.bin").write_bytes(b""),
            MessageCode.SPEECH_MODEL_DAMAGED,
        ),
        (
            lambda folder: (model_in(folder) / "vocabulary.txt").write_bytes(b"\xff\xfe\xff"),
            MessageCode.SPEECH_MODEL_DAMAGED,
        ),
    ],
)
def test_another_folder_is_refused_in_a_sentence(
    make: Callable[[Path], object], said: MessageCode, tmp_path: Path
) -> None:
    make(tmp_path)
    with pytest.raises(ReadingFailure) as failure:
        models.look_at(tmp_path)
    assert failure.value.message.code is said


def test_a_model_without_weights_is_refused_by_the_process_in_a_sentence(tmp_path: Path) -> None:
    model = models.look_at(model_in(tmp_path))
    with SpeechReader(model) as reader, pytest.raises(ReadingFailure) as failure:
        reader.read(io.BytesIO(b""))
    assert failure.value.message.code is MessageCode.SPEECH_MODEL_DAMAGED


def test_a_model_that_is_gone_since_it_was_chosen_gets_a_sentence(tmp_path: Path) -> None:
    model = models.look_at(model_in(tmp_path))
    (tmp_path / "model.bin").unlink()
    with SpeechReader(model) as reader, pytest.raises(ReadingFailure) as failure:
        reader.read(io.BytesIO(b""))
    assert failure.value.message.code is MessageCode.SPEECH_MODEL_NONE


def times(seconds: float) -> Samples:
    return np.arange(int(RATE * seconds), dtype=np.float32) / RATE


def speech_free() -> dict[str, Samples]:
    """Ten recordings in which nobody speaks."""
    t = times(10)
    chance = np.random.default_rng(7)
    noise = chance.normal(0, 0.1, len(t)).astype(np.float32)
    chord = sum(np.sin(2 * np.pi * pitch * t) for pitch in (262, 330, 392))
    return {
        "silence": 0 * t,
        "noise": noise,
        "rumble": np.cumsum(noise) / 50,
        "hum": 0.2 * np.sin(2 * np.pi * 50 * t),
        "ringing": 0.3 * np.sin(2 * np.pi * 440 * t) * (t % 6 < 2),
        "engaged": 0.3 * np.sin(2 * np.pi * 450 * t) * (t % 0.7 < 0.35),
        "keys": 0.2 * (np.sin(2 * np.pi * 697 * t) + np.sin(2 * np.pi * 1209 * t)) * (t % 1 < 0.2),
        "music": 0.1 * chord * np.exp(-(t % 2)),
        "clicks": 0.6 * (np.arange(len(t)) % 8000 < 20),
        "siren": 0.2 * np.sin(2 * np.pi * (400 * t + 100 * np.sin(t))),
    }


@pytest.mark.parametrize("name", sorted(speech_free()))
def test_nobody_is_heard_where_nobody_speaks(name: str) -> None:
    assert speech_in(speech_free()[name].astype(np.float32)) == []


def wave_file(*channels: Samples) -> io.BytesIO:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(len(channels))
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes((np.stack(channels, 1) * 32767).astype("<i2").tobytes())
    out.seek(0)
    return out


def test_two_sides_are_told_apart_and_one_sound_is_heard_once() -> None:
    t = times(2)
    tone = (0.3 * np.sin(2 * np.pi * 300 * t) * (t < 1)).astype(np.float32)
    other = (0.3 * np.sin(2 * np.pi * 500 * t) * (t > 1)).astype(np.float32)
    sides = [((tone, other), 2), ((tone, tone), 1), ((tone, 0 * tone), 1), ((tone,), 1)]
    for channels, count in sides:
        [piece] = sound.pieces(wave_file(*channels), lambda: None, lambda _: [])
        assert len(piece.channels) == count
        assert len(piece.channels[0]) == pytest.approx(2 * RATE, abs=200)


def test_a_long_recording_is_cut_before_the_last_words_of_a_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sound, "PIECE_S", 4)
    touching = [{"start": 2 * RATE, "end": 4 * RATE}]
    cut = list(sound.pieces(wave_file(times(10) * 0 + 0.1), lambda: None, lambda _: touching))
    assert [round(piece.start_s) for piece in cut][:3] == [0, 2, 4]
    assert sum(len(piece.channels[0]) for piece in cut) == pytest.approx(10 * RATE, abs=200)
    pieces = list(sound.pieces(wave_file(times(10) * 0), lambda: None, lambda _: []))
    assert [round(piece.start_s) for piece in pieces] == [0, 4, 8]


def test_what_is_no_recording_is_refused() -> None:
    with pytest.raises(ValueError, match="decoded"):
        list(sound.pieces(io.BytesIO(b"no sound" * 100), lambda: None, lambda _: []))


@pytest.mark.parametrize(
    ("text", "is_loop"),
    [
        ("4-0-0-0-0-0-0", True),
        ("字幕字幕字幕字幕字幕", True),
        ("你今天必须还钱，否则上门", False),
        ("", False),
    ],
)
def test_loops_are_seen(text: str, is_loop: bool) -> None:
    assert (repeated(text) > 0.5) is is_loop


def lying(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> SpeechReader:
    """A reader whose process does what ``code`` says once it got a model."""
    program = (
        f"import sys, time\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from evidence_app.sandbox import frames, inside\ninlet, outlet = inside.enter(4 << 30)\n"
        f"frames.read_frame(inlet)\n{code}"
    )
    monkeypatch.setattr(child, "command", lambda module: [sys.executable, "-I", "-c", program])
    return SpeechReader(models.look_at(model_in(tmp_path)), silence_s=0.5)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", MessageCode.READER_CRASHED),
        ("time.sleep(60)", MessageCode.READER_TIMED_OUT),
        (
            "for answer in (['ready'], ['heard', [2.0, 1.0, 'x', '', 0.5]]):\n"
            "    frames.write_frame(outlet, answer)",
            MessageCode.READER_CRASHED,
        ),
        ("frames.write_frame(outlet, ['failed', 'no such code', ''])", MessageCode.READER_CRASHED),
    ],
)
def test_a_process_that_fails_is_told_in_a_sentence(
    code: str, said: MessageCode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with lying(monkeypatch, tmp_path, code) as broken, pytest.raises(ReadingFailure) as failure:
        broken.read(io.BytesIO(b"x"))
    assert failure.value.message.code is said


def test_hearing_can_be_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with lying(monkeypatch, tmp_path, "time.sleep(60)") as busy, pytest.raises(Cancelled):
        busy.read(io.BytesIO(b"x"), progress=Progress(is_cancelled=lambda: True))
