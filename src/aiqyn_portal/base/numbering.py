"""Names made of the year and a number in it: 2026-0012."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Manager
from django.utils import timezone

ATTEMPTS = 5  # at a number nobody else takes at the same moment

Row = TypeVar("Row")


def numbered(rows: Manager[Any], at: datetime, make: Callable[[str], Row]) -> Row:
    """Make a row with the next free `slug` of the year of `at` (local time).

    Whoever loses a race for a number makes the row anew with the one after it. Raises
    IntegrityError where `make` fails for another reason.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            with transaction.atomic():
                return make(_next_slug(rows, at))
        except IntegrityError:
            continue
    return make(_next_slug(rows, at))


def _next_slug(rows: Manager[Any], at: datetime) -> str:
    year = timezone.localtime(at).year
    slugs = rows.filter(slug__startswith=f"{year}-").values_list("slug", flat=True)
    last = max((int(slug.partition("-")[2]) for slug in slugs.iterator()), default=0)
    return f"{year}-{last + 1:04}"
