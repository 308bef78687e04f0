from decimal import Decimal

import pytest

from aiqyn.chain import CriterionScore, Rating
from aiqyn.errors import ScoringError
from aiqyn.scoring.diff import Difference, diff
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import methodology
from aiqyn.scoring.published import findings_from_table
from aiqyn.scoring.trend import Change, is_declining, like_for_like, mean_change, years_falling

AKIMATS = "thesis_appendix3_openness_scores_2019_2020"


def rating(body="b", full=10, **points):
    criteria = tuple(
        CriterionScore(
            code=code,
            points=None if value is None else Decimal(value),
            max_points=Decimal(full),
        )
        for code, value in points.items()
    )
    return Rating(body=body, methodology="m", points=None, max_points=None, criteria=criteria)


def test_like_for_like_compares_what_both_years_share_in_percent():
    change = like_for_like(rating(a=5, gone=9), rating(full=20, a=11, new=20))

    assert change == Change(
        body="b",
        common=("a",),
        before=Decimal("50.0"),
        after=Decimal("55.0"),
        change=Decimal("5.0"),
        fell=False,
    )


def test_like_for_like_leaves_out_what_has_no_points():
    assert like_for_like(rating(a=5), rating(a=None, b=1)) is None


def test_like_for_like_sees_a_fall_too_small_to_print():
    change = like_for_like(rating(a="5.0001"), rating(a=5))

    assert (change.change, change.fell) == (Decimal("0.0"), True)


def test_like_for_like_refuses_two_bodies():
    with pytest.raises(ScoringError, match="two bodies: b and c"):
        like_for_like(rating(), rating("c"))


@pytest.mark.parametrize(
    ("points", "years"),
    [([], 0), ([5], 0), ([5, 4], 1), ([5, 4, 3], 2), ([5, 4, 4], 0), ([3, 4, 3, 2], 2)],
)
def test_years_falling_are_counted_back_from_the_last(points, years):
    ratings = [rating(a=each) for each in points]

    assert (years_falling(ratings), is_declining(ratings)) == (years, years >= 2)


def test_unknown_year_breaks_the_row():
    assert years_falling([rating(a=5), rating(a=None), rating(a=3), rating(a=2)]) == 1


def test_growth_of_the_akimats_is_five_points_and_three_bodies_fell():
    years = []
    for year in (2019, 2020):
        method = methodology(f"kz-openness-{year}")
        found = findings_from_table(AKIMATS, method)
        years.append({body: score(body, each, method) for body, each in found.items()})

    pairs = [(years[0][body], years[1][body]) for body in years[0]]

    assert mean_change(pairs) == (Decimal("71.0"), Decimal("76.3"), Decimal("5.3"))
    fallen = {p[0].body: like_for_like(*p).change for p in pairs if like_for_like(*p).fell}
    assert fallen == {
        "kz-akm-aktobe": Decimal("-0.9"),
        "kz-akm-astana": Decimal("-3.3"),
        "kz-akm-shymkent": Decimal("-7.4"),
    }


def test_mean_change_of_nothing_is_unknown():
    assert mean_change([(rating(a=None), rating(a=1))]) is None


def test_diff_of_two_editions_tells_what_changed():
    changes = diff(methodology("kz-openness-2019"), methodology("kz-openness-2020"))

    assert [(d.what, d.place, d.before, d.after) for d in changes] == [
        ("changed", "in_force_from", "2017-02-13", "2020-03-30"),
        ("changed", "in_force_until", "2020-03-05", "2021-04-20"),
        ("changed", "criterion open_data, points", "25", "20"),
        ("changed", "criterion open_budgets, points", "25", "20"),
        ("changed", "criterion open_npa, points", "25", "20"),
        ("changed", "criterion open_dialogue, points", "25", "20"),
        ("added", "criterion internet_resource", "", "Filling of the official internet resource"),
        (
            "added",
            "indicator 5.1",
            "",
            "Mandatory content of the official internet resource",
        ),
    ]


def test_diff_tells_what_is_gone_and_how_it_is_measured(method, indicator, criterion):
    old = method(criterion(indicators=[indicator("i1"), indicator("i2", rules=["R2"])]))
    bands = [{"code": "A", "at_least": 0, "title": {"kk": "A", "ru": "A", "en": "A"}}]
    new = method(criterion(indicators=[indicator("i1", measure={"is": "yes_no"})]), bands=bands)

    assert diff(old, new) == [
        Difference(what="changed", place="bands", before="", after="A 0"),
        Difference(
            what="changed",
            place="indicator i1, measure",
            before='{"is":"share"}',
            after='{"is":"yes_no"}',
        ),
        Difference(what="removed", place="indicator i2", before="Name"),
    ]
    assert diff(new, new) == []
