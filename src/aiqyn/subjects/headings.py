"""Which element is the heading of a page's own text, where the page marks no text as such."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from aiqyn.subjects.around import Inside
from aiqyn.subjects.looks import MOST_BESIDE, before
from aiqyn.subjects.spaces import squeeze

if TYPE_CHECKING:
    from aiqyn.subjects.page import Page

LONG = 200  # characters of a paragraph that may stand for a heading
MOST = 40  # headings that are looked at

_CELLS = frozenset({"td", "th"})
_LARGE = ("h1", "h2", "h3", "h4", "h5", "b", "strong", "font", "span", "big", "center")
_CALLED = "[class*=tit i], [class*=head i], [class*=zag i], [class*=name i], [class*=atau i]"
_PARTS = re.compile(r" [|/–—·•:»-] | ?\| ?")  # of a title


def heading_of(page: "Page", known: Inside) -> tuple[LexborNode | None, bool]:
    """Return the heading of the text, and whether the title of the page or a link calls it so.

    Where nothing is called so, it is the first heading, or else the paragraph where most is said.
    What stands in the frame `known` already is no heading of the text.
    """
    named = [squeeze(each).lower() for each in _PARTS.split(page.title)]
    given = [each for each in page.nodes("h1")[:MOST] if each not in known]
    called = [(each, name) for each in given if (name := _name_of(each))]
    titled = next((each for each, name in called if name == named[0]), None)
    if titled is not None and len(named) > 1:
        return titled, True
    own = (each for each, name in called if name not in named and not _leads(each))
    heading = next(own, None)
    if heading is not None and not _is_first(heading):
        return heading, False
    for name in filter(None, (_named_by_link(page), *named[: len(named) - 1])):
        if (large := _written_large(page, name, known)) is not None:
            return large, True
    return _first_or_longest(page, titled or heading, known), False


def _first_or_longest(page: "Page", heading: LexborNode | None, known: Inside) -> LexborNode | None:
    """Return the heading, or the paragraph where most is said in place of a name of the site.

    That is the first thing on its pages, and the text stands in a cell below it.
    """
    if heading is not None and not _is_first(heading):
        return heading
    most = _where_most_is_said(page, known)
    is_apart = most is not None and (heading is None or _is_in_cell(most))
    return most if is_apart else heading


def _name_of(heading: LexborNode) -> str:
    return squeeze(heading.text(separator=" ")).lower()


def _named_by_link(page: "Page") -> str:
    """Return what a link that leads to the page itself calls it, as its menu does; "" for none."""
    address = page.address.partition("#")[0]
    ending = address.rstrip("/").rpartition("/")[2]
    like = [each for each in page.hrefs if each.rstrip("/").endswith(ending)]
    leading = {each for each in like if _joined(address, each) == address}
    return next(map(_name_of, page.links_to(leading)), "") if leading else ""


def _joined(address: str, href: str) -> str:
    try:
        return urljoin(address, href)
    except ValueError:
        return ""


def _leads(heading: LexborNode) -> bool:
    """Whether a heading leads somewhere or shows a picture: the name of a site does."""
    is_link = heading.parent is not None and heading.parent.tag == "a"
    return is_link or heading.css_first("a, img") is not None


def _written_large(page: "Page", name: str, known: Inside) -> LexborNode | None:
    """Return what is called so and looks like a heading; None for several: one may be beside."""
    large = [each for tag in _LARGE for each in page.nodes(tag)[:MOST_BESIDE]]
    large += [each for each in page.lean.css(_CALLED)[:MOST_BESIDE] if each.tag not in _LARGE]
    found = []
    for each in large:
        own = squeeze(each.text(deep=False)).lower()  # of all of it, were they nested, no end
        if own == name and each not in known and not _leads(each):
            found.append(each)
    return found[0] if len(found) == 1 else None


def _is_first(node: LexborNode | None) -> bool:
    """Whether nothing stands before an element on its page."""
    while node is not None and node.tag != "body":
        if next(before(node), None) is not None:
            return False
        node = node.parent
    return True


def _is_in_cell(node: LexborNode | None) -> bool:
    while node is not None and node.tag not in _CELLS:
        node = node.parent
    return node is not None


def _where_most_is_said(page: "Page", known: Inside) -> LexborNode | None:
    """Return the paragraph, or the element with broken lines, of the longest text of its own."""
    told = {each.mem_id: each for each in page.nodes("p")[:MOST_BESIDE]}
    around = (each.parent for each in page.nodes("br")[:MOST_BESIDE])
    told |= {each.mem_id: each for each in around if each is not None}
    longest, most = None, LONG
    for each in told.values():
        if each not in known and (size := len(each.text(deep=False))) >= most:
            longest, most = each, size + 1
    return longest
