"""What of one kind answers a question, by its own numbers: for an app with a catalogue of its own.

A condition that is a mark of the index (body, status) is looked up with the words. Whatever else
a catalogue narrows by it asks of what was read; for that more is read.
"""

from dataclasses import dataclass

from aiqyn_portal.search import asking, queries
from aiqyn_portal.search.narrowing import filters_of

MOST_NARROWED = 20_000  # answers that are read where conditions follow which are no marks


@dataclass(frozen=True, slots=True)
class Matched:
    """Numbers of things that answer, the best first."""

    ids: tuple[int, ...] = ()
    is_more: bool = False  # whether there may be more than were read


NOTHING = Matched()


def matched(
    words: str, *, kind: str, body: str = "", status: str = "", is_narrowed: bool = False
) -> Matched:
    """Things of a kind whose keys are numbers; `is_narrowed`: other conditions follow."""
    filters = filters_of({"kind": kind, "body": body, "status": status})
    most = MOST_NARROWED if is_narrowed else queries.MOST
    found = queries.keys(asking.read(words), filters, most=most)
    return Matched(tuple(int(key) for key in found.keys), found.is_more)
