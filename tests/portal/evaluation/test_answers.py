from datetime import date
from decimal import Decimal

import msgspec
import pytest
from django.core.exceptions import PermissionDenied

from aiqyn.chain import Finding, Outcome
from aiqyn.scoring.methodology import Methodology, methodology
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions, queries, refusals
from aiqyn_portal.evaluation.models import Answer, Entry, Round
from aiqyn_portal.evidence.store import store
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.evaluation.trial import AT, figure, plan

PDF = b"%PDF-1.7\n..."


def judged(rule: str, outcome: Outcome, **changes: object) -> actions.Judgement:
    given: dict[str, object] = {"reason": "Бет қаралды", "link": "https://example.kz/page"}
    return actions.Judgement(rule=rule, outcome=outcome, **(given | changes))  # type: ignore[arg-type]


class Machine:
    """A section that says what it was told to say."""

    def __init__(self, *found: Finding) -> None:
        self.found = found

    def findings(self, body: Body, *, since: date, until: date) -> tuple[Finding, ...]:
        return self.found


@pytest.fixture
def audited(body: Body, evaluator: User, monkeypatch: pytest.MonkeyPatch) -> Entry:
    """An entry of a site round: the machine failed P001 and could not tell P004."""
    machine = Machine(
        Finding(rule="P001", outcome=Outcome.FAILED),
        Finding(rule="P004", outcome=Outcome.CANNOT_TELL),
    )
    monkeypatch.setattr("aiqyn_portal.evaluation.actions.rounds.sections", lambda: [machine])
    days = {"since": date(2026, 1, 1), "until": date(2026, 10, 31)}
    round_ = actions.open_round(
        plan(body, code="sites-2026", methodology="aiqyn-site-2025", **days), by=evaluator, at=AT
    )
    return round_.entries.get()


def outcomes(entry: Entry) -> dict[str, str]:
    stands = queries.standing_of(Entry.objects.get(pk=entry.pk), methodology("aiqyn-site-2025"))
    return {finding.rule: finding.outcome.value for finding in stands.known.findings}


def test_what_the_sections_say_is_gathered_at_the_opening(audited: Entry) -> None:
    assert outcomes(audited) == {"P001": "failed", "P004": "cannot_tell"}


def test_person_answers_what_the_machine_cannot_tell(audited: Entry, evaluator: User) -> None:
    actions.answer(audited, judged("P004", Outcome.PASSED), by=evaluator, at=AT)

    assert outcomes(audited) == {"P001": "failed", "P004": "passed"}


def test_person_overrules_the_machine_and_both_are_kept(audited: Entry, evaluator: User) -> None:
    actions.answer(audited, judged("P001", Outcome.PASSED), by=evaluator, at=AT)

    stands = queries.standing_of(audited, methodology("aiqyn-site-2025"))
    assert outcomes(audited) == {"P001": "passed", "P004": "cannot_tell"}
    assert stands.known.replaced == [Finding(rule="P001", outcome=Outcome.FAILED)]


def test_round_about_sites_asks_what_only_a_person_can_judge(
    audited: Entry, evaluator: User
) -> None:
    method = methodology("aiqyn-site-2025")
    questions = ["H001", "H002", "H003", "H004", "H005"]
    assert queries.standing_of(audited, method).open_rules[-5:] == questions

    for rule in queries.standing_of(audited, method).open_rules[:-1]:
        actions.answer(audited, judged(rule, Outcome.PASSED), by=evaluator, at=AT)

    stands = queries.standing_of(Entry.objects.get(), method)
    assert (stands.open_rules, stands.rating.points) == (["H005"], None)


def test_total_stays_unknown_while_anything_is_open(audited: Entry, evaluator: User) -> None:
    method = methodology("aiqyn-site-2025")
    rating = queries.standing_of(audited, method).rating
    assert (rating.points, rating.max_points, rating.grade) == (None, Decimal(100), "")

    for rule in queries.standing_of(audited, method).open_rules:
        actions.answer(audited, judged(rule, Outcome.PASSED), by=evaluator, at=AT)

    rating = queries.standing_of(Entry.objects.get(), method).rating
    assert (rating.points, rating.max_points, rating.grade) == (Decimal(97), Decimal(100), "a")


