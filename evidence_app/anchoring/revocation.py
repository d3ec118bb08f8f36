"""Whether certificates were revoked: lists (RFC 5280) and answers of responders (RFC 6960).

A list or an answer is evidence for a time only if it was in force then (from its *this update* to
its *next update*), or was made later while the certificate was still valid. One that says nothing
of its next update speaks only of the moment when it was made. That a certificate was revoked
counts however old the list is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
_CLOCKS_DIFFER = timedelta(minutes=5)
_HARMLESS = frozenset(
    {
        x509.ReasonFlags.unspecified,
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)
"""Reasons that leave what an authority stamped before as it is (RFC 3161, 4)."""

_READ_FROM_LISTS = frozenset(
    {
        x509.AuthorityKeyIdentifier.oid,
        x509.CRLNumber.oid,
        x509.IssuingDistributionPoint.oid,
    }
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a list or an answer says of a certificate.

    Attributes:
        made: When (*this update*).
        until: When it is out of date (*next update*); None if it does not say.
        revoked: Since when the certificate is revoked; None if it is not.
        reason: Why, if it says so.
        is_whole: Whether it would name the certificate if that were revoked.
    """

    made: datetime
    until: datetime | None
    revoked: datetime | None
    reason: x509.ReasonFlags | None = None
    is_whole: bool = True

    def shows_good(self, at: datetime, end: datetime) -> bool:
        """Whether it shows that a certificate, valid until ``end``, was not revoked then."""
        if not self.is_whole or (self.revoked is not None and self.revoked <= at):
            return False
        if at <= self.made:
            # Of certificates that are no longer valid, lists may say nothing any more.
            return self.made <= min(end, datetime.now(UTC) + _CLOCKS_DIFFER)
        return self.until is not None and at <= self.until


def gather(
    chain: Sequence[Certificate], fetch: chains.Fetch, ask: Ask, at: datetime
) -> list[bytes]:
    """Lists and answers that say of each certificate of a chain whether it was revoked.

    Args:
        chain: The signer first, the root last; of the root nothing can be said.
        fetch: Gets what lies at an address; nothing if it does not come.
        ask: Sends an OCSP request to an address; nothing if no answer comes.
        at: The time of which they should speak.
    """
    found: list[bytes] = []
    for certificate, issuer in pairwise(chain):
        for data in (*_asked(certificate, issuer, ask), *_listed(certificate, fetch)):
            statement = _statement(data, certificate, issuer)
            if statement is None:
                continue
            if data not in found:
                found.append(data)
            if statement.shows_good(at, certificate.not_valid_after_utc):
                break
    return found


def check(chain: Sequence[Certificate], data: Sequence[bytes], at: datetime) -> tuple[str, ...]:
    """The names of those certificates of which it is not shown that they were not revoked then.

    Raises:
        ChainError: A certificate was revoked by then, or its key may not have been safe.
    """
    unknown = []
    for place, (certificate, issuer) in enumerate(pairwise(chain)):
        name = chains.name_of(certificate.subject)
        found = [_statement(one, certificate, issuer) for one in data]
        statements = [one for one in found if one is not None]
        for one in statements:
            _refuse_revoked(one, name, at, is_signer=place == 0)
        end = certificate.not_valid_after_utc
        if not any(one.shows_good(at, end) for one in statements):
            unknown.append(name)
    return tuple(unknown)


def _refuse_revoked(one: Statement, name: str, at: datetime, *, is_signer: bool) -> None:
    if one.revoked is None:
        return
    if one.revoked <= at:
        raise ChainError(f"{name} was revoked")
    if is_signer and one.reason not in _HARMLESS:
        raise ChainError(f"{name} was revoked later, and its key may not have been safe before")


def _asked(certificate: Certificate, issuer: Certificate, ask: Ask) -> Iterator[bytes]:
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())
    request = builder.build().public_bytes(Encoding.DER)
    for address in chains.addresses_of_responders(certificate):
        yield ask(address, request)


