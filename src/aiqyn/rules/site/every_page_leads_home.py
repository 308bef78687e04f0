"""Every page has a link to the first page of the site or of its language."""

import re
from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.groups import by_folder, is_of_site
from aiqyn.subjects.site import PageFacts, Site, is_home

# The first page in large letters, say: a link that every page may have beside the one home.
_OTHER_VIEW = re.compile(r"[?&](?!(?:lang|language|locale|lng|hl)=)")


def check(site: Site) -> Iterator[Place | Count]:
    if site.first is None or site.first.is_shell:
        raise CannotTell("not_read")
    homes = _homes(site)
    asked = [page for page in site.pages if not _is_exempt(page, site)]
    if not asked:
        raise Inapplicable
    lost = [page for page in asked if homes.isdisjoint(page.links)]
    yield Count(good=len(asked) - len(lost), of=len(asked))
    for group in by_folder(lost, of=asked):
        yield Place(
            where="body",
            saw=group.told,
            address=group.first.address,
            evidence=group.first.sha256,
            note="missing",
        )


def _homes(site: Site) -> frozenset[int]:
    """Numbers of the addresses that bring a reader home."""
    known = {site.start, *(url for page in site.first_pages for url in (page.url, page.address))}
    return frozenset(
        number
        for number, url in enumerate(site.urls)
        if (url in known or (is_home(url) and is_of_site(url, site)))
        and not _OTHER_VIEW.search(url)
    )


def _is_exempt(page: PageFacts, site: Site) -> bool:
    return page.is_shell or bool(page.forwards_to) or page in site.first_pages
