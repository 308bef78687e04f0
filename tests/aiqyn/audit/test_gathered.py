"""A site that is gathered again after its search was asked keeps what its pages told."""

from datetime import date
from gc import collect
from weakref import ref

import msgspec
import pytest

from aiqyn.audit import Reader, gather, whole
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


def test_sitemaps_of_millions_of_addresses_are_not_held_all_at_once(monkeypatch):
    monkeypatch.setattr(whole, "MOST_TEXT", 100)
    html = f"<urlset><loc>{ORIGIN}/a</loc></urlset>"
    files = {f"/s{number}.xml": {"role": "sitemap", "html": html} for number in range(9)}
    kept = crawl({"/": "<p>Мәтін</p>"} | files)
    beyond = {f"{ORIGIN}{path}" for path in [*files][3:]}
    evidence = [
        msgspec.structs.replace(each, sha256="nobody reads it") if each.url in beyond else each
        for each in kept.manifest.evidence
    ]

    site = gather(_with(kept, evidence), kept.store, Reader(edition_of(), as_of=date(2026, 11, 20)))

    assert site.answers.sitemap == (3 * html)[:100]
