"""What a check of a case file has found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_FIRST_DIGITS = 16
_CODE = re.compile(r"([1-9][0-9]{0,15})-([0-9a-f]{64})(?:-([0-9a-f]{16}))?")


class MismatchKind(StrEnum):
    """What does not agree."""

    DATABASE = "database"
    STRUCTURE = "structure"
    VERSION = "version"
    NEWER = "newer"
    ORIGINAL = "original"
    ORIGINAL_SIZE = "original_size"
    ITEM_ORIGINAL = "item_original"
    ENTRY_HASH = "entry_hash"
    ENTRY_LINK = "entry_link"
    ENTRY_MISSING = "entry_missing"
    SIGNATURE = "signature"
    SIGNER = "signer"
    SEALS = "seals"
    ROW_CHANGED = "row_changed"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    SEARCH = "search"
    TAIL_CUT = "tail_cut"
    REWRITTEN = "rewritten"
    SWAPPED = "swapped"
    UNKNOWN_KEY = "unknown_key"
    ANCHOR = "anchor"
    FILE_CHANGED = "file_changed"
    FILE_MISSING = "file_missing"
    FILE_NOT_LISTED = "file_not_listed"
    ORIGINAL_NOT_IN_LOG = "original_not_in_log"
    PACKAGE_FORM = "package_form"
    TABLE = "table"
    PACKAGE_SIGNATURE = "package_signature"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as it was.

    Attributes:
        kind: What does not agree.
        where: An item's file name, the number of a log entry, a place in the database, or a file
            of a package.
        expected: What it should be.
        found: What it is.
    """

    kind: MismatchKind
    where: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signed a stretch of the custody log.

    Attributes:
        public_key: Ed25519, 64 hexadecimal digits.
        first: The number of the first entry of the stretch.
        last: The number of its last entry.
        is_own: Whether it is the key of this installation.
        is_known: Whether it is that, or one that this installation saw of the case before.
    """

    public_key: str
    first: int
    last: int
    is_own: bool = False
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A state of the log as somebody holds it outside the case, as in a printed dossier.

    Attributes:
        seq: The number of the newest entry then.
        entry_hash: Its hash, 64 hexadecimal digits.
        first: The hash of the first entry, or its beginning; empty if it is not known.
    """

    seq: int
    entry_hash: str
    first: str = ""

    def code(self) -> str:
        """The state in one word, as it is printed."""
        return f"{self.seq}-{self.entry_hash}-{self.first[:_FIRST_DIGITS]}"

    @classmethod
    def from_code(cls, code: str) -> Head:
        """The state of that word.

        Spaces and line ends in it do not matter, nor what stands before a colon, as in the line
        that the window offers to send.

        Raises:
            ValueError: It is no such word.
        """
        match = _CODE.fullmatch("".join(code.split()).lower().rpartition(":")[2])
        if match is None:
            raise ValueError(code)
        return cls(int(match[1]), match[2], match[3] or "")


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of a check.

    Attributes:
        originals: How many originals were hashed again.
        size: How many bytes they have together.
        rows: How many rows of the case were compared with the log.
        entries: How many entries of the custody log were checked.
        unsigned: How many of them are of before the log was signed.
        signed_from: The number of the first entry that is signed; nothing shows whether rows
            were changed before it.
        signers: Which keys signed the others.
        head: The hash of the newest entry.
        mismatches: Everything that does not agree; nothing if the case is intact.
    """

    originals: int
    size: int
    rows: int
    entries: int
    unsigned: int
    signed_from: int
    signers: tuple[Signer, ...]
    head: str
    mismatches: tuple[Mismatch, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing was found."""
        return not self.mismatches


@dataclass(frozen=True, slots=True)
class PackageVerification:
    """The outcome of a check of an evidence package.

    Attributes:
        files: How many files it has.
        size: How many bytes they have together.
        entries: How many entries of the custody log are in it.
        withheld: How many of them an older program wrote, so that they are shown by hash only.
        rows: How many events of its tables the log vouches for.
        unproven: How many it cannot show, because an older program sealed them.
        redacted: How many events cannot be compared, because something in them is blacked out.
        signers: Which keys signed the entries.
        signer: The public key that signed the package, 64 hexadecimal digits; empty if none did.
        is_own: Whether it is the key of this installation.
        code: The check code of the log in it; empty if it has none.
        entry_hashes: Of the entries of that log.
        case_id: Of which case it is, as it says.
        mismatches: Everything that does not agree; nothing if the package is intact.
    """

    files: int = 0
    size: int = 0
    entries: int = 0
    withheld: int = 0
    rows: int = 0
    unproven: int = 0
    redacted: int = 0
    signers: tuple[Signer, ...] = ()
    signer: str = ""
    is_own: bool = False
    code: str = ""
    entry_hashes: tuple[str, ...] = ()
    case_id: str = ""
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether nothing was found."""
        return not self.mismatches
