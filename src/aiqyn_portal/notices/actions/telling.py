"""Telling: one message, a delivery for each who hears it, all in the transaction of the act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices.models import Delivery, Message, Reader, Subscription
from aiqyn_portal.notices.schedule import letter_due

SPREAD_AT_ONCE = 200  # followers told inside the act; more are told by a worker, seconds later
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """News: who hears it, what it says, where to read on.

    `key` makes it idempotent: told again under the same key, each person hears it once.
    """

    code: str  # "draft.opened"
    key: str  # "draft.opened:su-kodeksi"
    title: Mapping[str, str]  # {"kk": …, "ru": …, "en": …}
    text: Mapping[str, str] = field(default_factory=dict)
    topics: Sequence[str] = ()  # their followers hear it: "draft:su-kodeksi", "body:kz-mvr"
    to: Iterable[User] = ()  # these hear it, whatever they follow
    but: Iterable[User] = ()  # these do not as followers: those whose act it is
    view: str = ""  # name of the page to read on, with its arguments
    arguments: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def tell(notice: Notice, *, at: datetime | None = None) -> Message:
    """Put the notice into the cabinets of all it concerns; letters follow by themselves."""
    at = at or timezone.now()
    message, is_new = Message.objects.get_or_create(
        key=notice.key,
        defaults={
            "code": notice.code,
            "topics": list(notice.topics),
            "apart": [user.pk for user in notice.but],
            "title": dict(notice.title),
            "text": dict(notice.text),
            "view": notice.view,
            "arguments": dict(notice.arguments),
            "at": at,
        },
    )
    _deliver(message, [(reader, "") for reader in readers_of(notice.to, at=at)])
    if is_new and _unheard(message)[:SPREAD_AT_ONCE].count() < SPREAD_AT_ONCE:
        spread(message)
    return message


def spread(message: Message) -> None:
    """Tell all who followed its topics when it was said; again tells nobody twice."""
    while found := list(_unheard(message).select_related("reader")[:BATCH]):
        place = {topic: number for number, topic in enumerate(message.topics)}
        found.sort(key=lambda row: place[row.topic], reverse=True)  # the first named is kept
        by_reader = {row.reader_id: (row.reader, row.topic) for row in found}
        _deliver(message, by_reader.values())
    message.is_spread = True
    message.save(update_fields=["is_spread"])


def _unheard(message: Message) -> QuerySet[Subscription]:
    heard = Delivery.objects.filter(message=message).values("reader")
    return (
        Subscription.objects.filter(topic__in=message.topics, since__lte=message.at)
        .exclude(reader__in=heard)
        .exclude(reader__user__in=message.apart)
        .exclude(reader__user__is_active=False)
        .order_by("pk")
    )


def _deliver(message: Message, readers: Iterable[tuple[Reader, str]]) -> None:
    Delivery.objects.bulk_create(
        (
            Delivery(
                message=message,
                reader=reader,
                topic=topic,
                at=message.at,
                letter_due=letter_due(reader, message.at),
            )
            for reader, topic in readers
        ),
        ignore_conflicts=True,
    )


def readers_of(users: Iterable[User], *, at: datetime) -> list[Reader]:
    """Return these people as readers; closed accounts hear nothing."""
    ids = {user.pk for user in users if user.is_active}
    known = set(Reader.objects.filter(user__in=ids).values_list("user_id", flat=True))
    Reader.objects.bulk_create(
        (Reader(user_id=pk, since=at) for pk in sorted(ids - known)), ignore_conflicts=True
    )
    return list(Reader.objects.filter(user__in=ids).order_by("pk"))
