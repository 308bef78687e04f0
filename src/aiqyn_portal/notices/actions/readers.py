"""What readers do: read, choose how they are told, stop it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from aiqyn_portal.accounts.models import User
from aiqyn_portal.notices import queries
from aiqyn_portal.notices.actions.following import subscribe
from aiqyn_portal.notices.actions.gathering import new_letter
from aiqyn_portal.notices.actions.telling import readers_of
from aiqyn_portal.notices.models import Delivery, Letter, Reader, Subscription
from aiqyn_portal.notices.refusals import ConfirmationIsOver
from aiqyn_portal.notices.schedule import letter_due
from aiqyn_portal.notices.stopping import Stop

ASKED_AGAIN_AFTER = timedelta(hours=1)  # one address is asked to confirm no oftener


def _reader(user: User, *, at: datetime) -> Reader:
    return readers_of([user], at=at)[0]


def read(delivery: Delivery, *, at: datetime) -> None:
    """Note that the person has opened it; no letter repeats what was read."""
    _read(Delivery.objects.filter(pk=delivery.pk), at)


def read_all(user: User, *, at: datetime) -> None:
    _read(Delivery.objects.filter(reader__user=user, at__lte=at), at)


def _read(deliveries: QuerySet[Delivery], at: datetime) -> None:
    deliveries.filter(read_at__isnull=True).update(read_at=at, letter_due=None)


@transaction.atomic
def choose(user: User, *, often: str, language: str, at: datetime) -> None:
    """Set how often letters come and in which language; what awaits a letter moves along."""
    reader = _reader(user, at=at)
    reader.often, reader.language = often, language
    if queries.address_of(reader) == reader.refused:
        reader.refused = ""  # the person says it works again
    reader.save(update_fields=["often", "language", "refused"])
    awaiting = reader.deliveries.filter(letter_due__isnull=False)
    awaiting.update(letter_due=letter_due(reader, at))


def make_feed(user: User, *, at: datetime) -> None:
    """Give the person's feed a new secret address; the one before leads nowhere."""
    reader = _reader(user, at=at)
    reader.feed_key = secrets.token_urlsafe(32)
    reader.save(update_fields=["feed_key"])


def revoke_feed(user: User, *, at: datetime) -> None:
    reader = _reader(user, at=at)
    reader.feed_key = None
    reader.save(update_fields=["feed_key"])


@transaction.atomic
def stop(asked: Stop) -> None:
    """Stop letters about one topic, or altogether; again, or for a reader gone, changes nothing."""
    reader = Reader.objects.filter(pk=asked.reader).first()
    if reader is None:
        return
    if asked.topic:
        Subscription.objects.filter(reader=reader, topic=asked.topic).delete()
        reader.deliveries.filter(topic=asked.topic).update(letter_due=None)
        return
    if reader.user_id is None:
        reader.delete()  # an address is kept for letters only
        return
    reader.often = Reader.Often.HERE
    reader.save(update_fields=["often"])
    reader.deliveries.filter(letter_due__isnull=False).update(letter_due=None)


@transaction.atomic
def ask_by_email(email: str, topic: str, *, language: str, at: datetime) -> None:
    """Send a letter asking the owner of the address to confirm; who asked learns nothing of it.

    An address is asked once an hour at most, whoever asks.
    """
    reader, _ = Reader.objects.get_or_create(
        email=email.lower(), defaults={"since": at, "language": language}
    )
    if not reader.letters.exclude(topic="").filter(made_at__gt=at - ASKED_AGAIN_AFTER).exists():
        new_letter(reader, at=at, topic=topic)


@transaction.atomic
def confirm(letter: int, *, at: datetime) -> Letter:
    """Begin to send letters to an address whose owner says yes. Raises ConfirmationIsOver."""
    asked = Letter.objects.select_related("reader").exclude(topic="").filter(pk=letter).first()
    if asked is None:
        raise ConfirmationIsOver
    Reader.objects.filter(pk=asked.reader_id, confirmed_at=None).update(confirmed_at=at)
    subscribe(asked.reader, asked.topic, at=at)
    return asked


def forget_old(at: datetime) -> None:
    """Drop what nobody needs any more: letters long done, addresses never confirmed."""
    done = Letter.objects.exclude(state__in=[Letter.State.WAITING, Letter.State.CLAIMED])
    done.filter(made_at__lt=at - timedelta(days=90)).delete()
    unconfirmed = Reader.objects.filter(user=None, confirmed_at=None)
    unconfirmed.filter(since__lt=at - timedelta(days=7)).delete()
