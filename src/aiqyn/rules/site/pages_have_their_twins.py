"""What one language tells, the other tells too: every page has its twin."""

from collections.abc import Iterator, Sequence
from itertools import permutations

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.of_sections import unless_cut
from aiqyn.subjects.page import shorten
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import Twins, by_group, folder_of, twins_of

FEW = 5  # pages a version needs before its pages are paired
PAIRED = 0.2  # share of pages that must find a twin for the lack of one to mean something
FEWER = 0.5  # share of the other version's pages below which numbers alone tell


def check(site: Site, *, languages: Sequence[str] = ("kk", "ru")) -> Iterator[Place | Count]:
    twins = twins_of(site)
    offered = twins.offered(languages)
    if len(offered) < 2:
        raise Inapplicable
    lacking, asked, doubts = [], 0, []
    for own, other in permutations(offered, 2):
        pages, theirs = twins.pages[own], twins.pages[other]
        alone = _alone(twins, pages, other)
        if len(pages) - len(alone) >= PAIRED * min(len(pages), len(theirs)):
            lacking += [(f"{other}: {folder_of(page)}", page) for page in alone]
        elif len(theirs) < FEWER * len(pages):
            alone = alone[: len(pages) - len(theirs)]
            lacking += [(f"{own} {len(pages)}, {other} {len(theirs)}", page) for page in alone]
        else:
            doubts.append(other)
        asked += len(pages)
    places = [
        Place(
            where="html",
            saw=f"{group} ({number}): {shorten(page.title, 80)}",
            address=page.address,
            evidence=page.sha256,
            note="no_twin",
        )
        for group, page, number in by_group(lacking)
    ]
    yield from unless_cut(site, places)
    if doubts and not lacking:
        raise CannotTell("not_paired")
    yield Count(good=asked - len(lacking), of=asked)


def _alone(twins: Twins, pages: Sequence[PageFacts], language: str) -> list[PageFacts]:
    """Pages without a twin; a copy of one that has a twin has it, too: / and /index.html."""
    paired = {page.sha256 for page in pages if twins.of(page, language) is not None}
    return [
        page for page in pages if page.sha256 not in paired and not twins.may_exist(page, language)
    ]
