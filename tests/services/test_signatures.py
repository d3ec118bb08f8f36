"""Signatures under dossiers: what others accept, and what is refused before anything is written."""

from __future__ import annotations

import dataclasses
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from own_authority import Certified, World, certify, named
from pikepdf import pdfa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import signing as keys
from evidence_app.dossier.options import DossierLanguage
from evidence_app.errors import Cancelled, EvidenceError, UserError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.progress import Progress
from evidence_app.services import custody
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions, Part, Signing
from evidence_app.services.importing.importer import Importer

OPTIONS = DossierOptions(parts=(Part.DECLARATION,))
PASSWORD = "correct horse"
FOR_SIGNATURES = x509.KeyUsage(True, True, False, False, False, False, False, False, False)


@pytest.fixture
def issuer() -> Certified:
    return certify("Fiction Root", is_ca=True)


def person(issuer: Certified, days: tuple[int, int] = (-30, 3650)) -> Certified:
    return certify("Li Ming 李明", issuer, days=days, more=(FOR_SIGNATURES,))


def key_file(folder: Path, own: Certified, issuer: Certified, password: str = PASSWORD) -> Path:
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    path = folder / "key.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"key", own.key, own.certificate, [issuer.certificate], encryption
        )
    )
    return path


def status(pdf: Path, *roots: bytes) -> PdfSignatureStatus:
    """What pyHanko says of the only signature."""
    trusted = ValidationContext(
        trust_roots=[Certificate.load(root) for root in roots], allow_fetching=False
    )
    with pdf.open("rb") as file:
        [signature] = PdfFileReader(file).embedded_signatures
        return validate_pdf_signature(signature, trusted, trusted)


def require_archival(pdf: Path, flavour: str) -> None:
    """Nothing stands against PDF/A but what pikepdf does not look into: the signature's field.

    What ISO 19005 demands of such a field is looked at here: 6.3.2 and 6.3.3 (printed, with an
    appearance, which draws nothing: what it says is on the page), 6.4.1 (no actions, no XFA),
    6.4.3 (the whole file is signed).
    """
    findings = pdfa.validate_written(pdf, flavour).findings
    assert [(finding.kind, finding.where.rpartition(" ")[2]) for finding in findings] == [
        ("unsupported", "/AcroForm")
    ]
    with pikepdf.open(pdf) as document:
        assert document.pdf_version == "1.7"
        assert "/Version" not in document.Root
        form = document.Root.AcroForm
        assert set(form.keys()) == {"/Fields", "/SigFlags"}
        [field] = form.Fields
        assert "/A" not in field
        assert "/AA" not in field
        assert int(field.F) & 0b100110 == 0b100
        assert str(field.TU) == "签名 · Signature"
        left, bottom, right, top = (float(side) for side in field.Rect)
        assert right - left > 300 and top - bottom > 60
        assert set(field.AP.keys()) == {"/N"}
        assert "/Font" not in field.AP.N.get("/Resources", {})
        start, length, second, rest = map(int, field.V.ByteRange)
        assert (start, second + rest) == (0, pdf.stat().st_size)
        signature_bytes = pdf.read_bytes()[length:second]
        assert signature_bytes[:1] == b"<" and signature_bytes[-1:] == b">"


def test_others_accept_the_signature_and_the_file_stays_archival(
    case: CaseFile, tmp_path: Path, issuer: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing = Signing(key_file(tmp_path, person(issuer), issuer), PASSWORD)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it opens a connection"))
    out = tmp_path / "dossier.pdf"
    exports.dossier(case, out, OPTIONS, signature=signing)
    signature_status = status(out, issuer.der())
    assert signature_status.bottom_line
    assert signature_status.timestamp_validity is None
    require_archival(out, "2b")
    report = subprocess.run(["pdfsig", "-nocert", out], capture_output=True, text=True).stdout
    assert "Signature is Valid." in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report
    assert "Li Ming" in report


def test_a_dossier_with_originals_within_is_signed_too(
    case: CaseFile, tmp_path: Path, issuer: Certified
) -> None:
    with Importer(case) as importer:
        importer.run_bytes("voice.bin", b"voice" * 1000)
    out = tmp_path / "dossier.pdf"
    signing = Signing(key_file(tmp_path, person(issuer), issuer), PASSWORD)
    options = dataclasses.replace(OPTIONS, embed_originals=True)
    exports.dossier(case, out, options, signature=signing)
    assert status(out, issuer.der()).bottom_line
    # pikepdf does not look past the field of the signature; before it was signed, all was valid.
    data, unsigned = out.read_bytes(), tmp_path / "unsigned.pdf"
    unsigned.write_bytes(data[: data.rindex(b"%%EOF", 0, data.index(b"/ByteRange")) + 6])
    assert pdfa.validate_written(unsigned, "3b").passed
    said = subprocess.run(["pdfsig", "-nocert", out], capture_output=True, text=True).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, out], check=True)
    assert (tmp_path / "001-voice.bin").read_bytes() == b"voice" * 1000


