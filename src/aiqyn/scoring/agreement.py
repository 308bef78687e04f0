"""How far two judges agree beyond what chance alone would bring: Cohen's kappa."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

STRENGTHS = (
    # kappa at least, key; the bands of Landis and Koch (1977), a convention and no law of nature
    (Fraction(81, 100), "almost_perfect"),
    (Fraction(61, 100), "substantial"),
    (Fraction(41, 100), "moderate"),
    (Fraction(21, 100), "fair"),
    (Fraction(0), "slight"),
)
ENOUGH = 10  # pairs below which the figure is too shaky to be put in words


class Agreement(Struct, frozen=True, kw_only=True):
    """Two judges over the same cases."""

    n: int  # cases both judged
    agreed: int  # cases they judged alike
    opposed: int = 0  # cases they put at the two ends of an order
    expected: Fraction  # share of agreement chance alone would bring; 0 without cases
    kappa: Fraction | None  # 1 is full agreement, 0 chance; None when chance explains everything

    @property
    def strength(self) -> str:
        """A key for words: one of STRENGTHS, "poor" below chance, "too_few", "undefined"."""
        if self.n < ENOUGH:
            return "too_few"
        if self.kappa is None:
            return "undefined"
        kappa = round(self.kappa, 2)
        return next((key for least, key in STRENGTHS if kappa >= least), "poor")


def agreement(pairs: Iterable[tuple[str, str]], *, order: Sequence[str] = ()) -> Agreement:
    """Compare two judges who put each case into one of several classes.

    With `order`, the classes from one end to the other, neighbours agree in part: of three
    classes by half. Sources: J. Cohen, A coefficient of agreement for nominal scales, 1960;
    J. Cohen, Weighted kappa, 1968, weights linear. With both judges always saying the same
    single thing kappa does not exist.
    """
    given = list(pairs)
    n = len(given)
    if not n:
        return Agreement(n=0, agreed=0, expected=Fraction(0), kappa=None)
    first = Counter(one for one, _ in given)
    second = Counter(other for _, other in given)
    seen = Fraction(sum(_alike(one, other, order) for one, other in given), n)
    by_chance = sum(
        first[one] * second[other] * _alike(one, other, order) for one in first for other in second
    )
    expected = Fraction(by_chance, n * n)
    return Agreement(
        n=n,
        agreed=sum(one == other for one, other in given),
        opposed=sum({one, other} == {order[0], order[-1]} for one, other in given) if order else 0,
        expected=expected,
        kappa=None if expected == 1 else (seen - expected) / (1 - expected),
    )


def _alike(one: str, other: str, order: Sequence[str]) -> Fraction:
    """How far two classes agree, from 0 to 1; without an order nothing is between."""
    if one == other or not order:
        return Fraction(one == other)
    return 1 - Fraction(abs(order.index(one) - order.index(other)), len(order) - 1)
