"""What citizens do beside writing: support, take back what they said."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import kinds, permissions, refusals
from aiqyn_portal.contributions.actions import counting
from aiqyn_portal.contributions.actions.changing import brought_up_to_date, change, locked
from aiqyn_portal.contributions.actions.steps import Act, Role, What
from aiqyn_portal.contributions.models import Contribution, Vote


@transaction.atomic
def support(contribution: Contribution, by: User, value: int) -> None:
    """Be for (1) or against (-1) a contribution; 0 takes the vote back. Each person counts once.

    Raises NotPublic, OwnContribution, Closed, TooManyNow.
    """
    if value not in (-1, 0, 1):
        raise ValueError(value)
    [row] = locked([contribution])  # its counters are what voters share
    _refuse_vote(row, by)
    held = Vote.objects.filter(contribution=row, user=by).first()
    before = held.value if held else 0
    if before == value:
        return
    if value:
        Vote.objects.update_or_create(
            contribution=row, user=by, defaults={"value": value, "at": timezone.now()}
        )
    elif held:
        held.delete()
    Contribution.objects.filter(pk=row.pk).update(
        votes_for=F("votes_for") + int(value == 1) - int(before == 1),
        votes_against=F("votes_against") + int(value == -1) - int(before == -1),
    )
    counting.renew([row])
    contribution.refresh_from_db(fields=["votes_for", "votes_against"])


def _refuse_vote(row: Contribution, by: User) -> None:
    if not row.is_public:
        raise refusals.NotPublic
    if permissions.is_author(by, row):
        raise refusals.OwnContribution
    kind = kinds.get(row.kind)
    about = kind.about(row.about_key) if kind else None
    if about is None or not about.is_open:
        raise refusals.Closed(about.why_closed if about else "")
    since = timezone.now() - timedelta(minutes=1)
    if Vote.objects.filter(user=by, at__gt=since).count() >= settings.CONTRIBUTIONS_VOTES_A_MINUTE:
        raise refusals.TooManyNow


@transaction.atomic
def withdraw(contribution: Contribution, *, by: User) -> None:
    """Take back what one has said, while there is no decision: a placeholder stays.

    Raises PermissionDenied, AlreadyDecided, NotPublic.
    """
    rows = locked([contribution])
    [row] = rows
    if not permissions.is_author(by, row):
        raise PermissionDenied
    if row.is_decided:
        raise refusals.AlreadyDecided
    if not row.is_public:
        raise refusals.NotPublic
    act = Act(what=What.WITHDRAWN, role=Role.AUTHOR, at=timezone.now(), by=by)
    change(rows, act, {"shown": Contribution.Shown.WITHDRAWN, "group": None})
    brought_up_to_date([contribution], rows)
