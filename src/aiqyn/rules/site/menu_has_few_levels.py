"""The menus of the first page do not put lists in lists in lists."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site


def check(site: Site, *, levels: int = 3) -> Iterator[Place]:
    pages = [page for page in site.first_pages if page.traits.wayfinding.load.menu.depth]
    if not pages:
        raise Inapplicable
    for page in sorted(pages, key=lambda page: page.address):
        menu = page.traits.wayfinding.load.menu
        if menu.depth > levels:
            yield Place(
                where="nav",
                saw=f"{menu.depth} > {levels}: {menu.name}".rstrip(": "),
                address=page.address,
                evidence=page.sha256,
                note="deep",
            )
