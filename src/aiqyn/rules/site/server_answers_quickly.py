"""Half of the pages come within the time a reader waits gladly."""

from collections.abc import Iterator
from statistics import median

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site

ENOUGH = 5  # pages, to speak of the server and not of one page


def check(site: Site, *, seconds: float = 2.0) -> Iterator[Place]:
    asked = [
        each
        for each in site.of_role("page")
        if each.seconds > 0 and 200 <= each.status < 300 and not each.failure
    ]
    if len(asked) < ENOUGH:
        raise CannotTell("too_few")
    middle = median(each.seconds for each in asked)
    if middle > seconds:
        slowest = max(asked, key=lambda each: (each.seconds, each.url))
        yield Place(
            where="HTTP",
            saw=f"{middle:.1f} s > {seconds:g} s",
            address=slowest.url,
            evidence=slowest.sha256,
            note="slow",
        )
