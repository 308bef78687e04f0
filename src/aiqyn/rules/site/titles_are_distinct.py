"""Pages are told apart by their titles: in a tab, in a bookmark, in search results."""

from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site


def check(site: Site) -> Iterator[Place | Count]:
    titled = [page for page in site.pages if page.title]
    if len(titled) < 2:
        raise Inapplicable
    sharing: defaultdict[str, list[PageFacts]] = defaultdict(list)
    for page in titled:
        sharing[page.title].append(page)
    repeated = [page for pages in sharing.values() if _differ(pages) for page in pages]
    yield Count(good=len(titled) - len(repeated), of=len(titled))
    for page in sorted(repeated, key=lambda page: (page.title, page.address)):
        yield Place(
            where="head > title",
            saw=page.title,
            address=page.address,
            evidence=page.sha256,
            note="repeated",
        )


def _differ(pages: list[PageFacts]) -> bool:
    """Parts of one list (?page=2) and one page under two addresses may share a title."""
    addresses = {page.address.partition("?")[0] for page in pages}
    return len(addresses) > 1 and len({page.sha256 for page in pages}) > 1
