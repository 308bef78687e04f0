"""Pages nested so deep, or so wide, that a parser would take minutes over a few kilobytes."""

import re

MOST = 3_000_000  # bytes of a page that are read: nobody scrolls through as many
DEEPEST = 2_000  # elements in one another; browsers themselves stop at 512
SLICE = 8_192  # bytes looked at together
WIDEST = 20_000  # attributes of one element, options of a page: the parser compares all with all
LONG = 150_000  # bytes, below which no page is so wide

# Elements that close themselves, or that the next of their kind closes, do not nest.
_TAG = re.compile(
    rb"<(/?)(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|td|th"
    rb"|tr|track|wbr)\b)[a-z]",
    re.IGNORECASE,
)


# Data in an attribute may be long; what counts is how many attributes there are.
_ATTRIBUTE = re.compile(
    rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?)?"""
)
_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*+")
_OPENED = re.compile(_NAME.pattern + b"(?>(?:" + _ATTRIBUTE.pattern + b")*)")
_MARK_INSIDE = re.compile(rb"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")  # where a tag seems to end


def beginning(content: bytes) -> bytes:
    """Return what is read of a page: all of it, or of a longer one what stands before a tag."""
    if len(content) <= MOST:
        return content
    end = content.rfind(b"<", 0, MOST)
    return content[: end if end > 0 else MOST]


def is_too_wide(content: bytes) -> bool:
    """Whether an element holds more attributes, or the page more options, than WIDEST."""
    if len(content) < LONG:
        return False
    if content.lower().count(b"<option") > WIDEST:
        return True
    if max(map(len, content.split(b">"))) <= LONG and not _MARK_INSIDE.search(content):
        return False
    tags = (tag[0] for tag in _OPENED.finditer(content))
    return any(_attributes(tag) > WIDEST for tag in tags if len(tag) > 2 * WIDEST)


def _attributes(tag: bytes) -> int:
    name = _NAME.match(tag)
    return sum(1 for _ in _ATTRIBUTE.finditer(tag, name.end() if name else 0))


def is_too_deep(content: bytes) -> bool:
    """Whether the page nests deeper than DEEPEST; costs next to nothing for an honest page."""
    if content.count(b"<") <= DEEPEST:
        return False
    opened = 0
    for start in range(0, len(content), SLICE):
        piece = content[start : start + SLICE]
        opened += piece.count(b"<") - 2 * piece.count(b"</")
        if opened > DEEPEST:
            return _depth(content) > DEEPEST
    return False


def _depth(content: bytes) -> int:
    """The most elements open at once."""
    depth = most = 0
    for tag in _TAG.finditer(content):
        depth = depth + 1 if not tag[1] else max(0, depth - 1)
        most = max(most, depth)
    return most
