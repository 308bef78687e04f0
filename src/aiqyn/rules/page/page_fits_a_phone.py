"""A page adapts to the width of the screen and lets the reader zoom."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.page import Page

# WCAG asks for 200 %: what stops before that forbids.
_NO_ZOOM = re.compile(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*[01](?:\.\d*)?(?![\d.])")


def check(page: Page) -> Iterator[Place]:
    content = page.metas.get("viewport", "").lower()
    if not content and page.is_shell:
        raise CannotTell("filled_by_script")
    if not re.search(r"width\s*=\s*device-width|initial-scale", content):
        yield Place(where="head", saw=content, note="missing")
    elif _NO_ZOOM.search(content):
        yield Place(where="meta[name=viewport]", saw=content, note="zoom_forbidden")
