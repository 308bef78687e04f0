"""When the body works is said on a first page or among the contacts."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    asked = [page for page in site.pages if page.traits.contacts.is_asked and not page.is_shell]
    if not asked or site.first is None or site.first.is_shell:
        raise CannotTell("not_read")
    if any("hours" in page.traits.contacts.says for page in asked):
        return
    contacts = site.pages_of("contacts")
    if not all(page.traits.contacts.is_asked for page in contacts):
        raise CannotTell("not_read")
    page = min(contacts, key=lambda page: page.address) if contacts else site.first
    yield Place(where="body", address=page.address, evidence=page.sha256, note="missing")
