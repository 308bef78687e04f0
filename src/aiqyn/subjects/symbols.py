"""The flag and the emblem on a page: whether they are shown, and where."""

import re

from selectolax.lexbor import LexborNode

from aiqyn.subjects.page import Page

_SYMBOLS = (
    "img, svg, object, [role=img], [class*=gerb i], [class*=emblem i], [class*=flag i], "
    "[style*=gerb i], [style*=emblem i], [style*=flag i], [style*=eltanba i]"
)
_EMBLEM = re.compile(r"елтаңба|герб|emblem|gerb|[ea]lta[nń]ba|coat.of.arms", re.IGNORECASE)
_FLAG = re.compile(r"\bту(?:ы|лары)?\b|флаг|flag|\btuy?\b", re.IGNORECASE)
_OF_LANGUAGE = "[class*=lang i] *, a[hreflang] *, [hreflang]"
_LOW = (
    "footer *, [role=contentinfo] *, [class*=footer i] *, [id*=footer i] *, "
    "[class*=bottom i] *, [id*=bottom i] *, [class*=podval i] *"
)
_STYLED = "[class*=logo i]:empty, [id*=logo i]:empty, [class*=brand i]:empty, [class*=simvol i]"
FIRST = 5  # pictures of a page among which that of its head is
WIDE = 600  # pixels
_DIGITS = re.compile(r"(?:\d{1,4})(?P<of>%)?")
_OF_BODY = re.compile(  # what the picture of a head is called; photographs of news differ
    r"әкімдік|әкімдіг|акимат|министе?р|департамент|басқарма|управлени|комитет|агенттіг|агентств"
    r"|сайт|akimat|ministry|department|committee|agency|site",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?<![^\W\d_])(?:header|head|shapka|hat|logo|logotip\w*|top|шапка|логотип\w*|жоғарғы)"
    r"(?:img|image|bg|banner|pic)?\d*(?![^\W\d_])",
    re.IGNORECASE,
)
_BACKGROUND = (
    "[background*=head i], [background*=shapka i], [background*=top i], [background*=logo i]"
    ", [style*='head' i][style*='url(' i], [style*='shapka' i][style*='url(' i]"
    ", [style*='logo' i][style*='url(' i]"
)
_NAMES = ("alt", "src", "data", "title", "aria-label", "class", "id", "style")


def symbols_of(page: Page) -> tuple[frozenset[str], frozenset[str]]:
    """Return which of "flag" and "emblem" the page shows, and which only at its very bottom."""
    seen: set[str] = set()
    high: set[str] = set()
    for node in page.select(_SYMBOLS):
        symbol = _symbol(node)
        if symbol:
            seen.add(symbol)
            if not node.css_matches(_LOW):
                high.add(symbol)
    return frozenset(seen), frozenset(seen - high)


def may_be_styled(page: Page) -> bool:
    """Whether an empty element waits for a picture that a style sheet would give it."""
    return page.tree.css_first(_STYLED) is not None


def may_be_drawn(page: Page) -> bool:
    """Whether a picture at the head of the page may show what nothing on it names.

    That is the whole head in one picture, or a logo: neither says what is on it.
    """
    if page.tree.css_first(_BACKGROUND) is not None:
        return True
    return any(_is_head(node, given) for node, given in page.images[:FIRST])


def _is_head(node: LexborNode, given: dict[str, str | None]) -> bool:
    if node.tag != "img" or node.css_matches(f"{_LOW}, {_OF_LANGUAGE}"):
        return False
    width = _DIGITS.match(given.get("width") or "")
    is_wide = width is not None and (width["of"] is not None or int(width[0]) >= WIDE)
    said = given.get("alt") or ""
    is_of_body = not said or _OF_BODY.search(said) is not None
    return (is_wide and is_of_body) or _HEAD.search(_words_of(node)) is not None


def _symbol(node: LexborNode) -> str:
    words = _words_of(node)
    if _EMBLEM.search(words):
        return "emblem"
    return "flag" if _FLAG.search(words) and not node.css_matches(_OF_LANGUAGE) else ""


def _words_of(node: LexborNode) -> str:
    """All a picture says of itself: its name, its description, its class."""
    given = node.attributes
    words = [given.get(key) or "" for key in _NAMES]
    if node.tag == "svg":
        words += [each.text() for each in node.css("title, desc")]
        words += [each.attributes.get("href") or "" for each in node.css("use")]
    return re.sub(r"[_/.()'\"-]+", " ", " ".join(words))
