"""Every measure on its own: facts in, an exact share out."""

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from aiqyn.chain import Fact
from aiqyn.errors import ScoringError
from aiqyn.scoring.measure import Measure
from aiqyn.scoring.measures import MEASURES, AnyMeasure
from aiqyn.scoring.phrases import phrases
from aiqyn.scoring.relative import MinMax, _Relative
from aiqyn.scoring.spread import Spread

STEPS = [{"at_least": "0.9", "gives": 1}, {"at_least": "0.5", "gives": "0.4"}]
COUNTS = {"is": "ladder", "over": "counts", "steps": STEPS}
VALUES = {"is": "ladder", "over": "value", "steps": [{"at_least": 3, "gives": 1}]}
FACTORS = {"A": {"partly": "0.85", "failed": "0.7"}, "B": {"partly": "0.5", "failed": 0}}
WEIGHTS = {"is": "weighted_sum", "weights": {"A": 1, "B": 3}}
ZEROING = {"is": "zero_by_failure", "zeroing": ["A"]}
NUMBERS = Spread(
    bodies=4,
    lowest=Fraction(0),
    highest=Fraction(4),
    total=Fraction(8),
    squares=Fraction(0 + 0 + 16 + 16),
)


def fact(rule="A", values=(), **sums):
    return Fact(rule=rule, values=tuple(Decimal(value) for value in values), **sums)


def measure(**fields):
    return msgspec.convert(fields, AnyMeasure)


def share(fields, facts, full=10, spread=None):
    ratio = measure(**fields).share(facts, Fraction(full), spread)
    return None if ratio is None else Fraction(*ratio)


@pytest.mark.parametrize(
    ("fields", "facts", "expected"),
    [
        ({"is": "share"}, [fact(passed=1, failed=2)], Fraction(1, 3)),
        ({"is": "share"}, [fact(passed=1, partly=1)], Fraction(1, 2)),
        ({"is": "share", "partly": "0.5"}, [fact(passed=1, partly=1)], Fraction(3, 4)),
        ({"is": "share"}, [fact(inapplicable=2)], None),
        ({"is": "share_of_counts"}, [fact(failed=1, good=62600, of=65700)], Fraction(626, 657)),
        ({"is": "share_of_counts"}, [fact(inapplicable=1)], None),
        (
            {"is": "share_by_rule"},
            [fact(failed=1, good=1, of=4), fact("B", partly=1), fact("C", inapplicable=1)],
            Fraction(3, 8),
        ),
        ({"is": "share_by_rule"}, [fact(inapplicable=1)], None),
        (COUNTS, [fact(failed=1, good=9, of=10)], Fraction(1)),
        (COUNTS, [fact(failed=1, good=89, of=100)], Fraction(2, 5)),
        (COUNTS, [fact(failed=1, good=49, of=100)], Fraction(0)),
        (COUNTS, [fact(inapplicable=1)], None),
        ({**COUNTS, "over": "share"}, [fact(passed=1, failed=1)], Fraction(2, 5)),
        (VALUES, [fact(passed=1, values=["3"])], Fraction(1)),
        (VALUES, [fact(passed=1, values=["2.99"])], Fraction(0)),
        (VALUES, [fact(inapplicable=1)], None),
        ({"is": "lowest_step"}, [fact(passed=9), fact("B", partly=1)], Fraction(1, 2)),
        ({"is": "lowest_step"}, [fact(passed=9), fact("B", failed=1)], Fraction(0)),
        ({"is": "lowest_step"}, [fact(passed=9)], Fraction(1)),
        ({"is": "lowest_step"}, [fact(inapplicable=9)], None),
        ({"is": "tri_state", "partly": "0.3"}, [fact(partly=1)], Fraction(3, 10)),
        ({"is": "yes_no"}, [fact(passed=1)], Fraction(1)),
        ({"is": "yes_no"}, [fact(partly=1)], Fraction(0)),
        ({"is": "yes_no"}, [fact(inapplicable=1)], None),
        (
            {"is": "deduction", "failed": 3, "partly": "0.1"},
            [fact(passed=1, partly=1, failed=2)],
            Fraction(39, 100),
        ),
        ({"is": "deduction", "failed": 3}, [fact(failed=9)], Fraction(0)),
        ({"is": "deduction", "failed": 3}, [fact(inapplicable=1)], None),
        ({"is": "zero_by_failure"}, [fact(passed=9), fact("B", failed=1)], Fraction(0)),
        (ZEROING, [fact(passed=1), fact("B", failed=1)], Fraction(1, 2)),
        (ZEROING, [fact(partly=1), fact("B", passed=1)], Fraction(3, 4)),
        (
            {"is": "product", "factors": FACTORS},
            [fact(partly=1), fact("B", partly=1)],
            Fraction(17, 40),
        ),
        (
            {"is": "product", "factors": FACTORS},
            [fact(failed=1), fact("B", passed=1)],
            Fraction(7, 10),
        ),
        (
            {"is": "product", "factors": FACTORS},
            [fact(passed=1), fact("B", inapplicable=1)],
            Fraction(1),
        ),
        ({"is": "product", "factors": FACTORS}, [fact(inapplicable=1)], None),
        (WEIGHTS, [fact(failed=1), fact("B", passed=1)], Fraction(3, 4)),
        (WEIGHTS, [fact(passed=1), fact("B", inapplicable=1)], Fraction(1)),
        (WEIGHTS, [fact(inapplicable=1)], None),
        ({"is": "mean", "highest": 4}, [fact(passed=2, values=["1", "2"])], Fraction(3, 8)),
        ({"is": "mean", "highest": 4}, [fact(inapplicable=1)], None),
        (
            {"is": "mean", "lowest": 1, "highest": 5},
            [fact(passed=1, values=["3"])],
            Fraction(1, 2),
        ),
    ],
)
def test_measure_gives_an_exact_share(fields, facts, expected):
    assert share(fields, facts) == expected


