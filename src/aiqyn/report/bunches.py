"""Places with one cause told together: by what is wrong, then by where they lie."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from aiqyn.chain import Place

FEW = 3  # places that lie together and are still told one by one
LINES = 8  # bunches of one note; more are joined by a shorter prefix


class Bunch(Struct, frozen=True, kw_only=True):
    """Places whose addresses begin alike; `prefix` is "" for places told one by one."""

    prefix: str
    places: tuple[Place, ...]


def by_note(
    places: Iterable[Place], note_of: Callable[[Place], str]
) -> dict[str, tuple[Place, ...]]:
    """Return the places by what is wrong there, the most frequent first."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        found[note_of(place)].append(place)
    often = sorted(found.items(), key=lambda each: -len(each[1]))
    return {note: tuple(members) for note, members in often}


def bunches(places: Sequence[Place]) -> list[Bunch]:
    """Return the places by the beginning of their addresses, the largest bunch first.

    Folders are joined upwards until there are few bunches, so that 325 pages under
    /kk/news/ are one line and not 325.
    """
    depth = max((place.address.count("/") for place in places), default=0)
    while True:
        found: defaultdict[str, list[Place]] = defaultdict(list)
        for place in places:
            found[_prefix(place.address, depth)].append(place)
        if len(found) <= LINES or depth <= 3:  # of https://host/ nothing is left to cut
            break
        depth -= 1
    told = [_bunch(prefix, members) for prefix, members in found.items()]
    return sorted(told, key=lambda each: -len(each.places))


def _bunch(prefix: str, members: list[Place]) -> Bunch:
    addresses = {place.address for place in members}
    alone = len(members) <= FEW or len(addresses) == 1 or not prefix
    return Bunch(prefix="" if alone else prefix, places=tuple(members))


def _prefix(address: str, slashes: int) -> str:
    """The folder of an address, cut to so many slashes."""
    path = address.partition("?")[0]
    parts = path.split("/")
    return "/".join(parts[: min(slashes, len(parts) - 1)]) + "/" if len(parts) > 1 else address
