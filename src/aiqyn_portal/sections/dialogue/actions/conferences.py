"""Conferences: announced with an agenda, held, and their results published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aiqyn.calendar import reckon
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.numbering import numbered
from aiqyn_portal.base.streams import hosts, is_stream
from aiqyn_portal.contributions.actions.steps import said as phrase_of
from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines import queries as clocks
from aiqyn_portal.sections.dialogue import telling
from aiqyn_portal.sections.dialogue.models import Conference, Head
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.refusals import (
    AgendaMissing,
    BegunAlready,
    InThePast,
    NotOver,
    StreamNotAllowed,
    TranscriptMissing,
    WhyMissing,
)
from aiqyn_portal.trail.actions import record

NOTICE, RESULTS = "conference_notice", "conference_results"  # codes of deadlines/terms.yaml
OWED = ("kk", "ru")  # languages an agenda is owed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What is announced."""

    title: Mapping[str, str]
    agenda: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    questions_until: datetime | None = None  # None: to the end
    place: Mapping[str, str] | None = None
    stream: str = ""


@transaction.atomic
def announce(head: Head, said: Invitation, *, by: User) -> Conference:
    """Invite everybody. An announcement that comes late is taken, and said to be late.

    Sent twice, the same in every word, it is one conference.

    Raises PermissionDenied, AgendaMissing, InThePast, StreamNotAllowed.
    """
    if not may_answer(by, head.body):
        raise PermissionDenied
    now = timezone.now()
    if not all(said.title.get(code, "").strip() and said.agenda.get(code) for code in OWED):
        raise AgendaMissing
    if not now < said.starts_at < said.ends_at:
        raise InThePast
    if said.stream and not is_stream(said.stream):
        raise StreamNotAllowed(", ".join(hosts()))
    Head.objects.select_for_update(of=("self",), no_key=True).get(
        pk=head.pk
    )  # announced one by one
    invited = Conference(
        head=head,
        title=phrase_of(said.title),
        agenda=phrase_of(said.agenda),
        place=phrase_of(said.place or {}),
        stream=said.stream,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        questions_until=min(said.questions_until or said.ends_at, said.ends_at),
        announced_at=now,
        announced_by=by,
        notice_ends_on=_notice_ends(timezone.localdate(now)),
    )
    twin = _twin(invited)
    if twin:
        return twin
    conference = numbered(Conference.objects, now, lambda slug: _saved(invited, slug))
    details = {"starts": said.starts_at, "in_time": conference.was_announced_in_time}
    record(by, "conference.announced", _subject(conference), details)
    telling.announced(conference, by=by)
    return conference


@transaction.atomic
def call_off(conference: Conference, *, by: User, why: Mapping[str, str]) -> None:
    """Say that it does not take place. Raises PermissionDenied, WhyMissing, BegunAlready."""
    if not may_answer(by, conference.head.body):
        raise PermissionDenied
    if not phrase_of(why):
        raise WhyMissing
    if conference.starts_at <= timezone.now():
        raise BegunAlready
    conference.called_off = phrase_of(why)
    conference.save(update_fields=["called_off"])
    record(by, "conference.called_off", _subject(conference), {"why": conference.called_off})
    telling.called_off(conference, by=by)


@transaction.atomic
def start_clock(conference: Conference) -> None:
    """Once it is over its results are due; does nothing a second time."""
    if conference.results_due_on or not conference.is_over(timezone.now()):
        return
    with override("kk"):
        href = reverse("dialogue:conference", args=[conference.slug])
    clock = deadlines.start(
        conference.key,
        term=RESULTS,
        body=conference.head.body,
        title=conference.title,
        on=timezone.localdate(conference.ends_at),
        href=href,
    )
    Conference.objects.filter(pk=conference.pk).update(results_due_on=clock.due_on)
    conference.results_due_on = clock.due_on


@transaction.atomic
def publish_results(
    conference: Conference,
    *,
    by: User,
    transcript: Mapping[str, str],
    results: Mapping[str, str],
) -> None:
    """Publish what was said and decided; later corrections are kept in the trail.

    Raises PermissionDenied, NotOver, TranscriptMissing.
    """
    if not may_answer(by, conference.head.body):
        raise PermissionDenied
    now = timezone.now()
    if not conference.is_over(now):
        raise NotOver
    if not phrase_of(transcript) or not phrase_of(results):
        raise TranscriptMissing
    start_clock(conference)
    is_first = conference.results_at is None
    before = {"transcript": conference.transcript, "results": conference.results}
    conference.transcript, conference.results = phrase_of(transcript), phrase_of(results)
    conference.results_at = conference.results_at or now
    conference.save(update_fields=["transcript", "results", "results_at"])
    action = "conference.results" if is_first else "conference.results_corrected"
    record(by, action, _subject(conference), {} if is_first else {"before": before})
    if is_first:
        deadlines.meet(conference.key, now)
        telling.results(conference, by=by)


def _twin(invited: Conference) -> Conference | None:
    """A conference that stands already and is in nothing another one."""
    same = ("starts_at", "ends_at", "questions_until", "stream")
    alike = invited.head.conferences.standing().filter(
        **{name: getattr(invited, name) for name in same}
    )
    words = [dict(phrase) for phrase in (invited.title, invited.agenda, invited.place)]
    for each in alike:
        if [dict(phrase) for phrase in (each.title, each.agenda, each.place)] == words:
            return each
    return None


def _notice_ends(day: date) -> date:
    """The first day a conference announced on `day` may be held."""
    return reckon(day, clocks.terms()[NOTICE].rule(), clocks.calendar()).due or day


def _subject(conference: Conference) -> str:
    return f"body:{conference.head.body.code}/{conference.key}"


def _saved(conference: Conference, slug: str) -> Conference:
    conference.slug = slug
    conference.save(force_insert=True)
    return conference