INFOMETER = {
    "found": {"failed": 0},
    "complete": {"partly": "0.5", "failed": "0.2"},
    "topical": {"partly": "0.85", "failed": "0.7"},
    "accessible": {"partly": "0.95", "failed": "0.9"},
    "hypertext": {"failed": "0.2"},
    "file": {"failed": "0.85"},
    "graphic": {"failed": "0.95"},
}


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({}, "1"),
        ({"found": "failed"}, "0"),
        ({"complete": "partly", "topical": "partly"}, "0.425"),
        ({"hypertext": "partly", "file": "failed", "graphic": "failed"}, "0.1615"),
        (dict.fromkeys(INFOMETER, "failed") | {"found": "passed"}, "0.0203490"),
    ],
)
def test_product_multiplies_the_factors_of_infometer(outcomes, expected):
    facts = [fact(rule, **{outcomes.get(rule, "passed"): 1}) for rule in INFOMETER]

    assert share({"is": "product", "factors": INFOMETER}, facts, full=3) == Fraction(expected)


@pytest.mark.parametrize(
    ("fields", "value", "expected"),
    [
        ({"is": "min_max"}, "1", Fraction(1, 4)),
        ({"is": "min_max", "higher_is_better": False}, "1", Fraction(3, 4)),
        ({"is": "z_score"}, "4", Fraction(2, 3)),
        ({"is": "z_score"}, "2", Fraction(1, 2)),
        ({"is": "z_score", "limit": "0.5"}, "0", Fraction(0)),
        ({"is": "z_score", "higher_is_better": False}, "0", Fraction(2, 3)),
    ],
)
def test_measure_compares_a_body_with_all(fields, value, expected):
    assert share(fields, [fact(passed=1, values=[value])], spread=NUMBERS) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is": "min_max"}, Fraction(1)),
        ({"is": "min_max", "higher_is_better": False}, Fraction(1)),
        ({"is": "z_score"}, Fraction(1, 2)),
    ],
)
def test_measure_of_equal_bodies_prefers_none(fields, expected):
    alike = Spread.of(Fraction(7)) + Spread.of(Fraction(7))

    assert share(fields, [fact(passed=1, values=["7"])], spread=alike) == expected


