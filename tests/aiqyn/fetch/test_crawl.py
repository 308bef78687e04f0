import gzip
import threading
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from aiqyn.errors import FetchError
from aiqyn.fetch import walk
from aiqyn.fetch.crawl import crawl, load
from aiqyn.fetch.frontier import UNREACHED
from aiqyn.fetch.journal import Journal, Opening
from aiqyn.fetch.store import Store
from tests.aiqyn.fetch.servers import hrefs_in, links, loopback, redirect, reply
from tests.aiqyn.fetch.visits import seen, visit


def test_crawl_follows_links_breadth_first(site, tmp_path):
    site.routes |= {
        "/": links("/b", "/a", "/doc.pdf"),
        "/a": links("/", "c"),
        "/b": links("/a", "/c", "/gone"),
        "/c": links(),
        "/doc.pdf": reply(b"%PDF", kind="application/pdf"),
    }

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "role", "depth", "parent", "status") == [
        ("/", "page", 0, "", 200),
        ("/a", "page", 1, site.url("/"), 200),
        ("/b", "page", 1, site.url("/"), 200),
        ("/c", "page", 2, site.url("/b"), 200),
        ("/doc.pdf", "document", 1, site.url("/"), 200),
        ("/gone", "page", 2, site.url("/b"), 404),
    ]
    assert len(site.asked) == len(set(site.asked))
    assert load(str(tmp_path)) == manifest
    store = Store(str(tmp_path / "objects"))
    assert store.get(manifest.evidence[-1].sha256) == b"not here"


def test_crawl_reads_every_page_and_document_that_was_there_once(site, tmp_path):
    site.routes |= {
        "/": links("/a", "/gone", "/x.csv", "/kept-out"),
        "/a": reply("text"),
        "/x.csv": reply("a,b", kind="text/csv"),
        "/kept-out": reply("no", status=403),
    }
    read = []

    visit(site, tmp_path, read=lambda evidence, content: read.append(evidence.url) or
          hrefs_in(evidence, content))  # fmt: skip

    assert sorted(read) == [site.url(path) for path in ("/", "/a", "/x.csv")]


def test_crawl_asks_for_robots_a_sitemap_and_an_address_nobody_has(site, tmp_path):
    manifest = visit(site, tmp_path)

    own = [one for one in manifest.evidence if one.role in {"robots", "sitemap", "probe"}]
    assert [(one.role, one.status) for one in own] == [
        ("probe", 404),
        ("robots", 404),
        ("sitemap", 404),
    ]
    assert own[0].url.startswith(site.url("/aiqyn-"))


def test_same_site_gives_the_same_manifest_but_for_times(site, tmp_path):
    delays = iter([0.05, 0, 0.03, 0.01] * 20)

    def slowly(route):
        def answer(connection, request):
            threading.Event().wait(next(delays))
            route(connection, request)

        return answer

    for number in range(20):
        hrefs = [f"/{(number * 7 + step) % 20}" for step in range(1, 4)]
        site.routes[f"/{number}"] = slowly(links(*hrefs))

    def timeless(folder):
        return [
            replace(one, taken_at=None, seconds=0.0)
            for one in visit(site, tmp_path / folder, path="/0").evidence
        ]

    assert timeless("first") == timeless("second")


def test_redirect_on_the_site_is_a_link_and_its_end_a_page(site, tmp_path):
    site.routes |= {"/": redirect("/kk/"), "/kk/": links("/", "/old"), "/old": redirect("/kk/")}

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "role", "depth", "final_url", "sha256") == [
        ("/", "link", 0, site.url("/kk/"), ""),
        ("/kk/", "page", 0, "", manifest.evidence[2].sha256),
        ("/old", "link", 1, site.url("/kk/"), ""),
    ]


def test_redirect_that_comes_back_is_no_redirect(site, tmp_path):
    def front(connection, request):
        route = links() if "cookie" in request else redirect("/", Set_Cookie="ok=1")
        route(connection, request)

    site.routes["/"] = front

    assert seen(visit(site, tmp_path), site, "role", "final_url") == [("/", "page", "")]


def test_start_that_moves_to_another_host_is_crawled_there(site, tmp_path):
    port = site.server_address[1]

    def front(connection, request):
        here = request["host"].startswith("localhost")
        route = links("/a") if here else redirect(f"http://localhost:{port}/")
        route(connection, request)

    site.routes |= {"/": front, "/a": links()}
    networks = ("127.0.0.1/32", "::1/128")

    manifest = visit(site, tmp_path, allowed_networks=networks)

    assert [
        (one.url, one.role) for one in manifest.evidence if one.depth or one.role == "page"
    ] == [
        (f"http://localhost:{port}/", "page"),
        (f"http://localhost:{port}/a", "page"),
    ]


