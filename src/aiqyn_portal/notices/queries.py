"""Reading what people follow and what they were told."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from aiqyn_portal.accounts import queries as accounts
from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices.models import Delivery, Letter, Reader, Subscription

MOST_TAKEN_ALONG = 5_000  # newest notices


def follows(user: User | AnonymousUser, topic: str) -> bool:
    """Whether the person follows the topic; nobody who is not signed in does."""
    if not isinstance(user, User):
        return False
    return Subscription.objects.filter(reader__user=user, topic=topic).exists()


def followers(topic: str) -> int:
    return Subscription.objects.filter(topic=topic).count()


def deliveries_of(user: User) -> QuerySet[Delivery]:
    """What the person was told, the newest first."""
    return Delivery.objects.filter(reader__user=user).select_related("message")


def unread(user: User) -> int:
    return Delivery.objects.filter(reader__user=user, read_at__isnull=True).count()


def address_of(reader: Reader) -> str:
    """Return where the reader's letters go: an address its owner has confirmed; "" without one."""
    return accounts.confirmed_address(reader.user) if reader.user else reader.email


def takes_letters(reader: Reader) -> bool:
    """Whether letters to this reader can arrive: an address, and not one that refuses them."""
    if reader.often == Reader.Often.HERE or (reader.user and not reader.user.is_active):
        return False
    address = address_of(reader)
    return bool(address) and address != reader.refused


def reader(user: User) -> Reader:
    """Return how the person is told; one not told anything yet has a row that is not saved."""
    return Reader.objects.filter(user=user).first() or Reader(user=user)


def topics_of(user: User) -> list[str]:
    """Return what the person follows, the newest first."""
    found = Subscription.objects.filter(reader__user=user)
    return list(found.values_list("topic", flat=True))


def kept_of(user: User) -> dict[str, Any]:
    """Return all that is kept of how a person is told and of what, to be taken along."""
    told = reader(user)
    told_of = deliveries_of(user).order_by("-at", "-pk")[:MOST_TAKEN_ALONG]
    return {
        "often": told.often,
        "language": told.language,
        "has_feed": bool(told.feed_key),
        "follows": [
            {"topic": each.topic, "since": _moment(each.since)}
            for each in Subscription.objects.filter(reader__user=user)
        ],
        "notices": [
            {
                "at": _moment(each.at),
                "read_at": _moment(each.read_at) if each.read_at else "",
                "title": each.message.title,
                "text": each.message.text,
            }
            for each in told_of
        ],
    }


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat()


def has_content(letter: Letter) -> bool:
    """Whether there is still something to say: what it told may have been deleted meanwhile."""
    return bool(letter.topic) or letter.deliveries.exists()
