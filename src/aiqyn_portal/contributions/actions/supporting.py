"""What citizens do beside writing: support, rate an answer, take back what they said."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from aiqyn_portal.accounts.acting import one_by_one
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import kinds, permissions, refusals
from aiqyn_portal.contributions.actions import counting
from aiqyn_portal.contributions.actions.changing import brought_up_to_date, change, locked
from aiqyn_portal.contributions.actions.steps import Act, Role, What, write_with
from aiqyn_portal.contributions.actions.steps import said as phrase_of
from aiqyn_portal.contributions.models import Contribution, Vote

BATCH = 500


@transaction.atomic
def support(contribution: Contribution, by: User, value: int) -> None:
    """Be for (1) or against (-1) a contribution; 0 takes the vote back. Each person counts once.

    Raises NotPublic, OwnContribution, Closed, TooManyNow; against a question OnlySupported.
    """
    if value not in (-1, 0, 1):
        raise ValueError(value)
    one_by_one(by)
    [row] = locked([contribution])  # its counters are what voters share
    _refuse_vote(row, by)
    if value == -1 and not kinds.takes_votes_against(row.kind):
        raise refusals.OnlySupported
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


def seal_votes(at: datetime) -> int:
    """Enter the votes of a day into the ledger: one step for each contribution whose votes have
    changed since its last, with how many are for and against it, and with nobody's name.

    Returns how many steps that was; again at once enters nothing.
    """
    entered = 0
    while True:
        with transaction.atomic():
            unlike = ~Q(votes_for=F("sealed_for"), votes_against=F("sealed_against"))
            rows = list(
                Contribution.objects.select_for_update(of=("self",), no_key=True)
                .filter(unlike)
                .order_by("pk")[:BATCH]
            )
            write_with((row, _counted(row, at), {}) for row in rows)
            for row in rows:
                row.sealed_for, row.sealed_against = row.votes_for, row.votes_against
            fields = ["steps_made", "sealed_for", "sealed_against"]
            Contribution.objects.bulk_update(rows, fields)
        entered += len(rows)
        if len(rows) < BATCH:
            return entered


def _counted(row: Contribution, at: datetime) -> Act:
    votes = {"for": row.votes_for, "against": row.votes_against}
    return Act(what=What.VOTED, role=Role.SYSTEM, at=at, details=votes)


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


@transaction.atomic
def rate(
    contribution: Contribution, *, by: User, said: str, satisfaction: int, words: str = ""
) -> None:
    """Enter into the ledger what the author makes of the answer; the section keeps it as well.

    The author's words are committed to, and shown to nobody by the ledger.

    Raises PermissionDenied, NotDecided.
    """
    rows = locked([contribution])
    if not permissions.is_author(by, rows[0]):
        raise PermissionDenied
    if not rows[0].is_decided:
        raise refusals.NotDecided
    act = Act(
        what=What.RATED,
        role=Role.AUTHOR,
        at=timezone.now(),
        by=by,
        words=phrase_of(words),
        details={"said": said, "satisfaction": satisfaction},
    )
    change(rows, act)
    brought_up_to_date([contribution], rows)
