"""What tells a page that is nothing but a picture, or nothing at all."""

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page

NOTHING = 20  # characters of text below which a page cannot be read
_PICTURES = (b"<img", b"<object", b"<embed", b"<canvas", b"<svg")
_SAID = ("alt", "aria-label", "title")


class Bare(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page."""

    is_picture: bool = False  # something to look at, and no text at all, not even of the picture
    is_empty: bool = False  # no element in its body, no text, no script, and no way on


def bare_of(page: Page, links: Links) -> Bare:
    """Return the facts of `page`; most pages have a main text, and nothing more is asked."""
    if len(page.beginning) >= NOTHING or len(page.text) >= NOTHING:
        return Bare()
    is_told = any((given.get(name) or "").strip() for _, given in page.images for name in _SAID)
    return Bare(
        is_picture=not is_told and any(map(page.holds, _PICTURES)),
        is_empty=not (page.text or page.hrefs or page.holds(b"<script"))
        and page.lean.css_first("body *") is None,
    )
