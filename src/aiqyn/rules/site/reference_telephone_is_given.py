"""The contacts name the telephone of the reference service, the reception or the call centre."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    asked = [page for page in site.pages if page.traits.contacts.is_asked and not page.is_shell]
    if not asked:
        raise CannotTell("not_read")
    contacts = site.pages_of("contacts")
    places = [*contacts, *site.first_pages] if contacts else asked
    if any("reference" in page.traits.contacts.says for page in places):
        return
    given = [page for page in contacts or asked if "telephone" in page.contacts]
    if not given:
        raise Inapplicable  # no telephone at all is another rule's matter
    if not all(page.traits.contacts.is_asked for page in contacts):
        raise CannotTell("not_read")
    page = min(given, key=lambda page: page.address)
    yield Place(where="body", address=page.address, evidence=page.sha256, note="not_named")
