"""What stands at the head of every page of a draft."""

from typing import Any

from django.utils import timezone

from aiqyn_portal.sections.drafts import contributing, terms
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries import commenting


def head(found: Draft) -> dict[str, Any]:
    """The draft, where its discussion stands today, how many comments it has."""
    discussion, today = found.discussion, timezone.localdate()
    return {
        "draft": found,
        "topic": f"draft:{found.slug}",
        "discussion": discussion,
        "term": terms.known(discussion.term) if discussion else None,
        "why_closed": contributing.closed_because(found),
        "days_left": discussion.days_left(today) if discussion else 0,
        "counts": commenting.counts(found),
        "today": today,
    }
