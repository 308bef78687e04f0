"""The site leads to the open-government portals: data, budgets, legal acts, dialogue."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules.of_sections import need_first_page, unless_cut
from aiqyn.subjects.parts import hostname_of
from aiqyn.subjects.site import Site

PORTALS = ("data.egov.kz", "budget.egov.kz", "legalacts.egov.kz", "dialog.egov.kz")
NEAR = 2  # clicks from the first page within which a link counts


def check(site: Site, *, portals: Sequence[str] = PORTALS) -> Iterator[Place | Count]:
    first = need_first_page(site)
    numbers = set[int]().union(*(page.links for page in site.within(NEAR)))
    hosts = {hostname_of(site.urls[number]).removeprefix("www.") for number in numbers}
    absent = [portal for portal in portals if portal not in hosts]
    places = [
        Place(where="body", saw=each, address=first.address, evidence=first.sha256, note="missing")
        for each in absent
    ]
    yield from unless_cut(site, places)
    yield Count(good=len(portals) - len(absent), of=len(portals))
