"""Inner pages show the way that leads to them: Home / Budget / 2026."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import by_folder
from aiqyn.subjects.site import Site

FEW = 3  # inner pages of a site that needs no trail


def check(site: Site, *, at_least: int = 90) -> Iterator[Place | Count]:
    inner = [
        page
        for page in site.pages
        if page.depth >= 2 and site.clicks.get(page.url, 0) >= 2 and not page.is_shell
    ]
    if len(inner) < FEW:
        raise Inapplicable
    lost = [page for page in inner if not page.traits.wayfinding.shows_trail]
    yield Count(good=len(inner) - len(lost), of=len(inner))
    if 100 * len(lost) <= (100 - at_least) * len(inner):
        return
    for group in by_folder(lost, of=inner):
        yield Place(
            where="body",
            saw=group.told,
            address=group.first.address,
            evidence=group.first.sha256,
            note="missing",
        )
