"""News is told in full, not cut to a headline and one sentence."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site


def check(site: Site, *, min_characters: int = 300) -> Iterator[Place | Count]:
    items = [
        page for page in site.news if page.text_size and not page.is_shell and not page.has_media
    ]
    if not items:
        raise Inapplicable
    short = [page for page in items if page.text_size - page.above < min_characters]
    yield Count(good=len(items) - len(short), of=len(items))
    for page in sorted(short, key=lambda page: page.address):
        yield Place(
            where="main",
            saw=str(page.text_size - page.above),
            address=page.address,
            evidence=page.sha256,
            note="cut_short",
        )
