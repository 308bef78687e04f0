"""Choosing another language keeps the reader on the page, and does not send them home."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site, is_home
from aiqyn.subjects.twins import Twins, by_group, twins_of

MOSTLY = 0.8  # of the switches of a site that lead home: then it is the switch, not the pages
FEW = 3  # pages of which nothing of the kind may be said


def check(site: Site, *, languages: Sequence[str] = ("kk", "ru", "en")) -> Iterator[Place | Count]:
    """A page whose twin is missing may well lead home: that is another finding."""
    twins = twins_of(site)
    same: list[tuple[str, PageFacts, str]] = []
    home: list[tuple[str, PageFacts, str]] = []
    for own, pages in twins.pages.items():
        for page in (each for each in pages if not is_home(each.address)):
            for other in languages:
                if other != own and (ends := _ends(twins, page, other)):
                    (same if ends == "same" else home).append((f"{own} → {other}", page, other))
    if not same and not home:
        raise Inapplicable
    is_habit = len(home) >= FEW and len(home) >= MOSTLY * (len(same) + len(home))
    wrong = [
        (direction, page)
        for direction, page, other in home
        if is_habit or twins.of(page, other) is not None
    ]
    yield Count(good=len(same), of=len(same) + len(wrong))
    for direction, page, number in by_group(wrong):
        yield Place(
            where="html",
            saw=f"{direction}: {number}",
            address=page.address,
            evidence=page.sha256,
            note="leads_home",
        )


def _ends(twins: Twins, page: PageFacts, language: str) -> str:
    """Return "same" or "home"; "" when the page has no switch or it cannot be made out."""
    crossing = twins.crossing(page, language)
    if not crossing.addresses:
        return ""
    twin = twins.of(page, language)
    if twin is not None and twin.page.url in crossing.urls:
        return "same"
    key = twins.key(page.address)
    if key in map(twins.key, crossing.addresses):
        return "same"
    if all(map(is_home, crossing.addresses)):
        return "home"
    return ""
