from decimal import Decimal
from fractions import Fraction

import pytest

from aiqyn.chain import CriterionScore, Fact, IndicatorValue, Rating
from aiqyn.errors import ScoringError
from aiqyn.scoring.engine import facts_of, score
from aiqyn.scoring.evaluate import Evaluation

BANDS = [
    {"code": "A", "at_least": 80, "title": {"kk": "A", "ru": "A", "en": "A"}},
    {"code": "B", "at_least": 50, "title": {"kk": "B", "ru": "B", "en": "B"}},
    {"code": "C", "at_least": 0, "title": {"kk": "C", "ru": "C", "en": "C"}},
]


def two(indicator, criterion, first=None, second=None, **changes):
    """Two criteria with one indicator each: R1 and R2."""
    return (
        criterion("c1", indicators=[indicator("i1", rules=["R1"], **(first or {}))], **changes),
        criterion("c2", indicators=[indicator("i2", rules=["R2"], **(second or {}))]),
    )


def said(rating):
    return rating.points, rating.max_points, rating.why


def test_score_gives_the_whole_tree(method, indicator, criterion, finding):
    rating = score("b", [finding("R1"), finding("R1", "failed"), finding("R1", "failed")], method())

    value = IndicatorValue(
        code="i1",
        points=Decimal("3.33"),
        max_points=Decimal(10),
        facts=(Fact(rule="R1", passed=1, failed=2),),
    )
    part = CriterionScore(
        code="c1", points=Decimal("3.33"), max_points=Decimal(10), indicators=(value,)
    )
    assert rating == Rating(
        body="b",
        methodology="test",
        points=Decimal("3.33"),
        max_points=Decimal(10),
        criteria=(part,),
    )
    assert facts_of(rating) == {"R1": Fact(rule="R1", passed=1, failed=2)}


@pytest.mark.parametrize(
    ("round_at", "expected"), [("indicator", "9.99"), ("criterion", "10.00"), ("total", "10.00")]
)
def test_score_rounds_once_where_it_is_declared(
    method, indicator, criterion, finding, round_at, expected
):
    thirds = [indicator(f"i{n}", rules=[f"R{n}"]) for n in (1, 2, 3)]
    found = [finding(f"R{n}", outcome) for n in (1, 2, 3) for outcome in ("passed", "failed")]
    found += [finding(f"R{n}", "failed") for n in (1, 2, 3)]

    rating = score("b", found, method(criterion(indicators=thirds), round_at=round_at))

    assert str(rating.points) == expected


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ([("R1", "passed")], "no_finding"),
        ([("R1", "passed"), ("R2", "cannot_tell")], "open_question"),
        ([("R1", "cannot_tell")], "open_question"),
        ([], "no_finding"),
    ],
)
def test_score_waits_for_what_is_not_known(method, indicator, criterion, finding, found, why):
    rating = score("b", [finding(*each) for each in found], method(*two(indicator, criterion)))

    assert said(rating) == (None, Decimal(20), why)


def test_score_says_an_open_question_before_a_missing_finding(
    method, indicator, criterion, finding
):
    both = method(criterion(indicators=[indicator(rules=["R0", "R1"])]))

    assert score("b", [finding("R1", "cannot_tell")], both).why == "open_question"
    assert score("b", [finding("R1")], both).why == "no_finding"


def test_score_leaves_a_missing_indicator_out_when_it_may_shrink(
    method, indicator, criterion, finding
):
    parts = [indicator("i1"), indicator("i2", rules=["R2"], missing="shrink")]
    shrinking = method(criterion(indicators=parts))

    assert said(score("b", [finding("R1")], shrinking)) == (Decimal(10), Decimal(10), "")
    alone = method(criterion(indicators=parts[1:]))
    assert said(score("b", [], alone)) == (None, Decimal(10), "not_enough_data")


def test_score_leaves_missing_criteria_out_while_enough_remain(
    method, indicator, criterion, finding
):
    parts = two(indicator, criterion)
    one = method(*parts, missing={"policy": "shrink", "enough": 1})
    both = method(*parts, missing={"policy": "shrink", "enough": 2})

    assert said(score("b", [finding("R1")], one)) == (Decimal(10), Decimal(10), "")
    assert said(score("b", [finding("R1")], both)) == (None, Decimal(20), "not_enough_data")


