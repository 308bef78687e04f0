"""Reading the trail."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from aiqyn import ledger
from aiqyn_portal.trail.models import Event

# one writer at a time: whoever records waits here until the one before has committed
LOCK_NUMBER = 4_183_001
LOCK_SQL = "SELECT pg_advisory_xact_lock(%s)"


def wait_for_turn() -> None:
    """Hold the pen of the trail until the transaction ends.

    SQLite needs nothing: its transactions begin as writers (`transaction_mode`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK_SQL, [LOCK_NUMBER])


def last_event() -> Event | None:
    return Event.objects.order_by("-number").first()


def as_record(event: Event) -> dict[str, Any]:
    """What a link commits to: every column but the link itself."""
    return {
        "number": event.number,
        "at": event.at,
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "details": event.details,
    }


def first_broken() -> int | None:
    """The number of the first event that does not follow from the one before, or None."""
    seen = 0

    def records() -> Iterator[tuple[dict[str, Any], str]]:
        nonlocal seen
        for event in Event.objects.order_by("number").iterator(chunk_size=2000):
            seen = event.number
            yield as_record(event), event.link

    return None if ledger.first_break(records()) is None else seen


def events(*, actor: str = "", action: str = "", subject: str = "") -> QuerySet[Event]:
    """Newest first; the actor exactly, the action and the subject by how they begin."""
    found = Event.objects.order_by("-number")
    if actor:
        found = found.filter(actor=actor)
    if action:
        found = found.filter(action__startswith=action)
    if subject:
        found = found.filter(subject__startswith=subject)
    return found