def test_methodology_that_compares_bodies_opens_no_round(
    evaluator: User, body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a property stands before what a used methodology remembers of itself
    monkeypatch.setattr(Methodology, "relative", property(lambda method: True))

    with pytest.raises(refusals.MethodologyCompares):
        actions.open_round(plan(body), by=evaluator, at=AT)


def test_newest_answer_counts_and_older_ones_stay(audited: Entry, evaluator: User) -> None:
    actions.answer(audited, judged("P001", Outcome.PASSED), by=evaluator, at=AT)
    actions.answer(audited, judged("P001", Outcome.FAILED), by=evaluator, at=AT)

    assert outcomes(audited)["P001"] == "failed"
    assert [a.outcome for a in queries.answers_to(audited, "P001")] == ["failed", "passed"]


def test_same_answer_sent_twice_is_kept_once(entry: Entry, evaluator: User) -> None:
    first = actions.answer(entry, figure("open_data", "19.5"), by=evaluator, at=AT)
    second = actions.answer(entry, figure("open_data", "19.5"), by=evaluator, at=AT)

    assert first == second
    assert Event.objects.filter(action="question.answered").count() == 1


def test_answer_is_written_down_as_evidence_without_naming_a_person(
    entry: Entry, evaluator: User
) -> None:
    kept = actions.answer(entry, figure("open_data", "19.5"), by=evaluator, at=AT)

    assert msgspec.json.decode(store().get(kept.record_sha256)) == {
        "round": "trial-2020",
        "body": "kz-akm-shymkent",
        "rule": "stated:open_data",
        "outcome": "passed",
        "good": None,
        "of": None,
        "value": "19.5",
        "reason": "Әдістеме бойынша комиссия хаттамасы",
        "link": "https://example.kz/protocol",
        "file_sha256": "",
        "answered_at": "2026-11-20T06:00:00Z",
    }


def test_file_is_kept_under_its_digest_with_a_plain_name(entry: Entry, evaluator: User) -> None:
    attachment = actions.Attachment(name="C:\\akt\\хаттама.pdf", content=PDF)

    kept = actions.answer(
        entry, figure("open_data", "19.5", link="", attachment=attachment), by=evaluator, at=AT
    )

    assert (kept.file_name, store().get(kept.file_sha256)) == ("хаттама.pdf", PDF)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rule": "X999"}, refusals.UnknownRule),
        ({"reason": " "}, refusals.ReasonIsMissing),
        ({"link": ""}, refusals.EvidenceIsMissing),
        ({"value": Decimal(-1)}, refusals.FigureIsWrong),
        ({"value": Decimal("NaN")}, refusals.FigureIsWrong),
        ({"value": Decimal("Infinity")}, refusals.FigureIsWrong),
        ({"value": Decimal("20.01")}, refusals.FindingsDoNotFit),
        ({"good": 3, "of": 2}, refusals.FigureIsWrong),
        ({"good": 3}, refusals.FigureIsWrong),
        ({"of": 3}, refusals.FigureIsWrong),
        ({"good": -1, "of": 2}, refusals.FigureIsWrong),
        (
            {"attachment": actions.Attachment(name="a.html", content=b"<html>")},
            refusals.FileKindRefused,
        ),
    ],
)
def test_impossible_answer_is_refused_and_leaves_nothing(
    entry: Entry, evaluator: User, changes: dict[str, object], refusal: type[Exception]
) -> None:
    before = Event.objects.count()

    with pytest.raises(refusal):
        actions.answer(entry, figure("open_data", "19.5", **changes), by=evaluator, at=AT)

    assert (Answer.objects.count(), Event.objects.count()) == (0, before)


def test_stated_figure_taken_back_leaves_the_criterion_open(
    entry: Entry, opened: Round, evaluator: User
) -> None:
    actions.answer(entry, figure("open_data", "19.5"), by=evaluator, at=AT)
    back = figure("open_data", "19.5", outcome=Outcome.CANNOT_TELL, value=None, link="")
    actions.answer(entry, back, by=evaluator, at=AT)

    stands = queries.standing_of(entry, methodology("kz-openness-2020"))
    assert stands.known.findings == []
    assert stands.open_rules[0] == "stated:open_data"


def test_only_an_evaluator_answers(entry: Entry, officer: User, administrator: User) -> None:
    for user in (officer, administrator):
        with pytest.raises(PermissionDenied):
            actions.answer(entry, figure("open_data", "19.5"), by=user, at=AT)


def test_gathering_again_takes_in_what_is_new(
    audited: Entry, evaluator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    repaired = Machine(Finding(rule="P001", outcome=Outcome.PASSED))
    monkeypatch.setattr("aiqyn_portal.evaluation.actions.rounds.sections", lambda: [repaired])

    actions.gather(audited.round, by=evaluator, at=AT)

    assert outcomes(audited) == {"P001": "passed"}


def test_next_open_question_follows_the_methodology_then_the_next_body(
    opened: Round, evaluator: User
) -> None:
    method = methodology("kz-openness-2020")
    lines = queries.progress(opened, method)

    def after(*place: str) -> tuple[str, str] | None:
        return queries.next_open(lines, method, (place[0], place[1]) if place else ("", ""))

    assert after() == ("kz-akm-astana", "stated:open_data")
    assert after("kz-akm-astana", "stated:open_data") == ("kz-akm-astana", "stated:open_budgets")
    assert after("kz-akm-astana", "stated:internet_resource") == (
        "kz-akm-shymkent",
        "stated:open_data",
    )
    assert after("kz-akm-shymkent", "stated:internet_resource") == (
        "kz-akm-astana",
        "stated:open_data",
    )


def test_no_question_follows_when_all_are_answered(settled: Round) -> None:
    method = methodology("kz-openness-2020")

    assert queries.next_open(queries.progress(settled, method), method) is None


@pytest.mark.parametrize("how_many", [1, 3])
def test_progress_asks_the_same_number_of_queries(
    evaluator: User, how_many: int, django_assert_num_queries: object, db: None
) -> None:
    bodies = [factories.BodyFactory(code=f"kz-akm-{n}") for n in range(how_many)]
    round_ = actions.open_round(plan(*bodies), by=evaluator, at=AT)

    with django_assert_num_queries(3):  # type: ignore[operator]
        queries.progress(round_, methodology("kz-openness-2020"))
