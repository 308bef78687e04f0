"""What is kept of contributions."""

from aiqyn_portal.contributions.models.contributions import (
    TOGETHER,
    Contribution,
    Count,
    Group,
    LedgerIsAppendOnly,
    Part,
    Participant,
    Vote,
)
from aiqyn_portal.contributions.models.moderation import Appeal, Complaint
from aiqyn_portal.contributions.models.steps import (
    Erasable,
    Pending,
    Root,
    Seal,
    Step,
)

__all__ = [
    "TOGETHER",
    "Appeal",
    "Complaint",
    "Contribution",
    "Count",
    "Erasable",
    "Group",
    "LedgerIsAppendOnly",
    "Part",
    "Participant",
    "Pending",
    "Root",
    "Seal",
    "Step",
    "Vote",
]
