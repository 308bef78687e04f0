"""What a bad site may do to a crawl: it is named, bounded in time and memory, and the rest read."""

import gzip
import threading
from datetime import date

import msgspec
import pytest

from aiqyn.audit import audit_site
from aiqyn.chain import Outcome
from aiqyn.errors import EvidenceError
from aiqyn.fetch.crawl import sha256_of_manifest
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.sitemaps import addresses_in
from aiqyn.fetch.store import Store
from aiqyn.regulations import Requirement
from tests.aiqyn.fetch.servers import links, reply
from tests.aiqyn.fetch.visits import seen, visit
from tests.aiqyn.worked import PHRASE, edition_of

MAP = "<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>"


def test_server_that_stalls_in_the_middle_of_a_page_costs_that_page_only(site, tmp_path):
    release = threading.Event()

    def stall(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>half")
        release.wait(5)

    site.routes |= {"/": links("/half", "/whole"), "/half": stall, "/whole": reply("whole")}

    manifest = visit(site, tmp_path, read_timeout_s=0.1)
    release.set()

    assert seen(manifest, site, "failure", "size") == [
        ("/", "", 46),
        ("/half", "timeout", 0),
        ("/whole", "", 5),
    ]


def test_page_of_a_hundred_megabytes_is_cut_and_the_rest_read(site, tmp_path):
    piece = b"<p>" + b"x" * 65_536

    def huge(connection, request):
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(100_000_000 // len(piece)):
            connection.sendall(piece)

    site.routes |= {"/": links("/huge", "/b"), "/huge": huge, "/b": reply("b")}

    manifest = visit(site, tmp_path, max_bytes=200_000)

    assert seen(manifest, site, "failure", "size") == [
        ("/", "", 42),
        ("/b", "", 1),
        ("/huge", "too_large", 0),
    ]


def test_what_is_too_large_or_a_bomb_is_told_with_its_link_and_size(site, tmp_path):
    bomb = gzip.compress(bytes(30_000_000))
    size = {"Content_Length": "100000000"}
    site.routes |= {
        "/": links("/plan.pdf", "/bomb"),
        "/plan.pdf": reply("%PDF-", kind="application/pdf", **size),
        "/bomb": reply(bomb, Content_Encoding="gzip"),
    }
    manifest = visit(site, tmp_path, max_bytes=20_000_000)
    edition = edition_of(Requirement(clause=PHRASE, rule="S101"))

    store, day = Store(f"{tmp_path}/objects"), date(2026, 11, 23)
    (finding,) = audit_site(manifest, store, edition, as_of=day).findings

    assert finding.outcome is Outcome.FAILED
    assert [(each.note, each.saw, each.address) for each in finding.places] == [
        ("too_large", "100 MB", site.url("/plan.pdf")),
        ("bomb", "", site.url("/bomb")),
    ]


def test_sitemap_gives_as_many_addresses_as_are_wanted_however_long_it_is():
    """Five million of them are 175 MB, which nobody receives; half a million fit in our cap."""
    said = b"<urlset>" + b"<url><loc>http://a.kz/p</loc></url>" * 500_000

    is_index, found = addresses_in(said, "http://a.kz/sitemap.xml", at_most=1_000)

    assert len(said) < Limits().max_bytes
    assert (is_index, len(found)) == (False, 1_000)


def test_sitemap_larger_than_a_page_may_be_is_read(site, tmp_path):
    addresses = "".join(f"<url><loc>{site.url(f'/{n % 3}')}</loc></url>" for n in range(9_000))
    site.routes |= {"/": links(), "/sitemap.xml": reply(f"<urlset>{addresses}</urlset>")}

    manifest = visit(site, tmp_path, max_bytes=10_000)

    (file,) = (each for each in manifest.evidence if each.role == "sitemap")
    assert (file.failure, file.size) == ("", len(addresses) + 17)
    assert {site.url(f"/{n}") for n in range(3)} < {each.url for each in manifest.evidence}


def test_empty_first_page_is_named(site, tmp_path):
    site.routes |= {"/": reply("")}
    edition = edition_of(Requirement(clause=PHRASE, rule="S096"))

    manifest = visit(site, tmp_path)

    store, day = Store(f"{tmp_path}/objects"), date(2026, 11, 23)
    (finding,) = audit_site(manifest, store, edition, as_of=day).findings
    assert finding.outcome is Outcome.FAILED
    assert [(each.note, each.address) for each in finding.places] == [("empty", site.url("/"))]


def test_sitemaps_that_name_each_other_are_read_once_each(site, tmp_path):
    site.routes |= {
        "/": links(),
        "/sitemap.xml": reply(MAP.format(site.url("/b.xml"))),
        "/b.xml": reply(MAP.format(site.url("/sitemap.xml"))),
    }

    visit(site, tmp_path)

    assert sorted(line for line in site.asked if ".xml" in line) == [
        "GET /b.xml",
        "GET /sitemap.xml",
    ]


def test_robots_that_are_a_page_close_nothing(site, tmp_path):
    page = "<!doctype html><title>404</title><p>User-agent: *</p><p>Disallow: /</p>"
    site.routes |= {"/robots.txt": reply(page), "/": links("/a"), "/a": reply("a")}

    assert seen(visit(site, tmp_path), site, "failure") == [("/", ""), ("/a", "")]


def test_queries_in_another_order_are_not_asked_for_without_end(site, tmp_path):
    orders = [f"/list?{'&'.join(f'k{(n + m) % 40}=1' for m in range(40))}" for n in range(40)]
    site.routes["/"] = links(*orders)
    site.routes |= dict.fromkeys(orders, reply("the same list"))

    manifest = visit(site, tmp_path, max_queries_per_path=10)

    assert sum("/list?" in each.url for each in manifest.evidence) == 10
    assert [(cut.why, cut.count) for cut in manifest.cuts] == [("max_queries_per_path", 30)]


def test_cyrillic_address_is_one_page_however_it_is_written(site, tmp_path):
    written = "/қазақша", "/%D2%9B%D0%B0%D0%B7%D0%B0%D2%9B%D1%88%D0%B0", "/%d2%9bазақша"
    site.routes["/"] = links(*written)
    site.routes[written[1]] = reply("page")

    assert seen(visit(site, tmp_path), site, "status") == [
        ("/", 200),
        ("/%D2%9B%D0%B0%D0%B7%D0%B0%D2%9B%D1%88%D0%B0", 200),
    ]


def test_edited_manifest_has_another_digest_and_its_bytes_must_be_there(site, tmp_path):
    site.routes["/"] = reply("<p>page")
    manifest = visit(site, tmp_path)
    store = Store(str(tmp_path / "objects"))
    first, *others = manifest.evidence
    softened = msgspec.structs.replace(first, status=299)
    swapped = msgspec.structs.replace(first, sha256="0" * 64)

    edited = msgspec.structs.replace(manifest, evidence=(softened, *others))
    forged = msgspec.structs.replace(manifest, evidence=(swapped, *others))

    assert sha256_of_manifest(edited) != sha256_of_manifest(manifest)
    with pytest.raises(EvidenceError, match="0" * 64):
        audit_site(forged, store, edition_of(), as_of=first.taken_at.date())


@pytest.mark.parametrize("is_back_soon", [True, False])
def test_site_that_falls_silent_is_blamed_for_nothing_and_gone_on_with(
    site, tmp_path, clock, is_back_soon
):
    paths = [f"/{number}" for number in range(20)]
    down = threading.Event()

    def rest(connection, _):
        answers = sum(1 for each in site.asked if each == "GET /")
        if answers > 1 and is_back_soon:
            down.clear()
        elif len(site.asked) > 5:
            down.set()
        answer = reply(b"cut", Content_Encoding="gzip") if down.is_set() else links(*paths)
        answer(connection, _)

    site.routes |= dict.fromkeys(["/", *paths], rest)

    first = visit(site, tmp_path, clock=clock)
    whole = len(paths) + 1
    silent = [cut for cut in first.cuts if cut.why == "silence"]
    assert {each.failure for each in first.evidence} == {""}
    assert len(silent) == (0 if is_back_soon else 1)
    assert len(seen(first, site)) + sum(cut.count for cut in silent) == whole

    site.routes |= dict.fromkeys(["/", *paths], links(*paths))
    site.asked.clear()
    second = visit(site, tmp_path, clock=clock)

    assert second.cuts == ()
    assert [status for _, status in seen(second, site, "status")] == [200] * whole
    asked = [each for each in site.asked if each.removeprefix("GET ") in paths]
    assert len(asked) == sum(cut.count for cut in silent)  # nothing is asked for twice
