"""What workers do for grouping: what a busy or a killed process has left."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from aiqyn_portal.contributions.grouping import actions
from aiqyn_portal.contributions.grouping.models import Member
from aiqyn_portal.contributions.models import Contribution

LOOKED_AT = 5_000  # the newest; `fold_contributions` looks at all
MOST = 200  # at once
LEFT_AFTER = timedelta(seconds=2)  # so long a request may take over it
NEW = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def place_new() -> None:
    """Place what was written in the last minute."""
    _place(_left(timezone.now(), NEW))


def place_left(at: datetime) -> None:
    """Place what nobody has placed till now; make what was placed long ago found by its words."""
    _place(_left(at))
    actions.know_words()


def _left(at: datetime, span: timedelta | None = None) -> Iterable[Contribution]:
    """Two short questions and no join: one planned by old statistics may read all members anew
    for each contribution.
    """
    newest = Contribution.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Contribution.objects.public().filter(
        pk__gt=newest - LOOKED_AT, made_at__lt=at - LEFT_AFTER
    )
    if span:
        rows = rows.filter(made_at__gt=at - span)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        return []
    members = Member.objects.filter(contribution__gte=keys[0], contribution__lte=keys[-1])
    placed = set(members.order_by().values_list("contribution", flat=True))
    left = [key for key in keys if key not in placed]
    return Contribution.objects.filter(pk__in=left[:MOST]).order_by("pk")


def _place(rows: Iterable[Contribution]) -> None:
    for row in rows:
        try:
            actions.place(row)
        except IntegrityError:
            logger.info("%s was placed by somebody else", row)