def test_score_waits_for_a_needed_criterion_even_where_others_are_left_out(
    method, indicator, criterion, finding
):
    needed = method(
        criterion("c1", indicators=[indicator("i1", rules=["R1"])]),
        criterion("c2", indicators=[indicator("i2", rules=["R2"])], needed=True),
        missing={"policy": "shrink", "enough": 1},
    )

    for found, why in (
        ([finding("R1")], "no_finding"),
        ([finding("R1"), finding("R2", "cannot_tell")], "open_question"),
    ):
        assert said(score("b", found, needed)) == (None, Decimal(20), why)
    assert said(score("b", [finding("R2")], needed)) == (Decimal(10), Decimal(10), "")


def test_score_never_totals_over_unknown_points(method, indicator, criterion, finding):
    unknown = method(*two(indicator, criterion, second={"points": None}))

    rating = score("b", [finding("R1"), finding("R2")], unknown)

    assert said(rating) == (None, None, "unknown_points")
    assert [c.points for c in rating.criteria] == [Decimal(10), None]
    assert rating.criteria[1].indicators[0].facts == (Fact(rule="R2", passed=1),)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("full", (Decimal(20), Decimal(20), "")),
        ("leave_out", (Decimal(10), Decimal(10), "")),
    ],
)
def test_score_of_what_does_not_apply(method, indicator, criterion, finding, policy, expected):
    applying = method(*two(indicator, criterion), inapplicable=policy)

    rating = score("b", [finding("R1"), finding("R2", "inapplicable")], applying)

    assert said(rating) == expected


def test_score_of_a_body_to_which_nothing_applies(method, finding):
    rating = score("b", [finding("R1", "inapplicable")], method(inapplicable="leave_out"))

    assert said(rating) == (None, Decimal(10), "not_enough_data")
    assert rating.criteria[0].why == "not_applied"


@pytest.mark.parametrize(
    ("otherwise", "outcome", "expected"),
    [
        ("zero", "failed", (Decimal(10), Decimal(20), "")),
        ("zero", "passed", (Decimal(20), Decimal(20), "")),
        ("leave_out", "partly", (Decimal(10), Decimal(10), "")),
        ("zero", "cannot_tell", (None, Decimal(20), "open_question")),
    ],
)
def test_score_counts_an_indicator_only_under_its_condition(
    method, indicator, criterion, finding, otherwise, outcome, expected
):
    only_if = {"rules": ["R1"], "otherwise": otherwise}
    first = {"measure": {"is": "share_of_counts"}}
    conditional = method(*two(indicator, criterion, first, {"only_if": only_if}))

    rating = score("b", [finding("R1", outcome, count=(3, 3)), finding("R2")], conditional)

    assert said(rating) == expected


@pytest.mark.parametrize(
    ("cap", "outcome", "points"),
    [
        ({"at_most": 4}, "passed", "4.00"),
        ({"at_most": 4, "unless": ["R2"]}, "passed", "10.00"),
        ({"at_most": 4, "unless": ["R2"]}, "failed", "4.00"),
    ],
)
def test_score_caps_an_indicator(method, indicator, criterion, finding, cap, outcome, points):
    capped = method(criterion(indicators=[indicator(cap=cap)]))

    rating = score("b", [finding("R1"), finding("R2", outcome)], capped)

    assert str(rating.points) == points


def test_score_caps_a_criterion(method, indicator, criterion, finding):
    parts = [indicator("i1"), indicator("i2", rules=["R2"])]
    capped = method(criterion(points=15, capped=True, indicators=parts))

    assert said(score("b", [finding("R1"), finding("R2")], capped)) == (
        Decimal(15),
        Decimal(15),
        "",
    )


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("sum", (Decimal(10), Decimal(20))),
        ("mean", (Decimal(5), Decimal(10))),
        ("lowest", (Decimal(0), Decimal(10))),
        ("highest", (Decimal(10), Decimal(10))),
    ],
)
def test_score_combines_criteria(method, indicator, criterion, finding, total, expected):
    combining = method(*two(indicator, criterion), total=total, round_at="total")

    rating = score("b", [finding("R1"), finding("R2", "failed")], combining)

    assert (rating.points, rating.max_points) == expected


