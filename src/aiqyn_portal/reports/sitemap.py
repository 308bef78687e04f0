"""The public pages as a sitemap, each with its addresses in the other languages."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from aiqyn.scoring.indices import index_ids
from aiqyn.scoring.methodology import methodology_ids

FIXED = ("home", "ratings", "bodies", "methodologies", "indices", "compare", "api_guide")
OPENING = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def as_xml(
    rounds: Iterable[str], rated: Iterable[tuple[str, str]], bodies: Iterable[str], root: str
) -> str:
    """The sitemap; `root` is the absolute address of "/"."""
    pages = [_in_every_language(*page) for page in _pages(rounds, rated, bodies)]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', OPENING]
    for page in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(root + address)}/>'
            for code, address in zip(LANGUAGES, page, strict=True)
        )
        lines += [f"<url><loc>{escape(root + address)}</loc>{links}</url>" for address in page]
    return "\n".join([*lines, "</urlset>", ""])


def _pages(
    rounds: Iterable[str], rated: Iterable[tuple[str, str]], bodies: Iterable[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((name, ()) for name in FIXED)
    yield from (("league", (code,)) for code in rounds)
    yield from (("why", pair) for pair in rated)
    yield from (("body", (code,)) for code in bodies)
    yield from (("methodology", (code,)) for code in methodology_ids())
    yield from (("index", (code,)) for code in index_ids())


def _in_every_language(name: str, arguments: Sequence[str]) -> list[str]:
    addresses = []
    for code in LANGUAGES:
        with override(code):
            addresses.append(reverse(f"reports:{name}", args=arguments).lstrip("/"))
    return addresses
