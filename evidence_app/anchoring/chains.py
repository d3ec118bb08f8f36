"""Chains of certificates, from the one that signed to the end that must be trusted."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

_LONGEST = 8

Certificate = x509.Certificate
Fetch = Callable[[str], bytes]


class ChainError(Exception):
    """A certificate chain is not valid; the text says why."""


def load(data: Iterable[bytes]) -> list[Certificate]:
    """Certificates from their DER bytes.

    Raises:
        ValueError: One of them is none.
    """
    return [x509.load_der_x509_certificate(der) for der in data]


def to_pem(data: Iterable[bytes]) -> bytes:
    """Certificates, given in DER, as PEM text for other programs."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in load(data))


def from_pem(data: bytes) -> list[bytes]:
    """The certificates of a PEM text, as DER.

    Raises:
        ValueError: There are none.
    """
    return [
        certificate.public_bytes(Encoding.DER)
        for certificate in x509.load_pem_x509_certificates(data)
    ]


def fingerprint(certificate: Certificate) -> str:
    """SHA-256 of a certificate, 64 hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def trusted_by_system() -> list[bytes]:
    """The roots that this computer trusts, DER."""
    return ssl.create_default_context().get_ca_certs(binary_form=True)


def build(
    leaf: Certificate,
    candidates: list[Certificate],
    fetch: Fetch = lambda address: b"",
    trusted: Callable[[], list[bytes]] = list,
) -> list[Certificate]:
    """The chain of a certificate to its root, the certificate first.

    Args:
        leaf: Where it begins.
        candidates: Certificates in which issuers are looked for first.
        fetch: Gets what lies at an address; nothing if it does not come.
        trusted: Gives the roots that this computer trusts; asked only if one is missing.

    Raises:
        ChainError: An issuer is missing, or the chain has no end.
    """
    chain = [leaf]
    while not _is_root(chain[-1]):
        issuer = _issuer_of(chain[-1], candidates)
        issuer = issuer or _issuer_of(chain[-1], _fetched(chain[-1], fetch))
        issuer = issuer or _issuer_of(chain[-1], _named(chain[-1].issuer, trusted()))
        if issuer is None:
            raise ChainError(f"no certificate of {name_of(chain[-1].issuer)}")
        if issuer in chain or len(chain) >= _LONGEST:
            raise ChainError("a chain of certificates without an end")
        chain.append(issuer)
    return chain


def check(chain: list[Certificate], at: datetime) -> None:
    """Make sure that every certificate was valid then, and may sign the one before it.

    Raises:
        ChainError: It was not, or may not.
    """
    for certificate in chain:
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise ChainError(f"{name_of(certificate.subject)} was not valid then")
    for issuer in chain[1:]:
        try:
            limits = issuer.extensions.get_extension_for_class(x509.BasicConstraints)
        except x509.ExtensionNotFound as error:
            raise ChainError(f"{name_of(issuer.subject)} may not issue") from error
        if not limits.value.ca:
            raise ChainError(f"{name_of(issuer.subject)} may not issue")


def name_of(name: x509.Name) -> str:
    """The plainest part of a name."""
    for kind in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        attributes = name.get_attributes_for_oid(kind)
        if attributes:
            return str(attributes[0].value)
    return name.rfc4514_string()


def _is_root(certificate: Certificate) -> bool:
    return certificate.subject == certificate.issuer and _is_issued(certificate, certificate)


def _issuer_of(certificate: Certificate, among: list[Certificate]) -> Certificate | None:
    for candidate in among:
        if candidate.subject == certificate.issuer and _is_issued(certificate, candidate):
            return candidate
    return None


def _is_issued(certificate: Certificate, issuer: Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _named(name: x509.Name, data: list[bytes]) -> list[Certificate]:
    """Certificates that contain a name; others are not parsed: some stores hold invalid ones."""
    encoded = name.public_bytes()
    return load(der for der in data if encoded in der)


def _fetched(certificate: Certificate, fetch: Fetch) -> list[Certificate]:
    certificates = []
    for address in addresses_of_issuers(certificate):
        data = fetch(address)
        for loader in (x509.load_der_x509_certificate, x509.load_pem_x509_certificate):
            try:
                certificates.append(loader(data))
            except ValueError:
                continue  # It is the other form, or none.
    return certificates


def addresses_of_issuers(certificate: Certificate) -> Iterator[str]:
    """The addresses of the issuer's certificate that the certificate states."""
    yield from _access(certificate, AuthorityInformationAccessOID.CA_ISSUERS)


def addresses_of_responders(certificate: Certificate) -> Iterator[str]:
    """The addresses of its OCSP responders that the certificate states."""
    yield from _access(certificate, AuthorityInformationAccessOID.OCSP)


def addresses_of_lists(certificate: Certificate) -> Iterator[str]:
    """The addresses of revocation lists that the certificate states."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    except (x509.ExtensionNotFound, ValueError):
        return
    for point in points.value:
        for name in point.full_name or []:
            if isinstance(name, x509.UniformResourceIdentifier):
                yield name.value


def _access(certificate: Certificate, method: x509.ObjectIdentifier) -> Iterator[str]:
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, ValueError):
        return
    for description in access.value:
        if description.access_method == method and isinstance(
            description.access_location, x509.UniformResourceIdentifier
        ):
            yield description.access_location.value
