"""Which addresses come next: each once, breadth first, within bounds, in an order that repeats."""

from collections import Counter, deque
from collections.abc import Callable, Sequence

from msgspec import Struct

from aiqyn.fetch.addresses import (
    BadAddress,
    is_rooted,
    kind,
    origin,
    resolve,
    shape,
)
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Cut
from aiqyn.fetch.scope import Scope

# Depth of what only a sitemap names: no number of clicks leads there.
UNREACHED = 1_000
MAX_REMEMBERED = 500_000  # addresses met, at least: the memory an endless site may take
LONG_PATH = 6  # slashes of an address, below which nothing has gone round
MAX_REFUSED = 1_000  # addresses closed to robots that are listed one by one


class Item(Struct, frozen=True, kw_only=True):
    """One address to ask for."""

    url: str
    role: str  # "page", "document" or "link"; else it is asked for on our own account
    depth: int = 0
    parent: str = ""
    order: int = -1  # place in the queue of pages and documents; -1 for links
    failure: str = ""  # known without asking: "robots", "bad_address", what robots.txt met
    tls: str = ""  # of the failure "tls"


class Frontier:
    """The queue of pages and documents, and the queue of links only to be checked.

    `scope` tells what is of the site; `allows` answers for robots.txt.
    """

    def __init__(self, limits: Limits, scope: Scope) -> None:
        self.limits = limits
        self.scope = scope
        self.allows: Callable[[str], bool] = lambda _: True
        self.pages: deque[Item] = deque()
        self.links: deque[Item] = deque()
        self.accepted = 0  # pages and documents ever queued
        self._room = max(MAX_REMEMBERED, 4 * limits.max_pages)
        self._seen: set[str] = set()
        self._raw: dict[str, set[str]] = {}  # by origin: hrefs already dealt with
        self._counts: Counter[str] = Counter()  # of what is capped
        self._cuts: dict[tuple[str, str], tuple[int, str]] = {}

    def offer(self, page: str, depth: int, hrefs: Sequence[str]) -> None:
        """Queue what the raw `hrefs` of `page` (a normalised address) lead to.

        Nine of ten links of a site stand on every page; a set of raw hrefs tells
        before anything is built.
        """
        most = self.limits.max_links_per_page
        if len(hrefs) > most:
            self.cut("max_links_per_page", page, hrefs[most], len(hrefs) - most)
            hrefs = hrefs[:most]
        raw = self._raw.setdefault(origin(page), set())
        if raw.issuperset(hrefs):  # of most pages nothing is new
            return
        path = page.partition("?")[0]
        folder = path[: path.rfind("/") + 1]
        for href in [href for href in hrefs if href not in raw]:
            rooted = is_rooted(href)
            key = href if rooted else f"{path if href[:1] == '?' else folder} {href}"
            if key in raw:
                continue
            if len(raw) < self._room:
                raw.add(key)
            self.take(page, depth, href)

    def take(self, page: str, depth: int, href: str) -> None:
        """Queue what one raw `href` of `page` leads to; a broken address is noted as such."""
        try:
            url = resolve(page, href)
        except BadAddress:
            if self._is_new(href) and self._may_check(href):
                self.links.append(
                    Item(url=href, role="link", depth=depth, parent=page, failure="bad_address")
                )
            return
        if url is not None:
            self.add(url, depth, page)

    def add(self, url: str, depth: int, parent: str) -> None:
        """Queue the normalised `url` unless it was met before or a limit is reached."""
        if depth >= UNREACHED and self.scope.is_beside(url):
            return  # the map of a platform names the sites of all
        if not self._is_new(url):
            return
        role = kind(url)
        if not self._is_read(url, role):
            self._check(url, depth, parent)
            return
        if depth % UNREACHED > self.limits.max_depth:
            self.cut("max_depth", "", url)
        elif not self.allows(url):
            self._refuse(url, role, depth, parent)
        elif not self._is_endless(url):
            self._queue(url, role, depth, parent)

    def _is_read(self, url: str, role: str) -> bool:
        """Whether it is of the site; its documents may lie beside it, on the host it shares."""
        return self.scope.holds(url) or (role != "page" and self.scope.is_beside(url))

    def _check(self, url: str, depth: int, parent: str) -> None:
        """Queue what is of others, to be checked, unless the host we share with it says no."""
        is_allowed = not self.scope.is_beside(url) or self.allows(url)
        if is_allowed and self._may_check(url):
            self.links.append(Item(url=url, role="link", depth=depth, parent=parent))

    def _is_new(self, url: str) -> bool:
        if url in self._seen:
            return False
        if len(self._seen) >= self._room:
            self.cut("max_pages", "", url)
            return False
        self._seen.add(url)
        return True

    def _queue(self, url: str, role: str, depth: int, parent: str) -> None:
        if role == "asset":
            if self._within("max_pages", "assets", url):
                self.links.append(Item(url=url, role="link", depth=depth, parent=parent))
        elif self.accepted >= self.limits.max_pages:
            self.cut("max_pages", "", url)
        else:
            order = self.accepted
            self.accepted += 1
            self.pages.append(Item(url=url, role=role, depth=depth, parent=parent, order=order))

    def _refuse(self, url: str, role: str, depth: int, parent: str) -> None:
        self._counts["refused"] += 1
        if self._counts["refused"] <= MAX_REFUSED:
            role = "link" if role == "asset" else role
            self.links.append(
                Item(url=url, role=role, depth=depth, parent=parent, failure="robots")
            )

    def _may_check(self, url: str) -> bool:
        # A check switched off is no limit reached.
        return self.limits.max_external_links > 0 and self._within("max_external_links", "", url)

    def _is_endless(self, url: str) -> bool:
        """Whether the address continues a series that has gone on long enough."""
        path, _, query = url.partition("?")
        if path.count("/") > LONG_PATH and self._circles(path):
            return True
        if query and not self._within("max_queries_per_path", path, url):
            return True
        pattern, by_date = shape(url)
        if pattern == url:
            return False
        return not self._within("max_per_calendar" if by_date else "max_per_shape", pattern, url)

    def _circles(self, path: str) -> bool:
        """Whether one step of the path returns again and again, as wrong relative links make it."""
        steps = path.split("/")[3:]
        if max(map(steps.count, steps)) <= self.limits.max_repeats:
            return False
        self.cut("max_repeats", origin(path), path)
        return True

    def _within(self, limit: str, where: str, url: str = "") -> bool:
        """Count one more of `where` against `limit`; past it, note the cut."""
        key = f"{limit} {where}"
        self._counts[key] += 1
        if self._counts[key] <= getattr(self.limits, limit):
            return True
        self.cut(limit, where, url)
        return False

    def cut(self, why: str, where: str, example: str, count: int = 1) -> None:
        """Note that `count` addresses are not asked for."""
        before, first = self._cuts.get((why, where), (0, example))
        self._cuts[why, where] = (before + count, first)

    def cuts(self) -> tuple[Cut, ...]:
        """Everything not asked for, sorted."""
        return tuple(
            Cut(why=why, where=where, count=count, example=example)
            for (why, where), (count, example) in sorted(self._cuts.items())
        )
