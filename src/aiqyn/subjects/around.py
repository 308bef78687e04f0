"""What stands around the text of a page: menus, banners, side columns, footers, scripts."""

from collections.abc import Container

from selectolax.lexbor import LexborNode

HIDDEN = ("script", "style", "noscript", "template")
IN_MAIN = ("nav", "aside", *HIDDEN)
ANYWHERE = (*IN_MAIN, "header", "footer")
ROLES_IN_MAIN = "[role=navigation]"
ROLES = f"{ROLES_IN_MAIN}, [role=banner], [role=contentinfo], [role=complementary]"
NAMED = (  # as old sites have them
    "#header, #footer, #menu, #sidebar, .header, .footer, .menu, .sidebar, .breadcrumbs"
)


def present(tags: tuple[str, ...], elements: Container[str | None], *others: str) -> str:
    """Return one selector for those elements, and for `others` but "".

    A list of selectors is slow: what is not there is better left out.
    """
    return ", ".join([*(tag for tag in tags if tag in elements), *filter(None, others)])


def text_without(node: LexborNode, css: str) -> str:
    """Return the text of `node` less that of the descendants matching `css`.

    A descendant's text is a continuous piece of its ancestor's, so it is cut out
    as a string: the tree stays as it is, and nothing is walked in Python.
    """
    text = node.text(separator=" ")
    if not css:
        return text
    kept, reached, cut = [], 0, None
    for unwanted in node.css(css):
        if cut is not None and _is_within(unwanted, cut):  # it is cut out already
            continue
        piece = unwanted.text(separator=" ")
        place = text.find(piece, reached) if piece.strip() else -1
        if place >= 0:
            kept.append(text[reached:place])
            reached, cut = place + len(piece), unwanted
    kept.append(text[reached:])
    return " ".join(kept)


def _is_within(node: LexborNode, other: LexborNode) -> bool:
    """Whether `node` is `other`, or inside it."""
    at: LexborNode | None = node
    while at is not None and at.mem_id != other.mem_id:
        at = at.parent
    return at is not None