@pytest.mark.parametrize(
    "language, words",
    [("en", "Digitally signed by Li Ming 李明"), ("zh", "数字签名：Li Ming 李明")],
)
def test_the_frame_says_who_signed_where_viewers_show_the_signature(
    case: CaseFile, tmp_path: Path, issuer: Certified, language: DossierLanguage, words: str
) -> None:
    signing = Signing(key_file(tmp_path, person(issuer), issuer), PASSWORD)
    for part, number in ((Part.DECLARATION, -1), (Part.GLANCE, 0)):
        options = DossierOptions(language=language, parts=(part,))
        out = tmp_path / f"{part}.pdf"
        exports.dossier(case, out, options, signature=signing)
        assert status(out, issuer.der()).bottom_line
        with pikepdf.open(out) as document:
            [field] = document.Root.AcroForm.Fields
            assert field.P.objgen == document.pages[number].obj.objgen
            rect = [float(one) for one in field.Rect]
        with pypdfium2.PdfDocument(out) as shown:
            page = shown[len(shown) - 1 if number else 0]
            text = page.get_textpage()
            assert text.get_text_bounded(*rect).startswith(words)
            lines = text.get_text_bounded().split()
            assert not {"Signature", "签名"} & set(lines), "a line to sign by hand"


def test_the_log_has_the_signed_file_and_a_changed_byte_is_seen(
    case: CaseFile, tmp_path: Path, issuer: Certified
) -> None:
    out = tmp_path / "dossier.pdf"
    signing = Signing(key_file(tmp_path, person(issuer), issuer, ""))
    exports.dossier(case, out, OPTIONS, signature=signing)
    newest = list(custody.list_entries(case))[-1]
    assert newest.action is Action.EXPORT
    assert newest.detail["size"] == out.stat().st_size
    data = bytearray(out.read_bytes())
    data[2000] ^= 1
    out.write_bytes(data)
    assert not status(out, issuer.der()).intact


def test_the_installation_signs_with_a_certificate_of_the_key_that_signs_the_log(
    case: CaseFile, tmp_path: Path
) -> None:
    out = tmp_path / "dossier.pdf"
    exports.dossier(case, out, OPTIONS, signature=Signing())
    with out.open("rb") as file:
        [signature] = PdfFileReader(file).embedded_signatures
        [root] = [
            x509.load_der_x509_certificate(cert.dump()) for cert in signature.other_embedded_certs
        ]
        own = x509.load_der_x509_certificate(signature.signer_cert.dump())
    assert status(out, root.public_bytes(Encoding.DER)).bottom_line
    key = root.public_key()
    assert isinstance(key, Ed25519PublicKey)
    assert key.public_bytes_raw().hex() == keys.public_key()
    own.verify_directly_issued_by(root)
    require_archival(out, "2b")


def test_the_dossier_in_a_package_is_signed_too(
    case: CaseFile, tmp_path: Path, issuer: Certified
) -> None:
    out = tmp_path / "package"
    signing = Signing(key_file(tmp_path, person(issuer), issuer), PASSWORD)
    exports.package(case, out, OPTIONS, signature=signing)
    [dossier] = out.rglob("*.pdf")
    assert status(dossier, issuer.der()).bottom_line
    assert not package_verification.verify(out).mismatches


def test_an_authority_is_asked_once_and_vouches_for_the_time(
    case: CaseFile, tmp_path: Path, issuer: Certified, world: World
) -> None:
    out = tmp_path / "dossier.pdf"
    own = key_file(tmp_path, person(issuer), issuer)
    exports.dossier(case, out, OPTIONS, signature=Signing(own, PASSWORD, world.address))
    assert world.site.asked_for.count("/tsr") == 1
    signature_status = status(out, issuer.der(), world.root.der())
    assert signature_status.bottom_line
    assert signature_status.timestamp_validity is not None
    assert signature_status.timestamp_validity.valid
    assert (
        abs((signature_status.timestamp_validity.timestamp - datetime.now(UTC)).total_seconds())
        < 60
    )
    require_archival(out, "2b")


