"""Timestamps are kept only if they are of what was asked, signed, and chained to their root."""

import hashlib
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID
from hypothesis import example, given
from hypothesis import strategies as st
from own_authority import (
    World,
    access,
    certify,
    list_at,
    ocsp_answer,
    revoked_list,
)

from evidence_app.anchoring import authority, tokens
from evidence_app.anchoring.stamp import Stamp
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode

DATA = b'{"seq":1}'
DIGEST = hashlib.sha256(DATA).digest()
STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


def refused(world: World, code: MessageCode = MessageCode.TIMESTAMP_INVALID) -> str:
    with pytest.raises(UserError) as caught:
        authority.request(world.address, DATA, timeout_s=5)
    assert caught.value.message.code is code
    return str(caught.value)


def signed_by(world: World, **changes: object) -> None:
    """Let another certificate of the issuer sign."""
    more = (list_at(world.site.at("/issuer.crl")),)
    values = {"uses": (STAMPING,), "more": more, **changes}
    world.authority.signer = certify("Own authority", world.issuer, **values)  # type: ignore[arg-type]


def test_a_good_stamp_says_when_by_whom_and_that_nothing_was_revoked(world: World) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    stamp, facts = authority.request(world.address, DATA)
    assert before <= facts.at <= datetime.now(UTC) + timedelta(seconds=2)
    assert (facts.authority, facts.root) == ("Own authority", "Own root")
    assert facts.root_sha256 == hashlib.sha256(world.root.der()).hexdigest()
    assert facts.revocation_unknown == ()
    assert stamp.certificates == (world.signer.der(), world.issuer.der(), world.root.der())
    assert tokens.check(Stamp.from_bytes(stamp.to_bytes()), DIGEST) == facts


def test_only_the_digest_and_a_number_are_sent(world: World) -> None:
    sent = []

    def answer(query: bytes) -> bytes:
        sent.append(query)
        return world.authority.answer(query)

    world.site.answers["/tsr"] = answer
    secret = b"the borrower's secret"
    authority.request(world.address, secret)
    assert hashlib.sha256(secret).digest() in sent[0]
    assert secret not in sent[0]
    assert len(sent[0]) < 100


def test_missing_issuers_are_fetched_from_where_the_certificates_say(world: World) -> None:
    world.authority.chain = ()
    stamp, facts = authority.request(world.address, DATA)
    assert len(stamp.certificates) == 3
    assert facts.root == "Own root"
    assert {"/issuer.cer", "/root.cer"} <= set(world.site.asked_for)


def test_without_lists_of_revoked_ones_the_stamp_says_so(world: World) -> None:
    del world.site.answers["/root.crl"]
    _, facts = authority.request(world.address, DATA)
    assert facts.revocation_unknown == ("Own issuer",)


@pytest.mark.parametrize("by_responder", [False, True])
def test_a_responder_is_asked(world: World, by_responder: bool) -> None:
    """An answer counts if the issuer signed it, or a responder that the issuer certified."""
    del world.site.answers["/issuer.crl"]
    at = world.site.at("/ocsp")
    signed_by(world, more=(access(AuthorityInformationAccessOID.OCSP, at),))
    uses = (ExtendedKeyUsageOID.OCSP_SIGNING,)
    responder = certify("Responder", world.issuer, uses=uses) if by_responder else world.issuer
    world.site.answers["/ocsp"] = ocsp_answer(world.signer, world.issuer, responder)
    assert authority.request(world.address, DATA)[1].revocation_unknown == ()

    long_ago = datetime.now(UTC) - timedelta(days=2)
    world.site.answers["/ocsp"] = ocsp_answer(
        world.signer, world.issuer, responder, revoked_at=long_ago
    )
    assert "revoked" in refused(world)


def test_an_answer_of_a_stranger_counts_for_nothing(world: World) -> None:
    del world.site.answers["/issuer.crl"]
    signed_by(world, more=(access(AuthorityInformationAccessOID.OCSP, world.site.at("/ocsp")),))
    stranger = certify("Own issuer", is_ca=True)
    world.site.answers["/ocsp"] = ocsp_answer(world.signer, world.issuer, stranger)
    assert authority.request(world.address, DATA)[1].revocation_unknown == ("Own authority",)
    world.site.answers["/issuer.crl"] = revoked_list(stranger)
    signed_by(world)
    assert authority.request(world.address, DATA)[1].revocation_unknown == ("Own authority",)


