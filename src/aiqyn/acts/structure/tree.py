"""From lines to nested units: every line closes what it ends and hangs where it belongs."""

import re
from collections.abc import Collection, Sequence
from functools import cache

from msgspec import Struct, field

from aiqyn.acts.model import Kind, Unit
from aiqyn.acts.reading.lines import Line
from aiqyn.acts.structure.openers import LETTERED, LONGEST_HEADING, RANKS, Opener, opener
from aiqyn.acts.structure.words import any_of, words

_TITLED = RANKS[Kind.ARTICLE]  # units up to this rank have headings, the others words
_LISTED = RANKS[Kind.SUBPOINT]
_ENDS = (".", ";", ":")
_CLOSED = re.compile(r"[.!?][»\"”)]*$")


class Node(Struct, kw_only=True):
    """A unit while it grows."""

    kind: Kind
    rank: int
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    children: list["Node"] = field(default_factory=list)
    where: str = ""

    def unit(self) -> Unit:
        """Return the unit as it stands now."""
        return Unit(
            kind=self.kind,
            number=self.number,
            marker=self.marker,
            heading=self.heading,
            text=self.text,
            rows=self.rows,
            children=tuple(child.unit() for child in self.children),
        )


class Tree:
    """Grows the units of one text; `top` holds them."""

    def __init__(self) -> None:
        self.top = Node(kind=Kind.APPENDIX, rank=-1)
        self._open = [self.top]
        self._last = ""  # words of the last line
        self._was_heading = False

    def feed(self, lines: Sequence[Line], quoted: Collection[int], first: int = 0) -> None:
        """Add lines; `quoted` are numbers counted as `first` is the number of the first one."""
        for number, line in enumerate(lines, first):
            if line.rows:
                self._end_list()
                self._hang(Node(kind=Kind.TABLE, rank=LETTERED, rows=line.rows, where=line.where))
            elif line.note:
                self._footnote(line)
            elif number in quoted:
                self._hang(_clause(line))
            else:
                self._add(line)

    def preamble(self, lines: Sequence[Line]) -> None:
        """Add what stands before the first numbered unit."""
        node: Node | None = None
        for line in lines:
            if line.rows or line.note or note_in(line.text):
                self.feed([line], ())
                node = None
            elif node:
                node.children.append(_clause(line))
            else:
                node = Node(kind=Kind.PREAMBLE, rank=0, text=line.text, where=line.where)
                self.top.children.append(node)

    def _add(self, line: Line) -> None:
        opened = opener(line)
        if opened:
            self._begin(opened, line)
        elif not self._goes_on(line):
            self._words(line)
        self._last = line.text
        self._was_heading = line.is_heading

    def _begin(self, opened: Opener, line: Line) -> None:
        self._close(opened.rank)
        node = Node(
            kind=opened.kind,
            rank=opened.rank,
            number=opened.number,
            marker=opened.marker,
            where=line.where,
        )
        _name(node, opened.rest)
        self._hang(node)
        self._open.append(node)

    def _goes_on(self, line: Line) -> bool:
        """Take a line that is the heading, or the words, of the unit just opened."""
        node = self._open[-1]
        if node is self.top or node.children or node.kind is Kind.NOTE:
            return False
        if node.rank > _TITLED:
            if node.text:
                return False
            node.text = line.text
        elif not node.heading and not node.text:
            _name(node, line.text)
        elif node.heading and self._was_heading and line.is_heading:
            node.heading = f"{node.heading} {line.text}"
        else:
            return False
        return True

    def _words(self, line: Line) -> None:
        note = note_in(line.text)
        if note:
            self._note(note, line)
            return
        if line.is_heading:
            self._close(RANKS[Kind.NOTE])
        self._end_list()
        self._hang(_clause(line))

    def _end_list(self) -> None:
        """Leave a list that has ended: what follows belongs to what holds the list."""
        while self._open[-1].rank >= _LISTED and _CLOSED.search(self._last):
            self._open.pop()

    def _footnote(self, line: Line) -> None:
        """Hang a footnote beside the words it belongs to; nothing ends by it."""
        node = Node(
            kind=Kind.NOTE, rank=LETTERED, marker=line.note, text=line.text, where=line.where
        )
        self._open[-1].children.append(node)

    def _note(self, marker: str, line: Line) -> None:
        has_article = any(node.kind is Kind.ARTICLE for node in self._open)
        self._close(RANKS[Kind.NOTE] if has_article else _LISTED)
        text = line.text[len(marker) :].strip()
        node = Node(
            kind=Kind.NOTE, rank=RANKS[Kind.NOTE], marker=marker, text=text, where=line.where
        )
        self._hang(node)
        if not text or text.endswith(":"):
            self._open.append(node)

    def _close(self, rank: int) -> None:
        while self._open[-1].rank >= rank:
            self._open.pop()

    def _hang(self, node: Node) -> None:
        self._open[-1].children.append(node)
        self._last = node.text or self._last


def _name(node: Node, said: str) -> None:
    """Give a unit its heading, or its words: a heading ends without a full stop."""
    is_heading = len(said) <= LONGEST_HEADING and not said.endswith(_ENDS)
    if node.rank <= _TITLED and is_heading:
        node.heading = said
    else:
        node.text = said


def _clause(line: Line) -> Node:
    return Node(kind=Kind.CLAUSE, rank=LETTERED + 1, text=line.text, where=line.where)


def note_in(text: str) -> str:
    """Return the word of a note the line begins with: «Ескертпе.», «Примечание:»; or ""."""
    found = _noted().match(text)
    return found[0].strip() if found else ""


@cache
def _noted() -> re.Pattern[str]:
    every = any_of(words().notes["kk"], words().notes["ru"])
    return re.compile(rf"(?:{every})(?:\s*\d{{1,2}})?\s?(?:[.:!](?=\s|$)|$)", re.IGNORECASE)
