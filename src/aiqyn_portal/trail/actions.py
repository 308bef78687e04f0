"""Writing the trail."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from aiqyn import ledger
from aiqyn_portal.trail import queries
from aiqyn_portal.trail.models import Event

SYSTEM = "system"


def record(
    actor: Any, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> Event:
    """Add one act to the trail, in the transaction of the act itself.

    `actor` is a user or "system"; `action` is like "rating.published", `subject` like
    "round:kz-2020/body:kz-akm-shymkent". Concurrent writers queue, so the numbers have no gaps.
    """
    with transaction.atomic():
        queries.wait_for_turn()
        last = queries.last_event()
        event = Event(
            number=last.number + 1 if last else 1,
            at=timezone.now().astimezone(UTC),
            actor=_name_of(actor),
            action=action,
            subject=subject,
            details=_plain(details or {}),
        )
        event.link = ledger.link(last.link if last else ledger.GENESIS, queries.as_record(event))
        event.save()
    return event


def _name_of(actor: Any) -> str:
    return actor if isinstance(actor, str) else str(actor.get_username())


def _plain(value: Any) -> Any:
    """`value` as every database gives it back: text, whole numbers, lists and objects.

    A float or a Decimal becomes text: PostgreSQL would return it in another notation
    and the link would no longer follow.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(held) for held in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
