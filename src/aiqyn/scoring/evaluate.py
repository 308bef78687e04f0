"""Facts of one body → exact parts of a rating: indicator, criterion, total.

Everything here is a fraction; `engine` turns the parts into nouns.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from aiqyn.chain import Fact
from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import inside, rounded
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology
from aiqyn.scoring.spread import Spread
from aiqyn.scoring.tally import STATED

ZERO = Fraction(0)

# What keeps a sum from being said, the weightiest first.
WHYS = ("unknown_points", "open_question", "no_finding", "not_enough_data")

Spreads = Mapping[str, Spread]  # by indicator code


class Part(NamedTuple):
    """Points and maximum, exact. Without points `why` says why."""

    points: Fraction | None
    full: Fraction | None
    why: str = ""
    wait: bool = True  # without points: the sum waits for it; False: it is left out
    stated: bool = False


class Whole(NamedTuple):
    """One body, exact: parts in the order of the methodology."""

    total: Part
    criteria: tuple[Part, ...]
    indicators: tuple[tuple[Part, ...], ...]


def evaluate(facts: Mapping[str, Fact], method: Methodology, spreads: Spreads | None) -> Whole:
    """Rate the facts of one body.

    Raises ScoringError when a figure is impossible or of the wrong kind.
    """
    indicators = tuple(
        tuple(_indicator(i, facts, method, spreads) for i in c.indicators) for c in method.criteria
    )
    criteria = tuple(
        stated_part(c, facts) or criterion_part(c, parts, method)
        for c, parts in zip(method.criteria, indicators, strict=True)
    )
    return Whole(total_part(criteria, method), criteria, indicators)


def _indicator(
    indicator: Indicator,
    facts: Mapping[str, Fact],
    method: Methodology,
    spreads: Spreads | None,
) -> Part:
    try:
        part = indicator_part(indicator, facts, method, spreads)
    except ScoringError as problem:
        raise ScoringError(f"{indicator.code}: {problem}") from None
    if part.points is None or method.round_at != "indicator":
        return part
    return part._replace(points=Fraction(rounded(part.points, method.step)))


def indicator_part(
    indicator: Indicator,
    facts: Mapping[str, Fact],
    method: Methodology,
    spreads: Spreads | None,
) -> Part:
    """Return the points of one indicator before any rounding."""
    full = indicator.full
    if full is None:
        return Part(None, None, "unknown_points")
    if why := _doubt(indicator, facts):
        return Part(None, full, why, wait=indicator.missing == "wait")
    condition = indicator.only_if
    if condition is not None and not _hold(condition.rules, facts):
        if condition.otherwise == "zero":
            return Part(ZERO, full)
        return Part(None, full, "not_applied", wait=False)
    used = [facts[rule] for rule in indicator.rules]
    share = indicator.measure.share(used, full, spreads.get(indicator.code) if spreads else None)
    if share is None:
        if method.inapplicable == "leave_out":
            return Part(None, full, "not_applied", wait=False)
        share = Fraction(1)
    return Part(_capped(share * full, indicator, facts), full)


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


def _capped(points: Fraction, indicator: Indicator, facts: Mapping[str, Fact]) -> Fraction:
    cap = indicator.cap
    if cap is None or (cap.unless and _hold(cap.unless, facts)):
        return points
    return min(points, Fraction(cap.at_most))


def stated_part(criterion: Criterion, facts: Mapping[str, Fact]) -> Part | None:
    """Return the published figure of a criterion; None when there is none.

    Raises ScoringError for two different figures, a figure below zero or over
    the maximum.
    """
    fact = facts.get(STATED + criterion.code)
    if fact is None:
        return None
    if not fact.values:
        return Part(None, criterion.full, "open_question" if fact.cannot_tell else "no_finding")
    if len(set(fact.values)) > 1:
        raise ScoringError(f"{fact.rule}: stated as {fact.values[0]} and as {fact.values[-1]}")
    value = fact.values[0]
    inside(value, Decimal(0), value if criterion.maximum is None else criterion.maximum, fact.rule)
    return Part(Fraction(value), criterion.full, stated=True)


def criterion_part(criterion: Criterion, parts: Sequence[Part], method: Methodology) -> Part:
    """Add up the indicators of one criterion."""
    if not parts:
        why = "unknown_points" if criterion.full is None else "no_finding"
        return Part(None, criterion.full, why)
    if why := _why(parts):
        return Part(None, criterion.full, why)
    kept = [part for part in parts if part.points is not None]
    if not kept:
        why = "not_applied" if all(p.why == "not_applied" for p in parts) else "not_enough_data"
        return Part(None, criterion.full, why, wait=why != "not_applied")
    points = sum((part.points or ZERO for part in kept), ZERO)
    full = sum((part.full or ZERO for part in kept), ZERO)
    if criterion.capped and criterion.full is not None:
        points, full = min(points, criterion.full), min(full, criterion.full)
    if method.round_at == "criterion":
        points = Fraction(rounded(points, method.step))
    return Part(points, full)


def total_part(criteria: Sequence[Part], method: Methodology) -> Part:
    """Combine the criteria; criteria without weight stand beside the total."""
    counted = [
        (part, criterion.load)
        for part, criterion in zip(criteria, method.criteria, strict=True)
        if criterion.load
    ]
    if any(part.full is None for part, _ in counted):
        return Part(None, None, "unknown_points")
    if method.missing.policy == "wait" and (why := _why([part for part, _ in counted])):
        return Part(None, method.full, why)
    known = [(p.points, p.full or ZERO, load) for p, load in counted if p.points is not None]
    if not known or len(known) < method.missing.enough:
        return Part(None, method.full, "not_enough_data")
    points, full = _combined(known, method.total)
    if method.round_at == "total":
        points = Fraction(rounded(points, method.step))
    return Part(points, full)


def _combined(
    known: Sequence[tuple[Fraction, Fraction, Fraction]], how: str
) -> tuple[Fraction, Fraction]:
    """Combine (points, maximum, weight) of several criteria."""
    if how == "lowest":
        return min(p for p, _, _ in known), max(f for _, f, _ in known)
    if how == "highest":
        return max(p for p, _, _ in known), max(f for _, f, _ in known)
    points = sum((p * load for p, _, load in known), ZERO)
    full = sum((f * load for _, f, load in known), ZERO)
    if how == "sum":
        return points, full
    weight = sum((load for _, _, load in known), ZERO)
    return points / weight, full / weight


def _why(parts: Sequence[Part]) -> str:
    """Return the weightiest reason to wait; "" when nothing waits."""
    reasons = {part.why for part in parts if part.points is None and part.wait}
    return next((why for why in WHYS if why in reasons), "")
