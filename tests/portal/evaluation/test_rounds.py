from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from aiqyn import chain
from aiqyn.scoring.methodology import digest, methodology
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions, frozen, queries, refusals
from aiqyn_portal.evaluation.models import Entry, Rating, RatingIsFrozen, Round
from aiqyn_portal.evaluation.standing import digest_of
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.trail.models import Event
from tests import factories
from tests.portal.evaluation.trial import AFTER, AT, DEADLINE, figure, plan


def events() -> list[tuple[str, str, str]]:
    return list(Event.objects.order_by("number").values_list("actor", "action", "subject"))


def test_opening_enters_every_body_and_remembers_the_methodology(
    opened: Round, body: Body, astana: Body
) -> None:
    assert opened.state == Round.State.OPEN
    assert opened.methodology_sha256 == digest("kz-openness-2020")
    assert {entry.body for entry in opened.entries.all()} == {body, astana}
    assert events() == [
        ("evaluator", "round.opened", "round:trial-2020"),
        ("evaluator", "evidence.gathered", "round:trial-2020"),
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"until": date(2019, 12, 31)}, refusals.PeriodIsWrong),
        ({"since": date(2027, 1, 1), "until": date(2027, 2, 1)}, refusals.PeriodIsWrong),
        ({"bodies": []}, refusals.NoBodies),
        ({"methodology": "no-such"}, refusals.MethodologyNotInForce),
        (
            {"since": date(2024, 1, 1), "until": date(2024, 12, 31)},
            refusals.MethodologyNotInForce,
        ),
        (
            {"since": date(2018, 1, 1), "until": date(2018, 12, 31)},
            refusals.MethodologyNotInForce,
        ),
    ],
)
def test_impossible_round_is_refused(
    evaluator: User, body: Body, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.open_round(plan(body, **changes), by=evaluator, at=AT)

    assert events() == []


def test_body_that_did_not_exist_in_the_period_is_refused(evaluator: User, db: None) -> None:
    young = factories.BodyFactory(code="kz-akm-abai", valid_from=date(2022, 6, 8))

    with pytest.raises(refusals.BodyNotInForce, match="kz-akm-abai"):
        actions.open_round(plan(young), by=evaluator, at=AT)


def test_second_round_with_the_same_code_is_refused(
    opened: Round, evaluator: User, body: Body
) -> None:
    with pytest.raises(refusals.RoundCodeTaken, match="trial-2020"):
        actions.open_round(plan(body), by=evaluator, at=AT)

    assert Round.objects.count() == 1


def test_only_an_evaluator_opens_a_round(administrator: User, officer: User, body: Body) -> None:
    for user in (administrator, officer):
        with pytest.raises(PermissionDenied):
            actions.open_round(plan(body), by=user, at=AT)


def test_body_with_open_questions_has_no_total(opened: Round, entry: Entry) -> None:
    line = queries.progress(opened, methodology("kz-openness-2020"))[1]

    assert line.entry == entry
    assert line.standing.rating.points is None
    assert (line.settled, line.asked) == (0, 5)


def test_sending_with_open_questions_needs_a_deliberate_word(
    opened: Round, evaluator: User
) -> None:
    with pytest.raises(refusals.QuestionsStillOpen):
        actions.send_to_bodies(opened, objections_until=DEADLINE, by=evaluator, at=AT)
    assert Rating.objects.count() == 0

    made = actions.send_to_bodies(
        opened, objections_until=DEADLINE, by=evaluator, at=AT, despite_open_questions=True
    )

    assert [(rating.points, rating.rank) for rating in made] == [(None, None), (None, None)]


def test_sending_keeps_the_preliminary_result_with_what_it_rests_on(
    sent: Round, body: Body
) -> None:
    rating = Rating.objects.get(entry__body=body)

    assert (rating.stage, rating.points, rating.max_points, rating.grade, rating.rank) == (
        "preliminary",
        Decimal(50),
        Decimal(100),
        "low",
        2,
    )
    assert len(rating.findings) == 5
    assert rating.tree_sha256 == digest_of(msgspec.convert(rating.tree, chain.Rating))
    assert (sent.state, sent.objections_until) == ("preliminary", DEADLINE)


def test_sending_twice_is_refused(sent: Round, evaluator: User) -> None:
    with pytest.raises(refusals.RoundIsNotOpen):
        actions.send_to_bodies(sent, objections_until=DEADLINE, by=evaluator, at=AT)

    assert Rating.objects.count() == 2


def test_sending_before_the_period_ends_is_refused(settled: Round, evaluator: User) -> None:
    early = datetime(2020, 12, 30, 6, 0, tzinfo=UTC)

    with pytest.raises(refusals.PeriodStillRuns, match="2020-12-31"):
        actions.send_to_bodies(settled, objections_until=DEADLINE, by=evaluator, at=early)


def test_deadline_in_the_past_is_refused(settled: Round, evaluator: User) -> None:
    with pytest.raises(refusals.DeadlineIsPast):
        actions.send_to_bodies(settled, objections_until=date(2026, 11, 19), by=evaluator, at=AT)


def test_evidence_is_not_gathered_anew_once_bodies_saw_their_result(
    sent: Round, evaluator: User
) -> None:
    with pytest.raises(refusals.RoundIsNotOpen):
        actions.gather(sent, by=evaluator, at=AT)


def test_publishing_waits_for_the_last_day_of_objections(sent: Round, evaluator: User) -> None:
    last_evening = datetime(2026, 11, 27, 18, 59, tzinfo=UTC)  # 23:59 in Kazakhstan

    with pytest.raises(refusals.ObjectionPeriodRuns, match="2026-11-27"):
        actions.publish(sent, by=evaluator, at=last_evening)

    assert len(actions.publish(sent, by=evaluator, at=AFTER)) == 2


def test_publishing_an_open_round_is_refused(settled: Round, evaluator: User) -> None:
    with pytest.raises(refusals.RoundIsNotPreliminary):
        actions.publish(settled, by=evaluator, at=AFTER)


def test_publishing_twice_is_refused(published: Round, evaluator: User) -> None:
    with pytest.raises(refusals.RoundIsNotPreliminary):
        actions.publish(published, by=evaluator, at=AFTER)

    assert Rating.objects.filter(stage="final").count() == 2


def test_published_league_is_ranked_and_shows_both_scores(
    published: Round, body: Body, astana: Body
) -> None:
    rows = [
        (row.rank, row.body, row.rating.points, row.preliminary_points)
        for row in queries.league(published)
    ]

    assert rows == [
        (1, astana, Decimal(60), Decimal(60)),
        (2, body, Decimal(50), Decimal(50)),
    ]


def test_publishing_makes_the_decisions_public_evidence(published: Round, body: Body) -> None:
    rating = Rating.objects.get(stage="final", entry__body=body)
    evidence = {finding["evidence"] for finding in rating.findings}

    assert evidence == set(Snapshot.objects.filter(body=body).values_list("sha256", flat=True))


def test_everything_is_in_the_trail_in_order(published: Round) -> None:
    acts = [action for _, action, _ in events()]

    assert acts == [
        "round.opened",
        "evidence.gathered",
        *["question.answered"] * 10,
        "preliminary.sent",
        "rating.published",
    ]


def test_bodies_with_equal_points_share_a_rank(
    opened: Round, state_figures: Callable[[Entry, str], None], evaluator: User
) -> None:
    for entry in opened.entries.select_related("body", "round"):
        state_figures(entry, "15.5")
    actions.send_to_bodies(opened, objections_until=DEADLINE, by=evaluator, at=AT)
    actions.publish(opened, by=evaluator, at=AFTER)

    assert [row.rank for row in queries.league(opened)] == [1, 1]


def test_body_published_without_a_total_comes_last_without_a_rank(
    opened: Round, entry: Entry, state_figures: Callable[[Entry, str], None], evaluator: User
) -> None:
    state_figures(entry, "1")
    actions.send_to_bodies(
        opened, objections_until=DEADLINE, by=evaluator, at=AT, despite_open_questions=True
    )
    with pytest.raises(refusals.QuestionsStillOpen):
        actions.publish(opened, by=evaluator, at=AFTER)

    actions.publish(opened, by=evaluator, at=AFTER, despite_open_questions=True)

    league = queries.league(opened)
    assert [(row.rank, row.rating.points) for row in league] == [(1, Decimal(5)), (None, None)]


def test_methodology_that_changed_since_the_opening_is_refused(
    settled: Round, evaluator: User
) -> None:
    Round.objects.filter(pk=settled.pk).update(methodology_sha256="0" * 64)

    with pytest.raises(refusals.MethodologyChanged):
        actions.send_to_bodies(settled, objections_until=DEADLINE, by=evaluator, at=AT)


def test_rating_cannot_be_saved_again_or_deleted(published: Round) -> None:
    rating = Rating.objects.filter(stage="final").first()
    assert rating is not None

    with pytest.raises(RatingIsFrozen):
        rating.save()
    with pytest.raises(RatingIsFrozen):
        rating.delete()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE evaluation_rating SET points = 100", "DELETE FROM evaluation_rating"],
)
def test_database_itself_refuses_to_touch_a_rating(published: Round, statement: str) -> None:
    frozen.freeze()

    with (
        pytest.raises(DatabaseError, match="a rating is frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Rating.objects.count() == 4
    frozen.thaw()


def test_database_itself_refuses_to_put_a_rating_in_the_place_of_another(
    published: Round,
) -> None:
    """SQLite asks no DELETE trigger when INSERT OR REPLACE takes a row away."""
    frozen.freeze()
    columns = [field.column for field in Rating._meta.concrete_fields]
    other = ["100" if name == "points" else name for name in columns]
    replace = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    statement = (
        f"{replace} INTO evaluation_rating ({', '.join(columns)}) "
        f"SELECT {', '.join(other)} FROM evaluation_rating"
    )

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert not Rating.objects.filter(points=100).exists()
    frozen.thaw()


def test_database_itself_refuses_to_empty_the_table_of_ratings(published: Round) -> None:
    frozen.freeze()
    has_truncate = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if has_truncate:  # what waits for the end of the transaction would refuse it first
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        with pytest.raises(DatabaseError, match="a rating is frozen"), transaction.atomic():
            cursor.execute(f"{'TRUNCATE' if has_truncate else 'DELETE FROM'} evaluation_rating")

    assert Rating.objects.count() == 4
    frozen.thaw()


def test_answers_after_sending_go_only_through_objections(sent: Round, evaluator: User) -> None:
    entry = sent.entries.first()
    assert entry is not None

    with pytest.raises(refusals.RoundIsNotOpen):
        actions.answer(entry, figure("open_data", "20"), by=evaluator, at=AT)
