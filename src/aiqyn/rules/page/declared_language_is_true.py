"""The language in <html lang> is the one the page is written in.

A screen reader takes its voice from this attribute; the text decides what is true.
"""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.language import declared
from aiqyn.subjects.page import Page


def check(page: Page) -> Iterator[Place]:
    tag = page.declared_language
    if tag is None:
        yield Place(where="html", note="missing")
        return
    claimed = declared(tag)
    if claimed == "kz":  # the country, not the language
        yield Place(where="html", saw=f'lang="{tag}"', note="not_a_language")
        return
    written = page.language
    if written is None:
        raise CannotTell("little_text")
    if claimed != written:
        yield Place(where="html", saw=f'lang="{tag}", {written}', note="differs")
