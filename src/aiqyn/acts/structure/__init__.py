"""The structure of Kazakh and Russian acts: from lines to an `Act`."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from aiqyn.acts.model import Act, Kind, Trouble
from aiqyn.acts.reading.lines import Line, Sheet
from aiqyn.acts.structure.facts import facts
from aiqyn.acts.structure.head import Head, head
from aiqyn.acts.structure.numbers import troubles
from aiqyn.acts.structure.openers import LONGEST_HEADING, RANKS, opener
from aiqyn.acts.structure.quotes import Quoted, quoted
from aiqyn.acts.structure.signatures import said, signature_from
from aiqyn.acts.structure.stamps import Stamp, stamps
from aiqyn.acts.structure.tree import Node, Tree, note_in
from aiqyn.acts.structure.words import words

MOST_TROUBLES = 200  # of one act; they are shown to a person
MOST_LETTERHEAD = 3  # rows
MOST_TITLE_LINES = 5  # of an appendix
__all__ = ["act_of"]


class _Text(Struct, frozen=True):
    """Lines of a file cut into the act's own and its appendices."""

    lines: Sequence[Line]
    quoted: Quoted
    stamps: list[Stamp]

    @property
    def end(self) -> int:
        """Where the act's own lines end."""
        return self.stamps[0].first if self.stamps else len(self.lines)


def act_of(sheet: Sheet, language: str) -> Act:
    """Return the act that stands in the lines of a file."""
    text = _cut(sheet.lines)
    start = _opening_stamp(text)
    own = text.lines[start : text.end]
    signed = signature_from(own)
    begins = _first_opener(text, start, start + signed)
    told = head(text.lines[start:begins])
    tree = Tree()
    _grow(tree, text, told, (start, begins, start + signed))
    for number, stamp in enumerate(text.stamps):
        after = text.stamps[number + 1 : number + 2]
        tree.top.children.append(
            _appendix(text, stamp, after[0].first if after else len(text.lines))
        )
    above = (*(line.text for line in text.lines[:start]), *told.above)
    known = facts(above, told.below, title=told.title, preamble=_preamble(tree.top))
    return Act(
        language=language,
        title=told.title,
        units=tree.top.unit().children,
        troubles=tuple(_troubles(sheet, text, tree.top, told))[:MOST_TROUBLES],
        number=known.number,
        date=known.date,
        issuer=known.issuer,
        kind_of_act=known.kind_of_act,
        above=above,
        below=told.below,
        signed=tuple(said(line) for line in own[signed:]),
    )


def _cut(lines: Sequence[Line]) -> _Text:
    lines = _without_letterhead(lines)
    found = quoted(lines)
    return _Text(lines, found, stamps(lines, found.lines))


def _without_letterhead(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a table at the very beginning apart: names of a body, its emblem."""
    if not lines or not 0 < len(lines[0].rows) <= MOST_LETTERHEAD:
        return lines
    cells = (cell for row in lines[0].rows for cell in row)
    names = [" ".join(cell.split()) for cell in cells]
    return [*(Line(text=name, where=lines[0].where) for name in names if name), *lines[1:]]


def _opening_stamp(text: _Text) -> int:
    """Take off a stamp at the very beginning: the file is that appendix. Return what follows it."""
    if not text.stamps:
        return 0
    first = text.stamps[0]
    before = [line.text.casefold() for line in text.lines[: first.first]]
    if any(line not in words().drafts for line in before):
        return 0
    del text.stamps[0]
    return first.last + 1


def _first_opener(text: _Text, start: int, end: int) -> int:
    for number in range(start, end):
        if number in text.quoted.lines or opener(text.lines[number]):
            return number
    return end


def _grow(tree: Tree, text: _Text, told: Head, places: tuple[int, int, int]) -> None:
    """Let the act's own lines become units."""
    start, begins, end = places
    rest = text.lines[start + told.rest : begins]
    if begins < end:
        tree.preamble(rest)
    else:  # nothing is numbered: paragraphs all alike
        tree.feed(rest, text.quoted.lines, start + told.rest)
    tree.feed(text.lines[begins:end], text.quoted.lines, begins)


def _appendix(text: _Text, stamp: Stamp, end: int) -> Node:
    title, begins = _title(text, stamp.last + 1, end)
    tree = Tree()
    tree.feed(text.lines[begins:end], text.quoted.lines, begins)
    return Node(
        kind=Kind.APPENDIX,
        rank=RANKS[Kind.APPENDIX],
        number=stamp.number,
        marker=stamp.text,
        heading=title,
        children=tree.top.children,
        where=text.lines[stamp.first].where,
    )


def _title(text: _Text, first: int, end: int) -> tuple[str, int]:
    """Return the title of an appendix, and the line after it."""
    found: list[str] = []
    number = first
    while number < min(end, first + MOST_TITLE_LINES):
        line = text.lines[number]
        if not _is_title(line) or number in text.quoted.lines:
            break
        is_more = line.is_heading or line.text[0].islower() or line.text.isupper()
        if found and not is_more:
            break
        found.append(line.text)
        number += 1
    return " ".join(found), number


def _is_title(line: Line) -> bool:
    is_words = bool(line.text) and len(line.text) <= LONGEST_HEADING and not note_in(line.text)
    return is_words and not line.text.endswith((".", ":", ";")) and opener(line) is None


def _preamble(top: Node) -> str:
    first = next(iter(top.children), top)
    if first.kind is not Kind.PREAMBLE:
        return ""
    return " ".join((first.text, *(child.text for child in first.children)))


def _troubles(sheet: Sheet, text: _Text, top: Node, told: Head) -> Iterator[Trouble]:
    yield from sheet.troubles
    if not told.title:
        yield Trouble(code="no_title", where="")
    if all(child.kind in (Kind.CLAUSE, Kind.TABLE, Kind.NOTE) for child in top.children):
        yield Trouble(code="no_structure", where="")
    yield from text.quoted.troubles
    yield from troubles(top)
