"""Whether the signer is believed: time, roots, ways to them, lists of what was revoked."""

import tracemalloc
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.errors import InputError
from aiqyn.signatures import Outcome, Remark, Result, Signature, Trust
from aiqyn.signatures.trust import read_list
from tests.aiqyn.signatures.judging import GOOD, LISTS, MIDDLE, ROOT, SIGNER, codes, judged, made
from tests.aiqyn.signatures.paper import (
    ATTRIBUTE,
    CONTENT,
    NOW,
    SIGNED_DATA,
    Holder,
    attribute,
    cms,
    issue,
    oid,
    revoked,
    signer_info,
    tlv,
    usual_attributes,
)


def test_time_of_the_certificate_is_kept():
    fresh = made()
    after = NOW + timedelta(days=400)

    assert "not_yet" in codes(fresh, at=NOW - timedelta(days=31))
    assert "expired_since" in codes(fresh, at=after)
    claims = usual_attributes(SIGNER, CONTENT, at=after)
    assert "expired" in codes(made(attributes=claims), at=after)
    assert judged(fresh, at=after).outcome == Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (tlv(0x17, b"490101000000Z"), 2049),
        (tlv(0x17, b"500101000000Z"), 1950),
        (tlv(0x18, b"20500101000000Z"), 2050),
        (tlv(0x18, b"19000101000000Z"), 1900),
        (tlv(0x18, b"18991231235959Z"), None),
        (tlv(0x18, b"99981231235959Z"), 9998),
        (tlv(0x18, b"99991231235959Z"), None),
        (tlv(0x17, b"yesterday"), None),
        (tlv(4, b"490101000000Z"), None),
    ],
)
def test_time_the_signer_claims_is_read(value, year):
    attributes = usual_attributes(SIGNER, CONTENT)
    attributes[2] = attribute(ATTRIBUTE + "5", value)

    [signature] = judged(made(attributes=attributes)).signatures

    assert (signature.claimed_at.year if signature.claimed_at else None) == year


def test_without_roots_nobody_is_believed():
    result = judged(made(), trust=Trust())

    assert result.outcome == Outcome.CANNOT_TELL
    assert codes(made(), trust=Trust())[-2:] == ["no_roots", "revocation_unknown"]


def test_root_nobody_trusts_leads_nowhere():
    stranger = Trust((issue("Stranger", ca=True).certificate,), LISTS)

    assert codes(made(), trust=stranger)[-2:] == ["chain_unknown", "revocation_unknown"]


@pytest.mark.parametrize(
    "middle",
    [
        issue("Fake middle", ROOT, serial=20),  # a person's certificate
        issue("Fake with a use", ROOT, usage=["key_cert_sign"], serial=19),
        issue("Wrong use", ROOT, ca=True, usage=["digital_signature"], serial=21),
        issue("Unsaid", ROOT, ca=None, usage=["key_cert_sign"], serial=22),
        issue("Late", ROOT, ca=True, begins=NOW + timedelta(days=1), serial=23),
    ],
)
def test_who_may_not_issue_certificates_is_no_way_to_the_root(middle):
    holder = issue("Victim", middle, serial=30)

    assert "chain_unknown" in codes(made(holder, certificates=(holder, middle)))


def test_way_longer_than_the_root_allows_is_no_way():
    root = issue("Strict root", ca=True, longest=0)
    middle = issue("Second", root, ca=True, serial=31)
    holder = issue("Far", middle, serial=32)
    trust = Trust((root.certificate,))

    assert "chain_unknown" in codes(made(holder, certificates=(holder, middle)), trust=trust)


def test_revoked_certificate_is_bad_from_its_day_on():
    lists = (read_list(revoked(MIDDLE, 77)), LISTS[1])
    trust = Trust((ROOT.certificate,), lists)
    later = Trust(
        (ROOT.certificate,), (read_list(revoked(MIDDLE, 77, at=NOW + timedelta(1))), LISTS[1])
    )

    assert judged(made(), trust=trust).outcome == Outcome.BAD
    assert judged(made(), trust=trust).signatures[0].remarks[-1].detail == "2026-11-19"
    assert codes(made(), trust=later) == GOOD


def test_revoked_authority_makes_its_certificates_bad():
    lists = (LISTS[0], read_list(revoked(ROOT, MIDDLE.certificate.serial_number)))

    assert codes(made(), trust=Trust((ROOT.certificate,), lists))[-1] == "revoked"


def test_list_inside_the_signature_counts():
    info = signer_info(SIGNER, usual_attributes(SIGNER, CONTENT), CONTENT)
    brought = cms([info], (SIGNER, MIDDLE), lists=(revoked(MIDDLE, 77), tlv(0x30, b"")))

    assert codes(brought, trust=Trust((ROOT.certificate,)))[-1] == "revoked"


@pytest.mark.parametrize(
    "found",
    [
        revoked(MIDDLE, until=NOW - timedelta(hours=1)),  # too old
        revoked(Holder(SIGNER.key, MIDDLE.certificate)),  # signed by another
    ],
)
def test_list_that_does_not_count_says_nothing(found):
    trust = Trust((ROOT.certificate,), (read_list(found), LISTS[1]))

    assert codes(made(), trust=trust)[-1] == "revocation_unknown"


def test_list_of_the_future_and_list_without_an_end_say_nothing():
    early = NOW - timedelta(days=3)

    assert codes(made(), at=early)[-1] == "revocation_unknown"


