"""Sitemaps over the limits of sitemaps.org, too long to write down as worked cases."""

from msgspec.structs import replace

from aiqyn.chain import Place
from aiqyn.rules import Answer
from aiqyn.rules.site.files_for_search_engines_are_sound import MOST_BYTES, check
from tests.aiqyn.worked import ORIGIN, crawl, site_of


def with_sitemap(html):
    answer = Answer(html=html, media_type="application/xml", role="sitemap")
    return crawl({"/": "<p>Мәтін</p>", "/sitemap.xml": answer})


def test_sitemap_with_too_many_addresses_is_told():
    named = "".join(f"<url><loc>{ORIGIN}/{number}</loc></url>" for number in range(50_001))
    site = site_of(with_sitemap(f"<urlset>{named}</urlset>"))

    places = list(check(site))

    assert [(place.saw, place.note) for place in places] == [("50001 > 50000", "too_large")]


def test_sitemap_with_too_many_bytes_is_told():
    site = site_of(with_sitemap("<urlset></urlset>"))
    seen = site.of_role("sitemap")[0]
    heavy = replace(seen, size=MOST_BYTES + 1)
    site.of_role = lambda role: [heavy] if role == "sitemap" else []

    assert list(check(site)) == [
        Place(
            where="sitemap.xml",
            saw="52428801 > 52428800",
            address=seen.url,
            evidence=seen.sha256,
            note="too_large",
        )
    ]
