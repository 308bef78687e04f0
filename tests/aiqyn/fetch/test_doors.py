"""How one comes in: what certificate a real server shows, and where http:// leads."""

import asyncio
from contextlib import ExitStack
from datetime import timedelta

import pytest

from aiqyn.audit import audit_site
from aiqyn.chain import Evidence, Outcome
from aiqyn.fetch.again import ask_again
from aiqyn.fetch.doors import tried
from aiqyn.fetch.frontier import Item
from aiqyn.fetch.http import Answer, Client
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.keeping import DOORS
from aiqyn.fetch.store import Store
from aiqyn.fetch.walk import Walk
from aiqyn.fetch.warc_in import Archive, walk_archive
from aiqyn.fetch.warc_out import write_warc
from aiqyn.regulations import edition_on
from tests.aiqyn.fetch.certificates import AUTHORITY, PEM, certified, context_of
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import (
    FakeClock,
    Site,
    at,
    hrefs_in,
    loopback,
    redirect,
    reply,
)

START = "https://akimat.kz/"
HOME = "<h1>Облыс әкімдігі</h1><p>Облыс әкімдігінің ресми сайты, осында жаңалықтар бар.</p>"


@pytest.fixture
def certificate():
    return certified("akimat.kz", days=(-79, 10), by=AUTHORITY)


@pytest.fixture
def ends(certificate):
    return certificate[0].not_valid_after_utc.date()


@pytest.fixture
def doors(tmp_path, certificate):
    """Two servers of one site: over TLS, with a certificate that ends in ten days, and without."""
    (tmp_path / "ca.pem").write_bytes(AUTHORITY[0].public_bytes(PEM))
    tls = context_of(tmp_path, *certificate)
    with ExitStack() as stack:
        secure, plain = (stack.enter_context(Site(each)) for each in (tls, None))
        for each in (secure, plain):
            stack.enter_context(served(each))
        secure.routes["/"] = reply(HOME)
        yield secure, plain


def seen_by(tmp_path, doors, *, start=START, **limits):
    """The manifest of a crawl that finds the two servers at ports 443 and 80."""
    ports = {443: doors[0].server_address[1], 80: doors[1].server_address[1]}

    async def resolve(host, port):
        return [at("127.0.0.1", ports[port])]

    async def walk():
        clock = FakeClock()
        given = loopback(ca_file=str(tmp_path / "ca.pem"), **limits)
        opening = Opening(start=start, limits=given, started_at=clock.now())
        with Journal(tmp_path / "kept", opening) as journal:
            async with Client(given, resolve=resolve, clock=clock) as client:
                return await Walk(client, journal, hrefs_in, lambda _: None).run()

    return asyncio.run(walk())


def of_doors(manifest):
    return {each.role: each for each in manifest.evidence if each.role in DOORS}


def judged(manifest, tmp_path, day):
    store, edition = Store(f"{tmp_path}/kept/objects"), edition_on("sites", day)
    report = audit_site(manifest, store, edition, as_of=day)
    finding = next(each for each in report.findings if each.rule == "S084")
    return finding.outcome, [(place.note, place.saw, place.address) for place in finding.places]


def test_certificate_that_ends_soon_and_http_that_stays_are_found(tmp_path, doors, ends):
    doors[1].routes["/"] = reply(HOME)

    manifest = seen_by(tmp_path, doors)

    stays = ("stays_http", "http://akimat.kz/", "http://akimat.kz/")
    assert judged(manifest, tmp_path, ends - timedelta(days=10)) == (
        Outcome.FAILED,
        [stays, ("ends_soon", ends.isoformat(), START)],
    )
    assert judged(manifest, tmp_path, ends - timedelta(days=15)) == (Outcome.FAILED, [stays])
    assert of_doors(manifest)["certificate"].media_type == "application/pem-certificate-chain"
    assert doors[1].asked == ["GET /"]


def test_http_that_leads_to_https_is_kept_without_bytes(tmp_path, doors, ends):
    doors[1].routes["/"] = redirect(START, status=301)

    manifest = seen_by(tmp_path, doors)

    plain = of_doors(manifest)["unsecured"]
    assert (plain.status, plain.final_url, plain.sha256) == (200, START, "")
    assert judged(manifest, tmp_path, ends - timedelta(days=20)) == (Outcome.PASSED, [])


