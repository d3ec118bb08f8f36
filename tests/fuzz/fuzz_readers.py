"""Coverage-guided fuzzing of the parsers that are our own; pictures, sound and PDF are libraries'.

It needs atheris, which is not among what the tests install:

    .venv/bin/python -m pip install atheris
    PYTHONPATH=. .venv/bin/python tests/fuzz/fuzz_readers.py CORPUS -max_total_time=300

CORPUS is a folder, filled with the sample's files and grown by what is found. It ends with the
input that raised something else than a refusal, or that took longer than ``-timeout`` seconds; it
lies beside CORPUS then.
"""

import ast
import contextlib
import hashlib
import io
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["evidence_app"]):
    from evidence_app.intake import detect
    from evidence_app.intake.detect import FORMATS
    from evidence_app.intake.failures import ReadFailure
    from evidence_app.intake.process import pool as reading_pool  # noqa: F401 - loads what readers use.
    from evidence_app.intake.records import Enclosure, Source

    for _format in FORMATS:
        _format.reader()

from evidence_app.services.sample import files as sample_files

LIBRARIES = {"pictures", "recordings", "pdf", "silk"}
LARGEST = 1 << 16
SHORTEST = 40


def try_one(data: bytes) -> None:
    """Read bytes as whatever they are taken for."""
    source = Source(io.BytesIO(data), len(data), "file", region="CN")
    with contextlib.suppress(ReadFailure):
        found = detect.detect(source)
        if found is None or found.id in LIBRARIES:
            return
        source.stream.seek(0)
        for record in found.reader()(source):
            if isinstance(record, Enclosure):
                record.stream.read()


def seeds() -> Iterator[bytes]:
    """The sample's files, and each longer text in the tests of the readers."""
    for _, data in sample_files.files():
        yield data
    for path in (Path(__file__).parents[1] / "intake").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and len(value) > SHORTEST:
                yield value.encode()
            elif isinstance(value, bytes) and len(value) > SHORTEST:
                yield value


def main() -> None:
    """Fill the corpus, and search."""
    warnings.simplefilter("ignore")
    corpus = Path(sys.argv[1])
    corpus.mkdir(exist_ok=True)
    for data in seeds():
        if len(data) <= LARGEST:
            (corpus / hashlib.sha256(data).hexdigest()).write_bytes(data)
    limits = [f"-max_len={LARGEST}", "-timeout=20", f"-artifact_prefix={corpus}-"]
    atheris.Setup([*sys.argv, *limits], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
