"""Lists of revoked certificates: what a part of one proves, and what it does not."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from aiqyn.signatures import Trust
from aiqyn.signatures.trust import read_list
from tests.aiqyn.signatures.judging import LISTS, MIDDLE, ROOT, codes, made
from tests.aiqyn.signatures.paper import issue, name, oid, revoked, tlv

DELTA = (x509.DeltaCRLIndicator(1), True)
ODD = (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True)
HERE = x509.UniformResourceIdentifier("http://crl.kz/1.crl")
THERE = x509.UniformResourceIdentifier("http://crl.kz/2.crl")
SERIAL = 77
MIDDLE_SERIAL = MIDDLE.certificate.serial_number
LIFTED = [(x509.CRLReason(x509.ReasonFlags.remove_from_crl), False)]
HELD = [(x509.CRLReason(x509.ReasonFlags.certificate_hold), False)]


def point(**said):
    none = {"full_name": None, "relative_name": None, "only_some_reasons": None}
    kinds = ("user_certs", "ca_certs", "attribute_certs")
    none |= dict.fromkeys([f"only_contains_{kind}" for kind in kinds], False)
    return x509.IssuingDistributionPoint(**{**none, "indirect_crl": False, **said}), True


def last(*lists, holder=None):
    """What is said of revocation by these lists of Middle's, as DER."""
    trust = Trust((ROOT.certificate,), (*map(read_list, lists), LISTS[1]))
    signature = made(holder, certificates=(holder, MIDDLE)) if holder else made()
    return codes(signature, trust=trust)[-1]


PARTIAL = {
    "changes since another list": DELTA,
    "changes that are not called critical": (DELTA[0], False),
    "authorities alone": point(only_contains_ca_certs=True),
    "attribute certificates alone": point(only_contains_attribute_certs=True),
    "some reasons": point(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise])),
    "many authorities": point(indirect_crl=True),
    "a place the certificate does not name": point(full_name=[THERE]),
    "an extension nobody knows": ODD,
}


@pytest.mark.parametrize("part", PARTIAL.values(), ids=PARTIAL)
def test_part_of_a_list_proves_nothing_good(part):
    assert last(revoked(MIDDLE, of_list=[part])) == "revocation_unknown"
    assert last(revoked(MIDDLE, of_list=[part]), revoked(MIDDLE)) == "not_revoked"


@pytest.mark.parametrize("part", PARTIAL.values(), ids=PARTIAL)
def test_certificate_in_a_part_of_a_list_is_revoked(part):
    found = "revocation_unknown" if part == PARTIAL["attribute certificates alone"] else "revoked"

    assert last(revoked(MIDDLE, SERIAL, of_list=[part])) == found


@pytest.mark.parametrize(
    "said",
    [
        point(only_contains_user_certs=True),
        (x509.CRLNumber(7), True),
        (x509.AuthorityKeyIdentifier(b"x", None, None), True),
        (ODD[0], False),
    ],
)
def test_list_of_all_certificates_of_a_person_is_whole(said):
    assert last(revoked(MIDDLE, of_list=[said])) == "not_revoked"


def test_list_of_authorities_is_whole_for_them_and_one_of_people_is_not():
    authorities = revoked(ROOT, of_list=[point(only_contains_ca_certs=True)])
    people = revoked(ROOT, of_list=[point(only_contains_user_certs=True)])

    for data, found in ((authorities, "not_revoked"), (people, "revocation_unknown")):
        trust = Trust((ROOT.certificate,), (LISTS[0], read_list(data)))
        assert codes(made(), trust=trust)[-1] == found


RELATIVE = x509.RelativeDistinguishedName(list(name("part"))[1:])


@pytest.mark.parametrize(
    ("named", "of_list", "found"),
    [
        ({"full_name": [HERE]}, {"full_name": [THERE, HERE]}, "not_revoked"),
        ({"full_name": [HERE]}, {"full_name": [THERE]}, "revocation_unknown"),
        ({"relative_name": RELATIVE}, {"relative_name": RELATIVE}, "not_revoked"),
        ({"relative_name": RELATIVE}, {"full_name": [HERE]}, "revocation_unknown"),
        ({"full_name": [HERE]}, {"relative_name": RELATIVE}, "revocation_unknown"),
        (
            {"full_name": [HERE], "crl_issuer": [x509.DirectoryName(name("Other"))]},
            {"full_name": [HERE]},
            "revocation_unknown",
        ),
    ],
)
def test_list_of_one_place_is_of_the_certificates_that_name_it(named, of_list, found):
    none = dict.fromkeys(("full_name", "relative_name", "reasons", "crl_issuer"))
    places = x509.CRLDistributionPoints([x509.DistributionPoint(**{**none, **named})])
    holder = issue("Placed", MIDDLE, serial=78, more=[places])

    assert last(revoked(MIDDLE, of_list=[point(**of_list)]), holder=holder) == found


def test_entry_with_a_critical_extension_nobody_knows_spoils_the_list():
    strange = revoked(MIDDLE, 5, of_entries=[ODD])

    assert last(strange) == "revocation_unknown"
    assert last(revoked(MIDDLE, 5, of_entries=HELD)) == "not_revoked"
    assert last(revoked(MIDDLE, SERIAL, of_entries=[ODD])) == "revoked"


def test_changes_beside_a_whole_list_only_add_to_it():
    base = revoked(MIDDLE)
    hit = revoked(MIDDLE, SERIAL, of_list=[DELTA])
    lifted = revoked(MIDDLE, SERIAL, of_list=[DELTA], of_entries=LIFTED)

    assert last(base, hit) == "revoked"
    assert last(base, lifted) == "not_revoked"
    assert last(lifted) == "revocation_unknown"
    assert last(revoked(MIDDLE, SERIAL, of_entries=HELD), lifted) == "revoked"
    assert last(revoked(MIDDLE, SERIAL, of_entries=LIFTED)) == "revoked"  # in no list of changes


def test_entry_of_another_authority_is_of_another_certificate():
    many = point(indirect_crl=True)

    for owner, found in (("Other", "revocation_unknown"), ("Middle", "revoked")):
        issuer = x509.CertificateIssuer([x509.DirectoryName(name(owner))])
        listed = revoked(MIDDLE, 4, SERIAL, of_list=[many], of_entries=[(issuer, True)])
        assert last(listed) == found


def test_list_nobody_can_read_to_its_end_proves_nothing_good():
    broken = (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.28"), b"\5\0"), True)

    assert last(revoked(MIDDLE, of_list=[broken])) == "revocation_unknown"
    assert last(revoked(MIDDLE, SERIAL, of_list=[broken])) == "revoked"


def test_list_signed_with_a_weak_digest_counts_for_nothing():
    middle = issue("Old middle", ROOT, ca=True, kind="2048", serial=94)
    holder = issue("Of old", middle, serial=95)
    usual, weak = (oid("1.2.840.113549.1.1." + end) for end in ("11", "5"))
    inner = read_list(revoked(middle)).tbs_certlist_bytes.replace(usual, weak)
    value = middle.key.sign(inner, padding.PKCS1v15(), hashes.SHA1())
    listed = read_list(tlv(0x30, inner, tlv(0x30, weak, tlv(5)), tlv(3, b"\0", value)))
    trust = Trust((ROOT.certificate,), (listed, LISTS[1]))

    assert isinstance(listed.signature_hash_algorithm, hashes.SHA1)
    assert codes(made(holder, certificates=(holder, middle)), trust=trust)[-1] == (
        "revocation_unknown"
    )
