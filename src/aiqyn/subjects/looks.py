"""What an element beside the text of a page looks like: a menu, a calendar, the foot of the site.

It is told by the pieces of its text and by its links, not by its name: old sites have any.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.subjects import dates
from aiqyn.subjects.around import HIDDEN, text_without
from aiqyn.subjects.parts import is_document
from aiqyn.subjects.spaces import squeeze

SENTENCE = 100  # characters of a piece of text outside links that is no label
FEWEST = 3  # links of a menu
LABEL = 40  # characters of a link of a menu that has nothing else
DAYS = 28  # of the shortest month, in a calendar
MOST_WORDS = 24  # pieces of a calendar that are no days: those of the week, months, arrows
SHORT = 150  # characters of a line that may tell the day of what stands below it
LONGEST_FOOT = 600  # characters, spaces as they came
MOST_SAID = 2_000  # characters in which a list of news shows that it is one
MOST_BESIDE = 300  # elements beside one another that are looked at
MOST_NEARBY = 3_000  # elements that are looked at on the way from the text to the whole page

_BETWEEN = "\0"
_EMPTY = frozenset({"br", "hr", "link", "meta", "script", "style", "noscript", "template"})
_FRAMES = frozenset({"nav", "header", "footer", "aside"})
_ASKS = "input, select, button"
_LINKS = 'a[href]:not([href^="tel:" i], [href^="mailto:" i])'  # that lead to a page
_UNSEEN = ", ".join(HIDDEN)
_FIELDS = f"select, button, label, textarea, {_LINKS}, {_UNSEEN}"
_DRAWN = f"a, img, {_ASKS}"
_REACHED = re.compile(r"@|\d[\d\s()–-]{4,}\d")
_HOURS = re.compile(r"(?<![\d.])\d\d?[:.]\d\d(?![\d.])")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[12]?\d|3[01]")
_CODE = re.compile(r"[{}=]|\bvar\b")  # a script is text to the parser
_FOOT = ("©", "(c)", "copyright", "құқы", "все права", "rights", "сайт", "site")
_OF_SITE = re.compile(  # for lower-case text
    r"©|\(c\)\s?(?:19|20)\d\d|copyright|все права\s(?:\w+\s)?(?:защищ|сохран|принадл)"
    r"|all rights reserved|барлық\s(?:\w+\s)?құқы(?:қтар|ғ)\w*\s(?:\w+\s)?(?:қорғал|сақтал)"
    r"|(?:обновлени\w+|изменени\w+)\s(?:содержания\s|информации\s)?(?:на\s)?сайт[ае]\b"
    r"|сайт\w*\s(?:\w+\s){0,3}(?:жаңарт|жанарт|обновл)|site\s(?:was\s)?(?:last\s)?updated"
)
_TODAY = re.compile(
    r"сегодня|бүгін|today|(?:дүй|сей|сәр|бей|сен|жек)сенбі|жұма\b|понедельник|вторник|сред[аы]"
    r"|четверг|пятниц|суббот|воскресенье|\w+day\b",
    re.IGNORECASE,
)


class Block:
    """An element as the pieces of its text and its links."""

    def __init__(self, node: LexborNode) -> None:
        self.pieces = _pieces(node)
        self.links = node.css(_LINKS)

    def tells(self) -> bool:
        """Whether it has a sentence that is not the name of a link."""
        long = [each for each in self.pieces if len(each) >= SENTENCE and not _CODE.search(each)]
        names = {piece for link in self.links for piece in _pieces(link)} if long else ()
        return any(each not in names for each in long)

    def offers(self) -> bool:
        """Whether it has documents to download."""
        return any(is_document(each.attrs["href"] or "") for each in self.links)

    def lists_news(self) -> bool:
        said = " ".join(self.pieces)[:MOST_SAID]
        return len(self.links) > 1 and len({day for _, day in dates.find(said)}) > 1

    def is_labelled(self) -> bool:
        """Whether it begins with what it is: no link, and no day."""
        first = self.pieces[0] if self.pieces else ""
        named = _pieces(self.links[0]) if self.links else ()
        return not _DIGIT.search(first) and first not in named

    def is_of_links(self) -> bool:
        are_many = len(self.links) >= max(FEWEST, 0.3 * len(self.pieces))
        return are_many and not self.tells() and not self.offers()

    def is_calendar(self) -> bool:
        """Whether it has the days of a month and hardly a word: rows have numbers, too."""
        days = [each for each in self.pieces if _NUMBER.fullmatch(each)]
        return len({*days}) >= DAYS and len(self.pieces) - len(days) <= MOST_WORDS

    def tells_day(self) -> bool:
        """Whether it is a line with a day that is not that of today: of what stands below."""
        if sum(map(len, self.pieces)) > SHORT or len(self.links) >= FEWEST:
            return False
        said = " ".join(self.pieces)
        if not _DIGIT.search(said):  # of most menus
            return False
        return len([*dates.find(said)]) == 1 and not _TODAY.search(said)


def _pieces(node: LexborNode) -> list[str]:
    pieces = map(str.strip, node.text(separator=_BETWEEN).split(_BETWEEN))
    return [each for each in pieces if each]


def length_of(node: LexborNode) -> int:
    """Return how many characters an element says, its links with it."""
    return len(squeeze(text_without(node, _UNSEEN)))


def is_menu(node: LexborNode) -> bool:
    """Whether an element beside a text is of links, a form or a calendar."""
    if node.tag in _FRAMES:
        return True
    block = Block(node)
    if block.is_of_links() or block.is_calendar():
        return True
    return node.css_first(_ASKS) is not None and not block.offers() and _only_asks(node)


def _only_asks(node: LexborNode) -> bool:
    """Whether a form has fields, their names and a question: no hours, no telephones, no text."""
    said = squeeze(text_without(node, _FIELDS))
    return len(said) < SENTENCE and not _REACHED.search(said) and not _HOURS.search(said)


def is_plain_menu(node: LexborNode) -> bool:
    """Whether an element has links and nothing else: no days, as beside news, and no sentences."""
    block = Block(node)
    has_more = any(len(each) > LABEL for each in block.pieces) or block.offers()
    return len(block.links) >= max(FEWEST, 0.8 * len(block.pieces)) and not has_more


def is_head(node: LexborNode, *, is_next: bool) -> bool:
    """Whether an element before a text is the head of the site or a column beside it.

    What is next to the text and gives a number or an e-mail, as beside a photograph, is not.
    """
    if node.tag in _FRAMES:
        return True
    if node.css_first(_DRAWN) is None:
        return False
    block = Block(node)
    if is_next and len(block.links) < FEWEST and _REACHED.search(" ".join(block.pieces)):
        return False
    return not block.tells() and not block.tells_day()


def is_foot(node: LexborNode) -> bool:
    """Whether an element says whose the site is and when it was updated, and no more."""
    if node.tag in _FRAMES:
        return True
    said = node.text(separator=" ")
    if len(said) > LONGEST_FOOT:
        return False
    small = said.lower()
    return any(map(small.__contains__, _FOOT)) and _OF_SITE.search(squeeze(small)) is not None


def after(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements beside `node` that stand after it and say or show anything."""
    at, left = node.next, MOST_BESIDE
    while at is not None and left:
        if at.is_element_node and at.tag not in _EMPTY:
            left -= 1
            yield at
        at = at.next


def before(node: LexborNode | None) -> Iterator[LexborNode]:
    """Yield those that stand before it, the nearest first."""
    at, left = node.prev if node is not None else None, MOST_BESIDE
    while at is not None and left:
        if at.is_element_node and at.tag not in _EMPTY:
            left -= 1
            yield at
        at = at.prev


class Nearby:
    """What stands beside the text and beside what it is in: of all of it no more than a few.

    One page may have thousands of elements in one another, with hundreds beside each.
    """

    def __init__(self) -> None:
        self._left = iter(range(MOST_NEARBY))

    def after(self, node: LexborNode) -> Iterator[LexborNode]:
        return (each for _, each in zip(self._left, after(node), strict=False))

    def before(self, node: LexborNode) -> Iterator[LexborNode]:
        return (each for _, each in zip(self._left, before(node), strict=False))
