"""Whether certificates were revoked: lists (RFC 5280) and answers of responders (RFC 6960)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence_app.anchoring import chains
from evidence_app.anchoring.chains import Certificate, ChainError

Ask = Callable[[str, bytes], bytes]
_NEVER = datetime.max.replace(tzinfo=UTC)


def gather(chain: Sequence[Certificate], fetch: chains.Fetch, ask: Ask) -> list[bytes]:
    """Lists and answers that say of each certificate of a chain whether it was revoked.

    Args:
        chain: The signer first, the root last; of the root nothing can be said.
        fetch: Gets what lies at an address; nothing if it does not come.
        ask: Sends an OCSP request to an address; nothing if no answer comes.
    """
    found: list[bytes] = []
    for certificate, issuer in pairwise(chain):
        data = _asked(certificate, issuer, ask) or _listed(certificate, issuer, fetch)
        if data and data not in found:
            found.append(data)
    return found


def check(chain: Sequence[Certificate], data: Sequence[bytes], at: datetime) -> bool:
    """Whether it is shown for the whole chain that nothing was revoked when it signed.

    Raises:
        ChainError: A certificate was revoked by then.
    """
    complete = True
    for certificate, issuer in pairwise(chain):
        states = [_state(one, certificate, issuer, at) for one in data]
        if False in states:
            raise ChainError(f"{chains.name_of(certificate.subject)} was revoked")
        complete = complete and True in states
    return complete


def _asked(certificate: Certificate, issuer: Certificate, ask: Ask) -> bytes:
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())
    request = builder.build().public_bytes(Encoding.DER)
    for address in chains.addresses_of_responders(certificate):
        answer = ask(address, request)
        if answer and _by_responder(answer, certificate, issuer) is not None:
            return answer
    return b""


def _listed(certificate: Certificate, issuer: Certificate, fetch: chains.Fetch) -> bytes:
    for address in chains.addresses_of_lists(certificate):
        data = fetch(address)
        if data and _by_list(data, certificate, issuer) is not None:
            return data
    return b""


def _state(data: bytes, certificate: Certificate, issuer: Certificate, at: datetime) -> bool | None:
    """Whether it was good then; None if these bytes do not say."""
    for read in (_by_responder, _by_list):
        since = read(data, certificate, issuer)
        if since is not None:
            return since > at
    return None


def _by_list(data: bytes, certificate: Certificate, issuer: Certificate) -> datetime | None:
    """Since when a list says that it is revoked; None if it is no list of that issuer."""
    try:
        found = x509.load_der_x509_crl(data)
        key = issuer.public_key()
        if found.issuer != issuer.subject or not isinstance(
            key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey
        ):
            return None
        if not found.is_signature_valid(key):
            return None
        entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return _NEVER if entry is None else entry.revocation_date_utc


def _by_responder(data: bytes, certificate: Certificate, issuer: Certificate) -> datetime | None:
    """Since when an answer says that it is revoked; None if it is no answer about it."""
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        if answer.serial_number != certificate.serial_number:
            return None
        if not _is_signed(answer, issuer):
            return None
        status = answer.certificate_status
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    if status is ocsp.OCSPCertStatus.REVOKED:
        return answer.revocation_time_utc
    return _NEVER if status is ocsp.OCSPCertStatus.GOOD else None


def _is_signed(answer: ocsp.OCSPResponse, issuer: Certificate) -> bool:
    """Whether the issuer, or a responder that it certified, signed an answer."""
    for signer in (issuer, *(one for one in answer.certificates if _may_answer(one, issuer))):
        key, digest = signer.public_key(), answer.signature_hash_algorithm
        if digest is None:
            return False
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
                return True
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
                return True
        except InvalidSignature:
            continue
    return False


def _may_answer(responder: Certificate, issuer: Certificate) -> bool:
    try:
        responder.verify_directly_issued_by(issuer)
        uses = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in uses
