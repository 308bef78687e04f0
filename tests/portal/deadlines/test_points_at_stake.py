"""Officers see what a due date is worth, by the methodology of their body or honestly not."""

from datetime import date
from decimal import Decimal

import pytest

from aiqyn.scoring.methodology import methodology
from aiqyn_portal.deadlines import stakes
from aiqyn_portal.deadlines.terms import shipped
from aiqyn_portal.evaluation.models import Entry, Round
from tests.portal.deadlines.clocks import started

OWN = "aiqyn-participation-2026"
TODAY = date(2026, 11, 22)


def rated(body, name: str, state: str = Round.State.FINAL, until: date = date(2025, 12, 31)):
    round_ = Round.objects.create(
        code=f"{name}-{until.year}",
        title={"kk": "Бағалау"},
        methodology=name,
        methodology_sha256="0" * 64,
        since=date(until.year, 1, 1),
        until=until,
        state=state,
    )
    Entry.objects.create(round=round_, body=body)


def stake(body, term: str):
    found = stakes.for_bodies({body.pk}, today=TODAY).of_term(body.pk, term)
    return found and (found.points, found.method.id)


@pytest.mark.django_db
def test_a_body_never_rated_is_told_of_our_own_profile(body):
    assert stake(body, "question_answer") == (Decimal(9), OWN)
    assert stake(body, "draft_report") == (Decimal(6), OWN)


@pytest.mark.django_db
def test_a_methodology_whose_points_nobody_knows_counts_nothing(body):
    rated(body, "kz-openness-2021")

    assert stake(body, "question_answer") == (Decimal(9), OWN)


@pytest.mark.django_db
def test_the_methodology_of_the_newest_round_counts(body):
    rated(body, "kz-openness-2021", until=date(2024, 12, 31))
    rated(body, "kz-openness-extended")
    rated(body, "aiqyn-site-2026", Round.State.OPEN, until=date(2026, 12, 31))  # not shown yet

    assert stake(body, "question_again") == (Decimal(5), "kz-openness-extended")
    assert stake(body, "commitment") == (Decimal(4), OWN)  # the extended one has no promises


@pytest.mark.django_db
def test_what_nothing_counts_has_no_points(body):
    assert stake(body, "conference_results") is None
    assert stake(body, "no such term") is None


@pytest.mark.django_db
def test_before_the_profile_there_is_nothing_at_stake(body):
    found = stakes.for_bodies({body.pk}, today=date(2025, 12, 31))

    assert found.of_term(body.pk, "question_answer") is None


def test_a_mean_of_parts_says_nothing_of_points():
    means = methodology("rti")
    assert stakes.worth(methodology(OWN), "H999") is None
    assert means.total == "sum" or stakes.worth(means, next(iter(means.rules))) is None


def test_terms_name_rules_that_our_profile_counts():
    named = {term.measured_by for term in shipped().values()} - {""}

    assert named <= methodology(OWN).rules


@pytest.mark.django_db
def test_queue_of_due_dates_shows_points_without_a_query_for_each(
    body, officer_client, django_assert_max_num_queries
):
    started(body)
    with django_assert_max_num_queries(25):
        one = officer_client.get("/ru/office/deadlines/").content.decode()
    for number in range(2, 8):
        started(body, subject=f"question:2025-{number}")
    with django_assert_max_num_queries(25):
        many = officer_client.get("/ru/office/deadlines/").content.decode()

    assert (one.count("до 9 баллов"), many.count("до 9 баллов")) == (1, 7)
    assert "неофициально" in one
    assert f"/ru/methodologies/{OWN}/" in one