def test_page_that_leads_to_another_host_is_a_link(site, tmp_path):
    away = f"http://localhost:{site.server_address[1]}/away"
    site.routes |= {"/": links("/out"), "/out": redirect(away), "/away": links("/never")}

    manifest = visit(site, tmp_path, allowed_networks=("127.0.0.1/32", "::1/128"))

    assert seen(manifest, site, "role", "final_url") == [("/", "page", ""), ("/out", "link", away)]


def test_start_that_moves_for_ever_ends(site, tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "MAX_MOVES", 0)
    site.routes["/"] = redirect(f"http://localhost:{site.server_address[1]}/")

    manifest = visit(site, tmp_path, allowed_networks=("127.0.0.1/32", "::1/128"))

    assert seen(manifest, site, "role", "status") == [("/", "link", 302)]


def test_robots_keep_us_out_and_slow_us_down(site, tmp_path, clock):
    site.routes |= {
        "/robots.txt": reply(
            "User-agent: *\nDisallow: /private\nCrawl-delay: 3", kind="text/plain"
        ),
        "/": links("/private/a", "/open"),
        "/open": links(),
    }

    manifest = visit(site, tmp_path, clock=clock, per_host_per_second=2)

    assert seen(manifest, site, "failure", "status") == [
        ("/", "", 200),
        ("/open", "", 200),
        ("/private/a", "robots", 0),
    ]
    assert "GET /private/a" not in site.asked
    assert clock.slept == [0.5, 3, 3, 3]


def test_robots_may_be_ignored_by_the_owner(site, tmp_path):
    site.routes |= {
        "/robots.txt": reply("User-agent: *\nDisallow: /", kind="text/plain"),
        "/": links(),
    }

    assert seen(visit(site, tmp_path, obey_robots=False), site, "status") == [("/", 200)]


def test_robots_that_break_close_the_site(site, tmp_path, clock):
    site.routes["/robots.txt"] = reply("down", status=500)

    manifest = visit(site, tmp_path, clock=clock)

    assert [(one.url, one.role, one.failure) for one in manifest.evidence] == [
        (site.url("/"), "page", "robots"),
        (site.url("/robots.txt"), "robots", ""),
    ]


def test_site_that_is_down_is_told_with_its_cause(site, tmp_path):
    site.server_close()

    manifest = visit(site, tmp_path)

    assert [(one.role, one.failure) for one in manifest.evidence] == [
        ("page", "refused"),
        ("robots", "refused"),
    ]


def test_sitemaps_are_read_for_what_no_link_leads_to(site, tmp_path):
    def loc(*paths):
        return "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths)

    site.routes |= {
        "/robots.txt": reply(f"Sitemap: {site.url('/index.xml')}\nSitemap: http://[\n"
                             "Sitemap: http://elsewhere.kz/map.xml"),
        "/index.xml": reply(f"<sitemapindex>{loc('/one.xml.gz', '/index.xml')}</sitemapindex>"),
        "/one.xml.gz": reply(gzip.compress(f"<urlset>{loc('/', '/hidden')}</urlset>".encode())),
        "/sitemap.xml": reply(b"\x1f\x8bnot gzip at all"),
        "/": links("/a"),
        "/a": links(),
        "/hidden": links("/deeper"),
        "/deeper": links(),
    }  # fmt: skip

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "depth", "parent") == [
        ("/", 0, ""),
        ("/a", 1, site.url("/")),
        ("/deeper", UNREACHED + 1, site.url("/hidden")),
        ("/hidden", UNREACHED, site.url("/one.xml.gz")),
    ]
    assert [one.url for one in manifest.evidence if one.role == "sitemap"] == [
        site.url(path) for path in ("/index.xml", "/one.xml.gz", "/sitemap.xml")
    ]


def test_links_to_other_hosts_are_checked_by_head_then_get(site, tmp_path):
    other = f"http://localhost:{site.server_address[1]}"
    refuse_head = reply("no", status=405)

    def picky(connection, request):
        (refuse_head if request["method"] == "HEAD" else reply("page"))(connection, request)

    site.routes |= {
        "/": links(f"{other}/fine", f"{other}/picky", f"{other}/dead", "/x.jpg", "http://["),
        "/fine": links("/never-read"),
        "/picky": picky,
        "/x.jpg": reply(b"jpg", kind="image/jpeg"),
    }

    manifest = visit(site, tmp_path, allowed_networks=("127.0.0.1/32", "::1/128"))

    found = [one for one in manifest.evidence if one.role == "link"]
    assert [(one.url, one.status, one.failure, one.size) for one in found] == [
        (site.url("/x.jpg"), 200, "", 0),
        ("http://[", 0, "bad_address", 0),
        (f"{other}/dead", 404, "", 0),
        (f"{other}/fine", 200, "", 0),
        (f"{other}/picky", 200, "", 0),
    ]
    assert "GET /fine" not in site.asked
    assert "GET /picky" in site.asked


