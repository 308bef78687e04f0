"""Every methodology carries its worked cases; they are the tests of its edition."""

from importlib.resources import files

import pytest

from aiqyn.scoring.cases import cases
from aiqyn.scoring.engine import score, survey
from aiqyn.scoring.methodology import methodology, methodology_ids

ALL = [
    pytest.param(name, case, id=f"{name}: {case.name}")
    for name in methodology_ids()
    for case in cases(name)
]


@pytest.mark.parametrize(("name", "case"), ALL)
def test_methodology_case(name, case):
    method = methodology(name)
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


@pytest.mark.parametrize("name", methodology_ids())
def test_methodology_has_a_case_with_points_or_says_why_not(name):
    assert any(case.points is not None or case.why == "unknown_points" for case in cases(name))


@pytest.mark.parametrize("name", methodology_ids())
def test_methodology_folder_holds_nothing_but_its_files(name):
    folder = files("aiqyn") / "methodologies" / name
    assert {path.name for path in folder.iterdir()} <= {
        "methodology.yaml",
        "cases.yaml",
        "published.yaml",
    }
