"""What the site says stands in its pages, not in pictures or in what a script fetches."""

from collections.abc import Iterator

from aiqyn.chain import Evidence, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site
from aiqyn.subjects.walls import wall_of


def check(site: Site) -> Iterator[Place]:
    first = site.first
    if first is None:
        sent_nothing = [each for each in site.evidence.values() if _is_empty_first(each)]
        if not sent_nothing:
            raise CannotTell("not_read")
        yield Place(where="body", address=sent_nothing[0].url, note="empty")
        return
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


def _is_empty_first(seen: Evidence) -> bool:
    """Whether the server answered for the first page, and sent nothing at all."""
    return seen.role == "page" and seen.depth == 0 and seen.failure == "empty"
