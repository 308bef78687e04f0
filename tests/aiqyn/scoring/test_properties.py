"""What must hold for every methodology and every list of findings."""

from decimal import Decimal
from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from aiqyn.chain import Count, Finding, Outcome
from aiqyn.scoring.engine import rank, recommend, score
from aiqyn.scoring.methodology import Methodology

PHRASE = {"kk": "Атауы", "ru": "Название", "en": "Name"}
RULES = ("R1", "R2", "R3")
STEPS = [{"at_least": "0.8", "gives": 1}, {"at_least": "0.4", "gives": "0.5"}]
MEASURES = (
    {"is": "share", "partly": "0.5"},
    {"is": "share_of_counts"},
    {"is": "share_by_rule", "partly": "0.3"},
    {"is": "lowest_step"},
    {"is": "yes_no"},
    {"is": "deduction", "failed": "0.7", "partly": "0.1"},
    {"is": "ladder", "over": "share", "steps": STEPS},
    {"is": "ladder", "over": "counts", "steps": STEPS},
    {"is": "zero_by_failure"},
    {"is": "product", "factors": {r: {"partly": "0.85", "failed": "0.2"} for r in RULES}},
    {"is": "weighted_sum", "weights": {"R1": 1, "R2": "0.5", "R3": 3}},
)
WORSE = {
    Outcome.PASSED: Outcome.PARTLY,
    Outcome.PARTLY: Outcome.FAILED,
    Outcome.FAILED: Outcome.FAILED,
}
APPLIED = (Outcome.PASSED, Outcome.PARTLY, Outcome.FAILED)

points = st.integers(1, 30).map(Decimal)


@st.composite
def methods(draw):
    criteria, number = [], 0
    for c in range(draw(st.integers(1, 4))):
        indicators = []
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            fields = {
                "code": f"i{number}",
                "title": PHRASE,
                "points": draw(points),
                "measure": draw(st.sampled_from(MEASURES)),
                "rules": RULES,
            }
            indicators.append(fields)
        criteria.append({"code": f"c{c}", "title": PHRASE, "indicators": indicators})
    fields = {
        "id": "random", "kind": "profile", "title": PHRASE, "act": PHRASE, "url": "",
        "status": PHRASE, "official": False, "in_force_from": "2025-01-01",
        "step": draw(st.sampled_from(["0.01", "0.05", "0.1", "1", "0.0001"])),
        "round_at": draw(st.sampled_from(["indicator", "criterion", "total"])),
        "rank_by": draw(st.sampled_from(["rounded", "raw"])),
        "inapplicable": draw(st.sampled_from(["full", "leave_out"])),
        "criteria": criteria,
    }  # fmt: skip
    return msgspec.convert(fields, Methodology)


@st.composite
def finding_of(draw, outcomes=tuple(Outcome)):
    of = draw(st.integers(1, 50))
    return Finding(
        rule=draw(st.sampled_from(RULES)),
        outcome=draw(st.sampled_from(outcomes)),
        count=Count(good=draw(st.integers(0, of)), of=of),
    )


def complete(found):
    """Add one finding per rule, so that nothing is missing."""
    return [
        *found,
        *(Finding(rule=r, outcome=Outcome.PASSED, count=Count(good=1, of=1)) for r in RULES),
    ]


found = st.lists(finding_of(), max_size=12)
applied = st.lists(finding_of(APPLIED), max_size=12)


@given(methods(), found)
def test_points_stay_between_nothing_and_the_maximum(method, findings):
    rating = score("b", findings, method)

    for part in (rating, *rating.criteria, *(i for c in rating.criteria for i in c.indicators)):
        assert part.points is None or 0 <= part.points <= part.max_points
        assert (part.points is None) == bool(part.why)


@given(methods(), applied)
def test_all_passed_is_the_maximum_and_never_less_than_any_other(method, findings):
    best = [replace(f, outcome=Outcome.PASSED, count=Count(good=1, of=1)) for f in findings]

    assert (
        score("b", complete(best), method).points >= score("b", complete(findings), method).points
    )


@given(methods(), found, st.randoms())
def test_order_of_findings_does_not_matter(method, findings, chance):
    shuffled = list(findings)
    chance.shuffle(shuffled)

    assert score("b", shuffled, method) == score("b", findings, method)


@given(methods(), applied, st.data())
def test_worse_finding_never_raises_the_score(method, findings, data):
    findings = complete(findings)
    at = data.draw(st.integers(0, len(findings) - 1))
    old = findings[at]
    good = max(0, old.count.good - 1)
    worse = replace(old, outcome=WORSE[old.outcome], count=Count(good=good, of=old.count.of))

    lowered = score("b", [*findings[:at], worse, *findings[at + 1 :]], method)

    assert lowered.points <= score("b", findings, method).points


@given(methods(), applied)
def test_printed_parts_add_up_exactly_when_indicators_are_rounded(method, findings):
    method = replace(method, round_at="indicator")
    rating = score("b", complete(findings), method)

    for criterion in rating.criteria:
        assert criterion.points == sum(i.points for i in criterion.indicators)
    assert rating.points == sum(c.points for c in rating.criteria)


@given(methods(), applied)
def test_total_is_a_whole_number_of_steps_within_half_a_step_of_the_exact(method, findings):
    method = replace(method, round_at="total")
    rating = score("b", complete(findings), method)
    fine = score("b", complete(findings), replace(method, step=Decimal("1E-18")))

    assert Fraction(rating.points) / Fraction(method.step) % 1 == 0
    assert abs(Fraction(rating.points) - Fraction(fine.points)) <= Fraction(
        method.step
    ) / 2 + Fraction(1, 10**18)


@given(methods(), applied)
def test_first_advice_followed_raises_the_exact_total_by_its_gain(method, findings):
    method = replace(method, round_at="total", step=Decimal("1E-12"))
    rating = score("b", complete(findings), method)

    gains = [advice.gain for advice in recommend(rating, method)]

    assert gains == sorted(gains, reverse=True)
    assert all(0 <= gain <= rating.max_points - rating.points + method.step for gain in gains)


@given(methods(), st.lists(found, min_size=1, max_size=6))
def test_rank_depends_on_the_results_alone(method, bodies):
    ratings = [score(f"b{n}", findings, method) for n, findings in enumerate(bodies)]

    ranked = rank(ratings, method)

    assert ranked == rank(ratings[::-1], method)
    assert sorted(r.body for _, r in ranked) == sorted(r.body for r in ratings)
    known = [place for place, _ in ranked if place is not None]
    assert known == sorted(known)
    assert all(place <= n for n, place in enumerate(known, start=1))
