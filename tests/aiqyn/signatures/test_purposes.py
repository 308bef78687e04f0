"""What a certificate is issued for, and what its key may therefore sign."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

from aiqyn.signatures import Outcome, Trust
from aiqyn.signatures.revoking import revocation
from aiqyn.signatures.trust import read_list
from tests.aiqyn.signatures.judging import (
    GOOD,
    LISTS,
    MIDDLE,
    ROOT,
    TRUST,
    codes,
    judged,
    made,
)
from tests.aiqyn.signatures.paper import NOW, issue, revoked

SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
OWN = x509.ObjectIdentifier("1.2.398.3.3.4.1.1")  # an authority's own


def signed(purposes, *, critical):
    return made(issue("Purposes", MIDDLE, serial=91, purpose=purposes, critical=critical))


@pytest.mark.parametrize("critical", [True, False])
@pytest.mark.parametrize(
    "purpose",
    [Purpose.ANY_EXTENDED_KEY_USAGE, Purpose.EMAIL_PROTECTION, Purpose.CLIENT_AUTH, SIGNING],
)
def test_certificate_for_documents_may_sign_them(purpose, critical):
    assert codes(signed([purpose], critical=critical)) == GOOD
    assert codes(signed([Purpose.SERVER_AUTH, OWN, purpose], critical=critical)) == GOOD


@pytest.mark.parametrize("critical", [True, False])
@pytest.mark.parametrize(
    ("purposes", "named"),
    [
        ([Purpose.SERVER_AUTH], "serverAuth"),
        ([Purpose.CODE_SIGNING], "codeSigning"),
        ([Purpose.TIME_STAMPING], "timeStamping"),
        ([Purpose.OCSP_SIGNING, Purpose.SERVER_AUTH], "OCSPSigning, serverAuth"),
    ],
)
def test_certificate_for_something_else_may_not(purposes, named, critical):
    result = judged(signed(purposes, critical=critical))

    assert result.outcome == Outcome.BAD
    told = {each.code: each.detail for each in result.signatures[0].remarks}
    assert told["purpose_other"] == named


@pytest.mark.parametrize("purposes", [[OWN], [OWN, Purpose.SERVER_AUTH]])
def test_purpose_nobody_here_knows_is_told_by_how_critical_it_is(purposes):
    assert codes(signed(purposes, critical=False)) == GOOD
    result = judged(signed(purposes, critical=True))

    assert result.outcome == Outcome.CANNOT_TELL
    assert "purpose_unknown" in codes(signed(purposes, critical=True))


def test_key_that_may_not_sign_lists_signs_none():
    for usage, code in (
        (["key_cert_sign"], "revocation_unknown"),
        (["key_cert_sign", "crl_sign"], "not_revoked"),
        (None, "not_revoked"),
    ):
        middle = issue("Issuing", ROOT, ca=True, usage=usage, serial=92)
        holder = issue("Issued", middle, serial=93)
        trust = Trust(TRUST.roots, (read_list(revoked(middle)), LISTS[1]))

        assert codes(made(holder, certificates=(holder, middle)), trust=trust)[-1] == code


def test_issuer_whose_extensions_nobody_can_read_signs_no_lists():
    key_usage, key_name = bytes.fromhex("0603551d0f"), bytes.fromhex("0603551d0e")
    twice = MIDDLE.certificate.public_bytes(Encoding.DER).replace(key_name, key_usage)
    way = [issue("Aigul", MIDDLE).certificate, x509.load_der_x509_certificate(twice)]

    assert revocation(way, LISTS, NOW).code == "revocation_unknown"
