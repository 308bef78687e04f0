"""Heads come into office, take questions or not, and leave; their pages stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models import Head
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.refusals import LeavesTooEarly, NameMissing
from aiqyn_portal.trail.actions import record

OWED = ("kk", "ru")  # languages a name and a post are owed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """A head as the body presents him or her."""

    name: Mapping[str, str]
    post: Mapping[str, str]
    hours: Mapping[str, str]
    place: int
    takes_questions: bool
    since: date
    until: date | None = None


@transaction.atomic
def appoint(body: Body, said: Presented, *, by: User) -> Head:
    """Present a new head. Raises PermissionDenied, NameMissing, LeavesTooEarly."""
    if not may_answer(by, body):
        raise PermissionDenied
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)  # numbers are given one by one
    number = body.heads.count() + 1
    head = Head(body=body, slug=f"{body.code}-{number}"[-60:])
    return _saved(head, said, "head.appointed", by)


@transaction.atomic
def present(head: Head, said: Presented, *, by: User) -> Head:
    """Change what is said of a head, or name the last day in office. Raises as `appoint`."""
    if not may_answer(by, head.body):
        raise PermissionDenied
    return _saved(head, said, "head.changed", by)


def _saved(head: Head, said: Presented, action: str, by: User) -> Head:
    if not all(said.name.get(code) and said.post.get(code) for code in OWED):
        raise NameMissing
    if said.until and said.until < said.since:
        raise LeavesTooEarly
    head.name, head.post, head.hours = dict(said.name), dict(said.post), dict(said.hours)
    head.place, head.takes_questions = said.place, said.takes_questions
    head.since, head.until = said.since, said.until
    head.save()
    details = {"name": head.name, "post": head.post, "since": said.since, "until": said.until}
    record(by, action, f"body:{head.body.code}/head:{head.slug}", details)
    return head
