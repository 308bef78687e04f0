"""What tests of due dates begin with."""

from datetime import date
from typing import Any

from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import actions
from aiqyn_portal.deadlines.models import Deadline
from tests.factories import MembershipFactory, UserFactory

TITLE = {"kk": "Жол туралы сұрақ", "ru": "Вопрос о дороге", "en": "A question about the road"}


def started(body: Body, *, subject: str = "question:2025-1", **others: Any) -> Deadline:
    """A question that came on Monday 15 September 2025: fifteen working days, to 6 October."""
    given = {"term": "question_answer", "on": date(2025, 9, 15), **others}
    return actions.start(subject, body=body, title=TITLE, **given)


def second_officer(body: Body) -> User:
    """Another one who speaks for `body`."""
    user = UserFactory(username=f"second-of-{body.code}")
    return MembershipFactory(user=user, role=Membership.Role.OFFICER, body=body).user
