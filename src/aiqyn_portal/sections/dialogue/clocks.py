"""Dates that pages of the dialogue keep beside themselves follow their clocks."""

from datetime import date
from typing import Any

from aiqyn_portal.accounts.models import User
from aiqyn_portal.deadlines.models import Deadline, Event
from aiqyn_portal.sections.dialogue.actions import commitments
from aiqyn_portal.sections.dialogue.models import Conference, Question

FIRST = "question_answer"  # the term of a first answer: a code of deadlines/terms.yaml


def deadline_saved(instance: Deadline, **_rest: Any) -> None:
    """Extended, stopped, handed over, moved by a holiday: the question and the conference know."""
    if not instance.is_open:
        return  # what is done keeps the date it was done by
    kind, _colon, key = instance.subject.partition(":")
    if kind == "contribution" and instance.term == FIRST:
        rows = Question.objects.filter(contribution__number=key, first_answered_at=None)
        rows.update(first_due_on=instance.due_on)
    elif kind == "conference" and instance.due_on:
        Conference.objects.filter(slug=key).update(results_due_on=instance.due_on)


def event_saved(instance: Event, **_rest: Any) -> None:
    """What an officer does to the clock of a promise is told on the page of the promise."""
    deadline, due_on = instance.deadline, instance.due_after
    kind, _colon, key = deadline.subject.partition(":")
    if kind != "commitment" or due_on is None or due_on == instance.due_before:
        return
    _follow(int(key), due_on, instance)


def _follow(pk: int, due_on: date, event: Event) -> None:
    officer = User.objects.filter(username=event.by).first()
    if officer is not None:  # the portal's own doings move no promise: its days are calendar days
        commitments.follow(pk, due_on, event.reason, officer)
