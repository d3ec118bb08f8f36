"""Asks an authority for a trusted timestamp; only a digest leaves the computer."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.parse
import urllib.request
from urllib.request import Request

from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import TimestampRequestBuilder, TimeStampResponse
from rfc3161_client.base import HashAlgorithm

from evidence_app.anchoring import chains, revocation, tokens
from evidence_app.anchoring.chains import ChainError
from evidence_app.anchoring.stamp import Stamp, StampFacts
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message

_LARGEST = 4 << 20
_QUERY = "application/timestamp-query"
_REPLY = "application/timestamp-reply"
_OCSP = "application/ocsp-request"
_FAILURES = (OSError, http.client.HTTPException, ValueError)


def request(address: str, data: bytes, *, timeout_s: float = 20.0) -> tuple[Stamp, StampFacts]:
    """Get a timestamp of data, of which only the SHA-256 is sent, and check it.

    The issuers of the authority's certificate and what is known of their revocation are fetched
    from the addresses in the certificates, so that the stamp can be checked without them later.

    Args:
        address: Of the authority, http or https.
        data: What is stamped.
        timeout_s: Seconds to wait for each answer.

    Raises:
        UserError: It cannot be reached, refuses, or gives something else than it should.
    """
    http_request = (
        TimestampRequestBuilder()
        .data(data)
        .hash_algorithm(HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )
    digest = hashlib.sha256(data).digest()
    return _checked(address, http_request.as_bytes(), digest, http_request.nonce, timeout_s)


def respond(
    address: str, query: bytes, digest: bytes, nonce: int, *, timeout_s: float = 20.0
) -> bytes:
    """Get the response to a request that somebody else made, and check it as `request` does.

    Args:
        address: Of the authority, http or https.
        query: The request, DER.
        digest: The SHA-256 in it.
        nonce: The number in it.
        timeout_s: Seconds to wait for each answer.

    Raises:
        UserError: As `request`.
    """
    stamp, _ = _checked(address, query, digest, nonce, timeout_s)
    return stamp.response


def _checked(
    address: str, query: bytes, digest: bytes, nonce: int | None, timeout_s: float
) -> tuple[Stamp, StampFacts]:
    answer = _ask(address, query, timeout_s)
    try:
        _stop_if_refused(address, tokens.decode(answer))
        stamp = _completed(answer, timeout_s)
        return stamp, tokens.check(stamp, digest, nonce)
    except (ChainError, ValueError) as error:
        raise UserError(message(MessageCode.TIMESTAMP_INVALID, reason=error)) from error


def _stop_if_refused(address: str, response: TimeStampResponse) -> None:
    if response.status != 0:
        reason = "; ".join(response.status_string) or str(response.status)
        raise UserError(message(MessageCode.TIMESTAMP_REFUSED, address=address, reason=reason))


def _completed(answer: bytes, timeout_s: float) -> Stamp:
    """The answer with its chain and what is known of revocation."""

    def fetch(address: str) -> bytes:
        return _fetched(Request(address), timeout_s)

    def ask(address: str, query: bytes) -> bytes:
        headers = {"Content-Type": _OCSP}
        return _fetched(Request(address, data=query, headers=headers), timeout_s)

    response = tokens.decode(answer)
    certificates = chains.load(response.signed_data.certificates)
    leaf = tokens.leaf_of(response, certificates)
    chain = chains.build(leaf, certificates, fetch, chains.trusted_by_system)
    return Stamp(
        answer,
        tuple(certificate.public_bytes(Encoding.DER) for certificate in chain),
        tuple(revocation.gather(chain, fetch, ask, response.tst_info.gen_time)),
    )


def _ask(address: str, query: bytes, timeout_s: float) -> bytes:
    headers = {"Content-Type": _QUERY, "Accept": _REPLY}
    try:
        return _read(Request(address, data=query, headers=headers), timeout_s)
    except _FAILURES as error:
        reason = getattr(error, "reason", None) or error
        raise UserError(
            message(MessageCode.TIMESTAMP_UNREACHABLE, address=address, reason=reason)
        ) from error


def _fetched(http_request: Request, timeout_s: float) -> bytes:
    """What comes; nothing if it does not come, for a stamp may do without it."""
    try:
        return _read(http_request, timeout_s)
    except _FAILURES:
        return b""


def _read(http_request: Request, timeout_s: float) -> bytes:
    if urllib.parse.urlsplit(http_request.full_url).scheme not in ("http", "https"):
        raise ValueError("only http and https are asked")
    opener = urllib.request.build_opener(_SameKind)
    try:
        with opener.open(http_request, timeout=timeout_s) as answer:
            data: bytes = answer.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise
    if len(data) > _LARGEST:
        raise ValueError("the answer is too large")
    return data


class _SameKind(urllib.request.HTTPRedirectHandler):
    """Follows a redirection to another web address only, never to a file."""

    def redirect_request(self, *args: object, **more: object) -> Request | None:
        target = str(args[-1] if args else more["newurl"])
        if urllib.parse.urlsplit(target).scheme not in ("http", "https"):
            raise urllib.error.URLError("it leads elsewhere")
        return super().redirect_request(*args, **more)  # type: ignore[arg-type]
