"""Some numbers among the links of many pages.

Pages of a site begin with the same menus: what their first links hold is looked up once for all
pages that begin alike.
"""

from array import array
from collections.abc import Set

FIRST = 128  # links
MOST = 10_000  # beginnings remembered


class Among:
    """Picks `wanted` numbers out of links, see `PageFacts.links`."""

    def __init__(self, wanted: Set[int]) -> None:
        self._wanted = frozenset(wanted)
        self._known: dict[bytes, frozenset[int]] = {}

    def of(self, links: "array[int]") -> frozenset[int]:
        """Return those of `links` that are wanted."""
        beginning = links[:FIRST].tobytes()
        known = self._known.get(beginning)
        if known is None:
            known = self._wanted.intersection(links[:FIRST])
            if len(self._known) < MOST:
                self._known[beginning] = known
        return known | self._wanted.intersection(links[FIRST:])
