"""What is like a text somebody is writing: asked before it is sent."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from aiqyn_portal.contributions import alike
from aiqyn_portal.contributions.grouping.same import numbers_of_same_words
from aiqyn_portal.contributions.kinds import About
from aiqyn_portal.contributions.searching import CONTRIBUTION
from aiqyn_portal.search import answers, asking, kinds, queries
from aiqyn_portal.search.models import Shown

READ = 600  # characters of the text that are looked at
DEEP = 8  # answers of each kind
COUNTED = 400  # entries that have a word
LOOKED_AT = 60  # things found that are held against the text
# Of the weight, what a thing must have to be found. It may be less than what it must have to be
# offered, as words meet by their beginnings too, which the index is not asked for. The newest are
# found first: where there are more than are read, those are asked for that have more.
PARTS = (alike.ENOUGH * 0.8, 0.55, 0.9)
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
    read = {each.word: asking.read(each.word) for each in asked}
    times = queries.times(list(read.values()), wanted, COUNTED)
    weights = alike.weighed(asked, dict(zip(read, times, strict=True)))
    best = _best([_asked(read, alike.enough(weights, part)) for part in PARTS], wanted)
    likest = []
    for shown in _shown([*_the_same(text, wanted), *best]):
        likeness = alike.share(weights, _said(shown))
        if likeness >= alike.ENOUGH and not _is(shown, about) and fits(shown):
            likest.append((likeness, shown))
    likest.sort(key=lambda pair: -pair[0])
    rows = [shown for _likeness, shown in likest[:limit]]
    return answers.lines(queries.Found(rows, len(rows)), " ".join(each.word for each in asked))


def _the_same(text: str, wanted: Collection[str]) -> list[Found]:
    """What says the very same, however many newer things have the same words and more."""
    if CONTRIBUTION not in wanted:
        return []
    return [(CONTRIBUTION, number) for number in numbers_of_same_words(text)]


def _wanted(kinds_asked: Collection[str]) -> list[str]:
    known = [kind.code for kind in kinds.kinds()]
    if kinds_asked:
        return [code for code in known if code in kinds_asked]
    return [code for code in known if code not in NOT_ASKED]


def _asked(
    read: Mapping[str, asking.Question], sets: Sequence[tuple[alike.Telling, ...]]
) -> asking.Question:
    """What has all words of one of the sets."""
    parts = [tuple(part for each in one for part in read[each.word].wanted) for one in sets]
    return asking.Question((asking.Either(tuple(parts)),))


def _best(questions: Sequence[asking.Question], wanted: Collection[str]) -> list[Found]:
    """The best answers of each kind: what has more of the text before what has less.

    The questions ask for more and more; the next is for kinds whose answers were cut off.
    """
    best: list[Found] = []
    cut = list(wanted)
    for question in dict.fromkeys(questions):
        found = queries.best_of_kinds(question, cut, limit=DEEP)
        best = list(dict.fromkeys([*found, *best]))
        times = Counter(kind for kind, _key in found)
        cut = [kind for kind in cut if times[kind] == DEEP]
        if not cut:
            break
    return best[:LOOKED_AT]


def _shown(best: Sequence[Found]) -> list[Shown]:
    rows = Shown.objects.select_related("entry__shelf__body").filter(
        entry__kind__in={kind for kind, _key in best},  # by key alone all entries would be read
        entry__key__in=[key for _kind, key in best],
    )
    known = {(row.entry.kind, row.entry.key): row for row in rows}
    return [known[found] for found in dict.fromkeys(best) if found in known]


def _said(shown: Shown) -> str:
    return "\n".join([*shown.title.values(), *shown.summary.values()])


def _is(shown: Shown, about: About | None) -> bool:
    if about is None:
        return False
    return shown.view == about.view and shown.arguments == dict(about.arguments)
