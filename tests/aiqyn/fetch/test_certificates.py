"""Certificates of a real server: ours, expired, of another name, signed by nobody we trust."""

import ssl

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from aiqyn.chain import NO_TLS
from aiqyn.fetch.crawl import crawl
from aiqyn.fetch.tls import OF_CERTIFICATE, OF_PROTOCOL, why_no_tls
from aiqyn.rules import load
from tests.aiqyn.fetch.certificates import AUTHORITY, PEM, STRANGER, certified, context_of
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, hrefs_in, links, loopback


def home_of(folder, tls):
    """What a crawl saw of the first page of https://localhost, served with `tls`."""
    (folder / "ca.pem").write_bytes(AUTHORITY[0].public_bytes(PEM))
    with Site(tls) as site, served(site):
        site.routes["/"] = links()
        start = f"https://localhost:{site.server_address[1]}/"
        limits = loopback(ca_file=str(folder / "ca.pem"), allow_private=True)
        manifest = crawl(start, folder=str(folder / "kept"), limits=limits, read=hrefs_in)
    return next(each for each in manifest.evidence if each.url == start)


@pytest.mark.parametrize(
    ("name", "days", "by", "why"),
    [
        ("localhost", (-1, 9), AUTHORITY, ""),
        ("localhost", (-9, -1), AUTHORITY, "expired"),
        ("localhost", (1, 9), AUTHORITY, "not_yet"),
        ("other.kz", (-1, 9), AUTHORITY, "other_name"),
        ("localhost", (-1, 9), None, "self_signed"),
        ("localhost", (-1, 9), STRANGER, "unknown_issuer"),
    ],
    ids=[
        "good",
        "expired",
        "still to come",
        "of another name",
        "signed by itself",
        "by a stranger",
    ],
)
def test_site_is_read_only_by_a_certificate_that_holds(tmp_path, name, days, by, why):
    home = home_of(tmp_path, context_of(tmp_path, *certified(name, days=days, by=by)))

    assert (home.failure, home.tls, home.status) == (("tls", why, 0) if why else ("", "", 200))


def test_key_that_is_too_short_is_told(tmp_path):
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    tls = context_of(tmp_path, *certified("localhost", by=AUTHORITY, own=short))

    assert home_of(tmp_path, tls).tls == "weak"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_server_of_an_outdated_protocol_is_told(tmp_path):
    newest = ssl.TLSVersion.TLSv1_1
    tls = context_of(tmp_path, *certified("localhost", by=AUTHORITY), newest=newest)

    assert home_of(tmp_path, tls).tls == "old_protocol"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("[SSL] legacy sigalg disallowed or unsupported (_ssl.c:992)", "old_protocol"),
        ("[SSL] something new (_ssl.c:992)", "handshake"),
        ("the connection broke off", "handshake"),
    ],
)
def test_cause_is_known_by_its_words_where_python_has_no_name_for_it(said, why):
    assert why_no_tls(ssl.SSLError(1, said)) == why


def test_server_that_agrees_to_nothing_is_told(tmp_path):
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    tls = context_of(
        tmp_path,
        *certified("localhost", by=AUTHORITY, own=own),
        ciphers="ECDHE-ECDSA-AES128-SHA",  # for a key it has not got
        newest=ssl.TLSVersion.TLSv1_2,
    )

    assert home_of(tmp_path, tls).tls == "handshake"


def test_port_without_tls_is_told(tmp_path):
    home = home_of(tmp_path, None)

    assert (home.failure, home.tls) == ("tls", "no_tls")


def test_every_cause_has_its_remedy_in_the_rule():
    known = {*OF_CERTIFICATE.values(), *OF_PROTOCOL.values(), "handshake"}

    assert known == set(NO_TLS)
    assert known < load()["S084"].text.notes.keys()


def test_certificate_that_is_wrong_in_a_rare_way_has_no_cause():
    rare = ssl.SSLCertVerificationError()
    rare.verify_code = 23  # revoked

    assert why_no_tls(rare) == ""
