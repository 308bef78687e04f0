"""What is like a text somebody is writing: asked before it is sent."""

from collections import Counter
from collections.abc import Collection
from itertools import combinations

from aiqyn import words
from aiqyn_portal.search import answers, asking, kinds
from aiqyn_portal.search.models import Shown
from aiqyn_portal.search.queries import Found, best_of_kinds

MOST_WORDS = 4  # of the text that are asked, two by two
READ = 600  # characters of the text that are looked at
DEEP = 8  # answers to each pair
SHORTEST = 4  # letters of a word worth asking
NOT_ASKED = frozenset({"body", "rule"})  # nobody asks the same as a rule does


def similar(text: str, kinds_asked: Collection[str] = (), *, limit: int = 5) -> list[answers.Line]:
    """Return what shares the telling words of `text`, most of them first.

    `kinds_asked` are codes of search kinds; all that people may have meant where it is empty.
    """
    telling = _telling(text[:READ])
    known_kinds = [kind.code for kind in kinds.kinds()]
    wanted = [code for code in known_kinds if code in kinds_asked]
    if not kinds_asked:
        wanted = [code for code in known_kinds if code not in NOT_ASKED]
    hits: Counter[tuple[str, str]] = Counter()
    for pair in combinations(telling, 2):
        hits.update(best_of_kinds(asking.read(" ".join(pair)), wanted, limit=DEEP))
    best = [found for found, _times in hits.most_common(limit)]
    shown = Shown.objects.select_related("entry__shelf__body").filter(
        entry__key__in=[key for _kind, key in best]
    )
    known = {(one.entry.kind, one.entry.key): one for one in shown}
    rows = [known[found] for found in best if found in known]
    return answers.lines(Found(rows, len(rows)), " ".join(telling))


def _telling(text: str) -> list[str]:
    """The words that say most: the longest, each root once, in the order they stand."""
    by_stem: dict[str, str] = {}
    for token in words.analyse(text):
        if len(token.word) >= SHORTEST:
            by_stem.setdefault(token.stem, token.word)
    longest = sorted(by_stem.values(), key=len, reverse=True)[:MOST_WORDS]
    return [word for word in by_stem.values() if word in longest]