def refused(case: CaseFile, folder: Path, signing: Signing, code: MessageCode) -> None:
    out = folder / "dossier.pdf"
    out.write_bytes(b"what was there before")
    before = custody.head(case)
    there = set(folder.iterdir())
    with pytest.raises(EvidenceError) as raised:
        exports.dossier(case, out, OPTIONS, signature=signing)
    assert raised.value.message.code is code
    assert out.read_bytes() == b"what was there before"
    assert set(folder.iterdir()) == there
    assert custody.head(case) == before


def test_a_wrong_password(case: CaseFile, tmp_path: Path, issuer: Certified) -> None:
    own = key_file(tmp_path, person(issuer), issuer)
    for password in ("wrong", None, ""):
        refused(case, tmp_path, Signing(own, password), MessageCode.SIGNING_FILE_LOCKED)


def test_no_such_file_or_something_else(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "key.p12"
    refused(case, tmp_path, Signing(path, PASSWORD), MessageCode.SIGNING_FILE_UNREADABLE)
    path.write_bytes(b"\x30\x80 no key")
    refused(case, tmp_path, Signing(path, PASSWORD), MessageCode.SIGNING_FILE_LOCKED)


def test_an_expired_certificate(case: CaseFile, tmp_path: Path, issuer: Certified) -> None:
    for days in ((-30, -1), (1, 30)):
        own = key_file(tmp_path, person(issuer, days), issuer)
        refused(
            *(case, tmp_path, Signing(own, PASSWORD)), MessageCode.SIGNING_CERTIFICATE_NOT_VALID
        )


def test_a_key_without_certificate_and_a_certificate_without_key(
    case: CaseFile, tmp_path: Path, issuer: Certified
) -> None:
    path, own = tmp_path / "key.p12", person(issuer)
    for key, certificate in ((own.key, None), (None, own.certificate)):
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"key",
                key,
                certificate,
                None if certificate is None else [certificate],
                BestAvailableEncryption(PASSWORD.encode()),
            )
        )
        refused(case, tmp_path, Signing(path, PASSWORD), MessageCode.SIGNING_KEY_MISSING)


def test_a_kind_of_key_that_readers_cannot_check(case: CaseFile, tmp_path: Path) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named("Li Ming"))
        .issuer_name(named("Li Ming"))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now.replace(year=now.year + 1, day=1))
        .sign(key, None)
    )
    path = tmp_path / "key.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"key", key, certificate, None, NoEncryption())
    )
    refused(case, tmp_path, Signing(path), MessageCode.SIGNING_KEY_UNUSABLE)


def test_an_authority_that_does_not_answer_leaves_nothing(
    case: CaseFile, tmp_path: Path, issuer: Certified, world: World
) -> None:
    own = key_file(tmp_path, person(issuer), issuer)
    signing = Signing(own, PASSWORD, world.site.at("/nobody"))
    refused(case, tmp_path, signing, MessageCode.TIMESTAMP_UNREACHABLE)


def test_a_waiting_signature_can_be_stopped(
    case: CaseFile, tmp_path: Path, issuer: Certified, world: World
) -> None:
    own = key_file(tmp_path, person(issuer), issuer)
    out = tmp_path / "dossier.pdf"
    with pytest.raises(Cancelled):
        exports.dossier(
            *(case, out, OPTIONS),
            signature=Signing(own, PASSWORD, world.address),
            progress=Progress(is_cancelled=lambda: "/tsr" in world.site.asked_for),
        )
    assert not out.exists()


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    assert PASSWORD not in repr(Signing(tmp_path, PASSWORD))


def test_no_password_reaches_an_error(case: CaseFile, tmp_path: Path, issuer: Certified) -> None:
    own = key_file(tmp_path, person(issuer), issuer)
    with pytest.raises(UserError) as raised:
        exports.dossier(case, tmp_path / "a.pdf", OPTIONS, signature=Signing(own, "s3cret"))
    assert "s3cret" not in str(raised.value)
