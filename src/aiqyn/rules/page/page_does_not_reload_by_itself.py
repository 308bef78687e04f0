"""A page does not reload or leave while it is being read."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten

LONG = 72_000  # seconds, twenty hours: nobody reads so long
_DELAY = re.compile(r"\s*(\d+)")


def check(page: Page) -> Iterator[Place]:
    if not any("http-equiv" in node.attributes for node in page.nodes("meta")):
        raise Inapplicable
    found = page.select_lean("meta[http-equiv=refresh i][content]")
    if not found:
        raise Inapplicable
    for node in found:
        content = node.attributes["content"] or ""
        delay = _DELAY.match(content)
        if delay and 0 < int(delay[1]) < LONG:
            yield Place(where="meta[http-equiv=refresh]", saw=shorten(content), note="reloads")
