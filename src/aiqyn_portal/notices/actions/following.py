"""Beginning and ceasing to follow."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices.actions.telling import readers_of
from aiqyn_portal.notices.models import Reader, Subscription
from aiqyn_portal.notices.refusals import FollowsTooMuch

MOST_TOPICS = 500  # of one reader


@transaction.atomic
def follow(user: User, topic: str, *, at: datetime | None = None, language: str = "") -> None:
    """Have the person told of the topic; again changes nothing.

    `language` is that of the page, for a person who has never chosen one. Raises FollowsTooMuch.
    """
    at = at or timezone.now()
    is_new = language and not Reader.objects.filter(user=user).exists()
    for reader in readers_of([user], at=at):
        if is_new:
            reader.language = language
            reader.save(update_fields=["language"])
        subscribe(reader, topic, at=at)


def subscribe(reader: Reader, topic: str, *, at: datetime) -> None:
    """Have the reader told of the topic. Raises FollowsTooMuch."""
    if reader.subscriptions.count() >= MOST_TOPICS:
        raise FollowsTooMuch(MOST_TOPICS)
    Subscription.objects.get_or_create(reader=reader, topic=topic, defaults={"since": at})


def unfollow(user: User, topic: str) -> None:
    """Tell the person no more of the topic; what was told stays in the cabinet."""
    Subscription.objects.filter(reader__user=user, topic=topic).delete()
