"""A page read over https takes nothing over http: browsers refuse it or warn."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import PageFacts, Site


def check(site: Site) -> Iterator[Place]:
    pages = [page for page in site.pages if page.address.startswith("https:")]
    if not pages:
        raise Inapplicable
    takers: dict[str, list[PageFacts]] = {}
    for page in pages:
        for resource in page.traits.health.insecure:
            takers.setdefault(resource, []).append(page)
    for resource, found in sorted(takers.items()):
        yield Place(
            where="src",
            saw=told(resource, [page.address for page in found]) or resource,
            address=found[0].address,
            evidence=found[0].sha256,
            note="insecure",
        )
