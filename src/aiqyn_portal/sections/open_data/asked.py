"""Requests for data, and what is wrong with data, as kinds of contributions."""

from importlib.resources import files
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.catalogue import read
from aiqyn.text import Text
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.sections.open_data.ideas import of_body
from aiqyn_portal.sections.open_data.models import Dataset, Problem, Request

REQUEST, PROBLEM = "data_request", "data_problem"
TOLD = read(files("aiqyn_portal.sections.open_data") / "told.yaml", dict[str, dict[str, Text]])
What = Step.What


def with_what_is_wrong(key: str) -> About | None:
    """The set with this name; of one that is withdrawn nothing more is told."""
    row = Dataset.objects.public().filter(name=key).first()
    if row is None:
        return None
    return About(
        title=row.title,
        view="open_data:set",
        arguments={"name": row.name},
        body_id=row.body_id,
        is_open=row.state == Dataset.State.PUBLISHED,
        why_closed=_("The set is not published."),
    )


def form_of_request(key: str) -> str:
    """The section's own form, with the body chosen in it."""
    return f"{reverse('open_data:ask')}?{urlencode({'body': key})}"


def form_of_problem(key: str) -> str:
    """The section's own form, beside the set."""
    return reverse("open_data:problem", args=[key])


def place_of_request(contribution: Contribution) -> str:
    """It has a page of its own in the section."""
    return reverse("open_data:request", args=[contribution.number])


def place_of_problem(contribution: Contribution) -> str:
    """It stands on the page of the set."""
    return reverse("open_data:set", args=[contribution.about_key]) + "#problems"


def enter_request(contribution: Contribution, what: str) -> None:
    """What was received is a request, once; taken back, it leads to no set any more."""
    if what == What.RECEIVED:
        Request.objects.create(contribution=contribution)
    elif what == What.REOPENED:
        Request.objects.filter(contribution=contribution).update(dataset=None)


def enter_problem(contribution: Contribution, what: str) -> None:
    """What was received is wrong with the version that is the newest now."""
    if what == What.RECEIVED:
        row = Dataset.objects.select_related("newest").get(name=contribution.about_key)
        version = row.newest.number if row.newest else 0
        Problem.objects.create(contribution=contribution, dataset=row, version=version)


KIND_OF_REQUESTS = Kind(
    code=REQUEST,
    title=_("Request for data"),
    section="open_data",
    about=of_body,
    term="data_request",
    passing_ends=False,
    votes_against=False,
    found_by_decision=True,
    tells_voters=True,
    replies=False,
    write_at=form_of_request,
    said={
        "registered": pgettext_lazy("request", "Waiting for an answer"),
        "accepted": pgettext_lazy("request", "Will be published"),
        "partly": pgettext_lazy("request", "Will be published in part"),
        "declined": pgettext_lazy("request", "Refused"),
        "reflected": pgettext_lazy("request", "Published"),
    },
    said_by=REQUEST,
    told=TOLD[REQUEST],
    decide_at="open_data:answer",
    page="open_data:request",
    place=place_of_request,
    reflects=False,
    then=enter_request,
)
KIND_OF_PROBLEMS = Kind(
    code=PROBLEM,
    title=_("Mistake in data"),
    section="open_data",
    about=with_what_is_wrong,
    outcomes=("accepted", "partly", "declined"),
    term="data_problem",
    replies=False,
    write_at=form_of_problem,
    votes_against=False,
    said={
        "registered": pgettext_lazy("problem", "Waiting for an answer"),
        "accepted": pgettext_lazy("problem", "Mended"),
        "partly": pgettext_lazy("problem", "Mended in part"),
        "declined": pgettext_lazy("problem", "Not a mistake"),
    },
    said_by=PROBLEM,
    told=TOLD[PROBLEM],
    place=place_of_problem,
    then=enter_problem,
)
