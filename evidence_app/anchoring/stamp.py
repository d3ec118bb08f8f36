"""A trusted timestamp with all that is needed to check it later, without the internet."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority answered, and the evidence for its certificates.

    Attributes:
        response: The TimeStampResp as it was received, DER.
        certificates: The chain from the signer to its root, DER.
        revocation: Lists of revoked certificates and OCSP responses, DER.
    """

    response: bytes
    certificates: tuple[bytes, ...]
    revocation: tuple[bytes, ...]

    def to_bytes(self) -> bytes:
        """As one JSON object, to be kept."""
        values = {
            "response": _text(self.response),
            "certificates": [_text(certificate) for certificate in self.certificates],
            "revocation": [_text(proof) for proof in self.revocation],
        }
        return json.dumps(values, sort_keys=True).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Stamp:
        """What `to_bytes` made.

        Raises:
            ValueError: It is something else.
        """
        try:
            values = json.loads(data)
            return cls(
                _bytes(values["response"]),
                tuple(_bytes(encoded) for encoded in values["certificates"]),
                tuple(_bytes(encoded) for encoded in values["revocation"]),
            )
        except (KeyError, TypeError, binascii.Error, RecursionError) as error:
            raise ValueError("no stamp") from error


@dataclass(frozen=True, slots=True)
class StampFacts:
    """What a stamp says, after it was checked.

    Attributes:
        at: When, by the authority's clock.
        authority: The name in its certificate.
        root: The name of the end of its chain.
        root_sha256: The digest of the root's certificate, for comparing it elsewhere.
        serial: The number of the stamp.
        policy: Under which rules it was made, an object identifier.
        revocation_unknown: The names of those certificates of the chain of which no list or answer
            that was in force at that time, or is newer, shows that they were not revoked.
    """

    at: datetime
    authority: str
    root: str
    root_sha256: str
    serial: int
    policy: str
    revocation_unknown: tuple[str, ...]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise TypeError(text)
    return base64.b64decode(text, validate=True)
