"""Pictures, style sheets and scripts of the pages are there; what has one cause is told once."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.of_addresses import dead
from aiqyn.subjects.site import Site

ROLE = "resource"


def check(site: Site) -> Iterator[Place | Count]:
    checked = site.of_role(ROLE)
    if not checked:
        if any(page.traits.resources.refs for page in site.pages):
            raise CannotTell("not_asked")
        raise Inapplicable
    yield from dead(checked, site, "img[src], link[href], script[src]")
