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
        issued: When it was issued (*this update*).
        until: When it is out of date (*next update*); None if it does not say.
        revoked: Since when the certificate is revoked; None if it is not.
        reason: Why, if it says so.
        is_whole: Whether it would name the certificate if that were revoked.
    """

    issued: datetime
    until: datetime | None
    revoked: datetime | None
    reason: x509.ReasonFlags | None = None
    is_whole: bool = True

    def shows_good(self, at: datetime, end: datetime) -> bool:
        """Whether it shows that a certificate, valid until ``end``, was not revoked then."""
        if not self.is_whole or (self.revoked is not None and self.revoked <= at):
            return False
        if at <= self.issued:
            # Of certificates that are no longer valid, lists may say nothing any more.
            return self.issued <= min(end, datetime.now(UTC) + _CLOCKS_DIFFER)
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
    gathered: list[bytes] = []
    for certificate, issuer in pairwise(chain):
        for data in (*_responses(certificate, issuer, ask), *_listed(certificate, fetch)):
            statement = _statement(data, certificate, issuer)
            if statement is None:
                continue
            if data not in gathered:
                gathered.append(data)
            if statement.shows_good(at, certificate.not_valid_after_utc):
                break
    return gathered


def check(chain: Sequence[Certificate], data: Sequence[bytes], at: datetime) -> tuple[str, ...]:
    """The names of the certificates for which nothing shows that they were not revoked then.

    Raises:
        ChainError: A certificate was revoked by then, or its key may not have been safe.
    """
    unknown = []
    for place, (certificate, issuer) in enumerate(pairwise(chain)):
        name = chains.name_of(certificate.subject)
        read_statements = [_statement(encoded, certificate, issuer) for encoded in data]
        statements = [statement for statement in read_statements if statement is not None]
        for statement in statements:
            _refuse_revoked(statement, name, at, is_signer=place == 0)
        end = certificate.not_valid_after_utc
        if not any(statement.shows_good(at, end) for statement in statements):
            unknown.append(name)
    return tuple(unknown)


def _refuse_revoked(statement: Statement, name: str, at: datetime, *, is_signer: bool) -> None:
    if statement.revoked is None:
        return
    if statement.revoked <= at:
        raise ChainError(f"{name} was revoked")
    if is_signer and statement.reason not in _HARMLESS:
        raise ChainError(f"{name} was revoked later, and its key may not have been safe before")


def _responses(certificate: Certificate, issuer: Certificate, ask: Ask) -> Iterator[bytes]:
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
            statement = read(data, certificate, issuer)
        except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension):
            continue  # It is the other form, or none.
        if statement is not None:
            return statement
    return None


def _by_list(data: bytes, certificate: Certificate, issuer: Certificate) -> Statement | None:
    revocation_list = x509.load_der_x509_crl(data)
    key = issuer.public_key()
    if revocation_list.issuer != issuer.subject or not _may_list(issuer):
        return None
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return None
    if not revocation_list.is_signature_valid(key):
        return None
    entry = revocation_list.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return Statement(
        issued=revocation_list.last_update_utc,
        until=revocation_list.next_update_utc,
        revoked=None if entry is None else entry.revocation_date_utc,
        reason=None if entry is None else _reason_of(entry),
        is_whole=_is_whole(revocation_list, certificate),
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


def _is_whole(revocation_list: x509.CertificateRevocationList, certificate: Certificate) -> bool:
    """Whether a revocation list covers the certificate, and is not a partial list."""
    for extension in revocation_list.extensions:
        if extension.critical and extension.oid not in _READ_FROM_LISTS:
            return False
        if isinstance(extension.value, x509.IssuingDistributionPoint) and not _is_for(
            extension.value, certificate
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
    names = [
        general_name.value
        for general_name in part.full_name or []
        if isinstance(general_name.value, str)
    ]
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
    about = [
        single_response
        for single_response in answer.responses
        if _is_about(single_response, certificate, issuer)
    ]
    if len(about) != 1 or not _is_signed(answer, issuer):
        return None
    [single_response] = about
    if single_response.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        return None
    return Statement(
        issued=single_response.this_update_utc,
        until=single_response.next_update_utc,
        revoked=single_response.revocation_time_utc,
        reason=single_response.revocation_reason,
    )


def _is_about(
    single_response: ocsp.OCSPSingleResponse, certificate: Certificate, issuer: Certificate
) -> bool:
    """Whether it names the certificate: a number alone may be another issuer's."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        certificate, issuer, single_response.hash_algorithm
    )
    built_request = builder.build()
    return (
        single_response.serial_number,
        single_response.issuer_key_hash,
        single_response.issuer_name_hash,
    ) == (
        built_request.serial_number,
        built_request.issuer_key_hash,
        built_request.issuer_name_hash,
    )


def _is_signed(answer: ocsp.OCSPResponse, issuer: Certificate) -> bool:
    """Whether the issuer, or a responder that it certified, signed an answer."""
    produced_at = answer.produced_at_utc
    deputies = (
        certificate
        for certificate in answer.certificates
        if _may_answer(certificate, issuer, produced_at)
    )
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
