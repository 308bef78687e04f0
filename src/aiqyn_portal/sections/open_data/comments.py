"""What people say of a request for data: comments on the common floor, answered with it."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import queries
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data.models import Request

COMMENT = "request_comment"
IN_ANSWER, OTHER_BODY = "in_answer", "other_body"  # of reasons.yaml
Outcome = Contribution.Outcome


def of_request(key: str) -> About | None:
    """The request with this number, which its body answers."""
    known = key.isascii() and key.isdecimal() and len(key) < 19
    rows = Request.objects.select_related("contribution")
    row = rows.filter(pk=int(key)).first() if known else None
    if row is None:
        return None
    asked = row.contribution
    return About(
        title=row.title or asked.number,
        view="open_data:request",
        arguments={"number": asked.number},
        body_id=asked.body_id,
        is_open=row.is_open,
        why_closed=_("The body has answered the request: nothing can be added to it."),
    )


def place(contribution: Contribution) -> str:
    """It stands on the page of the request."""
    about = of_request(contribution.about_key)
    if about is None:
        return ""
    request = reverse(about.view, kwargs=dict(about.arguments))
    return f"{request}?comment={contribution.number}#c-{contribution.number}"


def decide_with(
    request: Request, *, by: User, words: Mapping[str, str], passed_to: Body | None = None
) -> None:
    """What waits is decided with the last answer to the request, and with its words; it goes
    along where the request goes over to another body.
    """
    waiting = list(queries.undecided(COMMENT, str(request.pk)))
    if not waiting or (request.is_open and passed_to is None):
        return
    outcome = Outcome.ACCEPTED if request.dataset_id else Outcome.DECLINED
    contributions.decide(
        waiting,
        by=by,
        outcome=Outcome.PASSED_ON if passed_to else outcome,
        reason=OTHER_BODY if passed_to else IN_ANSWER,
        words=words,
        passed_to=passed_to,
    )


KIND = Kind(
    code=COMMENT,
    title=_("Comment on a request for data"),
    section="open_data",
    about=of_request,
    place=place,
    passing_ends=False,
)
