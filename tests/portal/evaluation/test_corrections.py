from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions, queries, refusals
from aiqyn_portal.evaluation.models import Objection, Rating, Round
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.evaluation.trial import AFTER, AT, CRITERIA, DEADLINE, figure, plan

REASON = Phrase(kk="Хаттамада қате болған.", ru="В протоколе была ошибка.")


@pytest.fixture
def final(published: Round, body: Body) -> Rating:
    return Rating.objects.get(entry__round=published, entry__body=body, stage="final")


def corrected(rating: Rating, by: User, value: str = "20") -> Rating:
    return actions.correct(rating, [figure("open_data", value)], reason=REASON, by=by, at=AFTER)


def test_correction_stands_beside_the_old_rating_and_names_it(
    final: Rating, evaluator: User
) -> None:
    made = corrected(final, evaluator)

    final.refresh_from_db()
    assert (final.points, made.points) == (Decimal(50), Decimal(60))
    assert (made.stage, made.corrects, made.reason) == ("correction", final, REASON)
    assert Event.objects.order_by("-number")[0].action == "rating.corrected"


def test_league_is_ranked_anew_after_a_correction(
    final: Rating, published: Round, evaluator: User, body: Body, astana: Body
) -> None:
    corrected(final, evaluator)

    rows = [(row.rank, row.body, row.rating.points) for row in queries.league(published)]
    assert rows == [(1, astana, Decimal(60)), (1, body, Decimal(60))]


def test_correction_rests_on_what_was_frozen(final: Rating, evaluator: User) -> None:
    made = corrected(final, evaluator)

    rules = [finding["rule"] for finding in made.findings]
    assert rules == [finding["rule"] for finding in final.findings]
    assert [finding["value"] for finding in made.replaced] == ["10"]


def test_only_the_newest_rating_is_corrected(final: Rating, evaluator: User) -> None:
    first = corrected(final, evaluator)

    with pytest.raises(refusals.RatingReplaced):
        corrected(final, evaluator, "19")
    second = corrected(first, evaluator, "19")
    scores = queries.scores_of(final.entry)
    assert (scores.corrections, scores.current) == ([first, second], second)


def test_correction_needs_a_reason_and_a_change(final: Rating, evaluator: User) -> None:
    with pytest.raises(refusals.ReasonIsMissing):
        actions.correct(
            final, [figure("open_data", "20")], reason=Phrase(kk=" "), by=evaluator, at=AFTER
        )
    with pytest.raises(refusals.NothingChanges):
        actions.correct(final, [], reason=REASON, by=evaluator, at=AFTER)
    with pytest.raises(refusals.NothingChanges):
        corrected(final, evaluator, "10")
    with pytest.raises(refusals.FindingsDoNotFit):
        corrected(final, evaluator, "20.5")


def test_preliminary_rating_cannot_be_corrected(final: Rating, evaluator: User) -> None:
    preliminary = Rating.objects.get(entry=final.entry, stage="preliminary")

    with pytest.raises(refusals.RatingNotPublished):
        corrected(preliminary, evaluator)


def test_nothing_is_corrected_before_publication(sent: Round, evaluator: User) -> None:
    rating = Rating.objects.filter(entry__round=sent)[0]

    with pytest.raises(refusals.RoundIsNotFinal):
        corrected(rating, evaluator)


def test_only_an_evaluator_corrects(final: Rating, officer: User) -> None:
    with pytest.raises(PermissionDenied):
        corrected(final, officer)


def test_trail_tells_every_act_from_the_opening_to_the_correction(
    sent: Round, officer: User, evaluator: User, body: Body
) -> None:
    entry = sent.entries.get(body=body)
    complaint = actions.Complaint(item="open_data", text="Қате.")
    objection = actions.file_objection(entry, complaint, by=officer, at=AT)
    verdict = actions.Verdict(
        decision=Objection.Decision.PARTLY, answer="Иә.", changes=[figure("open_data", "11")]
    )
    actions.answer_objection(objection, verdict, by=evaluator, at=AT)
    actions.publish(sent, by=evaluator, at=AFTER)
    corrected(Rating.objects.get(entry=entry, stage="final"), evaluator)

    acts = Event.objects.order_by("number").values_list("actor", "action")
    assert list(acts) == [
        *[("evaluator", act) for act in ("round.opened", "evidence.gathered")],
        *[("evaluator", "question.answered")] * 10,
        ("evaluator", "preliminary.sent"),
        ("officer-of-kz-akm-shymkent", "objection.filed"),
        ("evaluator", "question.answered"),
        ("evaluator", "objection.answered"),
        ("evaluator", "rating.published"),
        ("evaluator", "question.answered"),
        ("evaluator", "rating.corrected"),
    ]
    call_command("verify_trail", stdout=StringIO())


@pytest.mark.parametrize("how_many", [1, 3])
def test_league_asks_the_same_number_of_queries(
    evaluator: User, how_many: int, django_assert_num_queries: object, db: None
) -> None:
    bodies = [factories.BodyFactory(code=f"kz-akm-{n}") for n in range(how_many)]
    round_ = actions.open_round(plan(*bodies), by=evaluator, at=AT)
    for entry in round_.entries.all():
        for criterion in CRITERIA:
            actions.answer(entry, figure(criterion, "7"), by=evaluator, at=AT)
    actions.send_to_bodies(round_, objections_until=DEADLINE, by=evaluator, at=AT)
    actions.publish(round_, by=evaluator, at=AFTER)

    with django_assert_num_queries(2):  # type: ignore[operator]
        queries.league(round_)
