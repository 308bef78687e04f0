"""Units under one unit in two languages, laid beside each other."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aiqyn.acts.following_chain import heaviest
from aiqyn.acts.model import Paragraph
from aiqyn.acts.pairing_facts import Fact, facts

MANY = 120  # units that are compared each with each; more are matched by number alone
GAP = 0.7  # what a pair must be worth more than two units without one


class Sibling(NamedTuple):
    paragraph: Paragraph
    children: int


Beside = tuple[Paragraph | None, Paragraph | None]


def aligned(kk: Sequence[Sibling], ru: Sequence[Sibling]) -> Iterator[Beside]:
    """Yield the units side by side, in order; None beside those the other text has not."""
    ours, theirs = [_name(one) for one in kk], [_name(two) for two in ru]
    if ours == theirs:
        pairs = [(place, place) for place in range(len(kk))]
    elif max(len(kk), len(ru)) > MANY:
        places = {name: place for place, name in enumerate(theirs)}
        same = ((place, places[name]) for place, name in enumerate(ours) if name in places)
        pairs = heaviest(dict.fromkeys(same, 1.0))
    else:
        pairs = _by_worth(kk, ru)
    yield from _with_gaps(kk, ru, pairs)


def _name(sibling: Sibling) -> str:
    """Return kind and number: the last part of the eId, which is that of one unit alone."""
    return sibling.paragraph.eid.rpartition("__")[2]


def _by_worth(kk: Sequence[Sibling], ru: Sequence[Sibling]) -> list[tuple[int, int]]:
    stated = [
        [{_bare(fact) for fact in facts(one.paragraph.text, language)} for one in side]
        for side, language in ((kk, "kk"), (ru, "ru"))
    ]
    worth = {}
    for place, one in enumerate(kk):
        for there, two in enumerate(ru):
            if one.paragraph.kind == two.paragraph.kind:
                said = _agreement(stated[0][place], stated[1][there])
                worth[place, there] = said + _worth(one, two) - GAP
    return heaviest({pair: value for pair, value in worth.items() if value > 0})


def _worth(one: Sibling, two: Sibling) -> float:
    """Return how far number, units below and length speak for two units being one."""
    lengths = sorted((len(one.paragraph.text), len(two.paragraph.text)))
    below = sorted((one.children, two.children))
    return (
        0.6 * (_name(one) == _name(two))
        + 0.6 * (below[0] + 1) / (below[1] + 1)
        + 0.6 * (lengths[0] + 5) / (lengths[1] + 5)
    )


def _bare(fact: Fact) -> str:
    """Return what is stated without what it counts: days of another kind are a divergence."""
    return fact.value.partition(" ")[0 if fact.kind != "reference" else 2]


def _agreement(ours: set[str], theirs: set[str]) -> float:
    """Return how far the numbers stated speak for two units being one, -0.5 to 1.5."""
    if not ours and not theirs:
        return 0.0
    return 2 * len(ours & theirs) / len(ours | theirs) - 0.5


def _with_gaps(
    kk: Sequence[Sibling], ru: Sequence[Sibling], pairs: Sequence[tuple[int, int]]
) -> Iterator[Beside]:
    here = there = 0
    for place, other in [*pairs, (len(kk), len(ru))]:
        yield from ((one.paragraph, None) for one in kk[here:place])
        yield from ((None, two.paragraph) for two in ru[there:other])
        if place < len(kk):
            yield kk[place].paragraph, ru[other].paragraph
        here, there = place + 1, other + 1
