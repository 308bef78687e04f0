"""A body's drafts in numbers: for its page and for the evaluation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Count as Counted
from aiqyn_portal.sections.drafts.models import Discussion, Draft
from aiqyn_portal.sections.drafts.queries.commenting import KIND

OUTCOMES = ("accepted", "partly", "declined", "passed_on", "waiting")


@dataclass(frozen=True)
class Figures:
    """How a body discusses."""

    drafts: int
    open: int
    discussed: int  # with at least one comment
    comments: int
    people: int
    fates: dict[str, int]  # outcome → comments
    reports: int
    late_reports: int  # published late, or due and missing

    @property
    def taken(self) -> int:
        """Comments accepted, wholly or in part."""
        return self.fates["accepted"] + self.fates["partly"]

    @property
    def decided(self) -> int:
        return sum(self.fates.values()) - self.fates["waiting"]


def of_body(body: Body, today: date) -> Figures:
    """Figures over all public drafts of a body."""
    drafts = Draft.objects.public().filter(body=body)
    counts = Counted.objects.filter(kind=KIND, about_key__in=drafts.values("slug"))
    summed = counts.aggregate(
        all=Sum("total"),
        people=Sum("people"),
        discussed=Count("pk", filter=Q(total__gt=0)),
        **{outcome: Sum(outcome) for outcome in OUTCOMES},
    )
    discussions = Discussion.objects.filter(draft__body=body)
    return Figures(
        drafts=drafts.count(),
        open=drafts.open_on(today).count(),
        discussed=summed["discussed"],
        comments=summed["all"] or 0,
        people=summed["people"] or 0,
        fates={outcome: summed[outcome] or 0 for outcome in OUTCOMES},
        reports=discussions.filter(closed_at__isnull=False).count(),
        late_reports=late_reports(discussions, today).count(),
    )


def late_reports(rows: QuerySet[Discussion], today: date) -> QuerySet[Discussion]:
    """Discussions whose report came after its day, or has not come by now."""
    missing = Q(closed_at__isnull=True, report_due_on__lt=today)
    late = Q(closed_at__date__gt=F("report_due_on"))
    return rows.exclude(draft__state=Draft.State.WITHDRAWN, closed_at__isnull=True).filter(
        missing | late
    )
