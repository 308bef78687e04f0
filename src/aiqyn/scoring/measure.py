"""What every measure is: typed parameters, and a share of the full mark from facts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from msgspec.structs import asdict

from aiqyn.chain import Fact, Noun
from aiqyn.errors import ScoringError
from aiqyn.scoring.spread import Spread

# A share from 0 to 1 as numerator and denominator, exact and not reduced: half a
# million of them are computed for one rating of the country, and reducing each
# costs more than everything else together.
Ratio = tuple[int, int]

ALL: Ratio = (1, 1)
NOTHING: Ratio = (0, 1)


def need(claim: bool, problem: str) -> None:
    """Raise ValueError unless `claim` holds; msgspec adds the path in the file."""
    if not claim:
        raise ValueError(problem)


def need_share(name: str, value: Decimal) -> None:
    """Raise ValueError unless `value` lies in 0–1."""
    need(value.is_finite() and 0 <= value <= 1, f"`{name}` is {value}, outside 0–1")


class Measure(Noun, frozen=True, kw_only=True, dict=True, tag_field="is"):
    """One way to measure."""

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

    def share(self, facts: Sequence[Fact], full: Fraction, spread: Spread | None) -> Ratio | None:
        """Return the share of the full mark; None when nothing applied.

        `full` is the full mark in points. Raises ScoringError for facts of the
        wrong kind and for figures off the scale.
        """
        raise NotImplementedError


def mean_of(facts: Sequence[Fact]) -> Fraction | None:
    """Return the mean of the measured numbers; None when nothing applied."""
    values = [value for fact in facts for value in fact.values]
    if values:
        return sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    for fact in facts:
        if fact.passed or fact.partly or fact.failed:
            raise ScoringError(f"{fact.rule}: a number is needed, and none was given")
    return None
