"""Sitemaps over the limits of sitemaps.org, too long to write down as worked cases."""

from msgspec.structs import replace

from aiqyn.chain import Place
from aiqyn.rules import Answer
from aiqyn.rules.site.files_for_search_engines_are_sound import MOST_BYTES, check
from tests.aiqyn.worked import ORIGIN, crawl, site_of


def sitemap(html):
    return Answer(html=html, media_type="application/xml", role="sitemap")


def naming(count):
    named = "".join(f"<url><loc>{ORIGIN}/{number}</loc></url>" for number in range(count))
    return sitemap(f"<urlset>{named}</urlset>")


def places(*files):
    named = {f"/{number}.xml": each for number, each in enumerate(files)}
    return list(check(site_of(crawl({"/": "<p>Мәтін</p>", **named}))))


def test_sitemap_with_too_many_addresses_is_told_among_others():
    found = places(naming(30_000), naming(50_001), naming(30_000))

    assert [(each.address, each.saw, each.note) for each in found] == [
        (f"{ORIGIN}/1.xml", "50001 > 50000", "too_large")
    ]


def test_sitemap_with_too_many_bytes_is_told():
    site = site_of(crawl({"/": "<p>Мәтін</p>", "/sitemap.xml": sitemap("<urlset></urlset>")}))
    seen = site.of_role("sitemap")[0]
    heavy = [replace(each, size=MOST_BYTES + 1) for each in site.answers.sitemaps]
    site.answers = replace(site.answers, sitemaps=heavy)

    assert list(check(site)) == [
        Place(
            where="sitemap.xml",
            saw="52428801 > 52428800",
            address=seen.url,
            evidence=seen.sha256,
            note="too_large",
        )
    ]


def test_addresses_of_another_site_are_counted_in_all_files_together():
    alien = sitemap(f"<urlset>{'<loc>https://old.example/{0}</loc>' * 9}</urlset>".format("a"))

    (place,) = places(naming(2), alien, alien)

    assert (place.address, place.note) == (f"{ORIGIN}/1.xml", "other_site")
    assert place.saw.startswith("× 18: /a, /a, /a …")
