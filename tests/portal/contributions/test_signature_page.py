"""The page that checks electronic signatures: what it finds, what it cannot tell, bad files."""

from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile

from aiqyn_portal.contributions import signatures
from aiqyn_portal.contributions.views import signatures as pages
from tests.aiqyn.signatures.judging import ROOT, SIGNER, made
from tests.aiqyn.signatures.paper import (
    ATTRIBUTE,
    CONTENT,
    NOW,
    attribute,
    tlv,
    usual_attributes,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/en/contributions/signature/"


@pytest.fixture(autouse=True)
def same_day(monkeypatch):
    monkeypatch.setattr(pages, "timezone", SimpleNamespace(now=lambda: NOW))


@pytest.fixture
def roots(tmp_path, settings):
    """An operator who trusts one authority."""
    (tmp_path / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    settings.SIGNATURE_TRUST = str(tmp_path)


def answer(client, signature: bytes, document: bytes | None = CONTENT, language="en") -> str:
    sent = {"signature": SimpleUploadedFile("order.p7s", signature)}
    if document is not None:
        sent["document"] = SimpleUploadedFile("order.txt", document)
    response = client.post(ADDRESS.replace("/en/", f"/{language}/"), sent)
    assert response.status_code == 200
    return response.content.decode()


def test_a_signature_is_judged_by_the_roots_of_the_operator(client, roots):
    html = answer(client, made())

    assert "The document has not changed since it was signed." in html
    assert "A signature does not hold." not in html
    assert "trusts no root certificates" not in html
    assert "Құжат қол қойылғаннан бері өзгермеген." in answer(client, made(), language="kk")


def test_a_changed_document_does_not_hold(client, roots):
    html = answer(client, made(), CONTENT + b" ")

    assert "A signature does not hold." in html
    assert "The document differs from the one that was signed." in html


def test_a_document_inside_is_found_and_an_empty_one_is_a_document(client, roots):
    inside = answer(client, made(inside=tlv(4, CONTENT)), None)

    assert "The document has not changed since it was signed." in inside
    assert "The document differs from the one that was signed." in answer(client, made(), b"")


def test_without_roots_nobody_vouches_for_a_certificate(client):
    html = answer(client, made())

    assert "Nothing is wrong, but not everything can be told." in html
    assert "This portal trusts no root certificates yet" in html


def test_a_folder_that_cannot_be_read_trusts_nobody(client, settings, tmp_path, caplog):
    settings.SIGNATURE_TRUST = str(tmp_path / "root.pem")
    (tmp_path / "root.pem").write_bytes(b"no certificate")

    assert "This portal trusts no root certificates yet" in answer(client, made())
    assert "AIQYN_SIGNATURE_TRUST" in caplog.text


@pytest.mark.parametrize("bad", [b"%PDF-1.7", b"\x30\x80" * 2000, "қолтаңба".encode(), b"0"])
def test_what_is_no_signature_is_refused_in_words(client, bad):
    html = answer(client, bad)

    assert "This is no signature that can be read here." in html
    assert "Every signature holds." not in html


def test_a_certificate_with_a_broken_name_cannot_be_read_and_that_is_said(client, roots):
    broken = made().replace(bytes.fromhex("06035504030c"), bytes.fromhex("060355040303"))

    assert "Nothing is wrong, but not everything can be told." in answer(client, broken)


@pytest.mark.parametrize("year", [b"0001", b"9999"])
def test_a_time_at_an_end_of_the_calendar_is_not_said(client, roots, year):
    attributes = usual_attributes(SIGNER, CONTENT)
    attributes[2] = attribute(ATTRIBUTE + "5", tlv(0x18, year + b"1231235959Z"))

    html = answer(client, made(attributes=attributes))

    assert "The document has not changed since it was signed." in html


def test_files_too_large_and_missing_are_refused(client, monkeypatch):
    monkeypatch.setattr(signatures, "LARGEST", 10)

    assert "The file is larger than 10 MB." in answer(client, made())
    assert 'id="found"' not in client.post(ADDRESS, {}).content.decode()
