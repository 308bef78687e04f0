"""How a long act is divided into pages: by chapters, small ones together, long ones apart."""

from collections.abc import Sequence
from typing import Any

from aiqyn.acts.model import Kind
from aiqyn_portal.sections.drafts.coupling import STRUCTURE, Couple

FEW, MANY = 30, 80  # paragraphs of a page
BREAKS = (*STRUCTURE, Kind.ARTICLE, Kind.POINT)
LONGEST_TITLE = 160


def parts_of(couples: Sequence[Couple]) -> list[int]:
    """The number of the part each couple belongs to, from 1."""
    if len(couples) <= MANY:
        return [1] * len(couples)
    numbers, number, held = [], 1, 0
    for couple in couples:
        kind = couple.leading.kind
        at_head = kind in STRUCTURE and held >= FEW
        at_break = kind in BREAKS and held >= MANY
        if held and (at_head or at_break or held >= 2 * MANY):
            number, held = number + 1, 0
        numbers.append(number)
        held += 1
    return numbers


def contents(couples: Sequence[Couple], numbers: Sequence[int], keys: Sequence[int]) -> list[Any]:
    """What the list of contents shows: heads of the structure, and how every part begins."""
    lines: list[dict[str, Any]] = []
    begun = 0
    for couple, number, key in zip(couples, numbers, keys, strict=True):
        is_head = couple.leading.kind in STRUCTURE
        if is_head or number != begun:
            lines.append(
                {
                    "part": number,
                    "key": key,
                    "kk": _title(couple, "kk"),
                    "ru": _title(couple, "ru"),
                    "depth": couple.leading.depth,
                    "is_head": is_head,
                }
            )
        begun = number
    return lines


def _title(couple: Couple, language: str) -> str:
    paragraph = getattr(couple, language) or couple.leading
    words = paragraph.text.partition("\n")[0]
    said = f"{paragraph.marker} {words}".strip()
    return said if len(said) <= LONGEST_TITLE else said[: LONGEST_TITLE - 1].rstrip() + "…"
