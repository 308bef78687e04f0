"""A site that is gathered again after its search was asked keeps what its pages told."""

from datetime import date
from gc import collect
from weakref import ref

import msgspec
import pytest

from aiqyn.audit import Reader, gather, whole
from aiqyn.chain import Sitemap
from aiqyn.fetch.keeping import is_readable
from aiqyn.subjects.asks import questions_of, replies_of
from aiqyn.subjects.completeness import states_of
from aiqyn.subjects.twins import twins_of
from tests.aiqyn.worked import ORIGIN, crawl, edition_of

FOUND = {
    "/": '<title>Басты бет</title><a href="/a">a</a>',
    "/a": "<title>А</title><p>x</p>",
    "/find?q=a": {"html": "<title>Іздеу</title>", "role": "search"},
}


def test_same_pages_with_new_answers_are_not_worked_out_again():
    kept = crawl(FOUND)
    reader = Reader(edition_of(), as_of=date(2026, 11, 20))
    pages = [each for each in kept.manifest.evidence if each.role == "page"]
    first = gather(_with(kept, pages), kept.store, reader)
    clicks = first.clicks
    lost = msgspec.structs.replace(pages[0], url=f"{ORIGIN}/b", sha256="", failure="network")
    assert not first.was_cut

    cut = gather(_with(kept, [*kept.manifest.evidence, lost]), kept.store, reader)

    assert cut.clicks is clicks
    assert cut.was_cut
    assert (first.of_role("search"), len(cut.of_role("search"))) == ([], 1)
    assert [each.evidence.url for each in cut.answered("search")] == [f"{ORIGIN}/find?q=a"]
    assert first.evidence.keys() < cut.evidence.keys()


def test_page_read_since_is_one_of_the_site():
    kept = crawl(FOUND)
    reader = Reader(edition_of(), as_of=date(2026, 11, 20))
    home, other = (each for each in kept.manifest.evidence if is_readable(each))
    first = gather(_with(kept, [home]), kept.store, reader)
    assert list(first.clicks) == [f"{ORIGIN}/"]

    grown = gather(_with(kept, [home, other]), kept.store, reader)

    assert list(grown.clicks) == [f"{ORIGIN}/", f"{ORIGIN}/a"]
    assert list(first.clicks) == [f"{ORIGIN}/"]


def _with(kept, evidence):
    return msgspec.structs.replace(kept.manifest, evidence=tuple(evidence))


@pytest.mark.parametrize("ask", [twins_of, states_of, replies_of, questions_of])
def test_what_was_worked_out_of_a_site_goes_with_it(ask):
    kept = crawl(FOUND)
    site = gather(kept.manifest, kept.store, Reader(edition_of(), as_of=date(2026, 11, 20)))
    told = ask(site)
    seen = ref(site)

    del site, told
    collect()

    assert seen() is None


def test_of_sitemaps_what_they_name_is_kept_and_not_their_text():
    html = f"<urlset>{f'<loc>{ORIGIN}/a</loc>' * 9}<loc>//cdn.example/b</loc></urlset>"
    kept = crawl(
        {
            "/": "<p>Мәтін</p>",
            "/1.xml": {"role": "sitemap", "html": html},
            "/2.xml": {"role": "sitemap", "status": 404, "html": html},
        }
    )

    site = gather(kept.manifest, kept.store, Reader(edition_of(), as_of=date(2026, 11, 20)))

    assert site.answers.sitemaps == [
        Sitemap(
            url=f"{ORIGIN}/1.xml",
            kind="urlset",
            size=len(html),
            addresses=10,
            origins=((ORIGIN, 9, (f"{ORIGIN}/a",) * 4), ("//cdn.example", 1, ("//cdn.example/b",))),
        )
    ]


def test_of_sitemaps_of_millions_of_addresses_the_first_are_read(monkeypatch):
    monkeypatch.setattr(whole, "MOST_SITEMAPS", 100)
    html = f"<urlset><loc>{ORIGIN}/a</loc></urlset>"
    files = {f"/s{number}.xml": {"role": "sitemap", "html": html} for number in range(9)}
    kept = crawl({"/": "<p>Мәтін</p>"} | files)

    site = gather(kept.manifest, kept.store, Reader(edition_of(), as_of=date(2026, 11, 20)))

    assert [each.url for each in site.answers.sitemaps] == [f"{ORIGIN}/s{n}.xml" for n in range(3)]
