"""Whose a text beside names is: by the element around it, by what stands above, or nobody's.

What one element holds with a name, and with nobody else's, is of that person: a card, a row
of a table. What stands between cards is of the name above it, as below a heading; but where
the first name has such a text above it and the last has none, nobody can tell. No more can
anybody where names stand together and what is told of them stands together elsewhere: tabs,
windows, a row of names above a row of lives. Windows may also be neighbours of the cards:
two blocks below the last name that tell of what is told of nobody else.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from selectolax.lexbor import LexborNode

from aiqyn.chain import Noun
from aiqyn.subjects.spaces import squeeze

LEVELS = 6  # elements around a name that are looked at
OF_EACH = frozenset({"duties", "biography", "telephone", "email"})  # what is told of each person

_WIDEST = ("main", "body", "html")
_BLOCKS = ("div", "section", "article", "dialog")
_OF_A_LIFE = re.compile(r"(?<!\d)(?:19\d\d|200\d)(?!\d)")  # pages themselves are dated later

Told = Callable[[str], set[str]]


class Named(Noun, frozen=True, kw_only=True):
    """A name, what holds it, and where it stands in the text of the page."""

    name: str
    begin: int
    end: int
    text: str
    node: LexborNode


class Card(Noun, frozen=True, kw_only=True):
    """The widest element around a name that names nobody else, and where its text stands."""

    begin: int
    end: int
    text: str
    node: LexborNode


class Layout:
    """The names of a page in order of place, one or more, a card each, and the texts between."""

    def __init__(self, held: Sequence[Named], text: str, told: Told) -> None:
        """`text` begins below the heading of the page."""
        self.held = held
        self._said: dict[int, str] = {}
        self._tells: dict[int, set[str]] = {}
        self._told_of = told
        names = {each.name for each in held}
        self.cards = [self._card(each, names - {each.name}, text) for each in held]
        ends = [0, *(card.end for card in self.cards)]
        begins = [*(card.begin for card in self.cards), len(text)]
        self._between = [text[end:begin] for end, begin in zip(ends, begins, strict=True)]
        self._heard = [told(each) & OF_EACH for each in self._between]

    @cached_property
    def own(self) -> list[frozenset[str]]:
        """What the card of each and the text below it tell."""
        below = self._between[1:]
        return [
            frozenset(self._told_of(f"{card.text} {said}"))
            for card, said in zip(self.cards, below, strict=True)
        ]

    @cached_property
    def unclear(self) -> list[frozenset[str]]:
        """What stands near each and may be of that person or of another."""
        found = [set(each) for each in self._above_next_names()]
        may_be_above = self._may_be_above()
        for need in sorted(OF_EACH):
            for first, last in self._groups(need):
                is_below = last > first and need in self._heard[last + 1]
                if is_below or (need in may_be_above and need in self._heard[first]):
                    for each in found[first : last + 1]:
                        each.add(need)
            if need in self._heard[-1] and self._is_apart(need):
                for each in found:
                    each.add(need)
        return [frozenset(each) for each in found]

    def _card(self, each: Named, others: set[str], text: str) -> Card:
        node, said = each.node, each.text
        for wider in self._around(node) if others else ():
            if any(map(self._text_of(wider).__contains__, others)):
                break
            node, said = wider, self._text_of(wider)
        begin = each.begin - said.find(each.name)
        if text.startswith(said, begin):
            return Card(begin=begin, end=begin + len(said), text=said, node=node)
        return Card(begin=each.begin, end=each.end, text=each.text, node=node)

    def _around(self, node: LexborNode) -> Iterator[LexborNode]:
        for _ in range(LEVELS):
            wider = node.parent
            if wider is None or wider.tag in _WIDEST:
                return
            yield wider
            node = wider

    def _text_of(self, node: LexborNode) -> str:
        """Return the text of an element; many names stand in one."""
        if node.mem_id not in self._said:
            self._said[node.mem_id] = squeeze(node.text(separator=" "))
        return self._said[node.mem_id]

    def _told_by(self, node: LexborNode) -> set[str]:
        if node.mem_id not in self._tells:
            self._tells[node.mem_id] = self._told_of(self._text_of(node))
        return self._tells[node.mem_id]

    def _above_next_names(self) -> Iterator[set[str]]:
        """Yield for each what the next card tells above its name, if cards are not alike."""
        kinds = {
            (each.node.tag, each.node.parent and each.node.parent.mem_id) for each in self.cards
        }
        for card, named in zip(self.cards[1:], self.held[1:], strict=True):
            above = card.text[: max(0, named.begin - card.begin)]
            yield self._told_of(above) & OF_EACH if len(kinds) > 1 else set()
        yield set()

    def _may_be_above(self) -> set[str]:
        """Return what stands above the first name and neither with nor below the last.

        Without the year of a life it only introduces the page, unless of others as much is told
        without one.
        """
        found = self._heard[0] - self.own[-1]
        if _OF_A_LIFE.search(self._between[0]):
            return found
        later = list(zip(self._between[1:], self._heard[1:], strict=True))
        dated = (heard for said, heard in later if _OF_A_LIFE.search(said))
        undated = (heard for said, heard in later if not _OF_A_LIFE.search(said))
        return found.intersection(set[str]().union(*undated)).difference(*dated)

    def _groups(self, need: str) -> Iterator[tuple[int, int]]:
        """Yield (first, last) of names that stand together in an element which does not tell it."""
        reached = 0
        while reached < len(self.held):
            last = self._last_beside(reached, need)
            yield reached, last
            reached = last + 1

    def _is_apart(self, need: str) -> bool:
        """Whether none but the last is told of, and several blocks below that name tell."""
        if any(need in each for each in self.own[:-1]):
            return False
        below = self.cards[-1].node.next
        blocks: list[LexborNode] = []
        while below is not None:
            blocks += [below] if below.tag in _BLOCKS and need in self._told_by(below) else []
            below = below.next
        while len(blocks) == 1:
            within = blocks[0].iter()
            blocks = [
                each for each in within if each.tag in _BLOCKS and need in self._told_by(each)
            ]
        return len(blocks) > 1

    def _last_beside(self, place: int, need: str) -> int:
        if need in self.own[place]:
            return place
        said = ""
        for wider in self._around(self.cards[place].node):
            if need in self._told_by(wider):
                break
            said = self._text_of(wider)
        while place + 1 < len(self.held) and self.held[place + 1].name in said:
            place += 1
        return place
