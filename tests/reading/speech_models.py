"""Folders with the form of a speech model, without its weights."""

import struct
from pathlib import Path


def model_in(folder: Path, specification: bytes = b"WhisperSpec\0", words: int = 51_865) -> Path:
    """A folder with all files that a model has."""
    folder.mkdir(exist_ok=True)
    head = struct.pack("<IH", 6, len(specification)) + specification
    (folder / "model.bin").write_bytes(head)
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_text("{}")
    (folder / "vocabulary.txt").write_text("word\n" * words)
    return folder
