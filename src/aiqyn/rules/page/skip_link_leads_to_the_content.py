"""The link past the menu leads to a place that is there."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.spaces import squeeze

FIRST = 5  # links of the page among which it stands
_SKIP = re.compile(r"мазмұн|негізгі|өту|содержани|контент|основн|skip|content|jump", re.IGNORECASE)


def check(page: Page) -> Iterator[Place]:
    if not any(href[0] == "#" and len(href) > 1 for href in page.hrefs[:FIRST]):
        raise Inapplicable
    links = page.select("a[href]")[:FIRST]
    skips = [link for link in links if _skips(link.attributes["href"] or "", link.text())]
    if not skips:
        raise Inapplicable
    for link in skips:
        target = (link.attributes["href"] or "")[1:]
        if not page.select(f'[id="{target}"], a[name="{target}"]'):
            yield Place(where=page.path_of(link), saw=shorten(f"#{target}"), note="nowhere")


def _skips(href: str, text: str) -> bool:
    is_inside = len(href) > 1 and href[0] == "#" and re.fullmatch(r"[\w-]+", href[1:])
    return bool(is_inside) and _SKIP.search(squeeze(text)) is not None
