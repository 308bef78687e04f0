"""Where public services are told of, a link leads to the portal that renders them."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.asks import host_of
from aiqyn.subjects.site import Site

# Hosts as they are: data, budget, legalacts and dialog of egov.kz render no services.
PORTALS = (
    "egov.kz", "my.egov.kz", "m.egov.kz", "elicense.kz", "eotinish.kz", "eotinish.gov.kz",
    "gov4c.kz", "con.gov.kz",
)  # fmt: skip


def check(site: Site, *, portals: Sequence[str] = PORTALS) -> Iterator[Place]:
    services = [page for page in site.pages_of("services") if not page.is_shell]
    if not services:
        raise Inapplicable
    numbers = frozenset(
        number
        for number, url in enumerate(site.urls)
        if any(portal in url for portal in portals) and host_of(url).removeprefix("www.") in portals
    )
    if any("portal" in page.traits.contacts.says for page in services):
        return  # its address can be read and copied
    if not all(numbers.isdisjoint(page.links) for page in [*services, *site.first_pages]):
        return
    page = min(services, key=lambda page: page.address)
    yield Place(where="main", address=page.address, evidence=page.sha256, note="missing")
