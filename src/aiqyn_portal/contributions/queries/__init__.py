"""Reading contributions."""

from aiqyn_portal.contributions.queries.lists import (
    COLUMNS,
    NO_COUNTS,
    Counts,
    about,
    counts,
    of_author,
    participants,
    undecided,
    votes_of,
)
from aiqyn_portal.contributions.queries.lives import (
    answers,
    life,
    may_be_appealed,
    reasons_of,
    removal_of,
    steps_of,
)
from aiqyn_portal.contributions.queries.offices import (
    appeals,
    late,
    moderation,
    queue,
    reported,
)
from aiqyn_portal.contributions.queries.similar import similar

__all__ = [
    "COLUMNS",
    "NO_COUNTS",
    "Counts",
    "about",
    "answers",
    "appeals",
    "counts",
    "late",
    "life",
    "may_be_appealed",
    "moderation",
    "of_author",
    "participants",
    "queue",
    "reasons_of",
    "removal_of",
    "reported",
    "similar",
    "steps_of",
    "undecided",
    "votes_of",
]
