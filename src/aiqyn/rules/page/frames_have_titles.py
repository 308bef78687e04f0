"""Every frame (a map, a video, a form of another site) says what is in it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden, named_by


def check(page: Page) -> Iterator[Place]:
    frames = [*page.nodes("iframe"), *page.nodes("frame")]
    frames = [frame for frame in frames if not is_hidden(frame)]
    if not frames:
        raise Inapplicable
    for frame in frames:
        if not _is_named(frame, page):
            saw = frame.attributes.get("src") or ""
            yield Place(where=page.path_of(frame), saw=shorten(saw), note="no_title")


def _is_named(frame: LexborNode, page: Page) -> bool:
    given = frame.attributes
    if any((given.get(name) or "").strip() for name in ("title", "aria-label")):
        return True
    if named_by(given.get("aria-labelledby") or "", page):
        return True
    is_passed_by = (given.get("tabindex") or "").startswith("-")
    return is_passed_by or given.get("role") in ("none", "presentation")
