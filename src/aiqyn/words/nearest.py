"""Words that may have been meant."""

from collections.abc import Iterable

from aiqyn.words import letters

FEW = 4  # letters up to which a word may have one slip only


def suggest(word: str, vocabulary: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return the words of `vocabulary` nearest to `word`, the nearest first.

    A Kazakh letter typed as the Russian one is no slip; a letter missing, added, changed,
    or two of them swapped, is one.
    """
    asked = letters.fold(letters.plain(word))
    most = 1 if len(asked) <= FEW else 2
    found = []
    for known in vocabulary:
        slips = distance(asked, letters.fold(letters.plain(known)), most)
        if slips <= most:
            found.append((slips, known))
    return [known for _, known in sorted(found)[:limit]]


def distance(one: str, other: str, most: int) -> int:
    """Return how many slips lie between two words; `most` + 1 for any number above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        older, before, row = before, row, [place]
        for at, its in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != its))
            if place > 1 and at > 1 and letter == other[at - 2] and its == one[place - 2]:
                cost = min(cost, older[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
