"""What is like a text somebody is writing: asked before it is sent."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import combinations

from aiqyn_portal.contributions import alike
from aiqyn_portal.contributions.alike import Telling
from aiqyn_portal.contributions.kinds import About
from aiqyn_portal.search import answers, asking, kinds, queries
from aiqyn_portal.search.models import Shown

READ = 600  # characters of the text that are looked at
PAIRED, ALONE = 4, 2  # words that weigh most: asked two by two, and each by itself
DEEP = 8  # answers to each
COUNTED = 100  # entries of a kind that have a word
LOOKED_AT = 40  # things found that are held against the text
NOT_ASKED = frozenset({"body", "rule", "head"})  # nobody asks the same as these say

Found = tuple[str, str]  # kind and key


def similar(
    text: str,
    kinds_asked: Collection[str] = (),
    *,
    about: About | None = None,
    fits: Callable[[Shown], bool] = lambda shown: True,
    limit: int = 5,
) -> list[answers.Line]:
    """Return what says enough of what `text` asks, the likest first.

    `kinds_asked` are codes of search kinds; all that people may have meant where it is empty.
    `about`: what the text speaks of itself, which is left out. `fits`: what else it must be.
    """
    asked = alike.meant(text[:READ])
    wanted = _wanted(kinds_asked)
    if not asked or not wanted:
        return []
    times = {each.word: queries.times(asking.read(each.word), wanted, COUNTED) for each in asked}
    weights = alike.weighed(asked, times)
    likest = []
    for shown in _found(sorted(asked, key=weights.__getitem__, reverse=True), wanted):
        likeness = alike.share(weights, _said(shown))
        if likeness >= alike.ENOUGH and not _is(shown, about) and fits(shown):
            likest.append((likeness, shown))
    likest.sort(key=lambda pair: -pair[0])
    rows = [shown for _likeness, shown in likest[:limit]]
    return answers.lines(queries.Found(rows, len(rows)), " ".join(each.word for each in asked))


def _wanted(kinds_asked: Collection[str]) -> list[str]:
    known = [kind.code for kind in kinds.kinds()]
    if kinds_asked:
        return [code for code in known if code in kinds_asked]
    return [code for code in known if code not in NOT_ASKED]


def _found(asked: Sequence[Telling], wanted: Sequence[str]) -> list[Shown]:
    """What has some of the words, most of them first."""
    pairs = [f"{one.word} {other.word}" for one, other in combinations(asked[:PAIRED], 2)]
    hits: Counter[Found] = Counter()
    for words in (*pairs, *(each.word for each in asked[:ALONE])):
        hits.update(queries.best_of_kinds(asking.read(words), wanted, limit=DEEP))
    best = [found for found, _times in hits.most_common(LOOKED_AT)]
    rows = Shown.objects.select_related("entry__shelf__body").filter(
        entry__key__in=[key for _kind, key in best]
    )
    known = {(row.entry.kind, row.entry.key): row for row in rows}
    return [known[found] for found in best if found in known]


def _said(shown: Shown) -> str:
    return "\n".join([*shown.title.values(), *shown.summary.values()])


def _is(shown: Shown, about: About | None) -> bool:
    if about is None:
        return False
    return shown.view == about.view and shown.arguments == dict(about.arguments)
