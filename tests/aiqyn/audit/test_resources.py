"""Pictures, style sheets and scripts of a live site are asked for, and the dead ones told."""

from datetime import date
from unittest.mock import Mock

import pytest

from aiqyn.audit import LiveReader, audit_site, edition_on
from aiqyn.audit import resources as module
from aiqyn.audit.resources import resources_asked
from aiqyn.chain import Ask, Outcome
from aiqyn.fetch.crawl import Asking, Limits, crawl, load
from aiqyn.fetch.journal import Journal
from aiqyn.fetch.store import Store
from aiqyn.subjects.traits import resources as trait
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, reply
from tests.aiqyn.worked import ORIGIN, site_of
from tests.aiqyn.worked import crawl as kept_of

AS_OF = date(2026, 11, 20)
HOME = """<!doctype html><title>1</title><link rel="stylesheet" HREF="/s.css"><script src=a.js>
</script><link rel=icon href=/i.png><p>Мәтін</p><img src=data:image/png;base64,xx><img src="">
<img src="/gone.jpg"><img src="https://[bad"><a href="/kk/2">2</a><a href="/linked.png">3</a>
<img src=/linked.png>"""
SECOND = '<title>2</title><base href="/x/"><img src="y.jpg"><img src="/s.css"><img src="/z.jpg">'


def asked(pages):
    return [
        (each.url.removeprefix(ORIGIN), each.parent.removeprefix(ORIGIN))
        for each in resources_asked(site_of(kept_of(pages)))
    ]


def test_each_resource_is_asked_for_once_with_the_page_that_needs_it():
    found = asked({"/": HOME, "/kk/2": SECOND})

    assert found == [("/s.css", "/"), ("/a.js", "/"), ("/gone.jpg", "/"), ("/z.jpg", "/kk/2")]


def test_so_many_of_a_site_and_no_more(monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)

    assert asked({"/": HOME, "/kk/2": SECOND}) == [("/s.css", "/"), ("/a.js", "/")]


def test_addresses_met_again_and_again_are_kept_once_and_in_bounds(monkeypatch):
    monkeypatch.setattr(trait, "MOST_SHARED", 1)
    monkeypatch.setattr(trait, "_SHARED", {})

    assert len(asked({"/": HOME})) == 3
    assert len(trait._SHARED) == 1


@pytest.fixture
def site():
    with Site() as server, served(server):
        yield server


def audited(site, folder, *, rule="S097", **limits):
    """A live audit of `site`: the finding of a rule, and what its evidence holds of them."""
    reader = LiveReader(str(folder), "sites", "2026-11-20")
    manifest = crawl(
        site.url("/"),
        folder=str(folder),
        limits=Limits(allow_private=True, per_host_per_second=0, **limits),
        read=Asking(reader.read, reader.asks),
    )
    store, edition = Store(str(folder / "objects")), edition_on("sites", AS_OF)
    report = audit_site(manifest, store, edition, as_of=AS_OF, reader=reader)
    assert report == audit_site(manifest, store, edition, as_of=AS_OF)
    seen = [each for each in manifest.evidence if each.role == "resource"]
    return next(each for each in report.findings if each.rule == rule), seen


def test_dead_picture_of_a_live_site_is_told_with_its_page(site, tmp_path):
    site.routes["/"] = reply('<p>Мәтін</p><img src="/a.jpg"><img src="/gone.jpg">')
    site.routes["/a.jpg"] = reply(b"\xff\xd8", kind="image/jpeg")

    finding, seen = audited(site, tmp_path)

    assert finding.outcome is Outcome.FAILED
    assert [(place.saw, place.address) for place in finding.places] == [
        (f"{site.url('/gone.jpg')} (404)", site.url("/"))
    ]
    assert [(each.status, each.sha256, each.headers) for each in seen] == [
        (200, "", "Content-Length: 2"),
        (404, "", ""),
    ]
    asked = [line.split()[:2] for line in site.asked if ".jpg" in line]
    assert sorted(asked) == [["GET", "/gone.jpg"], ["HEAD", "/a.jpg"], ["HEAD", "/gone.jpg"]]