def test_address_that_timed_out_gets_a_second_slow_pass(site, tmp_path):
    release = threading.Event()

    def late(connection, request):
        if len([one for one in site.asked if one == "GET /late"]) == 1:
            release.wait(2)
        else:
            links("/from-late")(connection, request)

    site.routes |= {"/": links("/late", "/a"), "/a": links(), "/late": late,
                    "/from-late": links()}  # fmt: skip

    manifest = visit(site, tmp_path, read_timeout_s=0.5)
    release.set()

    assert seen(manifest, site, "status", "failure", "depth") == [
        ("/", 200, "", 0),
        ("/a", 200, "", 1),
        ("/from-late", 200, "", 2),
        ("/late", 200, "", 1),
    ]


def test_second_pass_gives_up_when_it_is_hopeless(site, tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "HOPELESS", 1)

    cut = reply(b"not what it says", Content_Encoding="gzip")
    site.routes |= {"/": links("/a", "/b"), "/a": cut, "/b": cut}

    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "failure") == [("/", ""), ("/a", "broken"), ("/b", "broken")]
    assert sorted(site.asked).count("GET /a") + sorted(site.asked).count("GET /b") == 3


def test_robots_that_break_off_are_asked_once_more(site, tmp_path):
    def front(connection, request):
        first = len(site.asked) == 1
        route = reply(b"cut", Content_Encoding="gzip") if first else reply(status=404)
        route(connection, request)

    site.routes |= {"/robots.txt": front, "/": links()}

    assert seen(visit(site, tmp_path), site, "status") == [("/", 200)]


def test_type_decides_what_an_address_without_extension_is(site, tmp_path):
    site.routes |= {
        "/": links("/download?id=1", "/picture"),
        "/download?id=1": reply(b"%PDF", kind="application/pdf"),
        "/picture": reply(b"png", kind="image/png"),
    }

    assert seen(visit(site, tmp_path), site, "role", "size") == [
        ("/", "page", 57),
        ("/download?id=1", "document", 4),
        ("/picture", "link", 0),
    ]


def test_reader_out_of_depth_on_one_page_loses_only_that_page(site, tmp_path):
    site.routes |= {"/": links("/deep", "/a"), "/deep": links("/b"), "/a": links()}

    def read(evidence, content):
        if evidence.url.endswith("/deep"):
            raise RecursionError
        return hrefs_in(evidence, content)

    assert seen(visit(site, tmp_path, read=read), site, "failure", "status") == [
        ("/", "", 200),
        ("/a", "", 200),
        ("/deep", "crash", 200),
    ]


def test_page_that_killed_the_reader_twice_is_not_read_again(site, tmp_path):
    site.routes |= {"/": links("/deadly"), "/deadly": links()}
    opening = Opening(start=site.url(), limits=loopback(), started_at=datetime.now(UTC))
    for _ in range(2):
        with Journal(tmp_path, opening) as journal:
            journal.begin_reading(site.url("/deadly"))

    assert seen(visit(site, tmp_path), site, "failure") == [("/", ""), ("/deadly", "crash")]


def test_error_of_the_reader_is_raised_as_it_is_and_nothing_fetched_is_lost(site, tmp_path):
    site.routes |= {"/": links("/a"), "/a": links()}

    def broken(evidence, content):
        raise KeyError("a mistake of ours")

    with pytest.raises(KeyError, match="a mistake of ours"):
        visit(site, tmp_path, read=broken)
    manifest = visit(site, tmp_path)

    assert seen(manifest, site, "status", "failure") == [("/", 200, ""), ("/a", 200, "")]
    assert site.asked.count("GET /") == 1


def test_start_that_is_no_address_is_refused(tmp_path):
    with pytest.raises(FetchError) as caught:
        crawl("akimat", folder=str(tmp_path), limits=loopback(), read=hrefs_in)

    assert caught.value.cause == "bad_address"


def test_final_address_that_is_none_is_kept_as_it_came(site, tmp_path):
    site.routes |= {"/": links("/odd"), "/odd": redirect("ftp://a.kz/")}

    assert seen(visit(site, tmp_path), site, "failure", "final_url") == [
        ("/", "", ""),
        ("/odd", "bad_address", "ftp://a.kz/"),
    ]


def test_progress_is_reported_to_the_end(site, tmp_path):
    site.routes |= {"/": links("/a.pdf", "/x.jpg", "/gone"), "/a.pdf": reply(b"%PDF")}
    heard = []

    crawl(site.url(), folder=str(tmp_path), limits=loopback(), read=hrefs_in,
          on_progress=heard.append)  # fmt: skip

    last = heard[-1]
    assert (last.pages, last.documents, last.links, last.waiting) == (2, 1, 1, 0)
    assert heard[0].pages == 0


def test_redirects_without_end_are_one_dead_link(site, tmp_path):
    site.routes["/"] = links("/1")
    for number in range(1, 40):
        site.routes[f"/{number}"] = redirect(f"/{number + 1}")

    manifest = visit(site, tmp_path)

    assert [one.url for one in manifest.evidence if one.failure] == [site.url("/1")]
    assert [one.url for one in manifest.evidence if one.depth > 0] == [site.url("/1")]