def test_a_certificate_that_was_revoked_is_refused(world: World) -> None:
    entry = (world.signer, datetime.now(UTC) - timedelta(days=1))
    world.site.answers["/issuer.crl"] = revoked_list(world.issuer, entry)
    assert "revoked" in refused(world)


def test_a_stamp_of_before_the_revocation_stays_good(world: World) -> None:
    stamp, _ = authority.request(world.address, DATA)
    entry = (world.signer, datetime.now(UTC) + timedelta(days=1))
    later = revoked_list(world.issuer, entry, reason=x509.ReasonFlags.superseded)
    facts = tokens.check(replace(stamp, revocation=(*stamp.revocation, later)), DIGEST)
    assert facts.authority == "Own authority"


@pytest.mark.parametrize("reason", [None, x509.ReasonFlags.key_compromise])
def test_a_key_that_may_not_have_been_safe_vouches_for_nothing(
    world: World, reason: x509.ReasonFlags | None
) -> None:
    """RFC 3161, 4: only a reason that says otherwise saves what was stamped before."""
    stamp, _ = authority.request(world.address, DATA)
    entry = (world.signer, datetime.now(UTC) + timedelta(days=1))
    later = revoked_list(world.issuer, entry, reason=reason)
    with pytest.raises(ValueError, match="revoked later"):
        tokens.check(replace(stamp, revocation=(*stamp.revocation, later)), DIGEST)


DAYS_OF_LISTS = [
    ((-0.1, 30), True),
    ((-3000, -2990), False),
    ((-40, -0.1), False),
    ((-1, 1), True),
    ((30, 60), False),
]
"""Made and out of date, in days from the stamp, and whether that shows anything."""


@pytest.mark.parametrize(("days", "shows"), DAYS_OF_LISTS)
def test_a_list_shows_something_only_of_its_own_time(
    world: World, days: tuple[float, float], shows: bool
) -> None:
    world.site.answers["/issuer.crl"] = revoked_list(world.issuer, days=days)
    unknown = authority.request(world.address, DATA)[1].revocation_unknown
    assert unknown == (() if shows else ("Own authority",))


@pytest.mark.parametrize(("days", "shows"), [*DAYS_OF_LISTS, ((-0.1, None), False)])
def test_an_answer_shows_something_only_of_its_own_time(
    world: World, days: tuple[float, float | None], shows: bool
) -> None:
    del world.site.answers["/issuer.crl"]
    signed_by(world, more=(access(AuthorityInformationAccessOID.OCSP, world.site.at("/ocsp")),))
    answer = ocsp_answer(world.signer, world.issuer, world.issuer, days=days)
    world.site.answers["/ocsp"] = answer
    unknown = authority.request(world.address, DATA)[1].revocation_unknown
    assert unknown == (() if shows else ("Own authority",))


def test_a_stale_answer_does_not_keep_the_list_from_being_fetched(world: World) -> None:
    at = world.site.at("/ocsp")
    more = (access(AuthorityInformationAccessOID.OCSP, at), list_at(world.site.at("/issuer.crl")))
    signed_by(world, more=more)
    world.site.answers["/ocsp"] = ocsp_answer(
        world.signer, world.issuer, world.issuer, days=(-40, -30)
    )
    assert authority.request(world.address, DATA)[1].revocation_unknown == ()


def test_a_list_that_is_made_after_the_stamp_shows_it_too(world: World) -> None:
    del world.site.answers["/issuer.crl"]
    stamp, facts = authority.request(world.address, DATA)
    assert facts.revocation_unknown == ("Own authority",)
    later = revoked_list(world.issuer, days=(0.001, 30))
    facts = tokens.check(replace(stamp, revocation=(*stamp.revocation, later)), DIGEST)
    assert facts.revocation_unknown == ()


def test_an_old_list_still_shows_that_a_certificate_was_revoked(world: World) -> None:
    entry = (world.signer, datetime.now(UTC) - timedelta(days=50))
    world.site.answers["/issuer.crl"] = revoked_list(world.issuer, entry, days=(-40, -30))
    assert "revoked" in refused(world)


PARTS = [
    {"only_contains_ca_certs": True},
    {"only_contains_attribute_certs": True},
    {"indirect_crl": True},
    {"only_some_reasons": frozenset({x509.ReasonFlags.key_compromise})},
    {"full_name": [x509.UniformResourceIdentifier("http://127.0.0.1/other.crl")]},
]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_a_list_shows_nothing(world: World, part: dict[str, object]) -> None:
    values = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
        **part,
    }
    part_of_list = x509.IssuingDistributionPoint(**values)  # type: ignore[arg-type]
    world.site.answers["/issuer.crl"] = revoked_list(world.issuer, more=(part_of_list,))
    unknown = authority.request(world.address, DATA)[1].revocation_unknown
    assert unknown == ("Own authority",)


