"""An authority of the tests' own on loopback: certificates by cryptography, tokens by OpenSSL."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
default_policy = 1.3.6.1.4.1.99999.1
signer_digest = sha256
digests = {digests}
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass
class Certified:
    """A key with its certificate."""

    key: Key
    certificate: x509.Certificate

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certify(
    name: str,
    issuer: Certified | None = None,
    *,
    is_ca: bool = False,
    uses: tuple[x509.ObjectIdentifier, ...] = (),
    critical: bool = True,
    days: tuple[int, int] = (-30, 3650),
    more: tuple[x509.ExtensionType, ...] = (),
) -> Certified:
    """A new key and its certificate, by an issuer or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(issuer.certificate.subject if issuer else named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=critical)
    for extension in more:
        builder = builder.add_extension(extension, critical=False)
    signer = issuer.key if issuer else key
    return Certified(key, builder.sign(signer, hashes.SHA256()))


def access(method: x509.ObjectIdentifier, address: str) -> x509.AuthorityInformationAccess:
    place = x509.UniformResourceIdentifier(address)
    return x509.AuthorityInformationAccess([x509.AccessDescription(method, place)])


def list_at(address: str) -> x509.CRLDistributionPoints:
    place = x509.UniformResourceIdentifier(address)
    return x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])


def revoked_list(
    issuer: Certified,
    *revoked: tuple[Certified, datetime],
    days: tuple[float, float] = (-0.1, 30),
    reason: x509.ReasonFlags | None = None,
    more: tuple[x509.ExtensionType, ...] = (),
) -> bytes:
    """What an issuer says of those that it revoked."""
    now = datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now + timedelta(days=days[0]))
        .next_update(now + timedelta(days=days[1]))
    )
    for extension in more:
        builder = builder.add_extension(extension, critical=True)
    for certified, since in revoked:
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(certified.certificate.serial_number)
            .revocation_date(since)
        )
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def ocsp_answer(
    certified: Certified,
    issuer: Certified,
    responder: Certified,
    *,
    revoked_at: datetime | None = None,
    days: tuple[float, float | None] = (-0.1, 1),
) -> bytes:
    """What a responder says of a certificate."""
    status = ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD
    now = datetime.now(UTC)
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=certified.certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA1(),
        cert_status=status,
        this_update=now + timedelta(days=days[0]),
        next_update=None if days[1] is None else now + timedelta(days=days[1]),
        revocation_time=revoked_at,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, responder.certificate)
    if responder is not issuer:
        builder = builder.certificates([responder.certificate])
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(Encoding.DER)


Answer = Callable[[bytes], bytes]


@dataclass
class Site:
    """A web server on loopback: what it answers at each path, and what it was asked."""

    address: str
    answers: dict[str, bytes | Answer] = field(default_factory=dict)
    asked_for: list[str] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        return f"{self.address}{path}"


@contextmanager
def site() -> Iterator[Site]:
    """A web server for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond(b"")

        def do_POST(self) -> None:
            self.respond(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def respond(self, body: bytes) -> None:
            made.asked_for.append(self.path)
            if self.path in made.redirects:
                self.send_response(302)
                self.send_header("Location", made.redirects[self.path])
                self.end_headers()
                return
            answer = made.answers.get(self.path)
            if answer is None:
                self.send_error(404)
                return
            data = answer if isinstance(answer, bytes) else answer(body)
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Authority:
    """A chain of certificates, and OpenSSL to sign with its end."""

    folder: Path
    signer: Certified
    chain: tuple[Certified, ...]
    digests: str = "sha256, sha384, sha512"

    def answer(self, query: bytes) -> bytes:
        """The response to a request."""
        folder = self.folder
        serial = folder / "serial"
        if not serial.exists():
            serial.write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder, digests=self.digests))
        (folder / "query.tsq").write_bytes(query)
        (folder / "signer.pem").write_bytes(self.signer.pem())
        (folder / "key.pem").write_bytes(self.signer.key_pem())
        (folder / "chain.pem").write_bytes(b"".join(certified.pem() for certified in self.chain))
        command = ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf"]
        command += ["-queryfile", folder / "query.tsq", "-signer", folder / "signer.pem"]
        command += ["-inkey", folder / "key.pem", "-out", folder / "reply.tsr"]
        if self.chain:
            command += ["-chain", folder / "chain.pem"]
        subprocess.run(command, check=True, capture_output=True)
        return (folder / "reply.tsr").read_bytes()


@dataclass
class World:
    """Root, issuer and signer of an authority, and the site at which they answer."""

    site: Site
    root: Certified
    issuer: Certified
    authority: Authority

    @property
    def signer(self) -> Certified:
        return self.authority.signer

    @property
    def address(self) -> str:
        return self.site.at("/tsr")


def build_world(made: Site, folder: Path, *, sends_chain: bool = True) -> World:
    """An authority that answers well, with lists of revoked certificates."""
    root = certify("Own root", is_ca=True)
    to_root = (access(AuthorityInformationAccessOID.CA_ISSUERS, made.at("/root.cer")),)
    issuer = certify("Own issuer", root, is_ca=True, more=(*to_root, list_at(made.at("/root.crl"))))
    signer = certify(
        "Own authority",
        issuer,
        uses=(ExtendedKeyUsageOID.TIME_STAMPING,),
        more=(
            access(AuthorityInformationAccessOID.CA_ISSUERS, made.at("/issuer.cer")),
            list_at(made.at("/issuer.crl")),
        ),
    )
    authority = Authority(folder, signer, (issuer, root) if sends_chain else ())
    world = World(made, root, issuer, authority)
    made.answers.update(
        {
            "/tsr": authority.answer,
            "/root.cer": root.der(),
            "/issuer.cer": issuer.pem(),
            "/root.crl": revoked_list(root),
            "/issuer.crl": revoked_list(issuer),
        }
    )
    return world
