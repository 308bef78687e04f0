"""Automatic numbers of Word: what stands before a paragraph though nobody typed it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from aiqyn.acts.reading.counting import WRITTEN, written

BULLET = "–"
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class Level(Struct, frozen=True):
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    restarts: int = -1  # after which level it begins anew; -1 after any above, 0 never
    is_legal: bool = False  # numbers of all levels as figures


class _Number(Struct, frozen=True):
    """One list of a document: whose levels it has, and what it changes in them."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Lists:
    """Counts as the document is read from its beginning to its end."""

    def __init__(self, numbering: Element | None) -> None:
        self.unknown = 0  # paragraphs with numbers of a form we do not write
        self._abstract: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}  # an abstract list → a style whose list it is
        self._numbers: dict[str, _Number] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for each in numbering if numbering is not None else ():
            if each.tag == "abstractNum":
                self._learn(each)
            elif each.tag == "num":
                self._numbers[each.get("numId", "")] = _number(each)

    def _learn(self, each: Element) -> None:
        number = each.get("abstractNumId", "")
        self._abstract[number] = dict(_levels(each))
        link = each.find("numStyleLink")
        if link is not None:
            self._linked[number] = link.get("val", "")

    def link(self, style: str, number: str) -> None:
        """Tell that a style of lists has the list `number`."""
        target = self._numbers.get(number)
        for abstract, linked in self._linked.items():
            if target and linked == style:
                self._abstract[abstract] = self._abstract.get(target.abstract, {})

    def label(self, number: str, level: int) -> str:
        """Return what is printed before the next paragraph of a list; "" for no number."""
        known = self._numbers.get(number)
        if known is None or not 0 <= level < LEVELS:
            return ""
        levels = self._abstract.get(known.abstract, {}) | known.levels
        counts = self._counts.setdefault(known.abstract, {})
        self._step(number, known, level, levels)
        form = levels.get(level, Level())
        if form.form == "bullet":
            return BULLET
        self.unknown += form.form not in WRITTEN
        return _PLACE.sub(lambda found: _part(int(found[1]) - 1, counts, levels, form), form.text)

    def _step(self, number: str, known: _Number, level: int, levels: dict[int, Level]) -> None:
        counts = self._counts[known.abstract]
        if number not in self._begun:
            self._begun.add(number)
            for each, start in known.starts.items():
                counts[each] = start - 1
        for above in range(level):
            counts.setdefault(above, levels.get(above, Level()).start)
        counts[level] = counts.get(level, levels.get(level, Level()).start - 1) + 1
        for below in [each for each in counts if each > level]:
            restarts = levels.get(below, Level()).restarts
            if restarts < 0 or (0 < restarts <= below and level < restarts):
                del counts[below]


def _part(place: int, counts: dict[int, int], levels: dict[int, Level], form: Level) -> str:
    own = levels.get(place, Level())
    return written(counts.get(place, own.start), "decimal" if form.is_legal else own.form)


def _levels(holder: Element) -> Iterator[tuple[int, Level]]:
    for each in holder.findall("lvl"):
        yield _int(each.get("ilvl"), 0), _level(each)


def _level(each: Element) -> Level:
    return Level(
        form=_val(each, "numFmt", "decimal"),
        text=_val(each, "lvlText", ""),
        start=_int(_val(each, "start", "1"), 1),
        restarts=_int(_val(each, "lvlRestart", "-1"), -1),
        is_legal=each.find("isLgl") is not None,
    )


def _number(each: Element) -> _Number:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in each.findall("lvlOverride"):
        level = _int(override.get("ilvl"), 0)
        if override.find("startOverride") is not None:
            starts[level] = _int(_val(override, "startOverride", "1"), 1)
        levels.update((level, _level(own)) for own in override.findall("lvl"))
    return _Number(_val(each, "abstractNumId", ""), starts, levels)


def _val(holder: Element, name: str, default: str) -> str:
    found = holder.find(name)
    return default if found is None else found.get("val", default)


def _int(text: str | None, default: int) -> int:
    try:
        return int((text or "")[:9])
    except ValueError:
        return default
