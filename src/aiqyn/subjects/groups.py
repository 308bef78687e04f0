"""One cause is one finding: pages and addresses with the same trouble, put together."""

import re
from collections.abc import Sequence
from ipaddress import ip_address

from msgspec import Struct

from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import LANGUAGE_WORDS, PageFacts, Site
from aiqyn.subjects.traits.wayfinding import bare

SHOWN = 3  # examples of a group


class Group(Struct, frozen=True):
    """Pages of one folder, in order of address."""

    folder: str
    pages: list[PageFacts]

    @property
    def first(self) -> PageFacts:
        return self.pages[0]

    @property
    def told(self) -> str:
        """How many there are and which, for whoever repairs them; "" for a single page."""
        return told(self.folder, [page.address for page in self.pages])


def told(name: str, addresses: Sequence[str], *, of: int = 0) -> str:
    """Return "name × 325: /a, /b, /c …"; "" for a single address.

    `of` says how many there are where only the first of them are given.
    """
    count = of or len(addresses)
    if count < 2:
        return ""
    shown = ", ".join(_short(each) for each in addresses[:SHOWN])
    return f"{name} × {count}: {shown}{' …' if count > SHOWN else ''}"


def _short(address: str) -> str:
    parts = parts_of(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if len(path) <= 80 else path[:79] + "…"


def by_folder(pages: Sequence[PageFacts], *, of: Sequence[PageFacts]) -> list[Group]:
    """Group `pages` by the first folder of their address; all `of` them are one group."""
    ordered = sorted(pages, key=lambda page: page.address)
    if ordered and len(ordered) == len(of):
        return [Group("/", ordered)]
    folders: dict[str, list[PageFacts]] = {}
    for page in ordered:
        folders.setdefault(_folder(page.address), []).append(page)
    return [Group(folder, found) for folder, found in sorted(folders.items())]


def _folder(address: str) -> str:
    """Return /ru/news/ for /ru/news/12.html; / for what stands in no folder."""
    segments = parts_of(address).path.split("/")[1:-1]
    kept = segments[: 2 if segments and segments[0].lower() in LANGUAGE_WORDS else 1]
    return f"/{''.join(f'{each}/' for each in kept)}"


def spoken(page: PageFacts) -> str:
    """Return the language of a page as its address says, else its text; "" when neither does."""
    return page.language or page.written or ""


def is_local(address: str) -> bool:
    """Whether an address names a machine and not a site: a copy served for a trial."""
    host = parts_of(address).hostname or ""
    if host == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_of_site(address: str, site: Site) -> bool:
    """Whether an address lies on the site's own host, with or without www."""
    known = {bare(site.start)[0]}
    if site.first is not None:
        known.add(bare(site.first.address)[0])
    return bare(address)[0] in known


_PARTS = re.compile(
    r"[?&](?:page|p|start|offset|PAGEN_\d+)=\d|/page/?\d|page-\d"
    # another month or day of a calendar: ?month=2026-05, ?y=2026&m=5, /calendar/2026/05/
    r"|[?&](?:date|day|month|year|ym|mon|ay|kun)=(?:\d|[a-z]+-?\d)|[?&]y=\d+&m=\d|[?&]m=\d+&y=\d"
    r"|/[a-z-]*(?:calendar|kalendar|kuntizbe|k[uü]ntizbesi)[a-z]*/(?:19|20)\d\d",
    re.IGNORECASE,
)


def is_part(address: str) -> bool:
    """Whether an address is a further part of a list, or of a calendar: ?page=3, ?month=5."""
    return _PARTS.search(address) is not None
