"""The first page of every language gives the contacts, or leads to them by one click."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import PageFacts, Site

WHOLE = frozenset({"postal", "telephone", "email"})


def check(site: Site) -> Iterator[Place]:
    pages = [page for page in site.first_pages if not page.is_shell]
    if not pages:
        raise CannotTell("not_read")
    targets = {page.url for page in site.pages_of("contacts")}
    if not targets and not any(page.contacts for page in site.pages):
        raise Inapplicable  # no contacts at all is another rule's matter
    for page in sorted(pages, key=lambda page: page.address):
        if not page.ways >= WHOLE and not _leads_to(targets, page, site):
            yield Place(where="body", address=page.address, evidence=page.sha256, note="far")


def _leads_to(targets: set[str], page: PageFacts, site: Site) -> bool:
    if any(code == "contacts" for code, _ in page.named_links):
        return True
    leads = (site.page_at(site.urls[number]) for number in page.links)
    return any(target is not None and target.url in targets for target in leads)
