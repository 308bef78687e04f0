"""What can be downloaded in one language can be downloaded in the others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.among import Among
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import DOCUMENT, Twin, Twins, by_group, folder_of, paired_by, twins_of

MANY = 5  # documents a version offers before another without any is spoken of
MISSED = 3  # documents fewer than its twin has, and half of them at most: then a page has fewer


class _Lacking(NamedTuple):
    """A page whose twin offers more."""

    page: PageFacts
    group: str
    twin: Twin
    note: str


def check(site: Site, *, languages: Sequence[str] = ("kk", "ru", "en")) -> Iterator[Place | Count]:
    twins = twins_of(site)
    offered = twins.offered(languages)
    documents = Among(
        {
            number
            for number, url in enumerate(site.urls)
            if DOCUMENT.search(url) and site.is_alive(url)  # a dead link offers nothing
        }
    )
    has = {
        page.url: documents.of(page.links) for language in offered for page in twins.pages[language]
    }
    in_all = {
        language: len(frozenset().union(*(has[page.url] for page in twins.pages[language])))
        for language in offered
    }
    most = max(in_all.values(), default=0)
    bare = [each for each in offered if not in_all[each] and most >= MANY]
    lacking, judged = _lacking(twins, [each for each in offered if each not in bare], has)
    if len(offered) < 2 or not (judged or bare):
        raise Inapplicable
    if judged and not bare:  # a version without any has no pages to be counted by
        yield Count(good=judged - len(lacking), of=judged)
    for language in bare:
        page = twins.pages[language][0]
        yield _place(page, f"{language}: 0, {_told(in_all)}", "none_at_all")
    for note in ("none_here", "fewer_here"):
        told = {each.page.url: each for each in lacking if each.note == note}
        for group, page, number in by_group((each.group, each.page) for each in told.values()):
            own, twin = len(has[page.url]), told[page.url].twin
            saw = f"{group} ({number}): {own} / {len(has[twin.page.url])}, {twin.page.address}"
            yield _place(page, saw, note, paired_by(twin.how))


def _lacking(
    twins: Twins, languages: Sequence[str], has: dict[str, frozenset[int]]
) -> tuple[list[_Lacking], int]:
    """Pages with fewer documents than their twin, once each, and how many were compared."""
    lacking: dict[str, _Lacking] = {}
    judged = set()
    for own, other in permutations(languages, 2):
        for page in twins.pages[own]:
            twin = twins.of(page, other)
            if twin is None or twin.how in ("date", "menu") or not has.get(twin.page.url):
                continue
            judged.add(page.url)
            if note := _note(len(has[page.url]), len(has[twin.page.url])):
                lacking[page.url] = _Lacking(page, f"{own}: {folder_of(page)}", twin, note)
    return list(lacking.values()), len(judged)


def _note(own: int, of_twin: int) -> str:
    if not own:
        return "none_here"
    return "fewer_here" if 2 * own <= of_twin and of_twin - own >= MISSED else ""


def _told(in_all: dict[str, int]) -> str:
    numbers: dict[str, int] = defaultdict(int, in_all)
    return ", ".join(f"{language}: {numbers[language]}" for language in in_all if in_all[language])


def _place(page: PageFacts, saw: str, note: str, where: str = "main") -> Place:
    return Place(where=where, saw=saw, address=page.address, evidence=page.sha256, note=note)
