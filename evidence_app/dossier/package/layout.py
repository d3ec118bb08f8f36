"""What an evidence package is called inside, and how its lists are written (RFC 8493)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
README = "README.txt"
VERIFIER = "verify.html"
"""A page with which a browser alone checks the package."""

PAYLOAD = "data/"
DOSSIER = f"{PAYLOAD}dossier.pdf"
ORIGINALS = f"{PAYLOAD}originals/"
EXCERPTS = f"{PAYLOAD}excerpts/"
"""Of originals of which only some records were chosen: these records, in the place of the file."""

REDACTED = f"{PAYLOAD}redacted/"
"""Copies in the place of originals in which something is blacked out."""

REDACTED_LIST = f"{REDACTED}redacted.json"
"""What stands in the place of which original."""

TABLES = f"{PAYLOAD}tables/"
EVENTS = f"{TABLES}events.csv"
GRAPH = f"{PAYLOAD}case-uco.jsonld"
ORIGINALS_TABLE = f"{TABLES}originals.csv"
LOG = f"{PAYLOAD}custody/log.jsonl"
ROWS = f"{PAYLOAD}custody/rows.jsonl"
LEAVES = f"{PAYLOAD}custody/rows/"
TIMESTAMPS = f"{PAYLOAD}custody/timestamps/"
SIGNED = "tagmanifest-sha256.txt"
"""The list of what is not payload, with its lists: who vouches for it vouches for every file."""
SIGNATURE = "signature/tagmanifest-sha256.sig"
PUBLIC_KEY = "signature/key.pem"
ALGORITHMS = ("sha256", "sha512")
VERSION = "1.0"
CHECK_CODE = "Evidence-Check-Code"
SIGNER = "Evidence-Public-Key"
IDENTIFIER = "External-Identifier"
OXUM = "Payload-Oxum"
LABELS = frozenset(
    {
        "Contact-Name",
        "External-Description",
        IDENTIFIER,
        "Bagging-Date",
        "Bag-Software-Agent",
        OXUM,
        CHECK_CODE,
        SIGNER,
    }
)
"""What a package may say of itself."""

DECLARED = f"BagIt-Version: {VERSION}\nTag-File-Character-Encoding: UTF-8\n"

_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_FORBIDDEN = frozenset('<>:"/\\|?*%')
_MOST_BYTES = 120


def manifest(algorithm: str) -> str:
    """The list of the payload's digests."""
    return f"manifest-{algorithm}.txt"


def leaves(entry: int) -> str:
    """The file whose SHA-256 is the ``rows_digest`` of the entry of that number."""
    return f"{LEAVES}entry-{entry}.bin"


TAGS = frozenset({DECLARATION, INFO, README, VERIFIER, *map(manifest, ALGORITHMS)})
"""The files beside the payload that the signed list has."""


def lines(digests: Mapping[str, str]) -> bytes:
    """A list, from digests by name; `file_name` makes names that need no escaping."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def read_lines(data: bytes) -> Iterator[tuple[str, str] | None]:
    """Name and digest of each line of a list; None for a line that is none.

    Raises:
        UnicodeDecodeError: It is no UTF-8.
    """
    for line in _split(data):
        match = _LINE.fullmatch(line)
        if match is not None:
            yield _decoded(match[2]).removeprefix("./"), match[1].lower()
        elif line.strip():
            yield None


def _split(data: bytes) -> list[str]:
    return re.split(r"\r\n|\n|\r", data.decode("utf-8-sig"))


def _decoded(name: str) -> str:
    for code, character in (("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        name = name.replace(code, character).replace(code.lower(), character)
    return name


def fields(data: bytes) -> dict[str, str]:
    """What ``bag-info.txt`` says, by label; of a label that is repeated, the last value.

    Raises:
        UnicodeDecodeError: It is no UTF-8.
    """
    values: dict[str, str] = {}
    label = ""
    for line in _split(data):
        if line[:1] in (" ", "\t") and label:
            values[label] += f" {line.strip()}"
        elif ":" in line:
            label, _, value = line.partition(":")
            values[label] = value.strip()
    return values


def info(values: Mapping[str, str]) -> bytes:
    """``bag-info.txt``, one line a value; what is empty is left out."""
    flat_values = {label: " ".join(value.split()) for label, value in values.items()}
    return "".join(f"{label}: {value}\n" for label, value in flat_values.items() if value).encode()


def file_name(name: str) -> str:
    """A file's name as every system can write it, with the ending that it had.

    What no system may have in a name, and what turns letters around to feign another ending,
    becomes an underscore.
    """
    clean = "".join(map(harmless, unicodedata.normalize("NFC", name))).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 12:
        stem, dot, ending = clean, "", ""
    room = _MOST_BYTES - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending


def harmless(character: str) -> str:
    """A character as it may stand in a name."""
    is_plain = unicodedata.category(character)[0] != "C" and character not in _FORBIDDEN
    return character if is_plain and character not in "\u2028\u2029" else "_"
