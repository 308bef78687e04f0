"""Signatures judged: what holds, what is broken, and what nobody here can tell."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from aiqyn.signatures import Outcome
from aiqyn.signatures.result import _words
from aiqyn.text import missing
from tests.aiqyn.signatures.judging import GOOD, MIDDLE, SIGNER, codes, judged, made
from tests.aiqyn.signatures.paper import (
    ATTRIBUTE,
    BOUND,
    CONTENT,
    NOW,
    Holder,
    attribute,
    cms,
    digest,
    issue,
    oid,
    signer_info,
    tlv,
    unsaid,
    usual_attributes,
)


def test_every_remark_is_worded_in_every_language():
    assert {code: missing(text) for code, text in _words().items() if missing(text)} == {}


@pytest.mark.parametrize("kind", ["ec", "2048"])
def test_good_signature_is_good_in_every_step(kind):
    holder = issue(f"Signer {kind}", MIDDLE, kind=kind, serial=5)
    result = judged(made(holder))

    [signature] = result.signatures
    assert (result.outcome, [each.code for each in signature.remarks]) == (Outcome.GOOD, GOOD)
    assert signature.signer == f"CN=Signer {kind},C=KZ"
    assert (signature.issuer, signature.serial) == ("CN=Middle,C=KZ", "5")
    assert signature.claimed_at == NOW
    assert signature.remarks[4].said("ru") == (
        "Сертификат ведёт к доверенному корневому сертификату: CN=Root,C=KZ"
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda der: b"-----BEGIN CMS-----\n" + base64.encodebytes(der) + b"-----END CMS-----\n",
        lambda der: (
            b"-----BEGIN PKCS7-----\r\n" + base64.b64encode(der) + b"\r\n-----END PKCS7-----"
        ),
        base64.b64encode,
        base64.encodebytes,
    ],
)
def test_pem_and_bare_base64_are_read(wrapped):
    assert codes(wrapped(made())) == GOOD


def test_content_inside_the_signature_is_judged_without_another():
    assert codes(made(inside=tlv(4, CONTENT)), None) == GOOD
    other = codes(made(inside=tlv(4, CONTENT)), b"another")
    assert other == ["content_other", *GOOD]


def test_lengths_that_are_not_said_and_content_in_pieces_are_read():
    pieces = unsaid(0x24, tlv(4, CONTENT[:5]), tlv(4, CONTENT[5:]))
    info = signer_info(SIGNER, usual_attributes(SIGNER, CONTENT), CONTENT)

    assert codes(cms([info], (SIGNER, MIDDLE), inside=pieces, wrap=unsaid), None) == GOOD


def test_signature_by_another_library_is_read():
    builder = pkcs7.PKCS7SignatureBuilder().set_data(CONTENT)
    builder = builder.add_signer(SIGNER.certificate, SIGNER.key, hashes.SHA256())
    builder = builder.add_certificate(MIDDLE.certificate)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]

    plain = [code for code in GOOD if code != "certificate_named"]
    assert codes(builder.sign(Encoding.DER, options)) == plain
    bare = [*options, pkcs7.PKCS7Options.NoAttributes]
    assert codes(builder.sign(Encoding.PEM, bare)) == plain[1:]


def test_signature_without_attributes_is_of_the_content_itself():
    bare = made(attributes=[])

    assert codes(bare) == ["signature_holds", *GOOD[3:]]
    assert codes(bare, b"another") == ["signature_broken", *GOOD[3:]]
    assert codes(bare, None) == ["content_missing", *GOOD[3:]]


def test_attributes_passed_off_as_a_document_are_refused():
    attributes = usual_attributes(SIGNER, CONTENT)
    for document in (tlv(0x31, *attributes), unsaid(0x31, *attributes)):
        forged = made(attributes=[], content=document)

        assert judged(forged, document).outcome == Outcome.BAD
        assert codes(forged, document)[:2] == ["content_attributes", "signature_holds"]
        inside = made(attributes=[], content=document, inside=tlv(4, document))
        assert codes(inside, None)[0] == "content_attributes"


@pytest.mark.parametrize(
    "document",
    [
        b"1",
        b"1. An order",
        b"1\x08An order",
        b"1\x070\x05\x04\x03abc",
        b"10 \x06 as in a table of figures",
        tlv(0x30, tlv(0x30, oid("1.2.3"))),
        b"",
    ],
)
def test_document_that_is_no_set_of_attributes_needs_none(document):
    assert codes(made(attributes=[], content=document), document) == ["signature_holds", *GOOD[3:]]


def test_content_that_is_not_plain_data_needs_signed_attributes():
    info = signer_info(SIGNER, [], CONTENT)
    odd = cms([info], (SIGNER, MIDDLE), kind="1.2.840.113549.1.9.16.1.4")

    assert judged(odd).outcome == Outcome.BAD
    assert codes(odd)[:2] == ["attributes_missing", "signature_holds"]
    attributes = usual_attributes(SIGNER, CONTENT, kind="1.2.3")
    named = cms([signer_info(SIGNER, attributes, CONTENT)], (SIGNER, MIDDLE), kind="1.2.3")
    assert codes(named) == GOOD


def test_changed_content_is_bad():
    result = judged(made(), CONTENT + b".")

    assert result.outcome == Outcome.BAD
    assert result.signatures[0].remarks[0].code == "content_changed"


def test_detached_signature_without_its_content_cannot_be_told():
    result = judged(made(), None)

    assert result.outcome == Outcome.CANNOT_TELL
    assert codes(made(), None)[0] == "content_missing"


def test_attributes_changed_after_signing_are_bad():
    attributes = usual_attributes(SIGNER, CONTENT)
    info = signer_info(SIGNER, attributes, CONTENT)
    later = usual_attributes(SIGNER, CONTENT, at=NOW + timedelta(days=1))
    forged = cms([info.replace(attributes[2], later[2])], (SIGNER, MIDDLE))

    assert codes(forged)[:2] == ["content_same", "signature_broken"]


@pytest.mark.parametrize(
    "change",
    [
        lambda given: given[1:],  # no content type
        lambda given: [given[0], *given[2:]],  # no digest
        lambda given: [*given, given[1]],  # the digest twice
        lambda given: [attribute(ATTRIBUTE + "3", oid("1.2.3")), *given[1:]],
        lambda given: [attribute(ATTRIBUTE + "3", tlv(4, b"x")), *given[1:]],
    ],
)
def test_attributes_that_do_not_name_the_content_are_bad(change):
    attributes = change(usual_attributes(SIGNER, CONTENT))

    assert codes(made(attributes=attributes))[:2] == ["content_changed", "signature_holds"]


def test_certificate_put_in_place_of_the_signer_s_is_found_out():
    twin = issue("Aigul", MIDDLE, serial=77, days=100)  # the same key, name and number

    attributes = usual_attributes(SIGNER, CONTENT)
    forged = cms([signer_info(SIGNER, attributes, CONTENT)], (twin, MIDDLE))

    assert codes(forged)[:3] == ["content_same", "signature_holds", "certificate_other"]


@pytest.mark.parametrize(
    "values",
    [
        (),
        (tlv(4, b"x"),),
        (tlv(0x30, tlv(0x30, tlv(0x30, tlv(0x30, oid("1.2.3")), tlv(4, b"x")))),),
    ],
)
def test_unreadable_name_of_the_certificate_is_bad(values):
    attributes = [*usual_attributes(SIGNER, CONTENT)[:3], attribute(BOUND, *values)]

    assert "certificate_other" in codes(made(attributes=attributes))


def test_name_of_the_certificate_by_another_digest_is_read():
    der = SIGNER.certificate.public_bytes(Encoding.DER)
    sha512 = tlv(0x30, oid("2.16.840.1.101.3.4.2.3"))
    named = tlv(0x30, tlv(0x30, tlv(0x30, sha512, tlv(4, digest(der, hashes.SHA512())))))
    attributes = [*usual_attributes(SIGNER, CONTENT)[:3], attribute(BOUND, named)]

    assert codes(made(attributes=attributes)) == GOOD


@pytest.mark.parametrize(
    "said",
    [
        {"algorithm": "1.2.398.3.10.1.1.2.3.2"},
        {"algorithm": "1.2.398.3.10.1.1.1.2", "digest": "1.2.398.3.10.1.3.1"},
        {"algorithm": "1.2.643.7.1.1.3.2"},
        {"digest": "1.3.6.1.4.1.6801.1.1.1"},
    ],
)
def test_gost_cannot_be_told_and_that_is_said(said):
    result = judged(made(**said))

    [signature] = result.signatures
    remark = next(each for each in signature.remarks if each.code == "algorithm_gost")
    assert result.outcome == Outcome.CANNOT_TELL
    assert remark.said("kk").endswith(signature.algorithm)
    assert "chain_trusted" not in codes(made(**said))


@pytest.mark.parametrize(
    "said",
    [
        {"algorithm": "1.2.840.113549.1.1.10"},  # RSA-PSS
        {"algorithm": "1.2.840.10045.4.3.4"},  # another digest than the one named
        {"algorithm": "1.2.840.113549.1.1.1", "digest": "1.2.3"},
    ],
)
def test_unknown_and_contradictory_algorithms_cannot_be_told(said):
    result = judged(made(**said))

    assert result.outcome == Outcome.CANNOT_TELL
    assert "algorithm_unknown" in codes(made(**said))


def test_weak_algorithm_and_weak_key_are_bad():
    sha1 = made(algorithm="1.2.840.10045.4.1", digest="1.3.14.3.2.26")
    short = issue("Short", MIDDLE, kind="1024", serial=9)

    assert "algorithm_weak" in codes(sha1)
    assert "algorithm_weak" in codes(made(short))
    assert judged(made(short)).outcome == Outcome.BAD


def test_key_of_another_kind_than_the_algorithm_s_is_bad():
    assert "signature_broken" in codes(made(algorithm="1.2.840.113549.1.1.11", signature=b"x"))
    odd = issue("Odd", MIDDLE, kind="2048", serial=10)
    assert "signature_broken" in codes(made(odd, algorithm="1.2.840.10045.4.3.2"))


def test_signer_may_be_named_by_the_key():
    bare = Holder(SIGNER.key, issue("Aigul", MIDDLE, serial=78).certificate)

    assert codes(made(bare, by_key=True)) == GOOD
    assert codes(made(bare, by_key=True, certificates=(MIDDLE,)))[-1] == "certificate_missing"


def test_missing_and_unreadable_certificates_are_told_apart():
    info = signer_info(SIGNER, usual_attributes(SIGNER, CONTENT), CONTENT)
    certificate = SIGNER.certificate.public_bytes(Encoding.DER)
    broken = cms([info], (SIGNER,)).replace(
        certificate, certificate[:4] + b"\x31" + certificate[5:]
    )

    assert codes(cms([info])) == ["content_same", "certificate_missing"]
    assert codes(broken) == ["content_same", "certificate_unreadable"]


def spoilt(holder, old, new):
    """A good signature by `holder` in whose certificate some bytes are others."""
    certificate = holder.certificate.public_bytes(Encoding.DER)
    assert old in certificate
    return made(holder).replace(certificate, certificate.replace(old, new, 1))


def test_key_of_a_kind_nobody_knows_proves_nothing():
    curve, unknown = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030155")

    assert "signature_broken" in codes(spoilt(SIGNER, curve, unknown))


def test_certificate_without_a_proper_number_is_not_read():
    assert "certificate_unreadable" in codes(spoilt(SIGNER, b"\x02\x01\x4d", b"\x02\x01\xcd"))


def test_extensions_nobody_can_read_allow_nothing():
    usage = bytes.fromhex("0603551d0f")  # the mark of "key usage"; its value becomes another kind
    good = SIGNER.certificate.public_bytes(Encoding.DER)
    start = good.index(usage)
    value = good.index(b"\x03\x02", start)
    broken = good[:value] + b"\x04" + good[value + 1 :]

    assert "key_not_for_signing" in codes(made().replace(good, broken))
    assert codes(made(by_key=True).replace(good, broken))[-1] == "certificate_missing"


def test_extension_that_stands_twice_allows_nothing():
    key_usage, key_name = bytes.fromhex("0603551d0f"), bytes.fromhex("0603551d0e")
    twice = spoilt(SIGNER, key_name, key_usage)

    assert "key_not_for_signing" in codes(twice)
    assert judged(twice).outcome == Outcome.BAD
    assert codes(made(by_key=True).replace(key_name, key_usage))[-1] == "certificate_missing"


def test_key_that_is_not_for_signing_is_bad():
    holder = issue("Keys only", MIDDLE, usage=["key_encipherment"], serial=11)
    silent = issue("Silent", MIDDLE, usage=None, ca=None, serial=12)

    assert "key_not_for_signing" in codes(made(holder))
    assert codes(made(silent)) == GOOD
