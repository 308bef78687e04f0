"""Years compared fairly: over the criteria both share, in percent of their maxima."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from aiqyn.chain import CriterionScore, Noun, Rating
from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import rounded

TENTH = Decimal("0.1")


class Change(Noun, frozen=True, kw_only=True):
    """How one body moved between two ratings; percent 0–100 and percentage points."""

    body: str
    common: tuple[str, ...]  # codes of the criteria both ratings have points for
    before: Decimal  # percent of the common maxima, to 0.1
    after: Decimal
    change: Decimal  # percentage points, rounded from the exact difference
    fell: bool  # by the exact figures, however little


def like_for_like(before: Rating, after: Rating) -> Change | None:
    """Compare two ratings of one body; None when they share no criterion with points.

    Raises ScoringError for ratings of two different bodies.
    """
    if before.body != after.body:
        raise ScoringError(f"two bodies: {before.body} and {after.body}")
    shares = _shares(before, after)
    if shares is None:
        return None
    common, old, new = shares
    return Change(
        body=before.body,
        common=common,
        before=rounded(old, TENTH),
        after=rounded(new, TENTH),
        change=rounded(new - old, TENTH),
        fell=new < old,
    )


def mean_change(pairs: Sequence[tuple[Rating, Rating]]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return the mean before, the mean after and their difference over all bodies.

    In percent and percentage points, each rounded once to 0.1. None when no
    pair can be compared.
    """
    shares = [found for before, after in pairs if (found := _shares(before, after))]
    if not shares:
        return None
    old = sum((before for _, before, _ in shares), Fraction(0)) / len(shares)
    new = sum((after for _, _, after in shares), Fraction(0)) / len(shares)
    return rounded(old, TENTH), rounded(new, TENTH), rounded(new - old, TENTH)


def years_falling(ratings: Sequence[Rating]) -> int:
    """Return how many times in a row, up to the last rating, the body fell like for like.

    `ratings` are of one body, the oldest first. Two or more is the alarm of the
    yearly evaluation system (Decree 954): indicators fall two years running.
    A pair that cannot be compared breaks the row: the unknown is no decline.
    """
    years = 0
    for after, before in zip(reversed(ratings), reversed(ratings[:-1]), strict=False):
        change = like_for_like(before, after)
        if change is None or not change.fell:
            break
        years += 1
    return years


def is_declining(ratings: Sequence[Rating]) -> bool:
    """Return whether the body fell two years running or longer."""
    return years_falling(ratings) >= 2


def _shares(before: Rating, after: Rating) -> tuple[tuple[str, ...], Fraction, Fraction] | None:
    old, new = _known(before), _known(after)
    common = tuple(code for code in old if code in new)
    if not common:
        return None
    return common, _percent([old[code] for code in common]), _percent([new[c] for c in common])


def _known(rating: Rating) -> dict[str, CriterionScore]:
    return {c.code: c for c in rating.criteria if c.points is not None and c.max_points}


def _percent(criteria: Sequence[CriterionScore]) -> Fraction:
    points = sum((Fraction(c.points or 0) for c in criteria), Fraction(0))
    return 100 * points / sum((Fraction(c.max_points or 0) for c in criteria), Fraction(0))
