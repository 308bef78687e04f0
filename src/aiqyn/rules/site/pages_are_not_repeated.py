"""One text stands at one address, or its copies name the one that counts."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import PageFacts, Site, is_home
from aiqyn.subjects.traits.wayfinding import bare


def check(site: Site) -> Iterator[Place | Count]:
    pages = [page for page in site.pages if page.traits.health.digest]
    if len(pages) < 2:
        raise Inapplicable
    times = Counter(page.traits.health.digest for page in pages)
    copies: defaultdict[tuple[int, str], list[PageFacts]] = defaultdict(list)
    for page in pages:
        digest = page.traits.health.digest
        if times[digest] > 1 and not _may_repeat(page):
            copies[digest, page.language].append(page)
    groups = [_apart(found) for found in copies.values()]
    repeated = sorted((group for group in groups if len(group) > 1), key=lambda group: group[0].url)
    extra = sum(len(group) - 1 for group in repeated)
    yield Count(good=len(pages) - extra, of=len(pages))
    for group in repeated:
        yield Place(
            where="main",
            saw=told(group[0].title, [page.address for page in group]),
            address=group[0].address,
            evidence=group[0].sha256,
            note="repeated",
        )


def _may_repeat(page: PageFacts) -> bool:
    """The first page of a language stands at two addresses often; a copy may say what it is of."""
    return bool(page.traits.wayfinding.canonical) or is_home(page.address)


def _apart(pages: list[PageFacts]) -> list[PageFacts]:
    """One page of each address: what differs after the question mark is one page to a reader."""
    kept: dict[tuple[str, str], PageFacts] = {}
    for page in sorted(pages, key=lambda page: page.address):
        kept.setdefault(bare(page.address), page)
    return list(kept.values())
