"""A file that could not be read, or not to its end, and why."""

from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.packed import Bomb
from aiqyn.subjects.datafile.xml_events import Refused

# Kinds of trouble after which something was left unread by our own choice.
CUTS = frozenset({"too_large", "too_deep", "bomb", "nested_archive", "too_slow"})


def refused(asking: Asking, kind: str, detail: str = "") -> DataFile:
    """Return a file of which nothing is known but its format and one trouble."""
    trouble = Trouble(kind=kind, detail=detail[:200])
    return DataFile(
        name=asking.name, format=asking.format, troubles=(trouble,), was_cut=kind in CUTS
    )


def damaged(asking: Asking, problem: Exception) -> DataFile:
    """Return a file whose package or text raised `problem`."""
    if isinstance(problem, Refused):
        return refused(asking, problem.kind, problem.detail)
    if isinstance(problem, Bomb):
        return refused(asking, "bomb")
    if "not a zip file" in str(problem):  # it begins as one: its end is missing
        return refused(asking, "truncated")
    return refused(asking, "broken_format", str(problem))
