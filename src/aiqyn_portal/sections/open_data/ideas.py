"""Ideas for open data as a kind of contributions: who answers, how their fates are called."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.sections.open_data.models import Idea

IDEA = "data_idea"
SAID = {
    "registered": pgettext_lazy("idea", "Waits for an answer"),
    "accepted": pgettext_lazy("idea", "Taken up"),
    "partly": pgettext_lazy("idea", "Taken up in part"),
    "declined": pgettext_lazy("idea", "Not taken up"),
}


def of_body(key: str) -> About | None:
    """The body with this code, which answers ideas for its data."""
    body = Body.objects.filter(code=key).first()
    if body is None:
        return None
    return About(
        title=body.name, view="open_data:body", arguments={"code": body.code}, body_id=body.pk
    )


def place(contribution: Contribution) -> str:
    """A comment on an idea stands on the page of the idea."""
    if contribution.parent is None:
        return ""
    idea = reverse("open_data:idea", args=[contribution.parent.number])
    return f"{idea}?comment={contribution.number}#c-{contribution.number}"


def enter(contribution: Contribution, what: str) -> None:
    """What was received is an idea, once; a reply is a comment on one."""
    if what == Step.What.RECEIVED and contribution.parent_id is None:
        Idea.objects.create(contribution=contribution)


KIND = Kind(
    code=IDEA,
    title=_("Idea for open data"),
    section="open_data",
    about=of_body,
    said=SAID,
    decide_at="open_data:answer_idea",
    page="open_data:idea",
    place=place,
    then=enter,
)
