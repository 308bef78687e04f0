"""How many comments land where their paragraph went, over made-up redrafts."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from aiqyn.acts.following import follow
from tests.aiqyn.acts import editing


@dataclass
class Tally:
    """Old paragraphs by what was said of them."""

    counts: Counter[str]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def wrong_share(self) -> float:
        """Attached to a paragraph that is not where the old one went, of all."""
        return (self.counts["wrong"] + self.counts["false"]) / self.total

    @property
    def orphaned_share(self) -> float:
        """Called orphans though they are still there, of all."""
        return self.counts["orphaned"] / self.total

    @property
    def false_share_of_removed(self) -> float:
        """Attached to something, of those that were taken out."""
        return self.counts["false"] / (self.counts["false"] + self.counts["orphan"])


def tally(language: str, *, size: int, share: float, seeds: Iterable[int]) -> Tally:
    """Redraft an act for every seed and hold what is told against what was done."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        draft = editing.redrafted(language, size, random.Random(seed), share=share)
        counts.update(
            judged(set(fate.new), draft.truth[fate.old]) for fate in follow(draft.old, draft.new)
        )
    return Tally(counts)


def judged(told: set[str], truth: set[str]) -> str:
    """Return "right", "partly", "orphan", "wrong", "false" or "orphaned"."""
    if not truth:
        return "false" if told else "orphan"
    if not told:
        return "orphaned"
    if told <= truth:
        return "right" if told == truth else "partly"
    return "wrong"
