"""The closed set of ways to turn the facts of one indicator into a share of its full mark.

A methodology names one of these per indicator under the key `is`, with its
parameters beside it; the parameters are typed, so a wrong one is refused when
the file is read, with the file and the path. A new way is a new class here with
its own test, never an expression inside a YAML file.

Shares are fractions from 0 to 1, so that a third stays a third until points
are rounded. None means that nothing applied, so nothing can be measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, Literal

from msgspec.structs import asdict

from aiqyn.chain import Fact, Noun
from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import inside
from aiqyn.scoring.spread import Spread

ONE = Fraction(1)
ZERO = Fraction(0)


def need(claim: bool, problem: str) -> None:
    """Raise ValueError unless `claim` holds; msgspec adds the path in the file."""
    if not claim:
        raise ValueError(problem)


def need_share(name: str, value: Decimal) -> None:
    need(value.is_finite() and 0 <= value <= 1, f"`{name}` is {value}, outside 0–1")


class Measure(Noun, frozen=True, kw_only=True, dict=True, tag_field="is"):
    """One way to measure; `full` is the full mark of the indicator in points."""

    relative: ClassVar[bool] = False  # needs the figures of all bodies, see `spread`

    @property
    def name(self) -> str:
        """Return the word used in YAML, e.g. "lowest_step"."""
        return str(self.__struct_config__.tag)

    @property
    def params(self) -> dict[str, Any]:
        """Return the parameters by name, defaults included."""
        return asdict(self)

    def rules(self) -> Iterator[str]:
        """Yield the rules that the parameters name."""
        yield from ()

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        """Return the share of the full mark, 0–1; None when nothing applied."""
        raise NotImplementedError


class _WithPartly(Measure, frozen=True, kw_only=True):
    partly: Decimal = Decimal("0.5")  # what a partial fulfilment is worth, 0–1

    def __post_init__(self) -> None:
        need_share("partly", self.partly)

    @cached_property
    def half(self) -> Fraction:
        return Fraction(self.partly)


class Share(_WithPartly, frozen=True, kw_only=True, tag="share"):
    """Passed ÷ applicable; a partial fulfilment counts as `partly`."""

    partly: Decimal = Decimal(0)

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        passed = partly = failed = 0
        for fact in facts:
            passed += fact.passed
            partly += fact.partly
            failed += fact.failed
        applicable = passed + partly + failed
        if not applicable:
            return None
        if not partly:
            return Fraction(passed, applicable)
        return (passed + partly * self.half) / applicable


class ShareOfCounts(Measure, frozen=True, kw_only=True, tag="share_of_counts"):
    """Good ÷ all over counted findings: 62 600 answered of 65 700 received."""

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        good = sum(fact.good for fact in facts)
        of = sum(fact.of for fact in facts)
        if of:
            return Fraction(good, of)
        for fact in facts:
            if fact.passed or fact.partly or fact.failed:
                raise ScoringError(f"{fact.rule}: a count is needed, and none was given")
        return None


class ShareByRule(_WithPartly, frozen=True, kw_only=True, tag="share_by_rule"):
    """Mean over the rules: good ÷ all where a rule counts, else passed ÷ applicable.

    For rules held against every page of a site (they count) beside rules held
    against the site as a whole (they do not).
    """

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        by_outcome = Share(partly=self.partly)
        parts = []
        for fact in facts:
            one = Fraction(fact.good, fact.of) if fact.of else by_outcome.share((fact,), full, None)
            if one is not None:
                parts.append(one)
        return sum(parts, ZERO) / len(parts) if parts else None


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

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        reached = self._reached(facts, full)
        if reached is None:
            return None
        for step in self.steps:
            if reached >= Fraction(step.at_least):
                return Fraction(step.gives)
        return ZERO

    def _reached(self, facts: Sequence[Fact], full: Fraction) -> Fraction | None:
        if self.over == "share":
            return Share().share(facts, full, None)
        if self.over == "counts":
            return ShareOfCounts().share(facts, full, None)
        return _mean(facts)


class LowestStep(_WithPartly, frozen=True, kw_only=True, tag="lowest_step"):
    """The worst outcome decides: all passed 1, worst partly `partly`, any failed 0."""

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        if any(fact.failed for fact in facts):
            return ZERO
        if any(fact.partly for fact in facts):
            return self.half
        return ONE if any(fact.passed for fact in facts) else None


class TriState(LowestStep, frozen=True, kw_only=True, tag="tri_state"):
    """One answer with three states: in full, in part, not at all."""

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        for fact in facts:
            if fact.passed + fact.partly + fact.failed > 1:
                raise ScoringError(f"{fact.rule}: one answer is needed, and several were given")
        return super().share(facts, full, spread)


class YesNo(Measure, frozen=True, kw_only=True, tag="yes_no"):
    """1 when everything that applies is fulfilled, else 0; a part is not a yes."""

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        if any(fact.failed or fact.partly for fact in facts):
            return ZERO
        return ONE if any(fact.passed for fact in facts) else None


class Deduction(Measure, frozen=True, kw_only=True, tag="deduction"):
    """From the full mark `failed` points are taken per failure, `partly` per partial one.

    Never below zero.
    """

    failed: Decimal
    partly: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for name, value in (("failed", self.failed), ("partly", self.partly)):
            need(value.is_finite() and value >= 0, f"`{name}` is {value}, not a deduction")

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        if not any(fact.passed or fact.partly or fact.failed for fact in facts):
            return None
        taken = sum(fact.failed for fact in facts) * Fraction(self.failed)
        taken += sum(fact.partly for fact in facts) * Fraction(self.partly)
        return max(ZERO, ONE - taken / full)


class ZeroByFailure(_WithPartly, frozen=True, kw_only=True, tag="zero_by_failure"):
    """One failure of a rule in `zeroing` (of any rule when empty) makes it zero.

    Otherwise the share of what is fulfilled, as in `share`.
    """

    zeroing: tuple[str, ...] = ()

    def rules(self) -> Iterator[str]:
        yield from self.zeroing

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        if any(fact.failed for fact in facts if not self.zeroing or fact.rule in self.zeroing):
            return ZERO
        return Share(partly=self.partly).share(facts, full, spread)


class Factor(Noun, frozen=True, kw_only=True):
    """What one rule multiplies by, depending on its worst outcome."""

    passed: Decimal = Decimal(1)
    partly: Decimal
    failed: Decimal

    def __post_init__(self) -> None:
        for name in ("passed", "partly", "failed"):
            need_share(name, getattr(self, name))
        need(self.passed >= self.partly >= self.failed, "factors must fall with the outcome")


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

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        result, applied = ONE, False
        for fact in facts:
            factor = self.factors[fact.rule]
            if fact.failed:
                result *= Fraction(factor.failed)
            elif fact.partly:
                result *= Fraction(factor.partly)
            elif fact.passed:
                result *= Fraction(factor.passed)
            applied = applied or bool(fact.failed or fact.partly or fact.passed)
        return result if applied else None


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

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        total = heaviest = ZERO
        for fact in facts:
            part = Share(partly=self.partly).share((fact,), full, spread)
            if part is not None:
                weight = Fraction(self.weights[fact.rule])
                total += weight * part
                heaviest += weight
        return total / heaviest if heaviest else None


def _mean(facts: Sequence[Fact]) -> Fraction | None:
    """Return the mean of the measured numbers; None when nothing applied."""
    values = [value for fact in facts for value in fact.values]
    if values:
        return sum((Fraction(value) for value in values), ZERO) / len(values)
    for fact in facts:
        if fact.passed or fact.partly or fact.failed:
            raise ScoringError(f"{fact.rule}: a number is needed, and none was given")
    return None


class Mean(Measure, frozen=True, kw_only=True, tag="mean"):
    """Mean of measured numbers on the scale from `lowest` to `highest`."""

    lowest: Decimal = Decimal(0)
    highest: Decimal

    def __post_init__(self) -> None:
        finite = self.lowest.is_finite() and self.highest.is_finite()
        need(finite and self.lowest < self.highest, f"no scale: {self.lowest} to {self.highest}")

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        for fact in facts:
            for value in fact.values:
                inside(value, self.lowest, self.highest, fact.rule)
        mean = _mean(facts)
        if mean is None:
            return None
        lowest = Fraction(self.lowest)
        return (mean - lowest) / (Fraction(self.highest) - lowest)


class _Relative(Measure, frozen=True, kw_only=True):
    relative: ClassVar[bool] = True

    higher_is_better: bool = True

    def share(
        self, facts: Sequence[Fact], full: Fraction, spread: Spread | None
    ) -> Fraction | None:
        mean = _mean(facts)
        if mean is None:
            return None
        if spread is None:
            raise ScoringError(f"`{self.name}` compares bodies: survey them all first")
        position = self.position(mean, spread)
        return position if self.higher_is_better else ONE - position

    def position(self, mean: Fraction, spread: Spread) -> Fraction:
        raise NotImplementedError


class MinMax(_Relative, frozen=True, kw_only=True, tag="min_max"):
    """Where the body stands between the lowest and the highest of all bodies.

    When all bodies are equal there is nothing between them and each has 1.
    """

    def position(self, mean: Fraction, spread: Spread) -> Fraction:
        if not spread.lowest <= mean <= spread.highest:
            raise ScoringError("a figure outside the survey: survey all bodies again")
        if spread.lowest == spread.highest:
            return ONE if self.higher_is_better else ZERO
        return (mean - spread.lowest) / (spread.highest - spread.lowest)


class ZScore(_Relative, frozen=True, kw_only=True, tag="z_score"):
    """Distance from the mean of all bodies in standard deviations.

    From −`limit` to +`limit` the share goes from 0 to 1; what lies beyond is cut
    off. The deviation is that of the whole population, exact to 30 decimals.
    """

    limit: Decimal = Decimal(3)

    def __post_init__(self) -> None:
        need(self.limit.is_finite() and self.limit > 0, f"`limit` is {self.limit}")

    def position(self, mean: Fraction, spread: Spread) -> Fraction:
        deviation = spread.deviation
        if not deviation:
            return Fraction(1, 2)
        limit = Fraction(self.limit)
        distance = (mean - spread.mean) / deviation
        return (max(-limit, min(limit, distance)) + limit) / (2 * limit)


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
