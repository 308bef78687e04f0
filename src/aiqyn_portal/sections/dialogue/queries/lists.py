"""Lists of questions, conferences and commitments."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models import (
    Answer,
    Commitment,
    Conference,
    Head,
    Mark,
    Question,
)


def heads_in_office(day: date, body: Body | None = None) -> QuerySet[Head]:
    """Heads in office on `day`, of one body or of all, the first ones first."""
    found = Head.objects.filter(since__lte=day).exclude(until__lt=day).select_related("body")
    return found.filter(body=body) if body else found


def public_questions() -> QuerySet[Question]:
    """Questions everybody may read, newest first; removed ones are placeholders elsewhere."""
    rows = Question.objects.filter(contribution__shown="public")
    related = ("contribution__body", "contribution__group", "head", "conference")
    return rows.select_related(*related).order_by("-pk")


def answered(question: Question) -> list[tuple[Answer, Mark | None]]:
    """Every answer to a question, the oldest first, with what the asker makes of it."""
    marks = {each.answer_id: each for each in question.marks.all()}
    rows = question.answers.annotate(askers=Count("questions")).prefetch_related("files")
    return [(each, marks.get(each.pk)) for each in rows]


def of_state(state: str) -> Q:
    """The condition behind a tab of the archive: "waiting", "answered", "not_satisfied"."""
    return {
        "waiting": Q(contribution__outcome=""),
        "answered": ~Q(contribution__outcome=""),
        "not_satisfied": Q(said=Question.Said.NOT) | Q(satisfaction__lte=2),
    }.get(state, Q())


def most_supported(conference: Conference) -> QuerySet[Question]:
    """Questions to a conference: the most supported first, of equal ones the older."""
    rows = public_questions().filter(conference=conference)
    return rows.order_by("-contribution__votes_for", "pk")


def conferences() -> QuerySet[Conference]:
    return Conference.objects.select_related("head__body")


def to_come(moment: datetime) -> QuerySet[Conference]:
    """Conferences to come and those going on now."""
    rows = conferences().filter(called_off={}, ends_at__gt=moment)
    return rows.order_by("starts_at", "pk")


def commitments(day: date, state: str = "") -> QuerySet[Commitment]:
    """Commitments: "late", "open", "kept", "dropped" or all; what is due first comes first."""
    rows = Commitment.objects.select_related("body", "head", "question__contribution", "conference")
    if state == "late":
        return rows.filter(late_on(day))
    if state == Commitment.State.OPEN:
        return rows.filter(state=state).exclude(late_on(day))
    return rows.filter(state=state) if state else rows


def late_on(day: date) -> Q:
    """Not kept by the day named last; whether that day was moved is told by its steps."""
    return Q(state=Commitment.State.OPEN, due_on__lt=day)
