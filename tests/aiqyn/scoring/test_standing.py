"""Places, advice, and bodies compared with each other."""

from decimal import Decimal

import pytest

from aiqyn.chain import Recommendation
from aiqyn.errors import ScoringError
from aiqyn.scoring.engine import rank, recommend, score, survey


def two(indicator, criterion, first=None, second=None, **changes):
    """Two criteria with one indicator each: R1 and R2."""
    return (
        criterion("c1", indicators=[indicator("i1", rules=["R1"], **(first or {}))], **changes),
        criterion("c2", indicators=[indicator("i2", rules=["R2"], **(second or {}))]),
    )


def test_rank_lets_ties_share_a_place_and_puts_the_unranked_last(method, finding):
    passed, failed = [finding("R1")], [finding("R1", "failed")]
    found = {"d": passed, "b": [*passed, *failed], "a": [*failed, *passed], "c": failed, "z": []}
    ratings = [score(body, each, method()) for body, each in found.items()]

    ranked = [(place, rating.body) for place, rating in rank(ratings[::-1], method())]

    assert ranked == [(1, "d"), (2, "a"), (2, "b"), (4, "c"), (None, "z")]


@pytest.mark.parametrize(
    ("rank_by", "expected", "best"), [("rounded", [1, 1], "a"), ("raw", [1, 2], "b")]
)
def test_rank_compares_rounded_or_raw_points(method, finding, rank_by, expected, best):
    coarse = method(step="1", rank_by=rank_by)
    passed, failed = [finding("R1")], [finding("R1", "failed")]
    ratings = [
        score("a", 4 * passed + 7 * failed, coarse),
        score("b", 3 * passed + 5 * failed, coarse),
    ]

    assert [rating.points for rating in ratings] == [Decimal(4), Decimal(4)]
    assert [place for place, _ in rank(ratings, coarse)] == expected
    assert rank(ratings, coarse)[0][1].body == best


def test_rank_refuses_ratings_of_another_methodology(method, finding):
    rating = score("b", [finding("R1")], method())

    with pytest.raises(ScoringError, match="b: rated by test, not by other"):
        rank([rating], method(id="other"))


def test_recommend_lists_the_best_gain_first(method, indicator, criterion, finding):
    found = [
        *[finding("R1", "failed"), finding("R1"), finding("R1", "failed")],
        finding("R2", "partly", count=(1, 4)),
    ]
    counted = {"measure": {"is": "share_of_counts"}}
    advised = method(*two(indicator, criterion, None, counted))

    advice = recommend(score("b", found, advised), advised)

    assert advice == [
        Recommendation(rule="R2", indicator="i2", gain=Decimal("7.50")),
        Recommendation(rule="R1", indicator="i1", gain=Decimal("6.67")),
    ]


def test_recommend_counts_what_a_condition_holds_back(method, indicator, criterion, finding):
    held = method(*two(indicator, criterion, None, {"only_if": {"rules": ["R1"]}}))

    advice = recommend(score("b", [finding("R1", "failed"), finding("R2")], held), held)

    assert [(a.rule, a.indicator, str(a.gain)) for a in advice] == [
        ("R1", "i1", "10.00"),
        ("R1", "i2", "10.00"),
    ]


def test_recommend_keeps_silent_where_nothing_can_be_gained(method, indicator, criterion, finding):
    parts = two(indicator, criterion, {"cap": {"at_most": 0}})
    silent = method(*parts)

    rating = score("b", [finding("R1", "failed"), finding("stated:c2", value=Decimal(1))], silent)

    assert recommend(rating, silent) == []


def test_recommend_speaks_although_another_question_is_open(method, indicator, criterion, finding):
    waiting = method(*two(indicator, criterion))

    rating = score("b", [finding("R1", "failed"), finding("R2", "cannot_tell")], waiting)

    assert [a.gain for a in recommend(rating, waiting)] == [Decimal("10.00")]


def test_bodies_are_compared_in_two_passes(method, indicator, criterion, finding):
    relative = method(criterion(indicators=[indicator(measure={"is": "min_max"})]))
    found = {
        "low": [finding("R1", value=Decimal(2))],
        "middle": [finding("R1", value=Decimal(3)), finding("R1", value=Decimal(5))],
        "high": [finding("R1", value=Decimal(6))],
        "silent": [finding("R1", "cannot_tell", value=Decimal(99))],
        "empty": [],
    }

    spreads = survey(found.items(), relative)
    points = {b: score(b, f, relative, spreads=spreads).points for b, f in found.items()}

    assert relative.relative
    assert points == {
        "low": Decimal(0),
        "middle": Decimal(5),
        "high": Decimal(10),
        "silent": None,
        "empty": None,
    }
    ratings = [score(b, f, relative, spreads=spreads) for b, f in found.items()]
    raw = [place for place, _ in rank(ratings, relative, spreads=spreads)]
    assert raw == [1, 2, 3, None, None]
