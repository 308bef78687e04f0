"""News is told in full, not cut to a headline and one sentence."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site

# Characters to a hundred of Kazakh that say the same: measured on what our rules say in some 670
# sentences of each of the three languages.
SHARES: Mapping[str, int] = MappingProxyType({"ru": 96, "en": 92})


def check(
    site: Site, *, min_characters: int = 300, shares: Mapping[str, int] = SHARES
) -> Iterator[Place | Count]:
    """`min_characters` are of Kazakh; `shares` are percents of it that do in other languages."""
    items = [
        page for page in site.news if page.text_size and not page.is_shell and not page.has_media
    ]
    if not items:
        raise Inapplicable
    least = {language: min_characters * share // 100 for language, share in shares.items()}
    short = [
        page
        for page in items
        if page.text_size - page.above < least.get(_spoken(page), min_characters)
    ]
    yield Count(good=len(items) - len(short), of=len(items))
    for page in sorted(short, key=lambda page: page.address):
        yield Place(
            where="main",
            saw=str(page.text_size - page.above),
            address=page.address,
            evidence=page.sha256,
            note="cut_short",
        )


def _spoken(page: PageFacts) -> str:
    return page.written or page.language
