"""Reading what people follow and what they were told."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices.models import Delivery, Subscription


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
