"""Certificates of a real server: ours, expired, of another name, signed by nobody we trust."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from aiqyn.fetch.crawl import crawl
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, hrefs_in, links, loopback

PEM = serialization.Encoding.PEM
DAY = timedelta(days=1)


def certified(name, *, days=(-1, 9), by=None):
    """A certificate of `name` and its key; `by` is who signs, itself where nobody does."""
    own = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, key = (subject, own) if by is None else (by[0].subject, by[1])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + days[0] * DAY)
        .not_valid_after(now + days[1] * DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, own


@pytest.mark.parametrize(
    ("name", "days", "is_signed", "failure", "status"),
    [
        ("localhost", (-1, 9), True, "", 200),
        ("localhost", (-9, -1), True, "tls", 0),
        ("localhost", (1, 9), True, "tls", 0),
        ("other.kz", (-1, 9), True, "tls", 0),
        ("localhost", (-1, 9), False, "tls", 0),
    ],
    ids=["good", "expired", "still to come", "of another name", "signed by itself"],
)
def test_site_is_read_only_by_a_certificate_that_holds(
    tmp_path, name, days, is_signed, failure, status
):
    authority = certified("authority", days=(-90, 90))
    certificate, key = certified(name, days=days, by=authority if is_signed else None)
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "site.pem").write_bytes(secret + certificate.public_bytes(PEM))
    (tmp_path / "ca.pem").write_bytes(authority[0].public_bytes(PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "site.pem")
    with Site(context) as site, served(site):
        site.routes["/"] = links()
        start = f"https://localhost:{site.server_address[1]}/"
        limits = loopback(ca_file=str(tmp_path / "ca.pem"), allow_private=True)
        manifest = crawl(start, folder=str(tmp_path / "kept"), limits=limits, read=hrefs_in)

    home = next(each for each in manifest.evidence if each.url == start)
    assert (home.failure, home.status) == (failure, status)
