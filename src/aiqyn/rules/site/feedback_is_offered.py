"""One can write to the body from its site, or by the state's own system, without registering."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.asks import host_of
from aiqyn.subjects.site import PageFacts, Site

SYSTEMS = ("eotinish.gov.kz", "eotinish.kz", "dialog.egov.kz")
# The portal itself is for services (legalacts, budget, data … are sites of their own): a link
# there is one to appeals only where its path says so.
PORTAL = "egov.kz"
_OF_APPEALS = re.compile(r"appeal|otinish|obrash|feedback|complaint|zhaloba", re.IGNORECASE)


def check(site: Site) -> Iterator[Place]:
    forms = [page for page in site.pages if page.traits.contacts.has_form]
    closed = _closed(forms, site)
    if len(closed) < len(forms) or _leads_to_system(site):
        return
    first = site.first
    if closed:
        page = min(closed, key=lambda page: page.address)
        yield Place(where="form", address=page.address, evidence=page.sha256, note="login")
        return
    if first is None or first.is_shell or site.was_cut:
        raise CannotTell("not_read")
    yield Place(where="body", address=first.address, evidence=first.sha256, note="missing")


def _closed(forms: list[PageFacts], site: Site) -> list[PageFacts]:
    """Forms that want a password; a login that stands on most pages is not theirs."""
    login = [page for page in site.pages if page.traits.contacts.wants_login]
    if 2 * len(login) > len(site.pages) > 2:
        return []
    return [page for page in forms if page.traits.contacts.wants_login]


def _leads_to_system(site: Site) -> bool:
    """By a link, or by its address written where people look for it."""
    if any("appeals" in page.traits.contacts.says for page in site.pages):
        return True
    return any(_is_system(url) for url in site.urls if "egov" in url or "otinish" in url)


def _is_system(url: str) -> bool:
    host = host_of(url).removeprefix("www.")
    return host in SYSTEMS or (host == PORTAL and _is_of_appeals(url))


def _is_of_appeals(url: str) -> bool:
    return _OF_APPEALS.search(urlsplit(url).path) is not None
