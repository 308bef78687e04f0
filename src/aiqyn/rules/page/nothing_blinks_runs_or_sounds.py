"""No running lines, no blinking text, no sound that starts by itself."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

_RESTLESS = "marquee, blink, audio[autoplay], video[autoplay]:not([muted])"
_NAMES = ("marquee", "blink", "audio", "video")


def check(page: Page) -> Iterator[Place]:
    if not page.holds(b"<body"):
        raise Inapplicable
    may_be = any(map(page.nodes, _NAMES))
    for node in page.select_lean(_RESTLESS) if may_be else ():
        if node.tag in ("audio", "video"):
            yield Place(where=page.path_of(node), saw=str(node.tag), note="sounds")
        elif not is_hidden(node):
            yield Place(where=page.path_of(node), saw=shorten(node.text()), note=str(node.tag))
