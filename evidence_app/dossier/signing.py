"""Signs a finished PDF file (PAdES B-B, or B-T with a trusted timestamp), without a network.

What was written and checked before stays as it is, byte for byte: the signature is appended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from evidence_app.dossier.signature_place import SignaturePlace
from evidence_app.errors import Cancelled, EvidenceError, UserError
from evidence_app.messages import MessageCode, message

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

_LOG = logging.getLogger(__name__)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
"""The kinds that programs which show PDF files can check."""

Ask = Callable[[bytes, bytes, int], bytes]
"""Gets a timestamp: of a request (DER), its SHA-256 and its nonce makes the response (DER)."""

_RESERVED = 48 << 10
"""Hexadecimal digits kept free for a signature with a timestamp and all its certificates.

PDF/A allows strings of 32,767 bytes (ISO 19005-2, 6.1.13), two digits each.
"""

_FIELD = "Signature"
_READ_ALOUD = "签名 · Signature"
"""What the field is called where the document is read aloud."""

_USES_OF_SIGNER = ("digital_signature", "content_commitment")
_USES_OF_ISSUER = ("key_cert_sign", "crl_sign")
_USES = (
    *_USES_OF_SIGNER,
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    *_USES_OF_ISSUER,
    "encipher_only",
    "decipher_only",
)
_VALID_FOR = timedelta(days=3650)
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Identity:
    """A key with the certificate that says whose it is.

    Attributes:
        key: The private key.
        certificate: Of its public key.
        issuers: Other certificates that lead to a root, as far as they are known.
    """

    key: PrivateKey
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        """Whose it is, as the certificate says."""
        subject = self.certificate.subject
        named = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(named[0].value) if named else subject.rfc4514_string()


def from_pkcs12(path: Path, password: str | None, at: datetime) -> Identity:
    """The identity in a file of a person (.p12, .pfx).

    Args:
        path: The file.
        password: Of the file; None if it has none.
        at: When it is to be used; the certificate must be valid then.

    Raises:
        UserError: It cannot be read or opened, holds no key with its certificate, or one that
            cannot be used.
    """
    try:
        stored = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        code = MessageCode.SIGNING_FILE_UNREADABLE
        raise UserError(message(code, name=path.name, reason=reason)) from error
    try:
        opened = pkcs12.load_pkcs12(stored, password.encode() if password else None)
    except Exception as error:
        # The library tells of broken bytes and of wrong passwords by exceptions of many kinds.
        raise UserError(message(MessageCode.SIGNING_FILE_LOCKED, name=path.name)) from error
    key = opened.key
    if key is None or opened.cert is None:
        raise UserError(message(MessageCode.SIGNING_KEY_MISSING, name=path.name))
    if not isinstance(key, PrivateKey):
        raise UserError(message(MessageCode.SIGNING_KEY_UNUSABLE, name=path.name))
    certificate = opened.cert.certificate
    if key.public_key() != certificate.public_key():
        raise UserError(message(MessageCode.SIGNING_KEY_MISSING, name=path.name))
    _require_valid(certificate, at)
    return Identity(
        key, certificate, tuple(additional.certificate for additional in opened.additional_certs)
    )


def _require_valid(certificate: x509.Certificate, at: datetime) -> None:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= at <= last:
        days = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}
        raise UserError(message(MessageCode.SIGNING_CERTIFICATE_NOT_VALID, **days))


def of_installation(
    name: str,
    public: ed25519.Ed25519PublicKey,
    certify: Callable[[x509.CertificateBuilder], x509.Certificate],
    at: datetime,
) -> Identity:
    """A new key for one signature, certified by the key of an installation.

    That key itself (Ed25519) signs the log; programs that show PDF files cannot check its kind.
    Nobody else vouches for either certificate.

    Args:
        name: What the installation is called in the certificates.
        public: The installation's public key; others recognize the issuer by it.
        certify: Signs a certificate with the installation's key.
        at: When it is used.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = [
        x509.NameAttribute(NameOID.COMMON_NAME, name),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, public.public_bytes_raw().hex()),
    ]
    subject = [x509.NameAttribute(NameOID.COMMON_NAME, f"{name}, evidence report")]

    def certified(
        whose: list[x509.NameAttribute[str]], of: CertificatePublicKeyTypes, *, is_issuer: bool
    ) -> x509.Certificate:
        usage = dict.fromkeys(_USES, False)
        usage |= dict.fromkeys(_USES_OF_ISSUER if is_issuer else _USES_OF_SIGNER, True)
        length = 0 if is_issuer else None
        return certify(
            x509.CertificateBuilder()
            .issuer_name(x509.Name(issuer))
            .subject_name(x509.Name(whose))
            .public_key(of)
            .serial_number(x509.random_serial_number())
            .not_valid_before(at - _CLOCKS_DIFFER)
            .not_valid_after(at + _VALID_FOR)
            .add_extension(x509.BasicConstraints(is_issuer, length), critical=True)
            .add_extension(x509.KeyUsage(**usage), critical=True)
        )

    signer = certified(subject, key.public_key(), is_issuer=False)
    return Identity(key, signer, (certified(issuer, public, is_issuer=True),))


