"""News is published in all languages together, not days later in one of them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from statistics import median_low

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import Twins, paired_by, twins_of

# Addresses of old sites: the item is named in the query, /news.php?id=77&lang=kk
_ITEM = re.compile(
    r"/(?:news|novosti?|zhan?alyk\w*|zha?nalyq\w*|jan?alyq\w*)\.\w+\?(?:.*&)?id=", re.IGNORECASE
)
ENOUGH = 3  # items of news a version has before its newest one is compared


def check(
    site: Site, *, languages: Sequence[str] = ("kk", "ru"), max_days: int = 1, max_behind: int = 7
) -> Iterator[Place | Count]:
    """`max_days` between twins; `max_behind` between the newest items where twins are unknown."""
    twins = twins_of(site)
    news = {page.url for page in site.news}
    news |= {page.url for page in site.pages if _ITEM.search(page.address)}
    late: dict[str, list[tuple[int, PageFacts, PageFacts, str]]] = defaultdict(list)
    judged = 0
    for one, other, how in twins.pairs(languages):
        if how == "date" or not one.published or not other.published or one.url not in news:
            continue
        judged += 1
        days = (other.published - one.published).days
        if abs(days) > max_days:
            earlier, later = (one, other) if days > 0 else (other, one)
            late[twins.tongue[later.url]].append((abs(days), later, earlier, how))
    behind = list(_behind(site, twins, languages, max_behind)) if not judged else []
    if not judged and not behind:
        raise Inapplicable
    number = sum(map(len, late.values()))
    if judged:
        yield Count(good=judged - number, of=judged)
    for language, pages in sorted(late.items()):
        longest, page, twin, how = max(pages, key=lambda each: (each[0], each[1].address))
        middle = median_low([each[0] for each in pages])
        saw = f"{language}: {len(pages)}, {middle}–{longest}, {twin.address}"
        yield _place(page, saw, "late", paired_by(how))
    for language, days, page in behind:
        yield _place(page, f"{language}: {page.published}, {days}", "behind")


def _behind(
    site: Site, twins: Twins, languages: Sequence[str], max_behind: int
) -> Iterator[tuple[str, int, PageFacts]]:
    newest: dict[str, list[PageFacts]] = defaultdict(list)
    for page in site.news:
        newest[twins.tongue[page.url]].append(page)
    enough = [each for each in languages if len(newest[each]) >= ENOUGH]
    last = {each: max(newest[each], key=_day) for each in enough}
    for own, other in permutations(enough, 2):
        days = (_day(last[other]) - _day(last[own])).days
        if days > max_behind:
            yield own, days, last[own]


def _day(page: PageFacts) -> date:
    return page.published or date.min


def _place(page: PageFacts, saw: str, note: str, where: str = "main") -> Place:
    return Place(where=where, saw=saw, address=page.address, evidence=page.sha256, note=note)
