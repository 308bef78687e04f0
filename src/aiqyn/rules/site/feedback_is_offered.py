"""One can write to the body from its site, or by the state's own system, without registering."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.asks import host_of
from aiqyn.subjects.site import PageFacts, Site

# Other sites of the portal (legalacts, budget, data …) take no appeals.
SYSTEMS = ("eotinish.gov.kz", "eotinish.kz", "dialog.egov.kz", "egov.kz")


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
    return any(_is_system(host_of(url)) for url in site.urls if "egov" in url or "otinish" in url)


def _is_system(host: str) -> bool:
    return host.removeprefix("www.") in SYSTEMS
