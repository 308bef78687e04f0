"""Copies counted and listed; nothing here hides a contribution for good."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet

from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.grouping.models import Fold, Member
from aiqyn_portal.contributions.models import Contribution


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fold that is not one group yet."""

    fold: Fold
    first: Contribution
    count: int  # waiting members


def folded(kind: str, key: str, *, order: str = "new") -> QuerySet[Contribution]:
    """Everything about one thing, of copies only the first; `copies` says how many there are.

    Removed ones stay as placeholders. "new" or "supported" first.
    """
    public = Member.objects.about(kind, key).public()
    firsts = public.values("fold").annotate(first=Min("contribution_id")).values("first")
    rows = contributions.about(kind, key, order=order)
    return rows.filter(
        Q(folded__isnull=True) | ~Q(shown=Contribution.Shown.PUBLIC) | Q(pk__in=firsts)
    )


def copies(rows: Iterable[Contribution]) -> dict[int, int]:
    """Return how many more say the same as each of `rows`, by their pk; two queries for all."""
    members = Member.objects.filter(contribution__in=[row.pk for row in rows])
    roots = dict(members.values_list("contribution_id", "fold_id"))
    public = Member.objects.public().filter(fold__in=set(roots.values()))
    found = public.order_by().values("fold").annotate(count=Count("pk"))
    counts = dict(found.values_list("fold", "count"))
    return {pk: max(0, counts.get(root, 0) - 1) for pk, root in roots.items()}


def copies_of(contribution: Contribution) -> QuerySet[Contribution]:
    """Return a contribution and all public ones that say the same, oldest first."""
    member = Member.objects.filter(contribution=contribution).first()
    if member is None:
        return Contribution.objects.public().filter(pk=contribution.pk)
    within = Member.objects.filter(fold=member.fold).values("contribution")
    return Contribution.objects.public().filter(pk__in=within).order_by("pk")


def waiting(fold: Fold) -> QuerySet[Contribution]:
    """Return the members of a fold that wait for a decision, oldest first."""
    within = Member.objects.filter(fold=fold).values("contribution")
    return Contribution.objects.undecided().filter(pk__in=within).order_by("pk")


def proposals(body_ids: Collection[int]) -> list[Proposal]:
    """Return the folds of several waiting contributions that are no one group, largest first."""
    members = Member.objects.public()
    members = members.filter(contribution__outcome="", contribution__body__in=body_ids)
    found = (
        members.order_by()
        .values("fold")
        .annotate(
            count=Count("pk"),
            first=Min("contribution_id"),
            groups=Count("contribution__group", distinct=True),
            alone=Count("pk", filter=Q(contribution__group__isnull=True)),
        )
        .filter(count__gt=1)
        .filter(Q(alone__gt=0) | Q(groups__gt=1))
        .order_by(F("count").desc(), "first")[:MOST]
    )
    rows = list(found)
    folds = Fold.objects.in_bulk([row["fold"] for row in rows])
    firsts = Contribution.objects.select_related("body").in_bulk([row["first"] for row in rows])
    return [Proposal(folds[row["fold"]], firsts[row["first"]], row["count"]) for row in rows]


MOST = 100  # proposals on a page
