"""What a certificate is issued for, and what its key may therefore sign."""

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

from aiqyn.signatures import Outcome
from tests.aiqyn.signatures.judging import GOOD, MIDDLE, codes, judged, made
from tests.aiqyn.signatures.paper import issue

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
