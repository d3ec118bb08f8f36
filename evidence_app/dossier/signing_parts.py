"""What differs from pyHanko's ways: the version of the file, and who asks for timestamps.

Apart from `signing` because pyHanko takes half a second to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn1crypto import tsp
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.signers import PdfSigner
from pyhanko.sign.timestamps.api import TimeStamper

if TYPE_CHECKING:
    from evidence_app.dossier.signing import Ask


class ArchivalSigner(PdfSigner):
    """A signer that leaves the file PDF 1.7, as PDF/A-2 and PDF/A-3 demand.

    pyHanko makes it PDF 2.0 for signatures with elliptic curves, to name an extension of it.
    """

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Name none."""


class Stamper(TimeStamper):
    """Has somebody else ask for timestamps, just once for each signature.

    Args:
        ask: Who.
    """

    def __init__(self, ask: Ask) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The response to a request."""
        digest = req["message_imprint"]["hashed_message"].native
        return tsp.TimeStampResp.load(self._ask(req.dump(), digest, req["nonce"].native))
