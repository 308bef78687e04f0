"""Every page has a title that says what the page is."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.page import Page

PLACEHOLDERS = frozenset(
    {
        "untitled",
        "untitled document",
        "document",
        "новый документ",
        "без названия",
        "title",
        "заголовок",
    }
)


def check(page: Page, *, min_length: int = 3) -> Iterator[Place]:
    title = page.title
    if not title and page.is_shell:
        raise CannotTell("filled_by_script")
    if not title:
        yield Place(where="head > title", note="missing")
    elif len(title) < min_length or title.lower() in PLACEHOLDERS:
        yield Place(where="head > title", saw=title, note="says_nothing")