def _listed(certificate: Certificate, fetch: chains.Fetch) -> Iterator[bytes]:
    for address in chains.addresses_of_lists(certificate):
        yield fetch(address)


def _statement(data: bytes, certificate: Certificate, issuer: Certificate) -> Statement | None:
    """What these bytes say of a certificate; None if its issuer does not vouch for it."""
    for read in (_by_responder, _by_list):
        try:
            found = read(data, certificate, issuer)
        except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension):
            continue  # It is the other form, or none.
        if found is not None:
            return found
    return None


def _by_list(data: bytes, certificate: Certificate, issuer: Certificate) -> Statement | None:
    found = x509.load_der_x509_crl(data)
    key = issuer.public_key()
    if found.issuer != issuer.subject or not _may_list(issuer):
        return None
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return None
    if not found.is_signature_valid(key):
        return None
    entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return Statement(
        made=found.last_update_utc,
        until=found.next_update_utc,
        revoked=None if entry is None else entry.revocation_date_utc,
        reason=None if entry is None else _reason_of(entry),
        is_whole=_is_whole(found, certificate),
    )


def _may_list(issuer: Certificate) -> bool:
    """Whether its certificate lets an issuer sign lists (RFC 5280, 6.3.3 f)."""
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.crl_sign


def _reason_of(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return None


def _is_whole(found: x509.CertificateRevocationList, certificate: Certificate) -> bool:
    """Whether a list is one that would name the certificate, and no part that might not."""
    for one in found.extensions:
        if one.critical and one.oid not in _READ_FROM_LISTS:
            return False
        if isinstance(one.value, x509.IssuingDistributionPoint) and not _is_for(
            one.value, certificate
        ):
            return False
    return True


def _is_for(part: x509.IssuingDistributionPoint, certificate: Certificate) -> bool:
    if part.indirect_crl or part.only_some_reasons or part.only_contains_attribute_certs:
        return False
    if part.relative_name is not None:
        return False
    if part.only_contains_ca_certs if not _is_ca(certificate) else part.only_contains_user_certs:
        return False
    addresses = set(chains.addresses_of_lists(certificate))
    names = [one.value for one in part.full_name or [] if isinstance(one.value, str)]
    return part.full_name is None or bool(addresses.intersection(names))


def _is_ca(certificate: Certificate) -> bool:
    try:
        limits = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return limits.value.ca


def _by_responder(data: bytes, certificate: Certificate, issuer: Certificate) -> Statement | None:
    answer = ocsp.load_der_ocsp_response(data)
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    about = [one for one in answer.responses if _is_about(one, certificate, issuer)]
    if len(about) != 1 or not _is_signed(answer, issuer):
        return None
    [one] = about
    if one.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        return None
    return Statement(
        made=one.this_update_utc,
        until=one.next_update_utc,
        revoked=one.revocation_time_utc,
        reason=one.revocation_reason,
    )


def _is_about(one: ocsp.OCSPSingleResponse, certificate: Certificate, issuer: Certificate) -> bool:
    """Whether it names the certificate: a number alone may be another issuer's."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, one.hash_algorithm)
    asked = builder.build()
    return (one.serial_number, one.issuer_key_hash, one.issuer_name_hash) == (
        asked.serial_number,
        asked.issuer_key_hash,
        asked.issuer_name_hash,
    )


def _is_signed(answer: ocsp.OCSPResponse, issuer: Certificate) -> bool:
    """Whether the issuer, or a responder that it certified, signed an answer."""
    made = answer.produced_at_utc
    deputies = (one for one in answer.certificates if _may_answer(one, issuer, made))
    for signer in (issuer, *deputies):
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


def _may_answer(responder: Certificate, issuer: Certificate, at: datetime) -> bool:
    try:
        responder.verify_directly_issued_by(issuer)
        uses = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    is_valid = responder.not_valid_before_utc <= at <= responder.not_valid_after_utc
    return is_valid and ExtendedKeyUsageOID.OCSP_SIGNING in uses
