"""The person's signature, or the installation's, under a dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from evidence_app.casefile.custody import signing as keys
from evidence_app.dossier import signing
from evidence_app.dossier.content import Signatory
from evidence_app.dossier.signature_place import SignaturePlace
from evidence_app.progress import Progress
from evidence_app.services import timestamps

_INSTALLATION = "Evidence App installation"


@dataclass(frozen=True, slots=True)
class Signing:
    """With what a dossier is signed.

    Attributes:
        file: A key with its certificate (PKCS#12); None for the key of this installation.
        password: Of that file; None if it has none.
        authority: Who gives a trusted timestamp of the signature, http or https; nobody if empty.
            The signature's SHA-256 leaves this computer then.
    """

    file: Path | None = None
    password: str | None = field(default=None, repr=False)
    authority: str = ""

    def prepare(self, progress: Progress) -> Signer:
        """Open the key; what signs a finished file with it.

        Args:
            progress: Is asked whether to go on while an authority is waited for.

        Raises:
            UserError: The key cannot be used. What is returned raises `EvidenceError` or
                `Cancelled`.
        """
        now = datetime.now(UTC)
        if self.file is None:
            key = keys.installation_key()
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public))
            identity = signing.of_installation(_INSTALLATION, public, key.certify, now)
        else:
            identity = signing.from_pkcs12(self.file, self.password, now)
        ask = timestamps.respond(self.authority, progress) if self.authority else None
        by = Signatory(identity.name, is_person=self.file is not None)
        return Signer(by, lambda path, place: signing.sign(path, identity, ask, place))


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs a finished file, or does not.

    Attributes:
        by: Who signs; None if nobody does.
        sign: Signs a file, and shows the signature at a place, if there is one.
    """

    by: Signatory | None = None
    sign: Callable[[Path, SignaturePlace | None], None] = lambda path, place: None


def signer(signature: Signing | None, progress: Progress) -> Signer:
    """What signs a finished file, if it is to be signed; as `Signing.prepare`."""
    return Signer() if signature is None else signature.prepare(progress)
