"""A page under /kk/ is written in Kazakh: what the address promises, the text keeps.

Where the addresses of other versions name their language, an unmarked one promises the
language nearly all of its like are written in.
"""

from collections.abc import Iterator, Mapping, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import twins_of

MOST_SHOWN = 20  # short pages that a person is shown


def check(site: Site) -> Iterator[Place | Count]:
    """Where of one version most pages are too short to tell, that it is in its language is open."""
    promise = twins_of(site).promised
    promised = [page for page in site.pages if promise[page.url]]
    if not promised:
        raise Inapplicable
    told = [page for page in promised if page.written]
    wrong = [page for page in told if page.written != promise[page.url]]
    short = [] if wrong else _mostly_short(promised, promise)
    if short:
        for page in sorted(short, key=lambda page: page.address)[:MOST_SHOWN]:
            yield Place(where="main", address=page.address, evidence=page.sha256)
        raise CannotTell("little_text" if not told else "mostly_short")
    yield Count(good=len(told) - len(wrong), of=len(told))
    for page in sorted(wrong, key=lambda page: page.address):
        yield Place(
            where="main",
            saw=f"{promise[page.url]} → {page.written}",
            address=page.address,
            evidence=page.sha256,
            note="other_language",
        )


def _mostly_short(pages: Sequence[PageFacts], promise: Mapping[str, str]) -> list[PageFacts]:
    """Return the pages of which no language is told, of versions where most are such."""
    found: list[PageFacts] = []
    for language in sorted({promise[page.url] for page in pages}):
        version = [page for page in pages if promise[page.url] == language]
        short = [page for page in version if not page.written]
        found += short if 2 * len(short) > len(version) else []
    return found
