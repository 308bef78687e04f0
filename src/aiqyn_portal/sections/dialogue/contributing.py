"""Questions as kinds of contributions: whom they are addressed to, and when they are taken."""

from importlib.resources import files

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.catalogue import read
from aiqyn.text import Text
from aiqyn_portal.contributions.kinds import About, Kind
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.sections.dialogue.models import Conference, Head, Question

QUESTION, LIVE_QUESTION = "question", "live_question"
TOLD = read(files("aiqyn_portal.sections.dialogue") / "told.yaml", dict[str, Text])
SAID = {
    "registered": pgettext_lazy("question", "Waits for an answer"),
    "accepted": pgettext_lazy("question", "Answered"),
    "partly": pgettext_lazy("question", "Partly answered"),
    "declined": pgettext_lazy("question", "Answer refused"),
}


def to_head(key: str) -> About | None:
    """The head with this slug, and whether one may ask."""
    head = Head.objects.filter(slug=key).first()
    if head is None:
        return None
    is_open = head.takes_questions and (head.until is None or timezone.localdate() <= head.until)
    return About(
        title=head.name,
        view="dialogue:head",
        arguments={"slug": head.slug},
        body_id=head.body_id,
        is_open=is_open,
        why_closed="" if is_open else _("This head takes no questions now."),
    )


def to_conference(key: str) -> About | None:
    """The conference with this slug, and whether it still takes questions."""
    conference = Conference.objects.select_related("head").filter(slug=key).first()
    if conference is None:
        return None
    is_open = conference.takes_questions(timezone.now())
    return About(
        title=conference.title,
        view="dialogue:conference",
        arguments={"slug": conference.slug},
        body_id=conference.head.body_id,
        is_open=is_open,
        why_closed="" if is_open else _("Questions to this conference are no longer taken."),
    )


def enter(contribution: Contribution, what: str) -> None:
    """What was received becomes a question to a head, once."""
    if what != Step.What.RECEIVED:
        return
    conference = None
    if contribution.kind == LIVE_QUESTION:
        conference = Conference.objects.select_related("head").get(slug=contribution.about_key)
    head = conference.head if conference else Head.objects.get(slug=contribution.about_key)
    Question.objects.create(
        contribution=contribution,
        head=head,
        conference=conference,
        first_due_on=contribution.due_on,
    )


TO_HEAD = Kind(
    code=QUESTION,
    title=_("Question to a head"),
    section="dialogue",
    about=to_head,
    measured_by="H151",
    term="question_answer",
    term_again="question_again",
    passing_ends=False,
    said=SAID,
    told=TOLD,
    found_by_decision=True,
    votes_against=False,
    decide_at="dialogue:answer",
    page="dialogue:question",
    then=enter,
)
TO_CONFERENCE = Kind(
    code=LIVE_QUESTION,
    title=_("Question to a conference"),
    section="dialogue",
    about=to_conference,
    measured_by="H151",
    term="question_answer",
    term_again="question_again",
    said=SAID,
    told=TOLD,
    found_by_decision=True,
    votes_against=False,
    decide_at="dialogue:answer",
    page="dialogue:question",
    then=enter,
)
