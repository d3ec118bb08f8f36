"""The key of this installation, with which it signs the custody log (Ed25519, RFC 8032).

It is kept in the person's data folder and never in a case file: whoever holds only a case file
cannot write a log that this installation would have signed.
"""

from __future__ import annotations

import logging
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidence_app import settings
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message

_LOG = logging.getLogger(__name__)
_KEYS: dict[Path, Key] = {}
_GUARD = threading.Lock()
_OF_OTHERS = 0o077
"""The rights of other accounts."""


class Key:
    """A key that signs.

    Attributes:
        public: The public key, 64 hexadecimal digits.
    """

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()

    def sign(self, entry_hash: str) -> str:
        """The signature of an entry's hash, 128 hexadecimal digits."""
        return self.sign_bytes(bytes.fromhex(entry_hash)).hex()

    def sign_bytes(self, data: bytes) -> bytes:
        """The signature of bytes, 64 bytes."""
        return self._private.sign(data)

    def certify(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """A certificate that is signed with this key."""
        return builder.sign(self._private, None)


def verify_hash(public: str, signature: str, entry_hash: str) -> bool:
    """Whether the signature of an entry's hash was made with that key, and is written as it was."""
    try:
        signature_bytes = bytes.fromhex(signature)
        return signature_bytes.hex() == signature and verify_bytes(
            public, signature_bytes, bytes.fromhex(entry_hash)
        )
    except ValueError:
        return False


def verify_bytes(public: str, signature: bytes, data: bytes) -> bool:
    """Whether the signature of bytes was made with that key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def to_pem(public: str) -> bytes:
    """A public key as the text that other programs read."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(encoding, form)


def from_pem(data: bytes) -> str:
    """The public key in what `to_pem` makes; empty if there is none."""
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        return ""
    return key.public_bytes_raw().hex() if isinstance(key, Ed25519PublicKey) else ""


def installation_key() -> Key:
    """The key of this installation; it is made when it is first wanted.

    Raises:
        UserError: It can be neither read nor made.
    """
    path = _path()
    with _GUARD:
        if path not in _KEYS:
            try:
                _KEYS[path] = _load(path) or _make(path)
                _close_to_others(path)
                _note_own(_KEYS[path].public)
            except OSError as error:
                reason = error.strerror or str(error)
                raise UserError(
                    message(MessageCode.KEY_UNAVAILABLE, path=path, reason=reason)
                ) from error
        return _KEYS[path]


def _close_to_others(path: Path) -> None:
    if is_open_to_others():
        path.chmod(path.stat().st_mode & ~_OF_OTHERS)
        _LOG.warning("others could read the key of this installation; now they cannot")


def public_key() -> str:
    """The public key of this installation, or nothing if it has none yet."""
    key = _KEYS.get(_path())
    try:
        own_key = key or _load(_path())
    except OSError:
        _LOG.warning("the key of this installation cannot be read", exc_info=True)
        return ""
    return own_key.public if own_key is not None else ""


def own_keys() -> frozenset[str]:
    """The public keys with which this installation signs, and signed before one was damaged."""
    current = public_key()
    return _listed() | {current} if current else _listed()


def _listed() -> frozenset[str]:
    try:
        return frozenset(_list().read_text("ascii").split())
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError):
        _LOG.warning("the list of keys of this installation cannot be read", exc_info=True)
        return frozenset()


def _note_own(public: str) -> None:
    """Let a key be known as our own, also when it is lost one day."""
    if public in _listed():
        return
    try:
        with _list().open("a", encoding="ascii") as file:
            file.write(f"{public}\n")
    except OSError:
        _LOG.warning("the key of this installation could not be listed", exc_info=True)


def _list() -> Path:
    return _path().with_name("own-keys.txt")


def _path() -> Path:
    return settings.data_folder() / "key" / "custody-key.pem"


def is_open_to_others() -> bool:
    """Whether other accounts of this computer may read the key of this installation."""
    try:
        return os.name != "nt" and bool(_path().stat().st_mode & _OF_OTHERS)
    except OSError:
        return False


def _load(path: Path) -> Key | None:
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no file")
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        private = serialization.load_pem_private_key(data, None)
        if isinstance(private, Ed25519PrivateKey):
            return Key(private)
    except (ValueError, TypeError):
        _LOG.exception("the key of this installation cannot be read")
    # A damaged key is kept: whoever can mend it can still prove what it signed.
    path.rename(path.with_name(f"damaged-{datetime.now(UTC):%Y%m%d%H%M%S}-{path.name}"))
    return None


def _make(path: Path) -> Key:
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = path.with_name(f".{os.getpid()}-{path.name}")
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A second program that starts at the same time must not replace the key of the first.
        os.link(waiting, path)
    except FileExistsError:
        key = _load(path)
        if key is not None:
            return key
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    return Key(private)
