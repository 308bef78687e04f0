"""What stands around the text of a page: menus, banners, side columns, footers, scripts."""

from collections.abc import Container, Iterable

from selectolax.lexbor import LexborNode

HIDDEN = ("script", "style", "noscript", "template")
IN_MAIN = ("nav", "aside", *HIDDEN)
ANYWHERE = (*IN_MAIN, "header", "footer")
ROLES_IN_MAIN = "[role=navigation]"
ROLES = f"{ROLES_IN_MAIN}, [role=banner], [role=contentinfo], [role=complementary]"
NAMED = (  # as old sites have them
    "#header, #footer, #menu, #sidebar, .header, .footer, .menu, .sidebar, .breadcrumbs"
    ", #head, #foot, #side, #nav, #navigation, #calendar, .foot, .side, .navigation, .calendar"
)

_BETWEEN = "\0"


def present(tags: tuple[str, ...], elements: Container[str | None], *others: str) -> str:
    """Return one selector for those elements, and for `others` but "".

    A list of selectors is slow: what is not there is better left out.
    """
    return ", ".join([*(tag for tag in tags if tag in elements), *filter(None, others)])


def text_without(node: LexborNode, css: str) -> str:
    """Return the text of `node` less that of the descendants matching `css`.

    A descendant's text is a continuous piece of its ancestor's, so it is cut out
    as a string: the tree stays as it is, and nothing is walked in Python. A mark that no
    parser leaves in a text stands between its pieces: what is cut are whole ones.
    """
    if not css:
        return node.text(separator=" ")
    return _reduced(node, node.css(css)).replace(_BETWEEN, " ")[1:-1]


def text_beside(node: LexborNode, css: str, cut: list[LexborNode], frame: list[LexborNode]) -> str:
    """Return `text_without` of both: `cut` are what matches `css`, and `frame` what else goes."""
    gone = Inside(cut)
    left = [each for each in frame if each not in gone]
    pieces = ((each, _reduced(each, each.css(css) if cut else [])) for each in left)
    return _cut(_reduced(node, cut), pieces).replace(_BETWEEN, " ")[1:-1]


def _marked(node: LexborNode) -> str:
    return f"{_BETWEEN}{node.text(separator=_BETWEEN)}{_BETWEEN}"


def _reduced(node: LexborNode, cut: list[LexborNode]) -> str:
    """Return the text of an element, marked, less that of descendants."""
    text = _marked(node)
    return _cut(text, ((each, _marked(each)) for each in cut)) if cut else text


def _cut(text: str, pieces: Iterable[tuple[LexborNode, str]]) -> str:
    """Return `text` without each of the pieces, which stand in it in their order."""
    kept, reached = [], 0
    around = Inside()
    for unwanted, piece in pieces:
        if unwanted in around:  # it is cut out already
            continue
        place = text.find(piece, reached) if len(piece) > 2 else -1
        if place >= 0:
            kept.append(text[reached : place + 1])
            reached = place + len(piece) - 1
            around.add(unwanted)
    kept.append(text[reached:])
    return " ".join(kept)


class Inside:
    """Which elements stand inside some others; on the way up each is looked at once.

    What is added later must not stand around what was asked about before.
    """

    def __init__(self, others: Iterable[LexborNode] = ()) -> None:
        self._told = {other.mem_id: True for other in others}

    def add(self, other: LexborNode) -> None:
        self._told[other.mem_id] = True

    def __contains__(self, node: LexborNode) -> bool:
        way: list[int] = []
        at = node.parent
        while at is not None and at.mem_id not in self._told:
            way.append(at.mem_id)
            at = at.parent
        told = at is not None and self._told[at.mem_id]
        self._told |= dict.fromkeys(way, told)
        return told
