"""Every methodology carries its worked cases; they are the tests of its edition."""

from importlib.resources import files

import pytest

from aiqyn.scoring.cases import cases
from aiqyn.scoring.engine import score, survey
from aiqyn.scoring.methodology import methodology, methodology_ids

ALL = [
    pytest.param(id, case, id=f"{id}: {case.name}")
    for id in methodology_ids()
    for case in cases(id)
]


@pytest.mark.parametrize(("id", "case"), ALL)
def test_methodology_case(id, case):
    method = methodology(id)
    bodies = [("kz-example", list(case.given.findings()))]
    bodies += [(f"other-{n}", list(other.findings())) for n, other in enumerate(case.others)]
    spreads = survey(bodies, method) if method.relative else None

    rating = score("kz-example", bodies[0][1], method, spreads=spreads)

    assert (rating.points, rating.grade, rating.why) == (case.points, case.grade, case.why)
    assert case.max_points in (None, rating.max_points)
    criteria = {c.code: c.points for c in rating.criteria}
    assert {code: criteria[code] for code in case.criteria} == case.criteria
    indicators = {i.code: i.points for c in rating.criteria for i in c.indicators}
    assert {code: indicators[code] for code in case.indicators} == case.indicators


@pytest.mark.parametrize("id", methodology_ids())
def test_methodology_has_a_case_with_points_or_says_why_not(id):
    assert any(case.points is not None or case.why == "unknown_points" for case in cases(id))


@pytest.mark.parametrize("id", methodology_ids())
def test_methodology_has_no_float_written_in_code(id):
    folder = files("aiqyn") / "methodologies" / id
    assert {path.name for path in folder.iterdir()} <= {
        "methodology.yaml",
        "cases.yaml",
        "published.yaml",
    }
