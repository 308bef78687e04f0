"""What the site says stands in its pages, not in pictures or in what a script fetches."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site
from aiqyn.subjects.walls import wall_of


def check(site: Site) -> Iterator[Place]:
    first = site.first
    if first is None:
        raise CannotTell("not_read")
    wall = wall_of(site)
    if wall == "login":  # another rule's finding
        raise Inapplicable
    wall = wall or ("empty" if first.traits.bare.is_empty else "")
    if wall:
        yield Place(
            where="body",
            saw=first.title,
            address=first.address,
            evidence=first.sha256,
            note=wall,
        )
