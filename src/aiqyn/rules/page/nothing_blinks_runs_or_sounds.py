"""No running lines, no blinking text, no sound that starts by itself."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

_LOUD = "audio[autoplay], video[autoplay]:not([muted])"


def check(page: Page) -> Iterator[Place]:
    for tag in ("marquee", "blink"):
        for node in page.nodes(tag):
            if not is_hidden(node):
                yield Place(where=page.path_of(node), saw=shorten(node.text()), note=tag)
    if page.holds(b"autoplay"):
        for node in page.select(_LOUD):
            yield Place(where=page.path_of(node), saw=str(node.tag), note="sounds")
    if not page.holds(b"<body"):
        raise Inapplicable
