"""A first page and all it needs, pictures above all, weigh what a slow line can bear."""

import re
from collections.abc import Iterator

from aiqyn.chain import Evidence, Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.traits.resources import spoken

_LENGTH = re.compile(r"^content-length:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)


def check(
    site: Site, *, max_bytes: int = 5_000_000, max_file_bytes: int = 2_000_000
) -> Iterator[Place]:
    if not site.first_pages:
        raise CannotTell("not_read")
    sizes = {spoken(each.url): _size(each) for each in site.evidence.values()}
    weights: dict[int, list[PageFacts]] = {}
    large: dict[str, PageFacts] = {}
    for page in site.first_pages:
        known = {url: sizes.get(url) or 0 for url in page.traits.resources.loads}
        weight = site.evidence[page.url].size + sum(known.values())
        weights.setdefault(weight, []).append(page)
        for url, size in known.items():
            if size > max_file_bytes:
                large.setdefault(url, page)
    heaviest = max(weights)
    if not large and heaviest <= max_bytes:
        _refuse_unknown(site, sizes)
    for url, page in sorted(large.items(), key=lambda each: (-(sizes[each[0]] or 0), each[0])):
        yield _place(f"{url} ({_said(sizes[url] or 0)})", page, "too_large")
    if heaviest > max_bytes:
        pages = weights[heaviest]
        saw = f"{_said(heaviest)} > {_said(max_bytes)}"
        yield _place(told(saw, [page.address for page in pages]) or saw, pages[0], "too_heavy")


def _refuse_unknown(site: Site, sizes: dict[str, int | None]) -> None:
    """Nothing is said of pages when of most of what they need nobody told how large it is."""
    loads = {url for page in site.first_pages for url in page.traits.resources.loads}
    if not loads:
        return
    if loads.isdisjoint(sizes):
        raise CannotTell("not_asked")
    if 2 * sum(sizes.get(url) is None for url in loads) > len(loads):
        raise CannotTell("not_told")


def _size(seen: Evidence) -> int | None:
    """Bytes of what is there; None where it is not known."""
    if seen.failure or not 200 <= seen.status < 300:
        return 0 if seen.status >= 400 else None
    if seen.sha256 and seen.role != "resource":
        return seen.size
    length = _LENGTH.search(seen.headers)
    return int(length[1]) if length else None


def _said(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _place(saw: str, page: PageFacts, note: str) -> Place:
    return Place(where="img", saw=saw, address=page.address, evidence=page.sha256, note=note)
