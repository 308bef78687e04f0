"""Long menus that stand on page after page: the parser need not go through them again.

A plain list (`<ul>` of `<li><a href="…">text</a></li>` and nothing else) whose bytes were met
before is given to the parser with its first item alone, and with a mark nobody outside knows.
The others would be read as that one is: each ends in the state it began in. So where the mark
comes out of the parser as an attribute of a list, and that list is what is written, the tree
lacks nothing but items like its only one. Where a mark does not come out so (in a comment, in
a script, after a tag somebody forgot to close), the page is read as a whole; and so it is
where such a list stands in the main text, or inside an element whose own text is asked for.
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from secrets import token_hex

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from aiqyn.subjects.charset import is_utf8
from aiqyn.subjects.hrefs import Items

FEWEST = 1_200  # bytes of a list worth knowing
LONGEST = 65_536
MOST = 200  # lists known at once: those of a site, with every item that is marked as one's own
MOST_MET = 10_000
MOST_LATELY = 8  # looked for at once: a site has one menu or two in each language

_BEGIN, _END = b"<ul", b"</ul>"
_BEGIN_OF_MAIN, _END_OF_MAIN = b"<main", b"</main>"
_VALUE = rb"(?:\"[^\"<>]*\"|'[^'<>]*')"
# Nothing is tried in a second way: a list that is nearly plain costs no more than a plain one.
_GIVEN = rb"(?>(?:(?:class|title|target|rel)=" + _VALUE + rb"\s*+)*)"
_ITEM = (
    rb"\s*+<li(?>(?:\s++" + _GIVEN + rb")?)>\s*+<a " + _GIVEN + rb"href=\"[^\"<>]++\"\s*+" + _GIVEN
    + rb">[\s\xc2]*+[^\s<>&\xc2][^<>]*+</a>\s*+</li>"
)  # fmt: skip
_LIST = re.compile(
    rb"(<ul(?>(?:\s++" + _GIVEN + rb")?)>" + _ITEM + rb")(?>(?:" + _ITEM + rb")+)\s*+</ul>"
)
_MARK = f"data-{token_hex(12)}"  # an attribute no page has: its value numbers the menus of a page
_BYTES = _MARK.encode()
# What a menu stands in: the text of none of these is ever asked for apart from the whole page's.
_AROUND = frozenset(
    {"html", "body", "div", "nav", "header", "footer", "aside", "section", "form", "center",
     "span", "ul", "ol", "li"}
)  # fmt: skip
_ROLES = frozenset(
    {"", "banner", "complementary", "contentinfo", "list", "listitem", "menu", "menubar",
     "navigation", "none", "presentation"}
)  # fmt: skip


class Menu(Struct, frozen=True):
    """A plain list that was met more than once."""

    written: bytes  # up to its end
    short: bytes  # with its first item alone
    shown: str  # the same as a tree writes it
    hrefs: Items  # of those left out


class Rest(Struct, frozen=True):
    """A page without most items of its menus."""

    tree: LexborHTMLParser
    left_out: dict[int, Items]  # hrefs of items, by `mem_id` of the link before them
    first: frozenset[int]  # items before those left out, by `mem_id`

    def hrefs(
        self, links: Sequence[LexborNode], hrefs: Sequence[str | None]
    ) -> list[Sequence[str | None]]:
        """Return the hrefs of all links of the page as it was written, in its order.

        Given are the links of `tree` and their hrefs. Items left out are a piece of their
        own, what stands between them is another.
        """
        of_links = [node.mem_id for node in links]
        places = sorted((of_links.index(link) + 1, link) for link in self.left_out)
        pieces: list[Sequence[str | None]] = []
        reached = 0
        for place, link in places:
            pieces += hrefs[reached:place], self.left_out[link]
            reached = place
        return [*pieces, hrefs[reached:]]

    def leaves_out(self, hrefs: Set[str]) -> bool:
        """Whether an item left out leads to one of `hrefs`."""
        return any(not hrefs.isdisjoint(each) for each in self.left_out.values())


class Shortened(Struct, frozen=True):
    """The bytes of a page with the menus known shortened and marked, and those in their order."""

    whole: bytes
    content: bytes
    menus: Sequence[Menu] = ()

    def holds(self, needle: bytes, lower: bytes) -> bool:
        """Whether the whole has these lower-case bytes, which hold no tag; `lower` is `content`."""
        if needle in _BYTES:
            return needle in self.whole.lower()
        return needle in lower or any(_holds(menu.written, needle) for menu in self.menus)


_known: dict[bytes, Menu | None] = {}  # None: of no use
_lately: dict[bytes, Menu] = {}  # a few of them, by what they are
_met: set[int] = set()  # once so far


def rest_of(short: Shortened) -> Rest | None:
    """Read a page in UTF-8 without the items of menus met before; None where it has none."""
    menus = short.menus
    if not menus:
        return None
    tree = LexborHTMLParser(short.content)
    left_out, first, missing = {}, [], dict(enumerate(menus))
    for node in tree.tags("ul"):
        number = node.attrs.get(_MARK)
        if number is None:
            continue
        del node.attrs[_MARK]
        menu = menus[int(number)]
        if node.html == menu.shown and _is_beside_main(node):
            item = next(node.iter())
            left_out[next(item.iter()).mem_id] = menu.hrefs
            first.append(item.mem_id)
            del missing[int(number)]
    for menu in missing.values():
        _known[menu.written] = None
        _lately.pop(menu.written, None)
    return None if missing else Rest(tree, left_out, frozenset(first))


def shortened(content: bytes) -> Shortened:
    """Shorten the menus of a page that are known; remember the others, where they are UTF-8."""
    kept: list[bytes] = []
    menus: list[Menu] = []
    main = _main_of(content)
    reached = place = 0
    while (end := content.find(_END, place)) >= 0:
        if end - place >= FEWEST and end not in main and (menu := _before(content, place, end)):
            mark = f" {_MARK}={len(menus)}".encode()
            start = end - len(menu.written)
            kept += content[reached:start], _BEGIN, mark, menu.short[len(_BEGIN) :]
            menus.append(menu)
            reached = end
        place = end + len(_END)
    kept.append(content[reached:])
    return Shortened(content, b"".join(kept) if menus else content, menus)


def _main_of(content: bytes) -> range:
    """Where the main text is, as pages mostly write it: its lists are no menus."""
    begin = content.find(_BEGIN_OF_MAIN)
    return range(begin, content.rfind(_END_OF_MAIN)) if begin >= 0 else range(0)


def _before(content: bytes, place: int, end: int) -> Menu | None:
    """Return the menu that ends at `end`, if one is known that does; it begins after `place`."""
    lately = tuple(_lately)  # of pages one after another, mostly the same
    if lately and content.endswith(lately, place, end):
        return next(_lately[each] for each in lately if content.endswith(each, place, end))
    start = content.rfind(_BEGIN, place, end)
    if start < 0 or not FEWEST <= end - start <= LONGEST:
        return None
    menu = _menu(content[start:end])
    if menu:
        if len(_lately) >= MOST_LATELY:
            _lately.clear()
        _lately[menu.written] = menu
    return menu


@lru_cache(1_000)
def _holds(written: bytes, needle: bytes) -> bool:
    return needle in written.lower()


def _menu(written: bytes) -> Menu | None:
    """Return what is known of a list; what is met for the first time is only remembered."""
    if written in _known:
        return _known[written]
    digest = hash(written)
    if digest not in _met:
        if len(_met) >= MOST_MET:
            _met.clear()
        _met.add(digest)
        return None
    if len(_known) >= MOST:
        _known.clear()
    menu = _known[written] = _learnt(written)
    return menu


def _learnt(written: bytes) -> Menu | None:
    plain = _LIST.fullmatch(written + _END)
    if plain is None or not is_utf8(written):
        return None
    shown = LexborHTMLParser(plain[1] + _END).tags("ul")[0].html or ""
    links = LexborHTMLParser(written + _END).tags("a")
    hrefs = Items(link.attributes["href"] or "" for link in links[1:])
    return Menu(written, plain[1], shown, hrefs)


def _is_beside_main(node: LexborNode) -> bool:
    around = node.parent
    while around is not None and around.is_element_node:
        role = (around.attributes.get("role") or "").lower()
        if around.tag not in _AROUND or role not in _ROLES:
            return False
        around = around.parent
    return True
