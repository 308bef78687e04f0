"""When a letter about a notice may leave."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from aiqyn_portal.notices.models import Reader

HOUR = time(8)  # local; when letters of a day or a week are made
MONDAY = 0


def letter_due(reader: Reader, at: datetime) -> datetime | None:
    """Return the earliest moment for a letter about news of `at`; None: no letter.

    A letter of a day is made at 8 in the morning, that of a week on Monday.
    """
    if reader.often == Reader.Often.HERE or (reader.user_id is None and not reader.confirmed_at):
        return None
    if reader.often == Reader.Often.AT_ONCE:
        return at
    local = timezone.localtime(at)
    due = local.replace(hour=HOUR.hour, minute=0, second=0, microsecond=0)
    while due <= local or (reader.often == Reader.Often.WEEKLY and due.weekday() != MONDAY):
        due += timedelta(days=1)
    return due
