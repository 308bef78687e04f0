"""A page adapts to the width of the screen and lets the reader zoom."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.page import Page

_NO_ZOOM = re.compile(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1(?:\.0*)?(?![\d.])")


def check(page: Page) -> Iterator[Place]:
    content = page.metas.get("viewport", "").lower()
    if not re.search(r"width\s*=\s*device-width|initial-scale", content):
        yield Place(where="head", saw=content, note="missing")
    elif _NO_ZOOM.search(content):
        yield Place(where="meta[name=viewport]", saw=content, note="zoom_forbidden")
