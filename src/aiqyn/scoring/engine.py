"""Apply one methodology to the findings of one body; rank bodies; say what to repair."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from msgspec.structs import replace

from aiqyn.chain import (
    CriterionScore,
    Fact,
    Finding,
    IndicatorValue,
    Rating,
    Recommendation,
)
from aiqyn.errors import ScoringError
from aiqyn.scoring.evaluate import Evaluation, Part, Spreads, Whole
from aiqyn.scoring.exact import WIDE, Number, in_points, plain
from aiqyn.scoring.methodology import Band, Criterion, Indicator, Methodology
from aiqyn.scoring.spread import Spread
from aiqyn.scoring.tally import STATED, tally


def score(
    body: str,
    findings: Iterable[Finding],
    method: Methodology,
    *,
    spreads: Spreads | None = None,
) -> Rating:
    """Rate one body; the order of the findings does not matter.

    Points stay None, and `why` says why, while a finding they rest on is
    missing or CANNOT_TELL: the unknown is never scored as a zero.
    `spreads` comes from `survey` and is needed only when `method.relative`.

    Raises ScoringError, naming body and place, for an impossible figure.
    """
    return score_facts(body, tally_of(body, findings), method, spreads=spreads)


def score_facts(
    body: str,
    facts: Mapping[str, Fact],
    method: Methodology,
    *,
    spreads: Spreads | None = None,
) -> Rating:
    """Rate one body whose findings are already added up, as `score` does."""
    try:
        whole = Evaluation(method, spreads).of(facts)
    except ScoringError as problem:
        raise ScoringError(f"{body}, {method.id}: {problem}") from None
    return _rating(body, facts, whole, method)


def tally_of(body: str, findings: Iterable[Finding]) -> Mapping[str, Fact]:
    """Add up the findings of one body; raises ScoringError with the body's code."""
    try:
        return tally(findings)
    except ScoringError as problem:
        raise ScoringError(f"{body}: {problem}") from None


def survey(
    bodies: Iterable[tuple[str, Iterable[Finding]]], method: Methodology
) -> dict[str, Spread]:
    """First pass for measures that compare bodies: one spread per such indicator.

    A body without a figure for an indicator is left out of its spread.
    """
    spreads: dict[str, Spread] = {}
    for body, findings in bodies:
        facts = tally_of(body, findings)
        for code, spread in figures(facts, method):
            spreads[code] = spreads[code] + spread if code in spreads else spread
    return spreads


def figures(facts: Mapping[str, Fact], method: Methodology) -> Iterator[tuple[str, Spread]]:
    """Yield what one body adds to the survey: indicator code and spread."""
    for indicator in method.indicators:
        known = [facts[rule] for rule in indicator.rules if rule in facts]
        values = [value for fact in known for value in fact.values]
        if indicator.measure.relative and values and not any(f.cannot_tell for f in known):
            yield indicator.code, Spread.of(sum(map(Fraction, values), Fraction(0)) / len(values))


def facts_of(rating: Rating) -> dict[str, Fact]:
    """Return the facts a rating rests on: enough to compute it again, years later."""
    facts = {f.rule: f for c in rating.criteria for i in c.indicators for f in i.facts}
    for criterion in rating.criteria:
        if criterion.stated and criterion.points is not None:
            rule = STATED + criterion.code
            facts[rule] = Fact(rule=rule, passed=1, values=(criterion.points,))
    return facts


def rank(
    ratings: Sequence[Rating], method: Methodology, *, spreads: Spreads | None = None
) -> list[tuple[int | None, Rating]]:
    """Return ratings best first with their ranks; ties share a rank (1, 2, 2, 4).

    Compared is the share of the maximum, of the rounded or of the exact points
    as the methodology says. Ratings without a total come last without a rank.
    """
    keyed = [(_standing(rating, method, spreads), rating) for rating in ratings]
    ranked = [(key, rating) for key, rating in keyed if key is not None]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].body))
    result: list[tuple[int | None, Rating]] = []
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        place = len(result) + 1
        result.extend((place, rating) for _, rating in tied)
    rest = sorted((r for key, r in keyed if key is None), key=lambda rating: rating.body)
    return [*result, *((None, rating) for rating in rest)]


def recommend(
    rating: Rating, method: Methodology, *, spreads: Spreads | None = None
) -> list[Recommendation]:
    """List what to repair, best gain first.

    The gain is what the total grows by, before rounding to the step, when that
    rule alone is fulfilled everywhere in that indicator. Indicators that wait
    for an answer and published figures give no advice.
    """
    facts = facts_of(rating)
    exact = Evaluation(method, spreads, round_at="never")
    whole = exact.of(facts)
    advice = []
    for c, criterion in enumerate(method.criteria):
        if whole.criteria[c].stated:
            continue
        for i, indicator in enumerate(criterion.indicators):
            for rule, repaired in _repairs(indicator, facts, whole.indicators[c][i]):
                gain = _worth(whole, (c, i), exact.indicator(indicator, repaired), exact)
                if gain > 0:
                    shown = in_points(gain, method.step)
                    advice.append(Recommendation(rule=rule, indicator=indicator.code, gain=shown))
    return sorted(advice, key=lambda each: (-each.gain, each.rule, each.indicator))


