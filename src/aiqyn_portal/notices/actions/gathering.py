"""Letters are made of what awaits one: a notice alone, or those of a day or a week together."""

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from aiqyn_portal.notices import queries
from aiqyn_portal.notices.actions.telling import spread
from aiqyn_portal.notices.models import Delivery, Letter, Message, Reader

MOST_READERS = 500  # of one pass
MOST_TOLD = 100  # notices in one letter; the rest are in the next


def gather(at: datetime) -> int:
    """Make the letters that are due; return how many. Several workers may do so at once."""
    for message in Message.objects.filter(is_spread=False, at__lte=at):
        spread(message)
    due = Delivery.objects.filter(letter_due__lte=at)
    readers = due.order_by("reader").values_list("reader", flat=True).distinct()[:MOST_READERS]
    return sum(_gather(pk, at) for pk in list(readers))


@transaction.atomic
def _gather(pk: int, at: datetime) -> bool:
    """Make one reader's letter, unless another worker is at it."""
    reader = Reader.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if reader is None:
        return False
    due = reader.deliveries.filter(letter_due__lte=at).order_by("at", "pk")
    ids = list(due.values_list("pk", flat=True)[:MOST_TOLD])
    deliveries = Delivery.objects.filter(pk__in=ids)
    if not ids or not queries.takes_letters(reader):
        deliveries.update(letter_due=None)
        return False
    deliveries.update(letter_due=None, letter=new_letter(reader, at=at))
    return True


def new_letter(reader: Reader, *, at: datetime, topic: str = "") -> Letter:
    """Put a letter to the reader into the queue."""
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname
    return Letter.objects.create(
        reader=reader,
        topic=topic,
        message_id=f"<{uuid.uuid4().hex}@{host}>",
        made_at=at,
        next_at=at,
    )
