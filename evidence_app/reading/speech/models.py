"""The folder with a speech model that the person chose: whether it is one, and which."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct
import tomllib
from dataclasses import dataclass
from pathlib import Path

from evidence_app import resources
from evidence_app.messages import MessageCode, message
from evidence_app.progress import SILENT, Progress
from evidence_app.reading.failures import ReadingFailure

_ENGINE = "faster_whisper"
_SPECIFICATION = b"WhisperSpec"
_WORDS = ("vocabulary.json", "vocabulary.txt")
_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_FURTHER = ("preprocessor_config.json",)
MODEL_FILES = frozenset({*_NEEDED, *_WORDS, *_FURTHER})
"""The names that files of a model can have."""

_ENGLISH_ONLY = 51_864
"""Words of the models that know English alone; the others have one or two more."""

_OTHERS = (
    ("*.gguf", "whisper.cpp"),
    ("ggml*.bin", "whisper.cpp"),
    ("*.safetensors", "transformers"),
    ("pytorch_model*.bin", "transformers"),
    ("*.pt", "openai-whisper"),
    ("*.onnx", "ONNX"),
    ("am/final.mdl", "Vosk"),
)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model for the engine faster-whisper.

    Attributes:
        folder: Where it lies.
        files: Names of the files that belong to it.
        size: Of them all, in bytes.
        is_multilingual: Whether it knows more than English.
    """

    folder: Path
    files: tuple[str, ...]
    size: int
    is_multilingual: bool


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model whose files were seen when this version of the program was made.

    Attributes:
        name: What it is called.
        sha256: Of its ``model.bin``.
        source: Where it was had from.
    """

    name: str
    sha256: str
    source: str


def is_installed() -> bool:
    """Whether the engine is: it is an extra of the installation."""
    return importlib.util.find_spec(_ENGINE) is not None


def look_at(folder: Path) -> SpeechModel:
    """The model in a folder.

    Raises:
        ReadingFailure: There is none, or none for this engine.
    """
    vocabulary = next((name for name in _WORDS if (folder / name).is_file()), None)
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing or vocabulary is None:
        raise _none_in(folder)
    further = [name for name in _FURTHER if (folder / name).is_file()]
    files = (*_NEEDED, vocabulary, *further)
    try:
        _check_specification(folder / "model.bin")
        count = _count(folder / vocabulary)
        size = sum((folder / name).stat().st_size for name in files)
    except (OSError, ValueError) as error:
        raise ReadingFailure(message(MessageCode.SPEECH_MODEL_DAMAGED)) from error
    return SpeechModel(folder, files, size, count > _ENGLISH_ONLY)


def _none_in(folder: Path) -> ReadingFailure:
    for pattern, engine in _OTHERS:
        if any(folder.glob(pattern)):
            return ReadingFailure(message(MessageCode.SPEECH_MODEL_OTHER_ENGINE, engine=engine))
    return ReadingFailure(message(MessageCode.SPEECH_MODEL_NONE))


def _check_specification(path: Path) -> None:
    """CTranslate2 writes at the beginning for which kind of model the weights are."""
    with path.open("rb") as stream:
        head = stream.read(6)
        if len(head) < 6:
            raise ValueError("no weights")
        _version, length = struct.unpack("<IH", head)
        if stream.read(min(length, 64)).rstrip(b"\0") != _SPECIFICATION:
            raise ValueError("weights of another kind")


def _count(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        vocabulary = json.loads(text)
        if not isinstance(vocabulary, list):
            raise ValueError("no list of words")
        return len(vocabulary)
    return text.count("\n") + (not text.endswith("\n"))


def digest(model: SpeechModel, progress: Progress = SILENT) -> str:
    """SHA-256 of the model's weights, in hexadecimal digits.

    Raises:
        ReadingFailure: They cannot be read.
        Cancelled: The person asked to stop.
    """
    total = hashlib.sha256()
    try:
        with (model.folder / "model.bin").open("rb") as stream:
            while piece := stream.read(_PIECE):
                progress.check()
                total.update(piece)
    except OSError as error:
        raise ReadingFailure(message(MessageCode.SPEECH_MODEL_DAMAGED)) from error
    return total.hexdigest()


def model_with(sha256: str) -> KnownModel | None:
    """What is known of a model with these weights; None if nothing."""
    listed = tomllib.loads((resources.path() / "speech_models.toml").read_text(encoding="utf-8"))
    known_models = (
        KnownModel(entry["name"], entry["sha256"], entry["source"]) for entry in listed["model"]
    )
    return next((model for model in known_models if model.sha256 == sha256), None)