def test_score_weighs_criteria(method, indicator, criterion, finding):
    parts = two(indicator, criterion, weight=2)
    weighted = method(*parts, total="mean", round_at="total")
    summed = method(*parts)
    found = [finding("R1"), finding("R2", "failed")]

    assert str(score("b", found, weighted).points) == "6.67"
    assert said(score("b", found, summed)) == (Decimal(20), Decimal(30), "")


def test_score_shows_a_criterion_without_weight_beside_the_total(
    method, indicator, criterion, finding
):
    beside = method(*two(indicator, criterion, weight=0))

    assert said(score("b", [finding("R2")], beside)) == (Decimal(10), Decimal(10), "")


def test_score_grades_the_total(method, finding):
    graded = method(bands=BANDS)

    grades = [score("b", [finding("R1", o)], graded).grade for o in ("passed", "failed")]

    assert grades == ["A", "C"]


def test_score_gives_a_letter_for_each_criterion(method, indicator, criterion, finding):
    letters = method(*two(indicator, criterion), bands=BANDS, grade_by="criteria")

    assert score("b", [finding("R1"), finding("R2", "failed")], letters).grade == "AC"
    assert score("b", [finding("R1")], letters).grade == ""


def test_score_takes_a_published_figure_as_printed(method, finding):
    rating = score("b", [finding("stated:c1", value=Decimal("9.125"))], method())

    assert rating.points == Decimal("9.13")
    assert (rating.criteria[0].points, rating.criteria[0].stated) == (Decimal("9.125"), True)


@pytest.mark.parametrize(
    ("outcome", "why"), [("cannot_tell", "open_question"), ("passed", "no_finding")]
)
def test_score_waits_for_a_published_figure_that_is_not_there(method, finding, outcome, why):
    assert score("b", [finding("stated:c1", outcome)], method()).why == why


def test_score_does_not_take_a_doubtful_published_figure(method, finding):
    doubtful = finding("stated:c1", "cannot_tell", value=Decimal(5))

    assert said(score("b", [doubtful], method())) == (None, Decimal(10), "open_question")


def test_score_takes_a_published_figure_although_the_maximum_is_unknown(method, criterion, finding):
    rating = score("b", [finding("stated:c1", value=Decimal(7))], method(criterion()))

    assert said(rating) == (None, None, "unknown_points")
    assert rating.criteria[0].points == Decimal(7)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (["10.01"], "b, test: stated:c1: 10.01 is over the maximum 10"),
        (["-0.01"], "b, test: stated:c1: -0.01 is below 0"),
        (["NaN"], "b: stated:c1: NaN is not a number"),
        (["3", "4"], "b, test: stated:c1: stated as 3 and as 4"),
    ],
)
def test_score_refuses_an_impossible_figure_with_its_place(method, finding, values, problem):
    found = [finding("stated:c1", value=Decimal(value)) for value in values]

    with pytest.raises(ScoringError) as refused:
        score("b", found, method())

    assert str(refused.value) == problem


def test_score_names_the_indicator_whose_facts_do_not_fit(method, indicator, criterion, finding):
    counting = method(criterion(indicators=[indicator(measure={"is": "share_of_counts"})]))

    with pytest.raises(ScoringError, match=r"^b, test: i1: R1: a count is needed"):
        score("b", [finding("R1")], counting)


def test_maximum_that_does_not_end_is_rounded_for_print(method, indicator, criterion, finding):
    shrunk = method(
        criterion("c1", weight=2, indicators=[indicator(points=7)]),
        criterion(
            "c2",
            indicators=[
                indicator("i2", points=3, rules=["R2"]),
                indicator("i3", points=4, rules=["R3"], missing="shrink"),
            ],
        ),
        total="mean",
        round_at="total",
    )

    rating = score("b", [finding("R1"), finding("R2")], shrunk)

    assert (str(rating.points), str(rating.max_points)) == ("5.67", "5.67")


def test_evaluation_that_never_rounds_keeps_thirds(method, finding):
    thirds = [Fact(rule="R1", passed=1, failed=2)]

    whole = Evaluation(method(), round_at="never").of({f.rule: f for f in thirds})

    assert whole.total.points == Fraction(1000, 3)
