"""Links lead somewhere; what has one cause is told once. What failed on our side is not counted."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules.of_addresses import LINK, dead
from aiqyn.subjects.site import Site

ROLES = ("page", "document", "link")


def check(site: Site) -> Iterator[Place | Count]:
    files = {each.url for each in site.of_role("sitemap")}  # what only they name is no link
    checked = [
        each
        for each in site.evidence.values()
        if each.role in ROLES and each.depth > 0 and each.parent not in files
    ]
    yield from dead(checked, site, LINK)
