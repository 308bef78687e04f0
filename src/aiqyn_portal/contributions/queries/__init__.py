"""Reading contributions."""

from aiqyn_portal.contributions.queries.lists import (
    NO_COUNTS,
    Counts,
    about,
    counts,
    of_author,
    participants,
    undecided,
    votes_of,
)

__all__ = [
    "NO_COUNTS",
    "Counts",
    "about",
    "counts",
    "of_author",
    "participants",
    "undecided",
    "votes_of",
]
