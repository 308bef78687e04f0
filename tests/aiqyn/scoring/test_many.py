import msgspec
import pytest

from aiqyn.chain import Rating
from aiqyn.errors import InputError, ScoringError
from aiqyn.scoring import many
from aiqyn.scoring.engine import score, survey
from aiqyn.scoring.many import (
    CHUNK,
    BodyFinding,
    Dossier,
    score_many,
    score_stream,
    survey_many,
)


def dossiers(finding, bodies, **changes):
    return [
        msgspec.json.encode(
            Dossier(
                body=f"b{n}",
                methodology="test",
                findings=(finding("R1"), *[finding("R1", "failed")] * (n % 7)),
            )
        )
        for n in range(bodies)
    ]


def line(body, rule="R1", outcome="passed", **changes):
    return msgspec.json.encode({"body": body, "rule": rule, "outcome": outcome, **changes})


@pytest.mark.parametrize("processes", [1, 2])
def test_many_dossiers_are_scored_in_their_order(method, finding, processes):
    bodies = CHUNK * 12 + 1
    made = score_many(dossiers(finding, bodies), {"test": method()}, processes=processes)

    ratings = [msgspec.json.decode(each, type=Rating) for each in made]

    expected = [
        score(f"b{n}", [finding("R1"), *[finding("R1", "failed")] * (n % 7)], method())
        for n in range(bodies)
    ]
    assert ratings == expected


def test_many_dossiers_are_compared_in_two_passes(method, indicator, criterion, finding):
    relative = method(criterion(indicators=[indicator(measure={"is": "min_max"})]))
    methods = {"test": relative, "other": method(id="other")}
    found = {f"b{n}": (finding("R1", value=n),) for n in range(5)}
    lines = [
        msgspec.json.encode(Dossier(body=body, methodology="test", findings=each))
        for body, each in found.items()
    ]
    lines.append(
        line("x").replace(b'"rule":"R1","outcome":"passed"', b'"methodology":"other","findings":[]')
    )

    spreads = survey_many(lines, methods)
    made = list(score_many(lines, methods, spreads=spreads))

    assert spreads == {"test": survey(found.items(), relative)}
    points = [msgspec.json.decode(each, type=Rating).points for each in made]
    assert [str(each) for each in points] == ["0.00", "2.50", "5.00", "7.50", "10.00", "None"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "dossiers: line 2: Input data was truncated"),
        (b'{"body": "b"}', "dossiers: line 2: Object missing required field `methodology`"),
        (
            b'{"body": "b", "methodology": "none", "findings": []}',
            "dossiers: line 2: unknown methodology 'none'",
        ),
        (b'{"body": "\xff"}', "dossiers: line 2: "),
    ],
)
def test_dossier_that_cannot_be_read_is_refused_with_its_line(method, finding, content, problem):
    lines = [*dossiers(finding, 1), content]

    with pytest.raises(InputError) as refused:
        list(score_many(lines, {"test": method()}))

    assert str(refused.value).startswith(problem)


def test_stream_gives_a_rating_when_the_next_body_begins(method, finding):
    lines = [line("a"), line("a", outcome="failed"), line("b", evidence="00")]

    ratings = list(score_stream(lines, method()))

    expected = [
        score("a", [finding("R1"), finding("R1", "failed")], method()),
        score("b", [finding("R1")], method()),
    ]
    assert ratings == expected
    assert list(score_stream([], method())) == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([b"{}"], "findings: line 1: Object missing required field `rule`"),
        ([line("a"), b'"\xff"'], "findings: line 2: "),
        ([line("a"), line("b"), line("a")], "findings: line 3: a comes back after others"),
        (
            [line("a", count={"good": 2, "of": 1})],
            "findings: line 1: a: R1: 2 of 1 is impossible",
        ),
    ],
)
def test_stream_refuses_what_cannot_be_read_with_its_line(method, lines, problem):
    with pytest.raises(InputError) as refused:
        list(score_stream(lines, method()))

    assert str(refused.value).startswith(problem)


def test_impossible_figure_of_a_dossier_names_the_body(method, finding):
    stated = Dossier(body="b", methodology="test", findings=(finding("stated:c1", value=11),))

    with pytest.raises(ScoringError, match="b, test: stated:c1: 11 is over the maximum 10"):
        list(score_many([msgspec.json.encode(stated)], {"test": method()}, processes=2))


def test_finding_of_a_stream_is_a_finding_with_a_body(finding):
    decoded = msgspec.json.decode(line("a"), type=BodyFinding)

    assert (decoded.body, decoded.rule) == ("a", "R1")


def test_process_of_the_pool_does_its_job(method, finding):
    job = many._Job({"test": method()}, {})
    chunk = (1, dossiers(finding, 2))

    many._take(job)

    assert many._do(chunk) == job(chunk)
