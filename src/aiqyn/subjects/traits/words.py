"""What rules about plain words need to know of every page."""

import re
from functools import lru_cache
from html import unescape

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.spaces import squeeze

NEAR = 1  # clicks from the first page within which first pages of other languages lie
HEAD = 700  # characters of a page in which it says whose site it is
FOOT = 500
LONGEST = 160  # characters of a heading
MOST_BYTES = 16_384  # of a footer

_TAG = re.compile(r"<[^<>]*+>")


class Words(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page."""

    edges: str = ""  # how its text begins and ends: header and footer; near
    heading: str = ""  # where its title does not begin so
    foot: str = ""  # text of its `<footer>`; not near


def words_of(page: Page, links: Links) -> Words:
    """Return the facts of `page`."""
    heading = shorten(next(iter(page.main_headings), ""), LONGEST)
    if page.title.startswith(heading):
        heading = ""
    if page.evidence.depth <= NEAR:
        return Words(edges=f"{page.text[:HEAD]} … {page.text[-FOOT:]}", heading=heading)
    foot = _foot(page)
    return Words(heading=heading, foot=foot) if heading or foot else NOTHING


def _foot(page: Page) -> str:
    content = page.content
    start = content.rfind(b"<footer")
    if start < 0:
        return ""
    end = content.find(b"</footer", start, start + MOST_BYTES)
    return _text_of(content[start:end], page.charset.name) if end >= 0 else ""


@lru_cache(64)  # the same stands on page after page
def _text_of(written: bytes, charset: str) -> str:
    text = unescape(_TAG.sub(" ", written.decode(charset, "replace")))
    return squeeze(text)[-FOOT:]


NOTHING = Words()