def sign(
    path: Path, identity: Identity, ask: Ask | None = None, place: SignaturePlace | None = None
) -> None:
    """Append a signature to a PDF file, and make sure that it holds.

    Args:
        path: The file.
        identity: Who signs.
        ask: Where a timestamp of the signature comes from; None if there is to be none.
        place: The frame in which viewers show the signature; None if it is shown nowhere.

    Raises:
        Cancelled: ``ask`` said so.
        EvidenceError: It cannot be signed, or the signature does not hold. The file is to be
            thrown away then.
    """
    before = path.stat().st_size
    try:
        _append(path, identity, ask, place)
        problem = _problem(path, before)
    except (EvidenceError, Cancelled):
        raise
    except Exception as error:
        # The library tells of what it cannot do by exceptions of many kinds.
        _LOG.exception("the file could not be signed")
        raise EvidenceError(message(MessageCode.SIGNING_FAILED, reason=error)) from error
    if problem:
        raise EvidenceError(message(MessageCode.SIGNING_FAILED, reason=problem))


def _append(path: Path, identity: Identity, ask: Ask | None, place: SignaturePlace | None) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.stamp import StaticStampStyle

    from evidence_app.dossier import signing_parts

    metadata = PdfSignatureMetadata(
        field_name=_FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    stamper = signing_parts.Stamper(ask) if ask is not None else None
    signer = signing_parts.ArchivalSigner(
        metadata,
        signer=_signer(identity),
        timestamper=stamper,
        # What the frame says is drawn on the page, where everybody can read and hear it.
        stamp_style=StaticStampStyle(border_width=0),
        new_field_spec=SigFieldSpec(
            _FIELD,
            on_page=0 if place is None else place.page - 1,
            box=None if place is None else _whole_points(place),
            readable_field_name=_READ_ALOUD,
        ),
    )
    reserved = _RESERVED if stamper is not None else None
    with path.open("rb+") as file:
        writer = IncrementalPdfFileWriter(file)
        signer.sign_pdf(writer, in_place=True, bytes_reserved=reserved)


def _whole_points(place: SignaturePlace) -> tuple[int, int, int, int]:
    left, bottom, right, top = map(round, place.box)
    return left, bottom, right, top


def _signer(identity: Identity) -> SimpleSigner:
    from asn1crypto import keys
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def converted(certificate: x509.Certificate) -> Certificate:
        return Certificate.load(certificate.public_bytes(Encoding.DER))

    private = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=converted(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs(map(converted, identity.issuers)),
    )


def _problem(path: Path, before: int) -> str:
    """Why the only signature of a file does not hold; nothing if it does.

    Whether its certificate is trusted is for those to say who receive the file.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    with path.open("rb") as file:
        signatures = PdfFileReader(file).embedded_signatures
        if len(signatures) != 1 or path.stat().st_size <= before:
            return "no signature"
        own = ValidationContext(trust_roots=[signatures[0].signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signatures[0], own)
    return "" if status.intact and status.valid else status.summary()
