"""What of a page of an old site is the frame of the site, told by what it is, not by its name.

Where nothing marks the main text, its heading does: the text stands around it, and what stands
beside that, on the way up to the whole page, is asked what it is. Columns of links, headers with
pictures and forms, calendars and lines of rights are the frame. A sentence is not, nor is what
stands right behind a heading that has little below it, and in doubt nothing is. A page is asked
alone: what others of its site repeat is not known while it is read.
"""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from selectolax.lexbor import LexborNode

from aiqyn.subjects.around import ANYWHERE, NAMED, Inside, present, text_beside
from aiqyn.subjects.headings import LONG, heading_of
from aiqyn.subjects.looks import (
    Block,
    Nearby,
    before,
    is_foot,
    is_head,
    is_menu,
    is_plain_menu,
    length_of,
)
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.spaces import squeeze

if TYPE_CHECKING:
    from aiqyn.subjects.page import Page

SAID = 40  # characters below a heading that make a text, where they are no links
ENOUGH = LONG  # characters of a text that no other stands beside: a page of its own
LAST = 3  # elements at the end of the page's text that may be the foot
DEEP = 6  # elements in one another around the foot of a page of tables

_CELLS = frozenset({"td", "th"})
_SHOWN = frozenset({"img", "iframe", "video", "object", "embed", "table", "ul", "ol", "dl", "form"})
_LANGUAGE = "kk-kz|kk|kz|kaz|qazaq|qaz|ru-ru|ru-kz|rus|ru|en-us|en-gb|eng|en"
_HOME = re.compile(
    rf"/?(?:(?:{_LANGUAGE})/?)?(?:(?:index|default|main)\.\w{{2,5}})?", re.IGNORECASE
)


class _Text(Struct, frozen=True):
    """Where the text of a page stands: from `node` upwards all else is beside it."""

    node: LexborNode
    size: int  # characters below its heading, at most about ENOUGH
    is_sure: bool  # what its heading is

    @property
    def is_whole(self) -> bool:
        return self.is_sure or self.size >= ENOUGH


def own_text(page: "Page", body: LexborNode, tags: Container[str | None], roles: str) -> str:
    """Return the text of a page less what its names, its `roles` or its looks tell to be around.

    `tags` are those of elements the page has.
    """
    css = present(ANYWHERE, tags, roles, NAMED)
    cut = body.css(css)
    return text_beside(body, css, cut, frame_of(page, body, Inside(cut)))


def frame_of(page: "Page", body: LexborNode, known: Inside) -> list[LexborNode]:
    """Return the elements that stand around the text of `page`, in its order.

    A first page has no text of its own, but it ends as all do; of a page without a heading
    nothing is told.
    """
    if page.evidence.depth == 0 or _is_home(page.address):
        return _foot_within(body)
    heading, is_sure = heading_of(page, known)
    if heading is None:
        return []
    nearby = Nearby()
    above, text = _up_to_text(heading, body, nearby, is_sure=is_sure)
    if heading.tag != "h1" and Block(text.node).lists_news():
        return []  # news beside the page, or the page itself: both look alike
    below: list[LexborNode] = []
    node, behind = text.node, _Behind(text)
    while node.mem_id != body.mem_id and node.parent is not None:
        is_next = node.mem_id == text.node.mem_id
        above += [each for each in nearby.before(node) if is_head(each, is_next=is_next)]
        below += behind.frame_of(nearby.after(node), is_next=is_next)
        node = node.parent
    return [*reversed(above), *(below or _foot_within(text.node))]


def _is_home(address: str) -> bool:
    parts = parts_of(address)
    return not parts.query and _HOME.fullmatch(parts.path) is not None


def _up_to_text(
    heading: LexborNode, body: LexborNode, nearby: Nearby, *, is_sure: bool
) -> tuple[list[LexborNode], _Text]:
    """Return menus above the heading where the text is, the nearest first, and where that is."""
    above: list[LexborNode] = []
    node, size = heading, _own_size(heading)
    while size < SAID and node.mem_id != body.mem_id and (parent := node.parent) is not None:
        above += filter(is_menu, nearby.before(node))
        is_text = parent.tag in _CELLS  # however short: beside a column stand others
        for each in nearby.after(node):
            said = _said(each)
            is_text = is_text or (said > 0 and each.css_first("a") is None)
            size += said
            if size >= ENOUGH:
                break
        size += len(squeeze(parent.text(deep=False)))
        node = parent
        if is_sure and is_text and size:
            break
    return above, _Text(node, size, is_sure)


def _own_size(heading: LexborNode) -> int:
    """Return how much is said where the heading is none but where most is said."""
    size = len(heading.text(deep=False))
    return size if size >= ENOUGH else 0


def _said(node: LexborNode) -> int:
    """Return how much an element says or shows below a heading, but of the way to the page."""
    if node.tag in _SHOWN or node.css_first("img, iframe, video, object, embed"):
        return max(SAID, len(node.text()))
    return len(squeeze(node.text())) - sum(len(each.text()) for each in node.css("a"))


class _Behind:
    """What stands after the text of a page, asked in its order whether it is the frame."""

    def __init__(self, text: _Text) -> None:
        self.text = text
        self.lacking = max(0, ENOUGH - text.size)  # characters, until the first are found

    def frame_of(self, nodes: Iterable[LexborNode], *, is_next: bool) -> Iterator[LexborNode]:
        """Yield what is the frame among elements beside one another, after the text.

        A heading with a day below it is no page: what is right behind it is what it promises,
        be it links alone.
        """
        lacking = self.lacking
        for each in nodes:
            if is_foot(each):
                yield each
            elif lacking > 0 and each.tag not in _CELLS and not Block(each).is_calendar():
                lacking -= length_of(each)
                self.lacking = 0
            elif _is_frame(each, self.text, is_next=is_next):
                yield each
            is_next = False


def _is_frame(node: LexborNode, text: _Text, *, is_next: bool) -> bool:
    """Whether an element after the text is no more of it, as what has no label of its own may be.

    Columns stand beside one another: what is in another cell is not below the heading.
    """
    if node.tag in _CELLS and text.is_whole:
        return is_menu(node) or Block(node).lists_news()
    if text.size < SAID:  # it may be the way to the text
        return False
    if text.is_whole and (not is_next or Block(node).is_labelled()):
        return is_menu(node)
    return is_plain_menu(node)


def _foot_within(node: LexborNode) -> list[LexborNode]:
    """Return what at the end of an element is the foot of the site, the least that says so.

    All of a page may stand in one element, and its foot in others within.
    """
    for _ in range(DEEP):
        last = _last(node)
        feet = [each for each in last if is_foot(each)]
        wider = [each for each in feet if any(map(is_foot, _last(each)))]
        if feet and not wider:
            return feet
        if not last:
            return []
        node = (wider or last)[-1]
    return []


def _last(node: LexborNode) -> list[LexborNode]:
    """Return the last elements in another, in their order."""
    last = node.last_child
    found = [last] if last is not None and last.is_element_node else []
    found += islice(before(last), LAST)
    return found[LAST - 1 :: -1]
