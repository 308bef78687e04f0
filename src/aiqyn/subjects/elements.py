"""Which elements the bytes of a page open: for what has to be known before they are parsed."""

import re

SHALLOW = 2_000  # of all tags in the bytes: fewer cannot nest too deep
FEW = SHALLOW // 3
_OPENED = re.compile(rb"<(?!a |li)[a-z]", re.IGNORECASE)
_NAMED = {
    name: re.compile(rb"<%b(?![a-z0-9])" % name, re.IGNORECASE)
    for name in (b"html", b"head", b"body", b"main", b"article")
}


def opens(content: bytes, name: bytes, times: int = 0) -> bool:
    """Whether the bytes open one of a few elements at all, or so many times."""
    if not times:
        return _NAMED[name].search(content) is not None
    return len(_NAMED[name].findall(content)) == times


def is_shallow(content: bytes) -> bool:
    """Whether too few elements are opened to nest too deep.

    Links and items of lists, passed over, close one another: they nest no deeper than the rest.
    """
    # To cut is twice as quick as to count.
    return len(content.split(b"<")) <= SHALLOW or len(_OPENED.findall(content)) <= FEW
