"""What people may have meant, out of the words of titles."""

from collections.abc import Sequence
from itertools import islice, product

from aiqyn import words
from aiqyn.words import analysis
from aiqyn.words.letters import fold, plain
from aiqyn_portal.search import queries
from aiqyn_portal.search.asking import LONGEST, Question, asked_for, read
from aiqyn_portal.search.models import Word

SHORTEST = 2  # letters of a beginning that is completed
COMPARED = 4_000  # words at most that are looked through for one
# all words of a question together: how many are looked through, and held against them
ALL_COMPARED, ALL_HELD = 6_000, 750
MOST_CORRECTED = 3  # words of a question
OFFERED = 3  # for one word
MOST_TRIED = 9  # questions that may have been meant
# first letters that are taken for one another
ALIKE = ("ао", "иеыэ", "бп", "вф", "гкқғ", "дт", "жш", "зс", "шщ")


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
    unknown = _unknown(typed, kind)
    offered = []
    for token in unknown:
        offered.append(_nearest(token.word, len(unknown)))
        if not offered[-1]:
            return ""
    for chosen in islice(product(*offered), MOST_TRIED if unknown else 0):
        meant = _changed(typed, unknown, chosen)
        if queries.is_answered(read(meant), kind):
            return meant
    return ""


def _unknown(typed: str, kind: str) -> list[words.Token]:
    """Return the words nobody has written; none where they are too many to be corrected."""
    found: list[words.Token] = []
    for token in words.analyse(typed):
        if not queries.is_answered(Question((asked_for(token),)), kind):
            found.append(token)
        if len(found) > MOST_CORRECTED:
            return []
    return found


def _changed(typed: str, tokens: Sequence[words.Token], chosen: Sequence[str]) -> str:
    for token, word in reversed(list(zip(tokens, chosen, strict=True))):
        typed = typed[: token.start] + word + typed[token.end :]
    return typed


def _nearest(word: str, unknown: int) -> list[str]:
    """Words of titles that may have been meant, the likeliest first; `unknown` are in all."""
    if len(word) > analysis.LONGEST:
        return []
    begun = fold(plain(word))
    most = min(COMPARED, ALL_COMPARED // unknown)
    known: dict[str, None] = {}
    heard = (letter + begun[1:2] for group in ALIKE if begun[:1] in group for letter in group)
    # as it begins; first letters swapped; the first heard otherwise, alone right, too many
    for head in dict.fromkeys((begun[:2], begun[1::-1], *heard, begun[:1], begun[1:3])):
        if head and len(known) < most:
            rows = Word.objects.filter(folded__startswith=head)
            known |= dict.fromkeys(rows.values_list("word", flat=True)[: most - len(known)])
    return words.suggest(word, known, limit=OFFERED, most=ALL_HELD // unknown)