def test_heavy_picture_of_a_live_site_is_told_by_the_size_its_server_gives(site, tmp_path):
    site.routes["/"] = reply('<p>Мәтін</p><img src="/a.jpg"><img src="/b.jpg">')
    site.routes["/a.jpg"] = reply(b"\xff" * 2_100_000, kind="image/jpeg")
    site.routes["/b.jpg"] = reply(b"\xff\xd8", kind="image/jpeg")

    finding, _ = audited(site, tmp_path, rule="S099")

    assert finding.outcome is Outcome.FAILED
    assert [(place.saw, place.address, place.note) for place in finding.places] == [
        (f"{site.url('/a.jpg')} (2.1 MB)", site.url("/"), "too_large")
    ]


def test_resources_closed_to_robots_or_elsewhere_are_left_alone(site, tmp_path):
    site.routes["/robots.txt"] = reply("User-agent: *\nDisallow: /img", kind="text/plain")
    site.routes["/"] = reply('<p>Мәтін</p><img src="/img/a.jpg"><img src="http://a.invalid/b.jpg">')

    finding, seen = audited(site, tmp_path, max_external_links=0)

    assert finding.outcome is Outcome.INAPPLICABLE
    assert [(each.url, each.failure) for each in seen] == [(site.url("/img/a.jpg"), "robots")]
    assert not any("img" in line for line in site.asked)


def test_question_is_named_in_full():
    asked = resources_asked(site_of(kept_of({"/": '<img src="/a.jpg">'})))

    assert asked == [Ask(url=f"{ORIGIN}/a.jpg", role="resource", parent=f"{ORIGIN}/")]


SHEET = """@charset "utf-8"; @import "more.css"; @import url('/print.css') print;
body { background: url(img/sky.png) } /* url(old.png) */ .a { fill: url(#x) }
@font-face { font-family: A; src: url(a.eot); src: url(a.woff2) } .b { cursor: URL("b.cur") }
.c { background: url(data:image/png;base64,xx) } .d { background: url() } .e { a: url( ( ) }"""


def test_what_style_sheets_of_the_site_name_is_asked_for_too(site, tmp_path):
    site.routes["/"] = reply('<p>Мәтін</p><link rel=stylesheet href="/css/s.css">')
    for each in ("/css/s.css", "/css/more.css"):
        site.routes[each] = reply(SHEET, kind="text/css")
    for each in ("/css/img/sky.png", "/css/b.cur"):
        site.routes[each] = reply(b"x", kind="image/png")

    finding, seen = audited(site, tmp_path)

    assert [each.url.removeprefix(site.url("/")) for each in seen] == [
        "css/b.cur", "css/img/sky.png", "css/more.css", "css/s.css", "print.css",
    ]  # fmt: skip
    assert [(place.saw, place.address) for place in finding.places] == [
        (f"{site.url('/print.css')} (404)", site.url("/css/s.css"))
    ]
    assert finding.count.of == 5
    assert sum(line.startswith("GET /css/s.css") for line in site.asked) == 1


def test_style_sheet_that_is_gone_when_it_is_read_names_nothing(site, tmp_path):
    def once(connection, request):
        is_there = (
            reply("", kind="text/css") if request["method"] == "HEAD" else reply("a{}", status=404)
        )
        is_there(connection, request)

    site.routes["/"] = reply('<link rel=stylesheet href="/s.css"><p>Мәтін</p>')
    site.routes["/s.css"] = once

    finding, seen = audited(site, tmp_path)

    assert [each.status for each in seen] == [200]
    assert finding.outcome is Outcome.PASSED


def test_pictures_of_other_sizes_and_styles_of_a_page_are_resources():
    html = """<p>Мәтін</p><style>.a{background:url(/s.png)}</style><div style="color:red"></div>
    <div style="background:url('/d.png')"></div><img src=/a.jpg srcset="/a.jpg 1x, /b,2.jpg 2x">
    <picture><source srcset="/c.webp, /d.webp 100w (x, y), /e.webp"><source></picture>"""

    found = asked({"/": html})

    assert [url for url, _ in found] == [
        "/a.jpg", "/b,2.jpg", "/c.webp", "/d.webp", "/e.webp", "/s.png", "/d.png",
    ]  # fmt: skip


