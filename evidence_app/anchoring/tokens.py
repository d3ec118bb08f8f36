"""Reads and checks timestamp tokens (RFC 3161), from their bytes alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import TimeStampResponse, VerifierBuilder, decode_timestamp_response

from evidence_app.anchoring import chains, der, revocation
from evidence_app.anchoring.chains import Certificate, ChainError
from evidence_app.anchoring.stamp import Stamp, StampFacts

_ALGORITHMS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_GRANTED = 0
_PIECE = 1 << 20
_SEQUENCE, _SHORT = 0x30, 0x80
_STATUS_GRANTED = bytes.fromhex("3003020100")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What was stamped: the digest of something.

    Attributes:
        algorithm: As `hashlib` calls it.
        digest: The bytes.
    """

    algorithm: str
    digest: bytes

    def fits(self, stream: BinaryIO) -> bool:
        """Whether it is the SHA-256 of a stream's bytes."""
        digest = hashlib.new(self.algorithm)
        while piece := stream.read(_PIECE):
            digest.update(piece)
        return digest.digest() == self.digest


def read_imprint(data: bytes) -> Imprint:
    """What a token is of: a file that holds a whole response, or a bare token.

    Nothing of it is checked but its form.

    Raises:
        ValueError: It is neither, or of an unknown algorithm.
    """
    for response in (data, _as_response(data)):
        try:
            imprint = decode(response).tst_info.message_imprint
            return Imprint(
                _ALGORITHMS[imprint.hash_algorithm.dotted_string], bytes(imprint.message)
            )
        except (ValueError, KeyError):
            continue
    raise ValueError("no timestamp token")


def decode(data: bytes) -> TimeStampResponse:
    """A response from its DER bytes.

    Raises:
        ValueError: It is none, or holds no token.
    """
    try:
        response = _decode(data)
        if response.status == _GRANTED:
            _ = response.tst_info, response.signed_data
    except Exception as error:
        # The library tells of broken bytes by exceptions of many kinds.
        raise ValueError("no timestamp response") from error
    return response


def _decode(data: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(data)
    except ValueError:
        return decode_timestamp_response(der.with_sorted_certificates(data))


def leaf_of(response: TimeStampResponse, certificates: list[Certificate]) -> Certificate:
    """The certificate of the key that signed.

    Raises:
        ChainError: There is not just one signer, or its certificate is missing.
    """
    signers = list(response.signed_data.signer_infos)
    if len(signers) != 1:
        raise ChainError("not just one signature")
    for certificate in certificates:
        if (certificate.issuer, certificate.serial_number) == (
            signers[0].issuer,
            signers[0].serial_number,
        ):
            return certificate
    raise ChainError("the certificate of the authority is missing")


def check(stamp: Stamp, digest: bytes, nonce: int | None = None) -> StampFacts:
    """Check that a stamp is of a SHA-256 digest and signed; return its facts.

    Args:
        stamp: What was kept.
        digest: 32 bytes.
        nonce: The number in the request, if it is known.

    Raises:
        ValueError: It is not; the words say why.
    """
    try:
        return _facts(stamp, digest, nonce)
    except Exception as error:
        # The libraries tell of broken bytes by exceptions of many kinds.
        raise ValueError(str(error) or type(error).__name__) from error


def _facts(stamp: Stamp, digest: bytes, nonce: int | None) -> StampFacts:
    response = decode(stamp.response)
    if response.status != _GRANTED:
        raise ChainError("the authority refused")
    token_info = response.tst_info
    if _ALGORITHMS.get(token_info.message_imprint.hash_algorithm.dotted_string) != "sha256":
        raise ChainError("another kind of digest")
    chain = chains.load(stamp.certificates)
    if not chain or leaf_of(response, chain) != chain[0]:
        raise ChainError("the certificate of the authority is missing")
    if chains.build(chain[0], chain) != chain:
        raise ChainError("the chain of certificates is not whole")
    chains.check(chain, token_info.gen_time)
    _check_use(chain[0])
    builder = VerifierBuilder(
        tsa_certificate=chain[0], intermediates=chain[1:-1], roots=chain[-1:], nonce=nonce
    )
    builder.build().verify(response, digest)
    unknown = revocation.check(chain, stamp.revocation, token_info.gen_time)
    root = chain[-1]
    return StampFacts(
        at=token_info.gen_time,
        authority=chains.name_of(chain[0].subject),
        root=chains.name_of(root.subject),
        root_sha256=chains.fingerprint(root),
        serial=token_info.serial_number,
        policy=token_info.policy.dotted_string,
        revocation_unknown=unknown,
    )


def _check_use(leaf: Certificate) -> None:
    """The certificate must be for timestamps and nothing else (RFC 3161, 2.3)."""
    try:
        uses = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise ChainError("the certificate is not for timestamps") from error
    if not uses.critical or list(uses.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ChainError("the certificate is not for timestamps alone")


def _as_response(token: bytes) -> bytes:
    """A bare token, wrapped into a response."""
    body = _STATUS_GRANTED + token
    if len(body) < _SHORT:
        return bytes([_SEQUENCE, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([_SEQUENCE, _SHORT | len(length)]) + length + body
