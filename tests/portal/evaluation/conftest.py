"""A round of two akimats by the methodology of 2020, walked as far as a test needs."""

from collections.abc import Callable

import pytest

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions
from aiqyn_portal.evaluation.models import Entry, Round
from tests import factories
from tests.portal.evaluation.trial import AFTER, AT, CRITERIA, DEADLINE, figure, plan


@pytest.fixture
def astana(db: None) -> Body:
    return factories.BodyFactory(code="kz-akm-astana", kind=Body.Kind.AKIMAT_CITY)


@pytest.fixture
def opened(body: Body, astana: Body, evaluator: User) -> Round:
    return actions.open_round(plan(body, astana), by=evaluator, at=AT)


@pytest.fixture
def entry(opened: Round, body: Body) -> Entry:
    return opened.entries.get(body=body)


@pytest.fixture
def state_figures(evaluator: User) -> Callable[[Entry, str], None]:
    """Answer every criterion of an entry with one figure."""

    def state(entry: Entry, value: str) -> None:
        for criterion in CRITERIA:
            actions.answer(entry, figure(criterion, value), by=evaluator, at=AT)

    return state


@pytest.fixture
def settled(opened: Round, state_figures: Callable[[Entry, str], None]) -> Round:
    """Shymkent (`body`) 10 a criterion, Astana 12: totals 50 and 60."""
    for entry in opened.entries.select_related("body", "round"):
        state_figures(entry, "10" if entry.body.code == "kz-akm-shymkent" else "12")
    return opened


@pytest.fixture
def sent(settled: Round, evaluator: User) -> Round:
    actions.send_to_bodies(settled, objections_until=DEADLINE, by=evaluator, at=AT)
    return Round.objects.get(pk=settled.pk)


@pytest.fixture
def published(sent: Round, evaluator: User) -> Round:
    actions.publish(sent, by=evaluator, at=AFTER)
    return Round.objects.get(pk=sent.pk)