def test_doors_are_tried_once_however_often_a_crawl_goes_on(tmp_path, doors):
    doors[1].routes["/"] = reply(HOME)
    first = seen_by(tmp_path, doors)
    journal = tmp_path / "kept/journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)

    journal.write_bytes(b"".join(lines[:-1]))  # killed before its end
    again = seen_by(tmp_path, doors)
    journal.write_bytes(b"".join(line for line in lines if b'"unsecured"' not in line))
    finished_long_ago = seen_by(tmp_path, doors)

    assert (again.evidence, doors[1].asked) == (first.evidence, ["GET /"])
    assert list(of_doors(finished_long_ago)) == ["certificate"]


def test_port_that_does_not_answer_costs_no_second_pass(tmp_path, doors, ends):
    doors[1].shutdown()
    doors[1].server_close()

    manifest = seen_by(tmp_path, doors)

    plain = of_doors(manifest)["unsecured"]
    assert (plain.status, plain.failure, manifest.cuts) == (0, "refused", ())
    assert judged(manifest, tmp_path, ends - timedelta(days=20)) == (Outcome.PASSED, [])


def test_doors_are_left_alone_where_robots_say_so_and_nobody_goes_there(tmp_path, doors):
    doors[0].routes["/robots.txt"] = reply("User-agent: *\nDisallow: /$", kind="text/plain")
    doors[0].routes["/kk/"] = reply(HOME)

    assert of_doors(seen_by(tmp_path, doors, start=f"{START}kk/")).keys() == {"certificate"}
    assert doors[1].asked == []


def test_site_asked_over_http_tells_by_itself_where_that_leads(tmp_path, doors):
    doors[1].routes["/"] = redirect(START)

    manifest = seen_by(tmp_path, doors, start="http://akimat.kz/")

    assert of_doors(manifest).keys() == {"certificate"}
    assert [each for each in doors[1].asked if each == "GET /"] == ["GET /"]


def test_archive_of_ours_keeps_both_doors(tmp_path, doors):
    doors[1].routes["/"] = reply("<p>Other words</p>")
    manifest = seen_by(tmp_path, doors)
    write_warc(manifest, Store(f"{tmp_path}/kept/objects"), tmp_path / "site.warc.gz")
    (tmp_path / "read").mkdir()

    archive = Archive(tmp_path / "site.warc.gz", folder=str(tmp_path / "read"), limits=loopback())

    assert walk_archive(archive, START, hrefs_in) == manifest
    assert all(each.sha256 in archive.store for each in of_doors(manifest).values())
    assert archive.held["http://akimat.kz/"].status == 200


@pytest.mark.parametrize(
    ("days", "failure", "tls"), [((-1, 9), "", ""), ((-9, -1), "tls", "expired")]
)
def test_certificate_is_looked_at_again(tmp_path, days, failure, tls):
    (tmp_path / "ca.pem").write_bytes(AUTHORITY[0].public_bytes(PEM))
    shown = certified("localhost", days=days, by=AUTHORITY)
    store = Store(f"{tmp_path}/objects")
    with Site(context_of(tmp_path, *shown)) as site, served(site):
        url = f"https://localhost:{site.server_address[1]}/#certificate"
        limits = loopback(ca_file=str(tmp_path / "ca.pem"), allow_private=True)
        seen = ask_again([Item(url=url, role="certificate")], limits=limits, store=store)

    assert [(each.failure, each.tls) for each in seen] == [(failure, tls)]
    assert bool(seen[0].sha256) is not bool(failure)
    assert site.asked == []


def test_certificate_nobody_has_time_for_is_left_out(tmp_path, doors):
    async def run():
        async with Client(loopback(per_host_per_second=1), clock=FakeClock()) as client:
            client.manners.until = -1.0
            client.manners.pause("localhost", 1)
            return await client.certificate("https://localhost")

    assert asyncio.run(run()).failure == "budget"


def test_door_without_a_turn_in_time_is_no_evidence():
    class Late:
        async def certificate(self, url):
            return Answer(url=url, failure="budget")

        async def ask(self, url):
            return Answer(url=url, failure="refused")

    async def run():
        home = Evidence(url=START, taken_at=FakeClock().now(), status=200)
        return [item.role async for item, _ in tried(Late(), {START: home}, START, bool)]

    assert asyncio.run(run()) == ["unsecured"]
