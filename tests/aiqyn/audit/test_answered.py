"""What was asked for beside the pages reaches the rules about the site, live and from evidence."""

from datetime import date

import msgspec

from aiqyn.audit import LiveReader, Reader, gather
from aiqyn.chain import Ask
from aiqyn.fetch.store import Store
from tests.aiqyn.worked import ORIGIN, crawl, edition_of, site_of

AS_OF = date(2026, 11, 20)
FOUND = {
    "/": "<title>Басты бет</title>",
    "/find?q=b": {
        "html": '<title>Іздеу</title><a href="/news/1">Бюджет</a><a href="/">Үй</a>',
        "role": "search",
    },
    "/find?q=a": {"html": "<title>Іздеу</title><p>Ештеңе табылмады</p>", "role": "search"},
    "/find?q=pdf": {"html": "%PDF", "role": "search", "media_type": "application/pdf"},
    "/find?q=dead": {"status": 500, "role": "search"},
    "/find?q=late": {"failure": "timeout", "role": "search"},
}


def test_answers_to_questions_are_read_as_pages_are():
    site = site_of(crawl(FOUND))

    answers = site.answered("search")
    assert [each.evidence.url for each in answers] == [f"{ORIGIN}/find?q=a", f"{ORIGIN}/find?q=b"]
    assert [each.page.text for each in answers] == ["Ештеңе табылмады", "Бюджет Үй"]
    assert [[site.urls[number] for number in each.facts.links] for each in answers] == [
        [],
        [f"{ORIGIN}/news/1", f"{ORIGIN}/"],
    ]
    assert site.answered("probe") == []


def test_answers_to_questions_are_no_pages_of_the_site():
    site = site_of(crawl(FOUND))

    assert [page.url for page in site.pages] == [f"{ORIGIN}/"]
    assert [each.url.removeprefix(ORIGIN) for each in site.of_role("search")] == [
        "/find?q=a",
        "/find?q=b",
        "/find?q=dead",
        "/find?q=late",
        "/find?q=pdf",
    ]


def test_page_that_was_also_asked_for_stays_a_page():
    kept = crawl({"/": "<title>Іздеу</title>"})
    page = kept.manifest.evidence[0]
    asked = msgspec.structs.replace(page, role="search")
    manifest = msgspec.structs.replace(kept.manifest, evidence=(page, asked))
    reader = Reader(edition_of(), as_of=AS_OF)
    reader.read(page, kept.store.get(page.sha256))

    site = gather(manifest, kept.store, reader)

    assert site.evidence == {page.url: page}
    assert (site.of_role("page"), site.of_role("search")) == ([page], [asked])


def test_reader_of_a_crawl_asks_what_the_site_has_to_be_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "aiqyn.audit.live.asks_of",
        lambda site: [Ask(url=page.url, role="search") for page in site.pages],
    )
    kept = crawl({"/": '<a href="/a">x</a>', "/a": "<p>x</p>"})
    store = Store(str(tmp_path / "objects"))
    for content in kept.store.values():
        store.put(content)
    live = LiveReader(str(tmp_path), "sites", AS_OF.isoformat())
    for evidence in kept.manifest.evidence:
        live.read(evidence, kept.store.get(evidence.sha256))

    assert live.asks(kept.manifest) == [
        Ask(url=f"{ORIGIN}/", role="search"),
        Ask(url=f"{ORIGIN}/a", role="search"),
    ]
