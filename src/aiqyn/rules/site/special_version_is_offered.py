"""A version for people with impaired sight is offered on the first pages."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place]:
    if not site.first_pages:
        raise Inapplicable
    silent = [page for page in site.first_pages if page.traits.access.special != "offered"]
    if not silent:
        return
    for page in silent:
        yield Place(where="body", address=page.address, evidence=page.sha256, note="not_offered")
    if any(page.traits.access.special == "unknown" for page in silent):
        raise CannotTell("script_may_add")
