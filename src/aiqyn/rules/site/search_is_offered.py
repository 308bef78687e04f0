"""The first page of every language has a search."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    pages = [page for page in site.first_pages if not page.is_shell]
    if not pages:
        raise CannotTell("not_read")
    for page in sorted(pages, key=lambda page: page.address):
        if not page.has_search:
            yield Place(where="body", address=page.address, evidence=page.sha256, note="missing")