def test_a_list_of_changes_shows_nothing(world: World) -> None:
    changes = revoked_list(world.issuer, more=(x509.DeltaCRLIndicator(1),))
    world.site.answers["/issuer.crl"] = changes
    unknown = authority.request(world.address, DATA)[1].revocation_unknown
    assert unknown == ("Own authority",)


def test_an_answer_about_the_same_number_of_another_issuer_shows_nothing(world: World) -> None:
    """Numbers of certificates are only unique for one issuer."""
    del world.site.answers["/issuer.crl"]
    signed_by(world, more=(access(AuthorityInformationAccessOID.OCSP, world.site.at("/ocsp")),))
    other = certify("Other issuer", world.root, is_ca=True)
    answer = ocsp_answer(world.signer, other, world.issuer)
    world.site.answers["/ocsp"] = answer
    unknown = authority.request(world.address, DATA)[1].revocation_unknown
    assert unknown == ("Own authority",)


@pytest.mark.parametrize(
    "changes", [{"uses": ()}, {"uses": (STAMPING,)}, {"days": (-400, -30)}, {"days": (30, 400)}]
)
def test_a_responder_must_be_certified_for_answers_and_valid(
    world: World, changes: dict[str, object]
) -> None:
    del world.site.answers["/issuer.crl"]
    signed_by(world, more=(access(AuthorityInformationAccessOID.OCSP, world.site.at("/ocsp")),))
    values = {"uses": (ExtendedKeyUsageOID.OCSP_SIGNING,), **changes}
    responder = certify("Responder", world.issuer, **values)  # type: ignore[arg-type]
    world.site.answers["/ocsp"] = ocsp_answer(world.signer, world.issuer, responder)
    unknown = authority.request(world.address, DATA)[1].revocation_unknown
    assert unknown == ("Own authority",)


def test_a_revoked_issuer_is_refused(world: World) -> None:
    entry = (world.issuer, datetime.now(UTC) - timedelta(days=1))
    world.site.answers["/root.crl"] = revoked_list(world.root, entry)
    assert "Own issuer" in refused(world)


def _another(query: bytes) -> bytes:
    """A request for the stamp of something else, with the same number."""
    return query.replace(DIGEST, hashlib.sha256(b"else").digest())


def _other_number(query: bytes) -> bytes:
    at = query.index(DIGEST) + len(DIGEST) + 4
    return query[:at] + bytes([query[at] ^ 1]) + query[at + 1 :]


@pytest.mark.parametrize("changed", [_another, _other_number])
def test_a_stamp_of_something_else_or_of_another_request_is_refused(
    world: World, changed: Callable[[bytes], bytes]
) -> None:
    world.site.answers["/tsr"] = lambda query: world.authority.answer(changed(query))
    refused(world)


def test_an_old_answer_played_again_is_refused(world: World) -> None:
    answers: list[bytes] = []

    def answer(query: bytes) -> bytes:
        answers.append(world.authority.answer(query))
        return answers[0]

    world.site.answers["/tsr"] = answer
    authority.request(world.address, DATA)
    refused(world)


@pytest.mark.parametrize(
    "changes",
    [
        {"uses": ()},
        {"uses": (ExtendedKeyUsageOID.CODE_SIGNING,)},
        {"uses": (STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)},
        {"critical": False},
    ],
)
def test_a_certificate_that_is_not_for_timestamps_alone_is_refused(
    world: World, changes: dict[str, object]
) -> None:
    stamp, _ = authority.request(world.address, DATA)
    signed_by(world, **changes)
    forged = replace(stamp, certificates=(world.signer.der(), *stamp.certificates[1:]))
    with pytest.raises(ValueError, match=r"."):
        tokens.check(forged, DIGEST)
    # OpenSSL itself signs with no such certificate; what it would sign is refused by its use.
    with pytest.raises(Exception, match="not for timestamps"):
        tokens._check_use(world.signer.certificate)


@pytest.mark.parametrize("days", [(-400, -30), (30, 400)])
def test_a_certificate_that_was_not_valid_then_is_refused(
    world: World, days: tuple[int, int]
) -> None:
    signed_by(world, days=days)
    assert "not valid" in refused(world)


def test_an_issuer_that_may_not_issue_is_refused(world: World) -> None:
    issuer = certify("Own issuer", world.root)
    world.authority.signer = certify("Own authority", issuer, uses=(STAMPING,))
    world.authority.chain = (issuer, world.root)
    assert "may not issue" in refused(world)