def test_file_of_two_signers_is_as_good_as_the_worse():
    second = issue("Second signer", MIDDLE, serial=40)
    infos = [
        signer_info(SIGNER, usual_attributes(SIGNER, CONTENT), CONTENT),
        signer_info(second, usual_attributes(second, b"another"), CONTENT),
    ]

    result = judged(cms(infos, (SIGNER, second, MIDDLE)))

    assert [each.outcome for each in result.signatures] == [Outcome.GOOD, Outcome.BAD]
    assert result.outcome == Outcome.BAD
    assert Result(signatures=()).outcome == Outcome.CANNOT_TELL
    noted = Signature(remarks=(Remark(code="stamp_broken", outcome=Outcome.NOTE),))
    assert noted.outcome == Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the signature is empty"),
        ("қол".encode(), "neither binary, nor PEM, nor base64"),
        (tlv(0x30, oid("1.2.840.113549.1.7.1"), tlv(0xA0, tlv(4, b"x"))), "no signature in CMS"),
        (
            tlv(0x30, oid(SIGNED_DATA), tlv(0xA0, tlv(0x30, tlv(2), tlv(0x31), tlv(0x30)))),
            "signers",
        ),
        (b"\x30\x03\x30\x80\x00\x00", "ends before its end"),
        (made() + b"\0", "something follows"),
        (made()[:-5], "ends before its end"),
        (b"\x30\x85\x01\x01\x01\x01\x01", "a length nobody writes"),
        (b"\x30\x03\x1f\x01\x00", "a tag of more than one byte"),
        (b"\x30\x80" * 60, "too deep"),
        (b"\x30\x80\x04\x01\x00", "ends before its end"),
        (tlv(0x30, tlv(6, b"")), "an object identifier was expected"),
        (
            cms([tlv(0x30, tlv(2, b"\1"), tlv(0x80, b"x"), tlv(0x30, oid("1.2.3")))]),
            "a signer without",
        ),
        (cms([tlv(0x30)]), "was expected"),
        (tlv(0x30, oid("1." + "9" * 160)), "an object identifier was expected"),
        (cms([tlv(0x30)] * 21), "21 signers, more than 20"),
        (cms([tlv(0x30)], [SIGNER] * 101), "101 certificates, more than 100"),
        (cms([tlv(0x30)], lists=[tlv(0x30)] * 21), "21 lists of revoked certificates, more than"),
        (b"%PDF-1.7", "a PDF: a signature inside it"),
        (b"PK\x03\x04", "unpack it"),
        ("\ufeff<?xml?>".encode(), "XML: signatures in XML"),
        (b"<ds:Signature/>", "XMLDSig, XAdES"),
        (b'{"payload": ""}', "signatures in JSON"),
    ],
)
def test_bytes_that_are_no_signature_are_refused(data, problem):
    with pytest.raises(InputError, match=problem):
        judged(data)


def test_errors_say_the_byte_and_what_stands_there():
    whole = made()
    place = whole.index(oid(SIGNED_DATA)) + len(oid(SIGNED_DATA))
    assert whole[place] == 0xA0

    with pytest.raises(InputError, match=f"byte {place}: a part with tag 0xa0 .* not 0xa1"):
        judged(whole[:place] + b"\xa1" + whole[place + 1 :])


def test_nesting_does_not_multiply_memory():
    large = b"\4\x84" + (4_000_000).to_bytes(4) + bytes(4_000_000)
    for _ in range(38):
        large = tlv(0x30, large)

    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="no signature in CMS"):
            judged(large)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 2_000_000  # besides the file itself: the deepest value is never copied


def test_too_large_a_file_is_not_read(monkeypatch):
    monkeypatch.setattr("aiqyn.signatures.cms.LARGEST", 10)

    with pytest.raises(InputError, match="more than 10 bytes"):
        judged(made())


WHOLE = made()


@pytest.mark.filterwarnings("ignore:Attribute's length must be")  # the name is read all the same
@given(place=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_any_changed_byte_is_refused_or_never_called_good(place, byte):
    changed = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]

    try:
        result = judged(changed, b"another content")
    except InputError:
        return
    assert result.outcome != Outcome.GOOD


def test_trust_is_read_from_a_folder(tmp_path):
    (tmp_path / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "middle.cer").write_bytes(MIDDLE.certificate.public_bytes(Encoding.DER))
    (tmp_path / "a.crl").write_bytes(revoked(MIDDLE))
    (tmp_path / "b.crl").write_bytes(LISTS[1].public_bytes(Encoding.PEM))
    (tmp_path / "notes.txt").write_text("not a certificate")

    trust = Trust.load(tmp_path)

    assert (len(trust.roots), len(trust.lists)) == (2, 2)
    assert codes(made(), trust=trust) == GOOD


def test_trust_is_read_from_files_that_are_named(tmp_path):
    several = [each.certificate.public_bytes(Encoding.PEM) for each in (MIDDLE, ROOT)]
    (tmp_path / "bundle").write_bytes(b"# from the authority\n" + b"".join(several))
    (tmp_path / "a.CRL").write_bytes(revoked(MIDDLE))

    trust = Trust.load(tmp_path / "bundle", tmp_path / "a.CRL")

    assert (len(trust.roots), len(trust.lists)) == (2, 1)
    assert Trust.load() == Trust()


def test_folder_without_certificates_and_file_that_is_not_there_are_named(tmp_path):
    with pytest.raises(InputError, match=r"no file \.cer \.crl \.crt \.der \.pem in this folder"):
        Trust.load(tmp_path)
    with pytest.raises(InputError, match=r"gone\.pem: No such file"):
        Trust.load(tmp_path / "gone.pem")


@pytest.mark.parametrize("file", ["a.crt", "b.crl"])
def test_file_that_is_no_certificate_is_named(tmp_path, file):
    (tmp_path / file).write_bytes(b"nothing")

    with pytest.raises(InputError, match=file):
        Trust.load(tmp_path)
