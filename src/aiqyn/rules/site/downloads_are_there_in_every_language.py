"""What can be downloaded in one language can be downloaded in the others."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import DOCUMENT, Twins, by_group, folder_of, twins_of

MANY = 5  # documents a version offers before another without any is spoken of


def check(site: Site, *, languages: Sequence[str] = ("kk", "ru", "en")) -> Iterator[Place | Count]:
    twins = twins_of(site)
    offered = twins.offered(languages)
    documents = {
        number
        for number, url in enumerate(site.urls)
        if DOCUMENT.search(url) and site.is_alive(url)  # a dead link offers nothing
    }
    has = {
        page.url: frozenset(documents.intersection(page.links))
        for language in offered
        for page in twins.pages[language]
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
    if judged:
        yield Count(good=judged - len(lacking), of=judged)
    for language in bare:
        page = twins.pages[language][0]
        yield _place(page, f"{language}: 0, {_told(in_all)}", "none_at_all")
    for group, page, number in by_group(lacking):
        yield _place(page, f"{group} ({number})", "none_here")


def _lacking(
    twins: Twins, languages: Sequence[str], has: dict[str, frozenset[int]]
) -> tuple[list[tuple[str, PageFacts]], int]:
    """Pages without any document whose twin has some, and how many were compared."""
    lacking, judged = [], set()
    for own, other in permutations(languages, 2):
        for page in twins.pages[own]:
            twin = twins.of(page, other)
            if twin is None or twin.how in ("date", "menu") or not has.get(twin.page.url):
                continue
            judged.add(page.url)
            if not has[page.url]:
                lacking.append((f"{own}: {folder_of(page)}", page))
    unique = {page.url: (group, page) for group, page in lacking}
    return list(unique.values()), len(judged)


def _told(in_all: dict[str, int]) -> str:
    numbers: dict[str, int] = defaultdict(int, in_all)
    return ", ".join(f"{language}: {numbers[language]}" for language in in_all if in_all[language])


def _place(page: PageFacts, saw: str, note: str) -> Place:
    return Place(where="main", saw=saw, address=page.address, evidence=page.sha256, note=note)
