"""The search answers before its reader gives up."""

from collections.abc import Iterator
from statistics import median_low

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.asks import ROLE
from aiqyn.subjects.site import Site


def check(site: Site, *, seconds: float = 3.0) -> Iterator[Place]:
    if not any(page.has_search for page in site.first_pages):
        raise Inapplicable
    answers = [each for each in site.of_role(ROLE) if each.status == 200 and each.seconds > 0]
    if not answers:
        raise CannotTell("not_asked")
    middle = median_low(each.seconds for each in answers)
    if middle > seconds:
        slowest = max(answers, key=lambda each: (each.seconds, each.url))
        yield Place(
            where="search",
            saw=f"{middle:.1f} s > {seconds:g} s",
            address=slowest.url,
            evidence=slowest.sha256,
            note="slow",
        )
