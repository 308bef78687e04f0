"""What the officers of a body have to do with its drafts, the most pressing first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.stakes import Stakes, for_bodies
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft
from aiqyn_portal.sections.drafts.queries.commenting import KIND

EXPLAINED, REPORTED = "H144", "H146"  # rules: decisions with reasons, a report in time


@dataclass(frozen=True)
class Task:
    """A draft whose comments wait for a decision; without such, for its report."""

    draft: Draft
    waiting: int
    report_due_on: date | None
    is_late: bool

    @property
    def rule(self) -> str:
        """What it is measured by: decisions that are explained, a report in time."""
        return EXPLAINED if self.waiting else REPORTED


@dataclass(frozen=True)
class Desk:
    """All that waits."""

    tasks: list[Task]  # what is due first comes first
    open: list[Draft]  # drafts and versions in preparation
    categories: list[CategoryReport]  # the first of those who say the same; `people`: how many
    stakes: Stakes  # points at stake

    @property
    def is_clear(self) -> bool:
        return not (self.tasks or self.open or self.categories)


def of_body(body: Body, today: date) -> Desk:
    """Return what waits at a body."""
    return of_bodies(Body.objects.filter(pk=body.pk), today)


def of_bodies(bodies: QuerySet[Body], today: date) -> Desk:
    """Return what waits at these bodies together."""
    drafts = Draft.objects.filter(body__in=bodies).select_related("body", "discussion")
    discussed = list(drafts.filter(state=Draft.State.DISCUSSION).order_by("discussion__closes_on"))
    waiting = _waiting([draft.slug for draft in discussed])
    tasks = [_task(draft, waiting.get(draft.slug, 0), today) for draft in discussed]
    return Desk(
        tasks=sorted(
            (task for task in tasks if task.waiting or _is_over(task.draft, today)),
            key=lambda task: (task.report_due_on or date.max, task.draft.pk),
        ),
        open=list(
            drafts.filter(
                Q(state="preparation") | Q(versions__published_at__isnull=True)
            ).distinct()
        ),
        categories=_categories(bodies),
        stakes=for_bodies(set(bodies.values_list("pk", flat=True)), today=today),
    )


def of_draft(draft: Draft, today: date) -> Task | None:
    """What waits about one draft; None where it is not discussed."""
    if draft.state != Draft.State.DISCUSSION:
        return None
    return _task(draft, _waiting([draft.slug])[draft.slug], today)


def alike(report: CategoryReport) -> QuerySet[CategoryReport]:
    """Who says the same as the report and waits: one answer is for all of them."""
    same = waiting_categories().filter(draft=report.draft_id, said=report.said)
    return same.filter(meant=report.meant).order_by("pk")


def waiting_categories() -> QuerySet[CategoryReport]:
    """Those without an answer."""
    return CategoryReport.objects.filter(contribution__in=Contribution.objects.undecided())


def _categories(bodies: QuerySet[Body]) -> list[CategoryReport]:
    same = ["draft", "said", "meant"]
    turn = Window(RowNumber(), partition_by=same, order_by=["pk"])
    rows = waiting_categories().filter(draft__body__in=bodies)
    each = rows.annotate(people=Window(Count("pk"), partition_by=same), turn=turn).filter(turn=1)
    return list(each.select_related("draft__body", "contribution"))


def _waiting(slugs: list[str]) -> dict[str, int]:
    return {slug: counts.waiting for slug, counts in contributions.counts(KIND, slugs).items()}


def _task(draft: Draft, waiting: int, today: date) -> Task:
    assert draft.discussion is not None  # noqa: S101  it is in discussion
    due = draft.discussion.report_due_on
    return Task(draft, waiting, due, is_late=due is not None and due < today)


def _is_over(draft: Draft, today: date) -> bool:
    return draft.discussion is not None and draft.discussion.closes_on < today
