"""Copies of one text, told from other opinions: Kazakh and Russian, in any letters."""

from aiqyn.likeness.answers import (
    Fault,
    Reason,
    Verdict,
    examine,
    share_of_templates,
    stems_of,
    telling,
    template_answers,
)
from aiqyn.likeness.comparing import Comparison, Why, compare
from aiqyn.likeness.grouping import fits, group, is_face
from aiqyn.likeness.index import Index
from aiqyn.likeness.method import Section, method
from aiqyn.likeness.reading import Reading, read
from aiqyn.likeness.sketch import NARROW, WIDE, Banding, keys, packed, unpacked

__all__ = [
    "NARROW",
    "WIDE",
    "Banding",
    "Comparison",
    "Fault",
    "Index",
    "Reading",
    "Reason",
    "Section",
    "Verdict",
    "Why",
    "compare",
    "examine",
    "fits",
    "group",
    "is_face",
    "keys",
    "method",
    "packed",
    "read",
    "share_of_templates",
    "signature",
    "stems_of",
    "telling",
    "template_answers",
    "unpacked",
]


def signature(text: str, scope: str = "") -> bytes:
    """Return the storable print of `text`: its keys within `scope`, for a table to look up."""
    return packed(keys(read(text), NARROW, scope))
