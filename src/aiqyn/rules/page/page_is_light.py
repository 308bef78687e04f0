"""The page itself, without its pictures, does not weigh more than a slow line can bear."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.page import Page


def check(page: Page, *, max_bytes: int = 500_000) -> Iterator[Place]:
    size = max(len(page.content), page.evidence.size)  # of a very long page only a part is read
    if size > max_bytes:
        yield Place(where="html", saw=f"{size} > {max_bytes}", note="too_heavy")
