"""Votes in the ledger: counted once a day, by contribution, without names."""

import pytest
from django.utils import timezone

from aiqyn.ledger import receipts as papers
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions, receipts, sealing
from aiqyn_portal.contributions.models import Contribution
from tests.portal.contributions.voices import said


def test_votes_are_counted_into_the_ledger_once_for_every_change(
    body: Body, citizen: User, evaluator: User, officer: User
) -> None:
    row, silent = said(citizen), said(citizen, "Бұған ешкім дауыс берген жоқ.")
    actions.support(row, evaluator, 1)
    actions.support(row, officer, -1)
    counted = [actions.seal_votes(timezone.now()) for _ in range(2)]
    actions.support(row, officer, 0)
    counted.append(actions.seal_votes(timezone.now()))
    sealing.seal_all()

    told = list(row.steps.filter(what="voted").order_by("number").values_list("details", flat=True))

    assert counted == [1, 0, 1]
    assert told == [{"for": 1, "against": 1}, {"for": 1, "against": 0}]
    assert not silent.steps.filter(what="voted").exists()
    assert receipts.first_broken() == ""
    paper = receipts.receipt(row, is_own=False)
    assert papers.verdict(papers.verify(paper, [receipts.roots()])) == "not_yet"


@pytest.mark.parametrize(
    ("changed", "word"), [("votes_for", "than people gave"), ("sealed_for", "as they were counted")]
)
def test_votes_that_nobody_gave_are_found(
    body: Body, citizen: User, evaluator: User, changed: str, word: str
) -> None:
    row = said(citizen)
    actions.support(row, evaluator, 1)
    actions.seal_votes(timezone.now())
    sealing.seal_all()

    Contribution.objects.filter(pk=row.pk).update(**{changed: 100})

    assert word in receipts.first_broken()
