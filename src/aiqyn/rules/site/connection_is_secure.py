"""The site is read over https, with a certificate that browsers trust, whichever way one comes."""

import re
from collections.abc import Iterator

from aiqyn.chain import NO_TLS, Evidence, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.certificates import lifetime_of
from aiqyn.subjects.groups import is_local
from aiqyn.subjects.site import PageFacts, Site

_SENT_BY_SCRIPT = re.compile(rb"location\b[^;\n]{0,120}https", re.IGNORECASE)
PART = 6  # of its life, that a certificate of few days may have left


def check(site: Site, *, days: int = 0) -> Iterator[Place]:
    if is_local(site.start):
        raise Inapplicable
    start = site.evidence.get(site.start)
    if start is not None and start.failure == "tls":
        note = start.tls if start.tls in NO_TLS else "certificate"
        yield _place("HTTPS", site.start, start, note)
        return
    if site.first is None:
        raise CannotTell("not_read")
    if not site.first.address.startswith("https:"):
        yield _place("HTTPS", site.first.address, site.first, "not_https")
        return
    plain = [each for each in site.of_role("unsecured") if _is_read_so(each, site)]
    broken = [_place("HTTP", each.url, each, "stays_http") for each in plain if _shows(each, site)]
    yield from broken
    if days and site.answers.certificate:
        for each in _ending(site, days, is_broken=bool(broken)):
            broken.append(each)
            yield each
    if plain and not broken:
        yield from (_place("HTTP", each.url, each, "") for each in plain)
        raise CannotTell("http_unclear")


def _place(where: str, saw: str, at: Evidence | PageFacts, note: str) -> Place:
    address = at.address if isinstance(at, PageFacts) else at.url
    return Place(where=where, saw=saw, address=address, evidence=at.sha256, note=note)


def _is_read_so(seen: Evidence, site: Site) -> bool:
    """Whether something is read over http, and no answer sends on to https."""
    is_there = 200 <= seen.status < 300 and not seen.failure
    forwards = (each.facts.forwards_to for each in site.answered(seen.role))
    ends = (seen.final_url, *forwards)
    return is_there and not any(each.startswith("https:") for each in ends)


def _shows(seen: Evidence, site: Site) -> bool:
    """Whether what is read over http is the site, and not a page of the server or of a script."""
    pages = site.answered(seen.role)
    if any(_SENT_BY_SCRIPT.search(each.page.content) for each in pages):
        return False
    titles = {page.title for page in site.first_pages if page.title}
    is_same = site.first is not None and seen.sha256 == site.first.sha256
    return is_same or any(each.facts.title in titles for each in pages)


def _ending(site: Site, days: int, *, is_broken: bool) -> Iterator[Place]:
    """Tell of a certificate that ends within `days`, by the day of judging."""
    seen = site.of_role("certificate")[0]
    life = lifetime_of(site.answers.certificate)
    if life is None:
        return
    left = (life.until - site.as_of).days
    is_over = left < 0  # it held when the site was seen, and may be another by now
    if is_over and is_broken:
        return
    if left <= min(days, (life.until - life.since).days // PART):
        yield Place(
            where="TLS",
            saw=life.until.isoformat(),
            address=seen.url.partition("#")[0],
            evidence=seen.sha256,
            note="" if is_over else "ends_soon",
        )
    if is_over:
        raise CannotTell("over_since")