def band_of(points: Number, full: Number, method: Methodology) -> Band | None:
    """Return the band reached; products are compared, so nothing is rounded twice."""
    for band in method.bands:
        at_least, of = band.at_least.as_integer_ratio()
        if 100 * points * of >= at_least * full:
            return band
    return None


def _standing(rating: Rating, method: Methodology, spreads: Spreads | None) -> Fraction | None:
    if rating.methodology != method.id:
        raise ScoringError(f"{rating.body}: rated by {rating.methodology}, not by {method.id}")
    if rating.points is None or not rating.max_points:
        return None
    if method.rank_by == "rounded":
        return Fraction(rating.points) / Fraction(rating.max_points)
    raw = Evaluation(method, spreads, round_at="never").of(facts_of(rating)).total
    return Fraction(raw.points or 0) / raw.full if raw.full else None


def _repairs(
    indicator: Indicator, facts: Mapping[str, Fact], part: Part
) -> Iterator[tuple[str, Mapping[str, Fact]]]:
    """Yield each broken rule with the facts as they would be after its repair."""
    if part.points is None:
        return
    for rule in indicator.asked:
        fact = facts[rule]
        if fact.failed or fact.partly or fact.good < fact.of:
            yield rule, {**facts, rule: _repaired(fact)}


def _repaired(fact: Fact) -> Fact:
    passed = fact.passed + fact.partly + fact.failed
    return replace(fact, passed=passed, partly=0, failed=0, good=fact.of)


def _worth(whole: Whole, at: tuple[int, int], part: Part, exact: Evaluation) -> Number:
    """Return what the total gains, in steps, when indicator number `at` becomes `part`.

    What still waits for an answer is taken as nothing yet in both totals.
    """
    c, i = at
    before = [_assumed(each) for each in whole.indicators[c]]
    after = [*before[:i], part, *before[i + 1 :]]
    criteria = [_assumed(each) for each in whole.criteria]
    totals: list[Number] = []
    for parts in (before, after):
        criteria[c] = exact.criterion(exact.method.criteria[c], parts)
        totals.append(exact.total(criteria).points or 0)
    return totals[1] - totals[0]


def _assumed(part: Part) -> Part:
    if part.points is None and part.wait:
        return part._replace(points=0, full=part.full or 0, why="")
    return part


def _rating(body: str, facts: Mapping[str, Fact], whole: Whole, method: Methodology) -> Rating:
    criteria = tuple(
        _criterion(criterion, part, parts, facts, method)
        for criterion, part, parts in zip(
            method.criteria, whole.criteria, whole.indicators, strict=True
        )
    )
    total = whole.total
    return Rating(
        body=body,
        methodology=method.id,
        points=None if total.points is None else in_points(total.points, method.step),
        max_points=_maximum(total.full, method.step),
        grade=_grade(whole, method),
        criteria=criteria,
        why=total.why,
    )


def _criterion(
    criterion: Criterion,
    part: Part,
    parts: Sequence[Part],
    facts: Mapping[str, Fact],
    method: Methodology,
) -> CriterionScore:
    if part.stated:
        points: Decimal | None = facts[criterion.stated].values[0]  # as printed, not rounded
    else:
        points = None if part.points is None else in_points(part.points, method.step)
    return CriterionScore(
        code=criterion.code,
        points=points,
        max_points=_maximum(part.full, method.step),
        indicators=tuple(
            _value(indicator, each, facts, method)
            for indicator, each in zip(criterion.indicators, parts, strict=True)
        ),
        stated=part.stated,
        why=part.why,
    )


def _value(
    indicator: Indicator, part: Part, facts: Mapping[str, Fact], method: Methodology
) -> IndicatorValue:
    return IndicatorValue(
        code=indicator.code,
        points=None if part.points is None else in_points(part.points, method.step),
        max_points=indicator.points,
        facts=tuple([facts[rule] for rule in indicator.asked if rule in facts]),
        why=part.why,
    )


def _grade(whole: Whole, method: Methodology) -> str:
    """Return the band of the total, or one letter per criterion, or "" while unknown."""
    if method.grade_by == "total":
        parts: Sequence[Part] = (whole.total,)
    else:
        parts = whole.criteria
    letters = []
    for part in parts:
        if part.points is None or not part.full:
            return ""
        band = band_of(part.points, part.full, method)
        letters.append(band.code if band else "")
    return "".join(letters)


def _maximum(full: Number | None, step: Decimal) -> Decimal | None:
    """Return a maximum as it is written by hand, 20 or 0.25; rounded if it does not end."""
    return None if full is None else _written(full, step)


@lru_cache(maxsize=4096)
def _written(full: Number, step: Decimal) -> Decimal:
    if isinstance(full, int):
        return Decimal(plain(in_points(full, step)))
    points = full * Fraction(step)
    exact = WIDE.divide(Decimal(points.numerator), Decimal(points.denominator))
    return Decimal(plain(exact)) if Fraction(exact) == points else in_points(full, step)
