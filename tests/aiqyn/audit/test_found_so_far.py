"""While a site is being read, one sees how many rules it breaks already."""

from datetime import date

from aiqyn.audit import Reader, edition_on
from aiqyn.fetch.crawl import Asking, crawl
from tests.aiqyn.fetch.conftest import served
from tests.aiqyn.fetch.servers import Site, loopback, reply
from tests.aiqyn.worked import edition_of, evidence_of

AS_OF = date(2026, 11, 20)
GOOD = b"<!doctype html><html lang=kk><title>1</title><p>text</p>"
BAD = b"<p>text</p><img src=/a.jpg>"


def test_rules_broken_so_far_are_counted_once_each():
    reader = Reader(edition_on("sites", AS_OF), as_of=AS_OF)
    assert reader.found() == 0

    reader.read(evidence_of("http://a.kz/", BAD), BAD)
    first = reader.found()
    reader.read(evidence_of("http://a.kz/2", BAD), BAD)

    assert first == reader.found() > 1


def test_crawl_tells_what_its_reader_has_found(tmp_path):
    told = []
    with Site() as site, served(site):
        site.routes["/"] = reply("<p>x</p>")
        asking = Asking(lambda evidence, content: (), found=lambda: 5)
        crawl(
            site.url("/"),
            folder=str(tmp_path),
            limits=loopback(),
            read=asking,
            on_progress=told.append,
        )

    assert told[-1].findings == 5


def test_edition_that_asks_nothing_finds_nothing():
    reader = Reader(edition_of(), as_of=AS_OF)
    reader.read(evidence_of("http://a.kz/", GOOD), GOOD)

    assert reader.found() == 0
