"""Calendars to follow: a body's public dates, and a person's own by a secret address."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from aiqyn.calendar.ical import Entry, calendar
from aiqyn.text import LANGUAGES
from aiqyn_portal.base.formats import say_date
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.models import Deadline, DeadlineQuerySet, Feed

MOST = 500  # of the nearest
KEPT_S = 900
WARN_DAYS = (1,)


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Feeds have no language of their own in the address of the site: it stands in theirs."""

    @wraps(view)
    def spoken(request: HttpRequest, language: str, **arguments: Any) -> HttpResponse:
        if language not in LANGUAGES:
            raise Http404
        with translation.override(language):
            return view(request, **arguments)

    return spoken


@in_language
def of_body(request: HttpRequest, code: str) -> HttpResponse:
    """What a body has to do in public."""
    found = get_object_or_404(Body, code=code)
    rows = queries.open_of(found).filter(is_public=True, due_on__isnull=False)
    answer = _answer(request, _("Due dates: %(body)s") % {"body": found}, rows)
    answer["Cache-Control"] = f"public, max-age={KEPT_S}"
    return answer


@in_language
def of_person(request: HttpRequest, key: str) -> HttpResponse:
    """What one officer has to do; whoever has the address may read it."""
    feed = get_object_or_404(Feed.objects.select_related("user"), key=key, user__is_active=True)
    rows = queries.of_person(feed.user).filter(due_on__isnull=False)
    answer = _answer(request, _("My due dates"), rows)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _answer(request: HttpRequest, name: str, rows: DeadlineQuerySet) -> HttpResponse:
    found = queries.with_changes(rows.select_related("body"))[:MOST]
    text = calendar(name, [_entry(request, row) for row in found])
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return answer


def _entry(request: HttpRequest, row: Deadline) -> Entry:
    due = row.due_on or row.starts_on  # the feeds ask for rows with a date
    told = [str(row.body), _("The last day is %(day)s.") % {"day": say_date(due)}]
    return Entry(
        uid=f"deadline-{row.pk}@{urlsplit(settings.PUBLIC_ADDRESS).hostname}",
        sequence=row.sequence,
        title=str(row.title),
        starts=due,
        stamped_at=row.changed_at,  # type: ignore[attr-defined]
        text="\n".join(told),
        address=request.build_absolute_uri(reverse("deadlines:deadline", args=[row.pk])),
        warn_days=WARN_DAYS,
    )
