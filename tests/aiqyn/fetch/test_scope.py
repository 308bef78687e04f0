"""A site that is only a part of its host: the platform that many bodies share."""

import pytest

from aiqyn.errors import InputError
from aiqyn.fetch.crawl import crawl
from aiqyn.fetch.frontier import UNREACHED, Frontier
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import from_lines, to_lines
from aiqyn.fetch.scope import Home, Scope, part_named, part_of, place_of, platforms
from aiqyn.fetch.store import Store
from aiqyn.fetch.warc_in import Archive, walk_archive
from aiqyn.fetch.warc_out import write_warc
from tests.aiqyn.fetch.servers import hrefs_in, links, loopback, reply
from tests.aiqyn.fetch.visits import seen

PLATFORM = "https://www.gov.kz"
ABAI = f"{PLATFORM}/memleket/entities/abai"


@pytest.mark.parametrize(
    ("url", "part"),
    [
        (ABAI, "/memleket/entities/abai"),
        (f"{ABAI}?lang=kk", "/memleket/entities/abai"),
        (
            "https://gov.kz/memleket/entities/abai/about/structure?lang=ru",
            "/memleket/entities/abai",
        ),
        (f"{PLATFORM}/", ""),
        (f"{PLATFORM}/memleket/entities", ""),
        (f"{PLATFORM}/memleket/entities/", ""),
        (f"{PLATFORM}/memleket/other/abai", ""),
        ("https://abai.gov.kz/memleket/entities/abai", ""),
        ("https://akimat.kz/kk/", ""),
    ],
)
def test_sites_of_a_known_platform_are_parts_of_it(url, part):
    assert part_of(url) == part


def test_every_platform_names_its_source():
    assert platforms()
    assert all(each.source and each.part.startswith("/") for each in platforms().values())


def test_two_bodies_of_a_platform_have_two_sites():
    same = {place_of(ABAI), place_of("http://gov.kz/memleket/entities/abai/press?lang=ru")}

    assert same == {"gov.kz/memleket/entities/abai"}
    assert place_of(f"{PLATFORM}/memleket/entities/abay") not in same
    assert place_of("http://www.akimat.kz/kk/") == "akimat.kz"


@pytest.mark.parametrize("path", ["", "/", "/page", "?lang=ru"])
def test_scope_holds_what_lies_under_its_part(path):
    assert Scope("gov.kz", "/memleket/entities/abai").holds(f"{ABAI}{path}")


@pytest.mark.parametrize("url", [f"{ABAI}y/about", f"{PLATFORM}/", "https://other.kz/memleket"])
def test_scope_holds_nothing_else(url):
    scope = Scope("gov.kz", "/memleket/entities/abai")

    assert not scope.holds(url)
    assert scope.is_beside(url) is url.startswith(PLATFORM)
    assert not Scope("gov.kz").is_beside(url)


def test_site_that_moves_to_another_host_takes_its_part_from_there():
    scope = Scope("akimat.kz", "/abai")

    assert scope.moved("https://www.akimat.kz/abai/kk") == scope
    assert scope.moved("https://abai.kz/") == Scope("abai.kz")
    assert scope.moved(ABAI) == Scope("gov.kz", "/memleket/entities/abai")


@pytest.mark.parametrize(
    ("path", "part"), [("/akimats/abai/", "/akimats/abai"), ("/", ""), ("/akimats", "/akimats")]
)
def test_part_is_named_by_a_person(path, part):
    assert part_named(path, "https://oblys.kz/akimats/abai/kk") == part


@pytest.mark.parametrize("path", ["akimats", "/akimats?x=1", "/\udcff", "/other", "/akimats/aba"])
def test_part_that_is_none_is_refused_with_its_value(path):
    with pytest.raises(InputError, match="--within") as refused:
        part_named(path, "https://oblys.kz/akimats/abai/kk")
    assert refused.value.place == path


@pytest.fixture
def shared(site):
    """Two akimats on one host, with a map of both and files beside them."""
    site.routes |= {
        "/robots.txt": reply(
            f"User-agent: *\nDisallow: /closed\nSitemap: {site.url('/all.xml')}", kind="text/plain"
        ),
        "/all.xml": reply(
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            f"<url><loc>{site.url('/abai/alone')}</loc></url>"
            f"<url><loc>{site.url('/zhambyl/alone')}</loc></url></urlset>",
            kind="application/xml",
        ),
        "/abai": links("/abai/news", "/zhambyl", "/closed/x", "/files/a.pdf", "/style.css", "/"),
        "/abai/news": links("/abai"),
        "/abai/alone": links(),
        "/zhambyl": links("/zhambyl/news"),
        "/zhambyl/news": links(),
        "/zhambyl/alone": links(),
        "/files/a.pdf": reply(b"%PDF", kind="application/pdf"),
        "/style.css": reply("a{}", kind="text/css"),
        "/": links("/zhambyl/news"),
    }
    return site


def walked(site, folder, **limits):
    return crawl(
        Home(site.url("/abai"), "/abai"),
        folder=str(folder),
        limits=loopback(**limits),
        read=hrefs_in,
    )


def test_only_the_part_is_read_and_links_of_others_are_checked(shared, tmp_path):
    manifest = walked(shared, tmp_path, max_external_links=10)

    read = [one for one in seen(manifest, shared, "role", "status") if one[1] != "probe"]
    assert [one for one in read if one[1] in {"page", "document"}] == [
        ("/abai", "page", 200),
        ("/abai/alone", "page", 200),
        ("/abai/news", "page", 200),
        ("/files/a.pdf", "document", 200),
    ]
    assert [one for one in read if one[1] == "link"] == [
        ("/", "link", 200),
        ("/style.css", "link", 200),
        ("/zhambyl", "link", 200),
    ]
    probe = next(one for one in manifest.evidence if one.role == "probe")
    assert probe.url.startswith(shared.url("/abai/aiqyn-"))
    assert manifest.part == "/abai"


def test_what_was_kept_tells_which_part_is_the_site(shared, tmp_path):
    manifest = walked(shared, tmp_path)

    assert from_lines(to_lines(manifest), "kept") == manifest
    assert manifest.scope == Scope(manifest.scope.site, "/abai")
    assert walked(shared, tmp_path) == manifest  # goes on where it was
    with pytest.raises(InputError, match="another crawl is kept here, with part /abai"):
        crawl(shared.url("/abai"), folder=str(tmp_path), limits=loopback(), read=hrefs_in)


def test_map_of_a_platform_takes_no_memory_for_the_sites_of_others():
    frontier = Frontier(Limits(), Scope("gov.kz", "/memleket/entities/abai"))

    frontier.take(f"{PLATFORM}/sitemap.xml", UNREACHED, f"{ABAI}/alone")
    for number in range(100):
        frontier.take(f"{PLATFORM}/sitemap.xml", UNREACHED, f"/memleket/entities/b{number}")

    assert [item.url for item in frontier.pages] == [f"{ABAI}/alone"]
    assert not frontier.links
    assert len(frontier._seen) == 1


def test_archive_of_a_part_is_read_as_that_part(shared, tmp_path):
    manifest = walked(shared, tmp_path / "own")
    written = tmp_path / "own.warc.gz"
    write_warc(manifest, Store(f"{tmp_path}/own/objects"), written)
    (tmp_path / "read").mkdir()

    archive = Archive(written, folder=str(tmp_path / "read"), limits=Limits())

    assert walk_archive(archive, manifest.start, hrefs_in) == manifest
