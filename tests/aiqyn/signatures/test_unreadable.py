"""Certificates and lists that are broken where they are read late: named, never a crash."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from aiqyn.errors import InputError
from aiqyn.signatures import Trust
from aiqyn.signatures.trust import UNREADABLE, read_list
from tests.aiqyn.signatures.judging import CONTENT, GOOD, LISTS, MIDDLE, ROOT, SIGNER, codes, made
from tests.aiqyn.signatures.paper import cms, oid, revoked, signer_info, tlv, usual_attributes

COMMON_NAME = bytes.fromhex("0603550403")
BIT_STRING, TEXT = b"\x03", b"\x0c"
ECDSA_SHA256, UNKNOWN = oid("1.2.840.10045.4.3.2"), oid("1.2.840.10045.4.3.9")
LIST = revoked(MIDDLE)


def retagged(data, last=False):
    """The same bytes with a common name in them that is tagged as a string of bits."""
    mark = COMMON_NAME + TEXT
    assert mark in data
    before, _, after = data.rpartition(mark) if last else data.partition(mark)
    return before + COMMON_NAME + BIT_STRING + after


def of_version(number):
    """A list that says it is of another version than there are."""
    said = tlv(2, b"\1")
    assert LIST.count(said) == 1
    return LIST.replace(said, tlv(2, bytes([number])))


def of_no_text():
    """A list whose issuer's name is no UTF-8."""
    assert b"Middle" in LIST
    return LIST.replace(b"Middle", b"Mi\xff\xfele")


BROKEN_LISTS = {
    "another version": of_version(6),
    "a name of bits": retagged(LIST),
    "a name that is no text": of_no_text(),
}


@pytest.mark.parametrize("last", [False, True], ids=["issuer", "subject"])
def test_certificate_with_a_name_of_bits_is_one_that_cannot_be_read(last):
    good = SIGNER.certificate.public_bytes(Encoding.DER)
    broken = made().replace(good, retagged(good, last))

    assert codes(broken) == ["content_same", "certificate_unreadable"]


@pytest.mark.parametrize("listed", BROKEN_LISTS.values(), ids=BROKEN_LISTS)
def test_list_inside_the_signature_that_cannot_be_read_is_no_list(listed):
    info = signer_info(SIGNER, usual_attributes(SIGNER, CONTENT), CONTENT)
    bare = Trust((ROOT.certificate,), (LISTS[1],))

    found = codes(cms([info], (SIGNER, MIDDLE), lists=[listed]), trust=bare)
    beside = codes(cms([info], (SIGNER, MIDDLE), lists=[listed, LIST]), trust=bare)

    assert found == [*GOOD[:-1], "revocation_unknown"]
    assert beside == GOOD


@pytest.mark.parametrize("listed", BROKEN_LISTS.values(), ids=BROKEN_LISTS)
def test_list_at_hand_that_cannot_be_read_is_named(tmp_path, listed):
    (tmp_path / "broken.crl").write_bytes(listed)

    with pytest.raises(UNREADABLE):
        read_list(listed)
    with pytest.raises(InputError, match=r"broken\.crl: it cannot be read as a list"):
        Trust.load(tmp_path)


@pytest.mark.parametrize("name", ["root.der", "root.pem"])
def test_root_with_a_name_of_bits_is_named(tmp_path, name):
    data = retagged(ROOT.certificate.public_bytes(Encoding.DER))
    if name.endswith(".pem"):
        data = x509.load_der_x509_certificate(data).public_bytes(Encoding.PEM)
    (tmp_path / name).write_bytes(data)

    with pytest.raises(InputError, match=rf"{name}: it cannot be read as a certificate"):
        Trust.load(tmp_path)


def test_list_signed_as_nobody_knows_counts_for_nothing():
    strange = read_list(revoked(MIDDLE, 77).replace(ECDSA_SHA256, UNKNOWN))

    trust = Trust((ROOT.certificate,), (strange, LISTS[1]))

    assert codes(made(), trust=trust)[-1] == "revocation_unknown"
