"""Time stamps: what proves that a signature was there while its certificate was in force."""

import hashlib
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from aiqyn.errors import InputError
from aiqyn.signatures import CmsVerifier, Outcome, Trust
from aiqyn.signatures import cms as reading
from aiqyn.signatures.trust import read_list
from tests.aiqyn.signatures.judging import CONTENT, MIDDLE, ROOT, TRUST, codes, judged
from tests.aiqyn.signatures.paper import (
    ATTRIBUTE,
    NOW,
    SHA256,
    attribute,
    cms,
    digest,
    issue,
    oid,
    revoked,
    signer_info,
    tlv,
    usual_attributes,
)

STAMPED = "1.2.840.113549.1.9.16.1.4"
STAMPING = [ExtendedKeyUsageOID.TIME_STAMPING]
SERVICE = issue("Stamps", MIDDLE, serial=501, days=3000, purpose=STAMPING)
SHORT = issue("Bolat", MIDDLE, serial=502, days=60)  # its certificate ends a month after NOW
LATER = NOW + timedelta(days=90)
LASTING = issue("Lasting root", ca=True, days=3000)
KEPT = issue("Lasting stamps", LASTING, serial=503, days=3000, purpose=STAMPING)


FRESH = Trust(TRUST.roots, tuple(read_list(revoked(by, until=LATER)) for by in (MIDDLE, ROOT)))
SHA1 = "1.3.14.3.2.26"
WEAK = issue("Weak stamps", MIDDLE, kind="1024", serial=505, days=3000, purpose=STAMPING)


def said(imprint, *, moment=b"20261120060000Z", algorithm=SHA256, kind=0x18):
    """What a time stamp says of a signature whose digest is `imprint`."""
    hashed = tlv(0x30, tlv(0x30, oid(algorithm)), tlv(4, imprint))
    return tlv(0x30, tlv(2, b"\1"), oid("1.2.3.4"), hashed, tlv(2, b"\7"), tlv(kind, moment))


def stamp(told, by=SERVICE, *, certificates=None, signers=1, kind=STAMPED, **how):
    """A time stamp signed by a service."""
    attributes = how.pop("attributes", None)
    if attributes is None:
        attributes = usual_attributes(by, told, kind=kind)
    info = signer_info(by, attributes, told, **how)
    beside = (by, MIDDLE) if certificates is None else certificates
    return cms([info] * signers, beside, inside=tlv(4, told), kind=kind)


def bare(holder=SHORT):
    """A signer without time stamps, and the value of the signature that is to be stamped."""
    info = signer_info(holder, usual_attributes(holder, CONTENT), CONTENT)
    whole = cms([info], (holder, MIDDLE))
    return info, reading.read(whole).signers[0].signature


def stamped(make, *, holder=SHORT, more=(), lists=()):
    """A signature with the time stamps that `make` makes of its value."""
    info, value = bare(holder)
    tokens = make(value)
    unsigned = tlv(0xA1, attribute(ATTRIBUTE + "16.2.14", *tokens))
    begin = 4 if info[1] == 0x82 else 3  # how long the mark and the length of the signer are
    return cms([tlv(0x30, info[begin:], unsigned)], (holder, MIDDLE, *more), lists=lists)


def usual(value):
    return [stamp(said(digest(value)))]


def none(_):
    return []


def of_sha1(value):
    """A time stamp whose imprint is strong and whose signature is not."""
    told = said(digest(value))
    attributes = usual_attributes(SERVICE, told, kind=STAMPED)
    attributes[1] = attribute(ATTRIBUTE + "4", tlv(4, digest(told, hashes.SHA1())))
    made = SERVICE.key.sign(tlv(0x31, *attributes), ec.ECDSA(hashes.SHA1()))
    how = {"algorithm": "1.2.840.10045.4.1", "digest": SHA1, "signature": made}
    return [stamp(told, attributes=attributes, **how)]


def test_signature_outlives_its_certificate_by_a_time_stamp():
    [signature] = judged(stamped(usual), trust=FRESH, at=LATER).signatures

    assert [each.code for each in signature.remarks] == [
        *("content_same", "signature_holds", "certificate_named", "stamped", "in_force_then"),
        *("chain_trusted", "not_revoked"),
    ]
    assert signature.outcome == Outcome.GOOD
    assert signature.remarks[3].detail == "2026-11-20 06:00:00 UTC"
    assert signature.remarks[4].detail == "2026-12-20"


def test_stamp_of_the_future_proves_nothing_yet():
    ahead = stamped(lambda value: [stamp(said(digest(value), moment=b"20261125060000.5Z"))])

    assert "stamped" in codes(ahead)
    assert "in_force_then" not in codes(ahead, at=NOW - timedelta(days=31))


def test_certificate_revoked_after_the_stamp_still_holds():
    lists = tuple(
        read_list(each)
        for each in (revoked(MIDDLE, 502, at=NOW + timedelta(hours=2), until=LATER), revoked(ROOT))
    )
    trust = Trust((ROOT.certificate,), lists)
    at = NOW + timedelta(days=2)

    assert codes(stamped(usual), trust=trust, at=at)[-1] == "not_revoked"
    assert codes(stamped(none), trust=trust, at=at)[-1] == "revoked"


