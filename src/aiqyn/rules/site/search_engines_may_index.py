"""First pages and sections do not turn search engines away, nor name another address their own."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import by_folder, is_local, is_of_site, told
from aiqyn.subjects.site import PageFacts, Site, is_home

_HIDDEN = re.compile(r"^x-robots-tag:.*\bno(?:index|ne)\b", re.IGNORECASE | re.MULTILINE)
_SEARCH = re.compile(r"search|izde|poisk|find|[?&]q=|login|auth|print", re.IGNORECASE)


def check(site: Site) -> Iterator[Place]:
    pages = [page for page in site.within(1) if not _SEARCH.search(page.address)]
    if not pages:
        raise CannotTell("not_read")
    yield from _hidden(pages, site)
    astray = [page for page in site.pages if _leads_astray(page, site)]
    for group in by_folder(astray, of=site.pages):
        canonical = group.first.traits.wayfinding.canonical
        yield Place(
            where="link[rel=canonical]",
            saw=told(canonical, [page.address for page in group.pages]) or canonical,
            address=group.first.address,
            evidence=group.first.sha256,
            note="other_address",
        )


def _hidden(pages: list[PageFacts], site: Site) -> Iterator[Place]:
    in_head = [page for page in pages if page.traits.wayfinding.is_hidden]
    in_headers = [page for page in pages if _HIDDEN.search(site.evidence[page.url].headers)]
    for where, hidden in (("meta[name=robots]", in_head), ("X-Robots-Tag", in_headers)):
        for group in by_folder(hidden, of=pages):
            yield Place(
                where=where,
                saw=group.told,
                address=group.first.address,
                evidence=group.first.sha256,
                note="hidden",
            )


def _leads_astray(page: PageFacts, site: Site) -> bool:
    """Whether a page names another site its own, or the first page though it is none."""
    canonical = page.traits.wayfinding.canonical
    if not canonical or page.forwards_to:
        return False
    if not is_of_site(canonical, site):
        return not is_local(site.start)
    return is_home(canonical) and not is_home(page.address)
