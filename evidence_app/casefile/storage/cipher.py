"""Keys of case files that are locked with a password (SQLCipher 4).

The key follows from the password as SQLCipher itself derives it (PBKDF2 with HMAC-SHA512, 256,000
rounds, salt in the first 16 bytes of the file), so that any SQLCipher tool opens the file with the
password; the page size is 16384. It is derived once for all connections, for it takes a while.
Source: https://www.zetetic.net/sqlcipher/design/
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

SALT_SIZE = 16
_KEY_SIZE = 32
_ROUNDS = 256_000
_CHECK_SIZE = 3
_GROUP = 4


@dataclass(frozen=True, slots=True)
class CipherKey:
    """What opens one locked file.

    Attributes:
        key: 32 bytes.
        salt: The first 16 bytes of the file.
    """

    key: bytes = field(repr=False)
    salt: bytes

    def specification(self) -> str:
        """The key as SQLCipher takes it: key and salt in hexadecimal digits."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"

    def pragmas(self) -> tuple[str, ...]:
        """What must be told to a connection before anything else."""
        return (
            # It writes to the terminal otherwise.
            "PRAGMA cipher_log_level=NONE",
            f'PRAGMA key="{self.specification()}"',
            "PRAGMA cipher_page_size=16384",
        )

    def recovery_code(self) -> str:
        """The key in letters and digits, in groups, with a check sum: to be printed and kept."""
        checked = self.key + hashlib.sha256(self.key).digest()[:_CHECK_SIZE]
        letters = base64.b32encode(checked).decode("ascii")
        return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def new_key(password: str) -> CipherKey:
    """A key for a file that is yet to be written."""
    return _derived(password, secrets.token_bytes(SALT_SIZE))


def key_for(path: Path, password: str) -> CipherKey:
    """The key that a password, or a recovery code, makes for a file that is there.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        salt = file.read(SALT_SIZE)
    code = _from_code(password)
    return CipherKey(code, salt) if code is not None else _derived(password, salt)


def _derived(password: str, salt: bytes) -> CipherKey:
    # The same password typed on another system may come in other code points.
    encoded = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return CipherKey(hashlib.pbkdf2_hmac("sha512", encoded, salt, _ROUNDS, _KEY_SIZE), salt)


def _from_code(text: str) -> bytes | None:
    letters = "".join(text.split()).replace("-", "").upper()
    if len(letters) * 5 != (_KEY_SIZE + _CHECK_SIZE) * 8:
        return None
    try:
        checked = base64.b32decode(letters)
    except ValueError:
        return None
    key, check = checked[:_KEY_SIZE], checked[_KEY_SIZE:]
    return key if hashlib.sha256(key).digest()[:_CHECK_SIZE] == check else None
