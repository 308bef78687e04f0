"""A forum answers and is written in; a poll has a question of this season."""

import re
from collections.abc import Iterator
from datetime import date

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import PageFacts, Site

_FORUM = re.compile(r"^https?://forum\.|/forum(?:s|y)?(?:[/.?]|$)", re.IGNORECASE)
_DEAD = (404, 410, 500, 502, 503)


def check(site: Site, *, days: int = 180) -> Iterator[Place]:
    venues = {
        kind: [page for page in site.pages if page.traits.contacts.venue == kind]
        for kind in ("forum", "poll")
    }
    found = [*_dead(site), *(place for kind in venues for place in _old(venues[kind], site, days))]
    if found:
        yield from found
        return
    pages = [page for each in venues.values() for page in each]
    votes = [page for page in site.pages if page.traits.contacts.has_vote]
    if not pages and not votes:
        raise Inapplicable
    if votes or not any(page.traits.contacts.newest for page in pages):
        for page in votes or pages:
            yield Place(where="main", address=page.address, evidence=page.sha256)
        raise CannotTell("no_dates")


def _dead(site: Site) -> Iterator[Place]:
    """The first dead address of a forum: its topics are dead with it."""
    named = sorted(url for url in site.evidence if "forum" in url.lower())
    for url in named:
        seen = site.evidence[url]
        is_dead = seen.status in _DEAD or seen.failure in ("dns", "refused", "tls", "timeout")
        if _FORUM.search(url) and is_dead:
            parent = site.page_at(seen.parent)
            yield Place(
                where="a[href]",
                saw=url,
                address=parent.address if parent else url,
                evidence=parent.sha256 if parent else "",
                note="forum_dead",
            )
            return


def _old(venues: list[PageFacts], site: Site, days: int) -> Iterator[Place]:
    dated = [(day, page) for page in venues if (day := _newest(page, site)) is not None]
    if not dated:
        return
    day, page = max(dated, key=lambda pair: (pair[0], pair[1].address))
    if (site.as_of - day).days > days:
        note = "forum_old" if page.traits.contacts.venue == "forum" else "poll_old"
        yield Place(
            where="main", saw=str(day), address=page.address, evidence=page.sha256, note=note
        )


def _newest(page: PageFacts, site: Site) -> date | None:
    """The newest day the page names, if it is no day to come."""
    day = page.traits.contacts.newest
    return min(day, site.as_of) if day else None
