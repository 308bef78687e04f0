"""What waits for officers and moderators."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from aiqyn_portal.contributions.models import Appeal, Complaint, Contribution


def queue(body_ids: Collection[int], *, kind: str = "", key: str = "") -> QuerySet[Contribution]:
    """What waits for a decision of these bodies: what is due first, first; no date, last."""
    found = Contribution.objects.undecided().filter(body__in=body_ids)
    if kind:
        found = found.filter(kind=kind)
    if key:
        found = found.filter(about_key=key)
    return found.select_related("body", "group").order_by(F("due_on").asc(nulls_last=True), "pk")


def late(body_ids: Collection[int], today: date) -> QuerySet[Contribution]:
    """Those that were due before today."""
    return Contribution.objects.undecided().filter(body__in=body_ids, due_on__lt=today)


def reported() -> QuerySet[Contribution]:
    """Published contributions that somebody reported, the longest waiting first."""
    waiting = Q(complaints__closed_at=None)
    found = Contribution.objects.public().filter(waiting, complaints__isnull=False)
    return (
        found.annotate(reports=Count("complaints"), since=Min("complaints__at"))
        .select_related("body")
        .order_by("since", "pk")
    )


def appeals() -> QuerySet[Appeal]:
    """Appeals that wait for a moderator, oldest first."""
    waiting = Appeal.objects.filter(decided_at=None)
    return waiting.select_related("contribution__body", "against__erasable").order_by("at", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """What moderators did in a span of time."""

    published: int
    reported: int
    removed: int
    by_rule: dict[str, int]
    appealed: int
    upheld: int  # appeals that were right
    waiting: int


def moderation(since: date, until: date) -> Moderation:
    """Count what was moderated from `since` to `until`, both included."""
    within = {"at__date__gte": since, "at__date__lte": until}
    removals = Contribution.objects.filter(
        steps__what="moderated", **{f"steps__{name}": day for name, day in within.items()}
    )
    rows = removals.values_list("steps__reason").annotate(n=Count("pk", distinct=True))
    by_rule = {str(code): n for code, n in rows.order_by("-n") if code}
    appealed = Appeal.objects.filter(**within)
    made = Contribution.objects.filter(made_at__date__gte=since, made_at__date__lte=until)
    return Moderation(
        published=made.count(),
        reported=Complaint.objects.filter(**within).values("contribution").distinct().count(),
        removed=sum(by_rule.values()),
        by_rule=by_rule,
        appealed=appealed.count(),
        upheld=appealed.filter(upheld=True).count(),
        waiting=reported().count() + appeals().count(),
    )
