"""What people say of a request for data: comments on the common floor, answered with it."""

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from aiqyn.subjects.language import language_of
from aiqyn.text import LANGUAGES, Text, say
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import queries
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data.models import Request

COMMENT = "request_comment"
IN_ANSWER = "in_answer"  # of reasons.yaml
Outcome = Contribution.Outcome


def of_request(key: str) -> About | None:
    """The request with this number, which its body answers."""
    known = key.isascii() and key.isdecimal() and len(key) < 19
    row = Request.objects.filter(pk=int(key)).first() if known else None
    if row is None:
        return None
    return About(
        title=row.title,
        view="open_data:request",
        arguments={"pk": row.pk},
        body_id=row.body_id,
        is_open=row.is_open,
        why_closed=_("The body has answered the request: nothing can be added to it."),
    )


def place(contribution: Contribution) -> str:
    """It stands on the page of the request."""
    request = reverse("open_data:request", args=[contribution.about_key])
    return f"{request}?comment={contribution.number}#c-{contribution.number}"


def decide_with(request: Request, *, by: User) -> None:
    """What waits is decided with the last answer to the request, and with its words."""
    waiting = list(queries.undecided(COMMENT, str(request.pk)))
    if request.is_open or not waiting:
        return
    is_published = request.state == Request.State.PUBLISHED
    contributions.decide(
        waiting,
        by=by,
        outcome=Outcome.ACCEPTED if is_published else Outcome.DECLINED,
        reason=IN_ANSWER,
        words=_words(request),
    )


def _words(request: Request) -> str | dict[str, str]:
    """The answer, in its language where that can be told; else that the data are published."""
    if request.answer:
        told = language_of(request.answer)
        return {told: request.answer} if told in LANGUAGES else request.answer
    words = {}
    for code in LANGUAGES:
        with override(code):
            title = say(Text(request.dataset.title if request.dataset else {}), code)
            words[code] = gettext("The data are published: “%(set)s”.") % {"set": title}
    return words


KIND = Kind(
    code=COMMENT,
    title=_("Comment on a request for data"),
    section="open_data",
    about=of_request,
    place=place,
    outcomes=(Outcome.ACCEPTED.value, Outcome.PARTLY.value, Outcome.DECLINED.value),
)
