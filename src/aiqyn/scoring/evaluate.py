"""Facts of one body → exact parts of a rating: indicator, criterion, total.

Points are counted in steps of the methodology (0.01 → 2 points are 200), as
whole numbers once they are rounded and as fractions before. That keeps every
sum exact and most of them integer. `engine` turns the parts into nouns.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from aiqyn.chain import Fact
from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import Number, in_steps, inside, whole
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology
from aiqyn.scoring.spread import Spread

# What keeps a sum from being said, the weightiest first.
WHYS = ("unknown_points", "open_question", "no_finding", "not_enough_data")

Spreads = Mapping[str, Spread]  # by indicator code
RoundAt = Literal["indicator", "criterion", "total", "never"]


class Part(NamedTuple):
    """Points and maximum in steps. Without points `why` says why."""

    points: Number | None
    full: Number | None
    why: str = ""
    wait: bool = True  # without points: the sum waits for it; False: it is left out
    stated: bool = False


class Whole(NamedTuple):
    """One body: parts in the order of the methodology."""

    total: Part
    criteria: tuple[Part, ...]
    indicators: tuple[tuple[Part, ...], ...]


class Evaluation:
    """One methodology held against facts; `round_at` overrides where it rounds."""

    def __init__(
        self,
        method: Methodology,
        spreads: Spreads | None = None,
        *,
        round_at: RoundAt | None = None,
    ) -> None:
        self.method = method
        self.spreads = spreads or {}
        self.round_at: RoundAt = round_at or method.round_at
        self.marks = method.marks

    def of(self, facts: Mapping[str, Fact]) -> Whole:
        """Rate the facts of one body.

        Raises ScoringError when a figure is impossible or of the wrong kind.
        """
        indicators = tuple(
            tuple([self.indicator(i, facts) for i in c.indicators]) for c in self.method.criteria
        )
        criteria = tuple(
            self.stated(c, facts) or self.criterion(c, parts)
            for c, parts in zip(self.method.criteria, indicators, strict=True)
        )
        return Whole(self.total(criteria), criteria, indicators)

    def indicator(self, indicator: Indicator, facts: Mapping[str, Fact]) -> Part:
        """Return the points of one indicator, rounded if the methodology rounds here."""
        full = self.marks[indicator.code]
        if full is None or indicator.full is None:
            return Part(None, None, "unknown_points")
        if why := _doubt(indicator, facts):
            return Part(None, full, why, wait=indicator.missing == "wait")
        condition = indicator.only_if
        if condition is not None and not _hold(condition.rules, facts):
            if condition.otherwise == "zero":
                return Part(0, full)
            return Part(None, full, "not_applied", wait=False)
        used = [facts[rule] for rule in indicator.rules]
        try:
            share = indicator.measure.share(used, indicator.full, self.spreads.get(indicator.code))
        except ScoringError as problem:
            raise ScoringError(f"{indicator.code}: {problem}") from None
        if share is None:
            if self.method.inapplicable == "leave_out":
                return Part(None, full, "not_applied", wait=False)
            share = (1, 1)
        return Part(self._points(share, full, indicator, facts), full)

    def _points(
        self,
        share: tuple[int, int],
        full: int,
        indicator: Indicator,
        facts: Mapping[str, Fact],
    ) -> Number:
        good, of = share
        if indicator.cap is None and self.round_at == "indicator":
            return (2 * good * full + of) // (2 * of)  # half up, in one division
        points = Fraction(good, of) * full
        cap = indicator.cap
        if cap is not None and not (cap.unless and _hold(cap.unless, facts)):
            points = min(points, Fraction(in_steps(cap.at_most, self.method.step)))
        return whole(points) if self.round_at == "indicator" else points

    def stated(self, criterion: Criterion, facts: Mapping[str, Fact]) -> Part | None:
        """Return the published figure of a criterion; None when there is none.

        Raises ScoringError for two different figures, a figure below zero or
        over the maximum.
        """
        fact = facts.get(criterion.stated)
        if fact is None:
            return None
        full = self.marks[criterion.stated]
        if fact.cannot_tell or not fact.values:
            return Part(None, full, "open_question" if fact.cannot_tell else "no_finding")
        value, last = fact.values[0], fact.values[-1]
        if value != last:
            raise ScoringError(f"{fact.rule}: stated as {value} and as {last}")
        inside(
            value, Decimal(0), last if criterion.maximum is None else criterion.maximum, fact.rule
        )
        return Part(in_steps(value, self.method.step), full, stated=True)

    def criterion(self, criterion: Criterion, parts: Sequence[Part]) -> Part:
        """Add up the indicators of one criterion."""
        most = self.marks[criterion.stated]
        if not parts:
            return Part(None, most, "unknown_points" if most is None else "no_finding")
        if why := _why(parts):
            return Part(None, most, why)
        kept = [part for part in parts if part.points is not None]
        if not kept:
            idle = all(part.why == "not_applied" for part in parts)
            return Part(None, most, "not_applied" if idle else "not_enough_data", wait=not idle)
        points: Number = sum(part.points or 0 for part in kept)
        full: Number = sum(part.full or 0 for part in kept)
        if criterion.capped and most is not None:
            points, full = min(points, most), min(full, most)
        return Part(whole(points) if self.round_at == "criterion" else points, full)

    def total(self, criteria: Sequence[Part]) -> Part:
        """Combine the criteria; criteria without weight stand beside the total."""
        method = self.method
        counted = [
            (part, criterion.load)
            for part, criterion in zip(criteria, method.criteria, strict=True)
            if criterion.weight
        ]
        most = method.most
        if any(part.full is None for part, _ in counted):
            return Part(None, None, "unknown_points")
        if why := _why(self._awaited(criteria)):
            return Part(None, most, why)
        known = [(p.points, p.full or 0, load) for p, load in counted if p.points is not None]
        if not known or len(known) < method.missing.enough:
            return Part(None, most, "not_enough_data")
        points, full = _combined(known, method.total)
        return Part(whole(points) if self.round_at == "total" else points, full)

    def _awaited(self, criteria: Sequence[Part]) -> list[Part]:
        """Return the parts without which there is no total."""
        waits = self.method.missing.policy == "wait"
        pairs = zip(criteria, self.method.criteria, strict=True)
        return [part for part, c in pairs if c.needed or (waits and c.weight)]


def _doubt(indicator: Indicator, facts: Mapping[str, Fact]) -> str:
    """Return why nothing may be said yet; "" when all is answered."""
    why = ""
    for rule in indicator.asked:
        fact = facts.get(rule)
        if fact is None:
            why = why or "no_finding"
        elif fact.cannot_tell:
            return "open_question"
    return why


def _hold(rules: Sequence[str], facts: Mapping[str, Fact]) -> bool:
    """Return whether nothing failed, not even in part; what does not apply holds."""
    return not any(facts[rule].failed or facts[rule].partly for rule in rules)


def _combined(known: Sequence[tuple[Number, Number, Number]], how: str) -> tuple[Number, Number]:
    """Combine (points, maximum, weight) of several criteria."""
    if how in ("lowest", "highest"):
        choose = min if how == "lowest" else max
        return choose(points for points, _, _ in known), max(full for _, full, _ in known)
    points = sum(points * load for points, _, load in known)
    full = sum(full * load for _, full, load in known)
    if how == "sum":
        return points, full
    weight = Fraction(sum(load for _, _, load in known))
    return points / weight, full / weight


def _why(parts: Sequence[Part]) -> str:
    """Return the weightiest reason to wait; "" when nothing waits."""
    reasons = {part.why for part in parts if part.points is None and part.wait}
    return next((why for why in WHYS if why in reasons), "")
