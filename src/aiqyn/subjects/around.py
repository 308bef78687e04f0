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
    kept, reached = [], 0
    for unwanted in node.css(css):
        piece = unwanted.text(separator=" ")
        place = text.find(piece, reached) if piece.strip() else -1
        if place >= 0:
            kept.append(text[reached:place])
            reached = place + len(piece)
    kept.append(text[reached:])
    return " ".join(kept)
