"""The day a report is due, kept beside a discussion and its comments, follows its clock."""

from typing import Any

from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines.models import Deadline
from aiqyn_portal.sections.drafts.models import Discussion
from aiqyn_portal.sections.drafts.queries.commenting import KIND
from aiqyn_portal.sections.drafts.terms import REPORT


def deadline_saved(instance: Deadline, **_rest: Any) -> None:
    """Extended, stopped, moved by a holiday: comments wait for their decision as long as that."""
    if instance.term != REPORT or not instance.is_open:
        return
    slug, _slash, number = instance.subject.partition(":")[2].partition("/")
    Discussion.objects.filter(draft__slug=slug, number=number).update(report_due_on=instance.due_on)
    waiting = Contribution.objects.undecided().filter(kind=KIND, about_key=slug)
    waiting.update(due_on=instance.due_on)
