"""Where the raw hrefs of pages lead."""

from collections.abc import Sequence

from aiqyn.fetch.addresses import BadAddress, is_rooted, origin, resolve
from aiqyn.subjects.hrefs import Items
from aiqyn.subjects.page import Page

BROKEN = -2
MOST_ITEMS = 1_000  # menus whose numbers are kept


class Addresses:
    """Where raw hrefs lead: each is worked out once and its address numbered."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self._numbers: dict[str, int] = {}
        self._known: dict[str, dict[str, int]] = {}  # per origin, and per folder
        self._items: dict[tuple[str, Sequence[str]], list[int]] = {}  # per origin

    def of(self, page: Page) -> list[int]:
        """Return the number of the address each of the page's hrefs leads to.

        -1 for what leads nowhere to be fetched, BROKEN for what is no address.
        """
        base = page.address
        if page.base:
            base = _resolved(base, page.base) or base
        numbers: list[int] = []
        for piece in page.pieces_of_hrefs:
            of_piece = self._of_items if isinstance(piece, Items) else self._of
            numbers += of_piece(base, piece)
        return numbers

    def _of_items(self, base: str, items: Sequence[str]) -> list[int]:
        """Return the numbers of a menu: what it means on every page of a host is known."""
        key = origin(base), items
        if (known := self._items.get(key)) is not None:
            return known
        numbers = self._of(base, items)
        if all(map(is_rooted, items)):
            if len(self._items) >= MOST_ITEMS:
                self._items.clear()
            self._items[key] = numbers
        return numbers

    def _of(self, base: str, hrefs: Sequence[str]) -> list[int]:
        rooted = self._known.setdefault(origin(base), {})
        try:  # of most pages every link is known
            return list(map(rooted.__getitem__, hrefs))
        except KeyError:
            relative = self._known.setdefault(base[: base.rfind("/") + 1], {})
            return [
                rooted[href] if href in rooted else self._learn(base, href, rooted, relative)
                for href in hrefs
            ]

    def absorb(self, urls: Sequence[str]) -> list[int]:
        """Take over addresses numbered elsewhere; return the number each has here."""
        return [self._number(url) for url in urls]

    def _number(self, url: str) -> int:
        number = self._numbers.setdefault(url, len(self.urls))
        if number == len(self.urls):
            self.urls.append(url)
        return number

    def _learn(self, base: str, href: str, rooted: dict[str, int], relative: dict[str, int]) -> int:
        if (known := relative.get(href)) is not None:
            return known
        try:
            url = resolve(base, href)
            number = -1 if url is None else self._number(url)
        except BadAddress:
            number = BROKEN
        if is_rooted(href):
            rooted[href] = number
        elif not href.lstrip().startswith("?"):
            relative[href] = number
        return number


def _resolved(base: str, href: str) -> str | None:
    try:
        return resolve(base, href)
    except BadAddress:
        return None