def test_list_made_after_a_certificate_has_expired_says_nothing_of_it():
    brief = issue("Brief", MIDDLE, serial=504, days=27)  # ends three days before NOW
    lists = (read_list(revoked(MIDDLE)), read_list(revoked(ROOT)))
    trust = Trust((ROOT.certificate,), lists)
    early = stamped(
        lambda value: [stamp(said(digest(value), moment=b"20261110060000Z"))], holder=brief
    )

    assert codes(early, trust=trust)[-3:] == [
        "in_force_then",
        "chain_trusted",
        "revocation_unknown",
    ]


def test_service_whose_certificate_was_revoked_proves_nothing():
    lists = (read_list(revoked(MIDDLE, 501)), TRUST.lists[1])

    assert "stamp_revoked" in codes(stamped(usual), trust=Trust(TRUST.roots, lists))
    assert judged(stamped(usual), trust=Trust(TRUST.roots, lists)).outcome == Outcome.GOOD


def test_service_without_a_current_list_is_said_to_be_uncertain():
    assert "stamped_unrevoked_unknown" in codes(stamped(usual), trust=Trust(TRUST.roots))


def test_who_does_not_ask_for_revocation_is_not_told_of_it():
    verifier = CmsVerifier(Trust(TRUST.roots), asks_revocation=False)

    result = verifier.verify(stamped(usual), CONTENT, at=NOW)

    assert result.outcome == Outcome.GOOD
    assert [each.code for each in result.signatures[0].remarks][-3:] == [
        *("stamped", "in_force", "chain_trusted"),
    ]


def test_certificate_of_the_service_may_lie_beside_the_signature():
    unsaid = stamped(
        lambda value: [stamp(said(digest(value)), certificates=())], more=(SERVICE, MIDDLE)
    )

    assert "stamped" in codes(unsaid)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda value: [stamp(said(digest(b"another")))], "stamp_other"),
        (lambda value: [stamp(said(digest(value)), certificates=())], "stamp_unknown"),
        (
            lambda value: [stamp(said(digest(value)), by=KEPT, certificates=(KEPT,))],
            "stamp_unknown",
        ),
        (
            lambda value: [stamp(said(digest(value)), algorithm="1.2.398.3.10.1.1.2.3.2")],
            "stamp_gost",
        ),
        (of_sha1, "stamp_weak"),
        (
            lambda value: [stamp(said(digest(value, hashes.SHA1()), algorithm=SHA1))],
            "stamp_weak",
        ),
        (lambda value: [stamp(said(digest(value)), by=WEAK)], "stamp_weak"),
        (
            lambda value: [
                stamp(said(hashlib.md5(value).digest(), algorithm="1.2.840.113549.2.5"))
            ],
            "stamp_broken",
        ),
        (
            lambda value: [
                stamp(said(digest(value))).replace(
                    *map(bytes.fromhex, ("0603551d0e", "0603551d0f"))
                )
            ],
            "stamp_broken",  # an extension stands twice
        ),
        (lambda value: [tlv(0x30)], "stamp_broken"),
        (lambda value: [stamp(said(digest(value)), signers=2)], "stamp_broken"),
        (lambda value: [stamp(said(digest(value)), kind="1.2.3")], "stamp_broken"),
        (lambda value: [stamp(said(digest(value)), algorithm="1.2.3")], "stamp_broken"),
        (lambda value: [stamp(said(digest(value)), attributes=[])], "stamp_broken"),
        (lambda value: [stamp(said(digest(value)), signature=b"x" * 70)], "stamp_broken"),
        (lambda value: [stamp(said(digest(value)), by=SHORT)], "stamp_broken"),
        (lambda value: [stamp(said(digest(value), algorithm="1.2.3"))], "stamp_broken"),
        (lambda value: [stamp(said(digest(value), moment=b"today"))], "stamp_broken"),
        (lambda value: [stamp(said(digest(value), moment=b"20261120060000.Z"))], "stamp_broken"),
        (lambda value: [stamp(said(digest(value), moment=b"20269920060000Z"))], "stamp_broken"),
        (lambda value: [stamp(said(digest(value), kind=0x17))], "stamp_broken"),
    ],
)
def test_stamp_that_proves_nothing_says_why(make, code):
    [signature] = judged(stamped(make)).signatures

    assert (code, Outcome.NOTE) in [(each.code, each.outcome) for each in signature.remarks]
    assert signature.outcome == Outcome.GOOD  # anybody may add one: the verdict is the rest's
    late = judged(stamped(make), trust=FRESH, at=LATER).signatures[0]
    assert "in_force_then" not in [each.code for each in late.remarks]
    assert late.outcome == judged(stamped(none), trust=FRESH, at=LATER).outcome


def test_service_that_names_its_certificate_as_of_old_is_read():
    der = SERVICE.certificate.public_bytes(Encoding.DER)
    bound = tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, digest(der, hashes.SHA1())))))

    def old(value):
        told = said(digest(value))
        attributes = usual_attributes(SERVICE, told, kind=STAMPED)[:3]
        return [stamp(told, attributes=[*attributes, attribute(ATTRIBUTE + "16.2.12", bound)])]

    assert "stamped" in codes(stamped(old))


def test_more_time_stamps_than_anybody_needs_are_refused():
    with pytest.raises(InputError, match="6 time stamps, more than 5"):
        codes(stamped(lambda value: usual(value) * 6))
