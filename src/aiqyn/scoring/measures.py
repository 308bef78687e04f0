"""The closed set of ways to turn the facts of one indicator into a share of its full mark.

A methodology names one of these per indicator under the key `is`, with its
parameters beside it; the parameters are typed, so a wrong one is refused when
the file is read, with the file and the path. A new way is a new class here with
its own test, never an expression inside a YAML file.

Shares are exact ratios from 0 to 1, so that a third stays a third until points
are rounded. None means that nothing applied, so nothing can be measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from aiqyn.chain import Fact, Noun
from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import inside
from aiqyn.scoring.measure import ALL, NOTHING, Measure, Ratio, mean_of, need, need_share
from aiqyn.scoring.relative import MinMax, ZScore
from aiqyn.scoring.spread import Spread


class _WithPartly(Measure, frozen=True, kw_only=True):
    partly: Decimal = Decimal("0.5")  # what a partial fulfilment is worth, 0–1

    def __post_init__(self) -> None:
        need_share("partly", self.partly)

    @cached_property
    def half(self) -> Ratio:
        return self.partly.as_integer_ratio()


def _share_of(fact: Fact, half: Ratio) -> Ratio | None:
    """Return passed ÷ applicable of one rule, a partial fulfilment counted as `half`."""
    applicable = fact.passed + fact.partly + fact.failed
    if not applicable:
        return None
    return fact.passed * half[1] + fact.partly * half[0], applicable * half[1]


class Share(_WithPartly, frozen=True, kw_only=True, tag="share"):
    """Passed ÷ applicable; a partial fulfilment counts as `partly`."""

    partly: Decimal = Decimal(0)

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        passed = partly = failed = 0
        for fact in facts:
            passed += fact.passed
            partly += fact.partly
            failed += fact.failed
        applicable = passed + partly + failed
        if not applicable:
            return None
        good, of = self.half
        return passed * of + partly * good, applicable * of


class ShareOfCounts(Measure, frozen=True, kw_only=True, tag="share_of_counts"):
    """Good ÷ all over counted findings: 62 600 answered of 65 700 received."""

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        good = sum(fact.good for fact in facts)
        of = sum(fact.of for fact in facts)
        if of:
            return good, of
        for fact in facts:
            if fact.passed or fact.partly or fact.failed:
                raise ScoringError(f"{fact.rule}: a count is needed, and none was given")
        return None


class ShareByRule(_WithPartly, frozen=True, kw_only=True, tag="share_by_rule"):
    """Mean over the rules: good ÷ all where a rule counts, else passed ÷ applicable.

    For rules held against every page of a site (they count) beside rules held
    against the site as a whole (they do not).
    """

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        total, rules = NOTHING, 0
        for fact in facts:
            part = (fact.good, fact.of) if fact.of else _share_of(fact, self.half)
            if part is not None:
                total = (total[0] * part[1] + part[0] * total[1], total[1] * part[1])
                rules += 1
        return (total[0], total[1] * rules) if rules else None


class Step(Noun, frozen=True, kw_only=True):
    """From `at_least` upwards the ladder gives `gives`, a share of the full mark."""

    at_least: Decimal
    gives: Decimal

    def __post_init__(self) -> None:
        need(self.at_least.is_finite(), f"`at_least` is {self.at_least}")
        need_share("gives", self.gives)


class Ladder(Measure, frozen=True, kw_only=True, tag="ladder"):
    """Coarse steps over a share, a share of counts, or a measured number.

    Below the lowest step nothing is given.
    """

    over: Literal["share", "counts", "value"]
    steps: tuple[Step, ...]  # best first

    def __post_init__(self) -> None:
        need(bool(self.steps), "a ladder needs at least one step")
        for better, worse in zip(self.steps, self.steps[1:], strict=False):
            need(
                better.at_least > worse.at_least and better.gives > worse.gives,
                f"steps must fall: {better.at_least} → {better.gives} stands before "
                f"{worse.at_least} → {worse.gives}",
            )

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        reached = self._reached(facts, full)
        if reached is None:
            return None
        for at_least, of, gives in self.rungs:
            if reached[0] * of >= at_least * reached[1]:
                return gives
        return NOTHING

    @cached_property
    def rungs(self) -> tuple[tuple[int, int, Ratio], ...]:
        """The steps as integers: at least n ÷ d gives a ratio."""
        return tuple(
            (*step.at_least.as_integer_ratio(), step.gives.as_integer_ratio())
            for step in self.steps
        )

    def _reached(self, facts: Sequence[Fact], full: Fraction) -> Ratio | None:
        if self.over == "share":
            return PLAIN.share(facts, full, None)
        if self.over == "counts":
            return COUNTED.share(facts, full, None)
        mean = mean_of(facts)
        return None if mean is None else mean.as_integer_ratio()


PLAIN, COUNTED = Share(), ShareOfCounts()


class LowestStep(_WithPartly, frozen=True, kw_only=True, tag="lowest_step"):
    """The worst outcome decides: all passed 1, worst partly `partly`, any failed 0."""

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        if any(fact.failed for fact in facts):
            return NOTHING
        if any(fact.partly for fact in facts):
            return self.half
        return ALL if any(fact.passed for fact in facts) else None


class TriState(LowestStep, frozen=True, kw_only=True, tag="tri_state"):
    """One answer with three states: in full, in part, not at all."""

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        for fact in facts:
            if fact.passed + fact.partly + fact.failed > 1:
                raise ScoringError(f"{fact.rule}: one answer is needed, and several were given")
        return super().share(facts, full, spread)


class YesNo(Measure, frozen=True, kw_only=True, tag="yes_no"):
    """1 when everything that applies is fulfilled, else 0; a part is not a yes."""

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        if any(fact.failed or fact.partly for fact in facts):
            return NOTHING
        return ALL if any(fact.passed for fact in facts) else None


class Deduction(Measure, frozen=True, kw_only=True, tag="deduction"):
    """From the full mark `failed` points are taken per failure, `partly` per partial one.

    Never below zero.
    """

    failed: Decimal
    partly: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for name, value in (("failed", self.failed), ("partly", self.partly)):
            need(value.is_finite() and value >= 0, f"`{name}` is {value}, not a deduction")

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        if not any(fact.passed or fact.partly or fact.failed for fact in facts):
            return None
        failed, per = self.failed.as_integer_ratio()
        partly, each = self.partly.as_integer_ratio()
        taken = sum(fact.failed for fact in facts) * failed * each
        taken += sum(fact.partly for fact in facts) * partly * per
        of = per * each * full.numerator
        return max(0, of - taken * full.denominator), of


class ZeroByFailure(Share, frozen=True, kw_only=True, tag="zero_by_failure"):
    """One failure of a rule in `zeroing` (of any rule when empty) makes it zero.

    Otherwise the share of what is fulfilled, as in `share`.
    """

    partly: Decimal = Decimal("0.5")
    zeroing: tuple[str, ...] = ()

    def rules(self) -> Iterator[str]:
        yield from self.zeroing

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        if any(fact.failed for fact in facts if not self.zeroing or fact.rule in self.zeroing):
            return NOTHING
        return super().share(facts, full, spread)


class Factor(Noun, frozen=True, kw_only=True):
    """What one rule multiplies by, depending on its worst outcome."""

    passed: Decimal = Decimal(1)
    partly: Decimal | None = None  # where a part is not known to count: as failed
    failed: Decimal

    def __post_init__(self) -> None:
        for name in ("passed", "between", "failed"):
            need_share(name, getattr(self, name))
        need(self.passed >= self.between >= self.failed, "factors must fall with the outcome")

    @property
    def between(self) -> Decimal:
        """The factor of a partial fulfilment."""
        return self.failed if self.partly is None else self.partly

    def worst(self, fact: Fact) -> Ratio | None:
        """Return the factor of the worst outcome; None when the rule does not apply."""
        if fact.failed:
            return self.failed.as_integer_ratio()
        if fact.partly:
            return self.between.as_integer_ratio()
        return self.passed.as_integer_ratio() if fact.passed else None


class Product(Measure, frozen=True, kw_only=True, tag="product"):
    """Product of factors, one per rule (Infometer's scheme).

    The weight of the parameter is the indicator's points; a rule that does not
    apply multiplies by one.
    """

    factors: dict[str, Factor]

    def __post_init__(self) -> None:
        need(bool(self.factors), "a product needs at least one factor")

    def rules(self) -> Iterator[str]:
        yield from self.factors

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        good = of = 1
        applied = False
        for fact in facts:
            factor = self.factors[fact.rule].worst(fact)
            if factor is not None:
                good, of = good * factor[0], of * factor[1]
                applied = True
        return (good, of) if applied else None


class WeightedSum(_WithPartly, frozen=True, kw_only=True, tag="weighted_sum"):
    """Mean of the shares of the rules, each with its weight.

    A rule that does not apply leaves its weight out.
    """

    weights: dict[str, Decimal]

    def __post_init__(self) -> None:
        super().__post_init__()
        need(bool(self.weights), "a weighted sum needs at least one weight")
        for rule, weight in self.weights.items():
            need(weight.is_finite() and weight > 0, f"weight of {rule} is {weight}")

    def rules(self) -> Iterator[str]:
        yield from self.weights

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        total = heaviest = Fraction(0)
        for fact in facts:
            part = _share_of(fact, self.half)
            if part is not None:
                weight = Fraction(self.weights[fact.rule])
                total += weight * Fraction(*part)
                heaviest += weight
        return (total / heaviest).as_integer_ratio() if heaviest else None


class Mean(Measure, frozen=True, kw_only=True, tag="mean"):
    """Mean of measured numbers on the scale from `lowest` to `highest`."""

    lowest: Decimal = Decimal(0)
    highest: Decimal

    def __post_init__(self) -> None:
        finite = self.lowest.is_finite() and self.highest.is_finite()
        need(finite and self.lowest < self.highest, f"no scale: {self.lowest} to {self.highest}")

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        for fact in facts:
            for value in fact.values:
                inside(value, self.lowest, self.highest, fact.rule)
        mean = mean_of(facts)
        if mean is None:
            return None
        lowest = Fraction(self.lowest)
        return ((mean - lowest) / (Fraction(self.highest) - lowest)).as_integer_ratio()


AnyMeasure = (
    Share
    | ShareOfCounts
    | ShareByRule
    | Ladder
    | LowestStep
    | TriState
    | YesNo
    | Deduction
    | ZeroByFailure
    | Product
    | WeightedSum
    | Mean
    | MinMax
    | ZScore
)

MEASURES: Mapping[str, type[Measure]] = {
    str(each.__struct_config__.tag): each for each in AnyMeasure.__args__
}