def import_of(*names):
    return reply("".join(f'@import "{name}";' for name in names), kind="text/css")


@pytest.fixture
def importing(site):
    """A site whose sheet imports one that imports another."""
    site.routes["/"] = reply("<p>Мәтін</p><link rel=stylesheet href=/a.css><a href=/2>2</a>")
    site.routes["/2"] = reply("<p>Мәтін</p><link rel=stylesheet href=/a.css>")
    site.routes["/a.css"] = import_of("b.css")
    site.routes["/b.css"] = import_of("c.css", "gone.css")
    site.routes["/c.css"] = import_of("too-far.css")
    return site


def test_sheet_that_a_sheet_of_a_page_imports_is_read_and_none_further(importing, tmp_path):
    finding, seen = audited(importing, tmp_path)

    found = [each.url.removeprefix(importing.url("/")) for each in seen]
    assert found == ["a.css", "b.css", "c.css", "gone.css"]
    assert [(place.saw, place.address) for place in finding.places] == [
        (f"{importing.url('/gone.css')} (404)", importing.url("/b.css"))
    ]


def test_crawl_killed_anywhere_asks_what_it_would_have_asked(importing, tmp_path, monkeypatch):
    class Killed(Exception):
        pass

    def whole(folder):
        finding, _ = audited(importing, folder)
        seen = load(str(folder)).evidence
        return finding.places, [(each.url, each.role, each.status, each.parent) for each in seen]

    def dying(journal, evidence):
        if len(journal.known) == moment:
            raise Killed
        add(journal, evidence)

    expected = whole(tmp_path / "whole")
    add = Journal.add
    moments = range(len(expected[1]))
    for moment in moments:
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "add", dying)
            with pytest.raises(Killed):
                whole(tmp_path / str(moment))

    assert [whole(tmp_path / str(moment)) for moment in moments] == [expected] * len(moments)


CSS = {"role": "resource", "media_type": "text/css"}


def asked_of(pages):
    kept = kept_of(pages)
    return [
        (each.role, each.url.removeprefix(ORIGIN))
        for each in module.all_asked(site_of(kept), kept.store)
    ]


def test_sheets_are_chosen_when_all_resources_are_answered(monkeypatch):
    monkeypatch.setattr(module, "MOST_SHEETS", 1)
    home = "<p>x</p><link rel=stylesheet href=/z.css><link rel=stylesheet href=/a.css>"
    resources = [("resource", "/z.css"), ("resource", "/a.css")]

    assert asked_of({"/": home, "/a.css": CSS}) == resources
    assert asked_of({"/": home, "/a.css": CSS, "/z.css": CSS}) == [*resources, ("sheet", "/z.css")]


def test_what_was_read_as_a_sheet_stays_among_the_resources():
    home = "<p>x</p><link rel=stylesheet href=/a.css><img src=http://elsewhere.example/b.png>"
    sheet = {"role": "sheet", "media_type": "text/css"}

    assert asked_of({"/": home, "/a.css": sheet})[0] == ("resource", "/a.css")


def test_sheets_name_so_many_and_no_more(site, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_NAMED", 2)
    site.routes["/"] = reply("<p>Мәтін</p><link rel=stylesheet href=/a.css>")
    site.routes["/a.css"] = import_of("d.css", "c.css", "b.css")
    site.routes["/d.css"] = import_of("e.css")

    _, seen = audited(site, tmp_path)

    found = [each.url.removeprefix(site.url("/")) for each in seen]
    assert found == ["a.css", "c.css", "d.css"]


def test_sheet_whose_bytes_were_lost_is_read_anew(importing, tmp_path, monkeypatch):
    first = audited(importing, tmp_path / "whole")
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "close", Mock(side_effect=OSError("full")))
        with pytest.raises(OSError, match="full"):
            audited(importing, tmp_path / "cut")
    (tmp_path / "cut" / "objects" / "pack").unlink()

    again = audited(importing, tmp_path / "cut")

    assert again[0].places == first[0].places
    assert sum(line == "GET /b.css" for line in importing.asked) == 3
