"""Which elements the bytes of a page open: counted once, this saves most walks through its tree."""

import re
from collections import Counter

ALWAYS = frozenset({"html", "head", "body"})  # the parser adds them where they are left out
MADE = frozenset({"html", "head", "body", "p", "br", "img", "tbody", "tr", "colgroup"})
# The parser opens these again where they were closed in the wrong order.
REPEATED = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
     "u"}
)  # fmt: skip
OF_MENUS = ("a", "li")  # elements that `lean` may lack
_TAGS = re.compile(rb"<(?!a |li)([a-zA-Z][a-zA-Z0-9]*)")  # the most frequent ones are passed over


def opened_in(content: bytes) -> Counter[bytes]:
    """Return how often each element is opened, by name; links and items of lists are left out."""
    opened = Counter(_TAGS.findall(content))
    for name in [name for name in opened if not name.islower()]:
        opened[name.lower()] += opened.pop(name)
    return opened
