"""The page itself, without its pictures, does not weigh more than a slow line can bear."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.page import Page


def check(page: Page, *, max_bytes: int = 500_000) -> Iterator[Place]:
    if len(page.content) > max_bytes:
        yield Place(where="html", saw=f"{len(page.content)} > {max_bytes}", note="too_heavy")
