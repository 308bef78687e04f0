"""What people may have meant, out of the words of titles."""

from collections.abc import Sequence
from itertools import islice, product

from aiqyn import words
from aiqyn.words.letters import fold, plain
from aiqyn_portal.search import queries
from aiqyn_portal.search.asking import LONGEST, Question, asked_for, read
from aiqyn_portal.search.models import Word

SHORTEST = 2  # letters of a beginning that is completed
COMPARED = 4_000  # words at most that one slip is looked for among
MOST_CORRECTED = 3  # words of a question
OFFERED = 3  # for one word
MOST_TRIED = 9  # questions that may have been meant


def completions(typed: str, *, limit: int = 8) -> list[str]:
    """Return what was typed with its last word completed, the shortest words first."""
    tokens = words.analyse(typed[:LONGEST])
    if not tokens or typed[tokens[-1].end :].strip():
        return []
    last = tokens[-1]
    begun = fold(plain(last.word))
    if len(begun) < SHORTEST:
        return []
    known = Word.objects.filter(folded__startswith=begun).values_list("word", flat=True)[:COMPARED]
    nearest = sorted(known, key=lambda word: (len(word), word))[:limit]
    return [typed[: last.start] + word for word in nearest]


def corrected(typed: str, kind: str = "") -> str:
    """Return the question with words nobody has written changed for the nearest; "" for none.

    What is returned finds something, of that kind where one is named.
    """
    typed = typed[:LONGEST]
    changes = []
    for token in words.analyse(typed):
        if not queries.is_answered(Question((asked_for(token),)), kind):
            changes.append((token, _nearest(token.word)))
        if len(changes) > MOST_CORRECTED:
            return ""
    if not changes or not all(offered for _, offered in changes):
        return ""
    choices = product(*(offered for _, offered in changes))
    for chosen in islice(choices, MOST_TRIED):
        meant = _changed(typed, [token for token, _ in changes], chosen)
        if queries.is_answered(read(meant), kind):
            return meant
    return ""


def _changed(typed: str, tokens: Sequence[words.Token], chosen: Sequence[str]) -> str:
    for token, word in reversed(list(zip(tokens, chosen, strict=True))):
        typed = typed[: token.start] + word + typed[token.end :]
    return typed


def _nearest(word: str) -> list[str]:
    """Words of titles that may have been meant, the likeliest first."""
    begun = fold(plain(word))
    known: dict[str, None] = {}
    # as it begins, its first letters swapped, its first one wrong or missing
    for head in dict.fromkeys((begun[:2], begun[1::-1], begun[:1], begun[1:3])):
        if head and len(known) < COMPARED:
            rows = Word.objects.filter(folded__startswith=head)
            known |= dict.fromkeys(rows.values_list("word", flat=True)[: COMPARED - len(known)])
    return words.suggest(word, known, limit=OFFERED)
