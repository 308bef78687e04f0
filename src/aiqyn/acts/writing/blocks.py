"""An act as it is printed: one block after the other, the same for every shape of document."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.acts.model import Act, Kind, Unit, named

MOST_LEVELS = 6  # of headings, in HTML and in word processors
_TITLED = (
    Kind.PART, Kind.SECTION, Kind.SUBSECTION, Kind.CHAPTER, Kind.SUBCHAPTER, Kind.ARTICLE,
)  # fmt: skip


class Role(StrEnum):
    """What a block is on the page."""

    ABOVE = "above"
    TITLE = "title"
    BELOW = "below"
    STAMP = "stamp"  # of an appendix, at the right edge
    HEADING = "heading"
    WORDS = "words"
    TABLE = "table"
    SIGNED = "signed"


class Block(Struct, frozen=True, kw_only=True):
    """One paragraph, heading or table."""

    role: Role
    key: str  # eId of the unit; of the others a name that both languages share
    is_first: bool = True  # of the unit's blocks
    kind: str = ""  # of the unit
    level: int = 0  # of a heading, 2 …; of words how deep they stand
    marker: str = ""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(act: Act) -> Iterator[Block]:
    """Yield the act in reading order; appendices stand after the signature."""
    yield from _lines(Role.ABOVE, act.above)
    if act.title:
        yield Block(role=Role.TITLE, key="title", level=1, text=act.title)
    yield from _lines(Role.BELOW, act.below)
    is_signed = False
    for unit, eid in named(act.units):
        if unit.kind is Kind.APPENDIX and not is_signed:
            yield from _lines(Role.SIGNED, act.signed)
            is_signed = True
        yield from _unit(unit, eid, _Place(2, 0))
    if not is_signed:
        yield from _lines(Role.SIGNED, act.signed)


def _lines(role: Role, lines: Sequence[str]) -> Iterator[Block]:
    for number, line in enumerate(lines, 1):
        yield Block(role=role, key=f"{role}_{number}", text=line)


class _Place(NamedTuple):
    """How deep a unit stands."""

    level: int  # of its heading
    indent: int  # of its words, counted from the nearest heading


def _unit(unit: Unit, eid: str, place: _Place) -> Iterator[Block]:
    own = list(_own(unit, eid, place))
    for number, block in enumerate(own):
        yield replace(block, is_first=not number)
    is_titled = any(block.role is Role.HEADING for block in own)
    inside = _Place(place.level + is_titled, 0 if is_titled else place.indent + 1)
    for child, below in named(unit.children, eid):
        yield from _unit(child, below, inside)


def _own(unit: Unit, eid: str, place: _Place) -> Iterator[Block]:
    """Yield the blocks of a unit's own words."""
    kind, marker = unit.kind.value, unit.marker
    if unit.kind is Kind.APPENDIX:
        yield Block(role=Role.STAMP, key=eid, kind=kind, text=marker)
        marker = ""
    if unit.heading or (marker and not unit.text and unit.kind in _TITLED):
        is_titled = unit.kind in (*_TITLED, Kind.APPENDIX)
        role = Role.HEADING if is_titled else Role.WORDS
        level = min(place.level, MOST_LEVELS) if is_titled else place.indent
        yield Block(role=role, key=eid, kind=kind, level=level, marker=marker, text=unit.heading)
        marker = ""
    if unit.text or marker:
        yield Block(
            role=Role.WORDS, key=eid, kind=kind, level=place.indent, marker=marker, text=unit.text
        )
    if unit.rows:
        yield Block(role=Role.TABLE, key=eid, kind=kind, level=place.indent, rows=unit.rows)


Beside = tuple[list[Block], list[Block]]


def beside(left: Act, right: Act) -> list[Beside]:
    """Return the two texts row by row: what has one key stands in one row."""
    one, other = _by_key(left), _by_key(right)
    keys, others = list(one), list(other)
    rows: list[Beside] = []
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    for what, start, end, begin, stop in matcher.get_opcodes():
        if what == "equal":
            rows += [(one[key], other[key]) for key in keys[start:end]]
        else:
            rows += [(one[key], []) for key in keys[start:end]]
            rows += [([], other[key]) for key in others[begin:stop]]
    return rows


def _by_key(act: Act) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for block in blocks(act):
        found.setdefault(block.key, []).append(block)
    return found
