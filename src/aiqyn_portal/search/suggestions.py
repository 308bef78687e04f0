"""What people may have meant, out of the words of titles."""

from aiqyn import words
from aiqyn.words.letters import fold, plain
from aiqyn_portal.search import queries
from aiqyn_portal.search.asking import LONGEST, Question, asked_for
from aiqyn_portal.search.models import Word

SHORTEST = 2  # letters of a beginning that is completed
COMPARED = 4_000  # words at most that one slip is looked for among
MOST_CORRECTED = 3  # words of a question


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


def corrected(typed: str) -> str:
    """Return the question with words nobody has written changed for the nearest; "" for none."""
    typed = typed[:LONGEST]
    changes = []
    for token in words.analyse(typed):
        if not queries.is_answered(Question((asked_for(token),))):
            changes.append((token, _nearest(token.word)))
        if len(changes) > MOST_CORRECTED:
            return ""
    if not changes or not all(word for _, word in changes):
        return ""
    for token, word in reversed(changes):
        typed = typed[: token.start] + word + typed[token.end :]
    return typed


def _nearest(word: str) -> str:
    first = fold(plain(word))[:1]
    known = Word.objects.filter(folded__startswith=first).values_list("word", flat=True)[:COMPARED]
    found = words.suggest(word, known, limit=1)
    return found[0] if found else ""