def test_relative_measure_says_nothing_where_nothing_applies():
    assert share({"is": "min_max"}, [fact(inapplicable=1)], spread=NUMBERS) is None


@pytest.mark.parametrize(
    ("fields", "facts", "problem"),
    [
        ({"is": "share_of_counts"}, [fact(passed=1)], "A: a count is needed, and none was given"),
        (VALUES, [fact(failed=1)], "A: a number is needed, and none was given"),
        ({"is": "tri_state"}, [fact(passed=2)], "A: one answer is needed, and several were given"),
        (
            {"is": "mean", "highest": 4},
            [fact(passed=1, values=["4.01"])],
            "A: 4.01 is over the maximum 4",
        ),
        ({"is": "mean", "highest": 4}, [fact(passed=1, values=["-1"])], "A: -1 is below 0"),
        (
            {"is": "min_max"},
            [fact(passed=1, values=["1"])],
            "`min_max` compares bodies: survey them all first",
        ),
    ],
)
def test_measure_refuses_facts_of_the_wrong_kind(fields, facts, problem):
    with pytest.raises(ScoringError) as refused:
        share(fields, facts)

    assert str(refused.value) == problem


def test_min_max_refuses_a_figure_that_was_not_surveyed():
    with pytest.raises(ScoringError, match="a figure outside the survey"):
        share({"is": "min_max"}, [fact(passed=1, values=["5"])], spread=NUMBERS)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"is": "share", "partly": "1.1"}, "`partly` is 1.1, outside 0–1"),
        ({"is": "share", "partly": "NaN"}, "`partly` is NaN, outside 0–1"),
        ({"is": "ladder", "over": "share", "steps": []}, "a ladder needs at least one step"),
        (
            {"is": "ladder", "over": "share", "steps": STEPS[::-1]},
            "steps must fall: 0.5 → 0.4 stands before 0.9 → 1",
        ),
        (
            {"is": "ladder", "over": "share", "steps": [{"at_least": "inf", "gives": 1}]},
            "`at_least` is Infinity - at `$.steps[0]`",
        ),
        ({"is": "deduction", "failed": "-1"}, "`failed` is -1, not a deduction"),
        ({"is": "product", "factors": {}}, "a product needs at least one factor"),
        (
            {"is": "product", "factors": {"A": {"partly": "0.2", "failed": "0.7"}}},
            "factors must fall with the outcome - at `$.factors[...]`",
        ),
        ({"is": "weighted_sum", "weights": {}}, "a weighted sum needs at least one weight"),
        ({"is": "weighted_sum", "weights": {"A": 0}}, "weight of A is 0"),
        ({"is": "mean", "highest": 0}, "no scale: 0 to 0"),
        ({"is": "z_score", "limit": 0}, "`limit` is 0"),
        ({"is": "guess"}, "Invalid value 'guess' - at `$.is`"),
        ({"is": "share", "part": 1}, "Object contains unknown field `part`"),
    ],
)
def test_measure_refuses_wrong_parameters(fields, problem):
    with pytest.raises(msgspec.ValidationError) as refused:
        measure(**fields)

    assert str(refused.value) == problem


def test_measure_tells_its_name_and_parameters():
    tri_state = measure(**{"is": "tri_state"})

    assert (tri_state.name, tri_state.params) == ("tri_state", {"partly": Decimal("0.5")})


def test_every_measure_has_a_phrase():
    assert set(MEASURES) == set(phrases().measures)


@pytest.mark.parametrize("call", [lambda: Measure().share((), Fraction(1), None)])
def test_measure_without_a_way_cannot_measure(call):
    with pytest.raises(NotImplementedError):
        call()


def test_relative_measure_without_a_position_cannot_measure():
    with pytest.raises(NotImplementedError):
        _Relative().position(Fraction(1), NUMBERS)


def test_min_max_is_relative():
    assert MinMax.relative