def test_a_chain_without_its_root_is_refused(world: World) -> None:
    del world.site.answers["/root.cer"]
    world.authority.chain = (world.issuer,)
    assert "Own root" in refused(world)


def test_a_root_of_the_same_name_does_not_help(world: World) -> None:
    world.site.answers["/root.cer"] = certify("Own root", is_ca=True).der()
    world.authority.chain = (world.issuer,)
    assert "Own root" in refused(world)


def test_a_refusal_is_told_in_the_words_of_the_authority(world: World) -> None:
    world.authority.digests = "sha512"
    refusal = refused(world, MessageCode.TIMESTAMP_REFUSED)
    assert world.address in refusal


@pytest.mark.parametrize(
    "answer", [b"", b"<html>busy</html>", b"\x30\x80", b"\x30\x03\x02\x01\x00"]
)
def test_rubbish_is_refused(world: World, answer: bytes) -> None:
    world.site.answers["/tsr"] = answer
    refused(world)


def test_an_endless_answer_is_cut_off(world: World) -> None:
    world.site.answers["/tsr"] = bytes(authority._LARGEST + 1)
    refused(world, MessageCode.TIMESTAMP_UNREACHABLE)


def test_somebody_who_does_not_answer_is_not_waited_for_forever() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(UserError) as caught:
            authority.request(f"http://127.0.0.1:{silent.getsockname()[1]}", DATA, timeout_s=0.3)
    assert caught.value.message.code is MessageCode.TIMESTAMP_UNREACHABLE


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://authority.invalid/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "no address",
        "http://",
        "http://[",
    ],
)
def test_an_address_that_leads_nowhere_is_told(address: str) -> None:
    with pytest.raises(UserError) as caught:
        authority.request(address, DATA, timeout_s=5)
    assert caught.value.message.code is MessageCode.TIMESTAMP_UNREACHABLE


def test_nothing_leads_to_a_file_of_this_computer(world: World, tmp_path: Path) -> None:
    (tmp_path / "root.cer").write_bytes(world.root.der())
    world.site.redirects["/tsr"] = (tmp_path / "root.cer").as_uri()
    refused(world, MessageCode.TIMESTAMP_UNREACHABLE)
    signed_by(
        world,
        more=(access(AuthorityInformationAccessOID.CA_ISSUERS, "file:///etc/passwd"),),
    )
    del world.site.redirects["/tsr"]
    world.authority.chain = ()
    refused(world)


def _flips(stamp: Stamp) -> list[Stamp]:
    data = stamp.response
    places = range(9, len(data), max(1, len(data) // 150))
    return [
        replace(stamp, response=data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :])
        for at in places
    ]


def test_a_stamp_that_was_changed_anywhere_says_nothing_else(world: World) -> None:
    """Each changed byte is found, or lies where nothing is signed and nothing read differs."""
    stamp, facts = authority.request(world.address, DATA)
    detected = 0
    for changed in _flips(stamp):
        try:
            assert tokens.check(changed, DIGEST) == facts
        except ValueError:
            detected += 1
    assert detected > 50


def test_openssl_agrees(world: World, tmp_path: Path) -> None:
    stamp, _ = authority.request(world.address, DATA)
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "reply.tsr").write_bytes(stamp.response)
    (tmp_path / "root.pem").write_bytes(world.root.pem())
    command = ["openssl", "ts", "-verify", "-data", "data", "-in", "reply.tsr"]
    command += ["-CAfile", "root.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout + done.stderr


@example(b"")
@example(b"0" * 200)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_stamp_are_told_as_such(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Stamp.from_bytes(data)
    with pytest.raises(ValueError, match=r"."):
        tokens.read_imprint(data)
    with pytest.raises(ValueError, match=r"."):
        tokens.check(Stamp(data, (data,), (data,)), DIGEST)


def test_what_a_token_is_of_is_read_from_a_response_and_from_a_bare_token(
    world: World, tmp_path: Path
) -> None:
    stamp, _ = authority.request(world.address, DATA)
    (tmp_path / "reply.tsr").write_bytes(stamp.response)
    command = ["openssl", "ts", "-reply", "-in", "reply.tsr", "-token_out", "-out", "bare.tst"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    for data in (stamp.response, (tmp_path / "bare.tst").read_bytes()):
        imprint = tokens.read_imprint(data)
        assert (imprint.algorithm, imprint.digest) == ("sha256", DIGEST)
