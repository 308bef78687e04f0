"""A page has exactly one main heading, and it is not empty."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.page import Page, shorten


def check(page: Page) -> Iterator[Place]:
    headings = page.nodes("h1")
    if not headings and page.is_shell:
        raise CannotTell("filled_by_script")
    if not headings:
        yield Place(where="body", note="none")
    for heading in headings[1:]:
        yield Place(where=page.path_of(heading), saw=shorten(heading.text()), note="another")
    if (
        len(headings) == 1
        and not headings[0].text().strip()
        and headings[0].css_first("img[alt]") is None
    ):
        yield Place(where=page.path_of(headings[0]), note="empty")
