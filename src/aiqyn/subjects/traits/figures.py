"""Figures a text tells with what they count, and where two versions of a page contradict."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from aiqyn.subjects.traits.said import lowered

MOST = 60  # figures of a page that are compared; a longer table is not
FEWEST_SHARED = 3  # figures in which two versions agree, before one in which they do not is told
EACH = 3  # agreeing figures for each that differs
_FIGURE = re.compile(  # with the word behind it: "12 өтініш", "8-і қанағаттандырылды", "4,8 %"
    r"([0-9](?<![\w.,/:№#+()–-][0-9])(?<![0-9]\s[0-9])"
    r"(?:[0-9]{0,2}(?:\s[0-9]{3})+|[0-9]{0,8}(?:[.,][0-9]{1,3})?))"
    r"(?:-[^\W\d_]{1,4})?\s?(%|[^\W\d_]{2,20})"
)
_YEAR = range(1900, 2101)
_COUNTERS = (
    "просмотр", "рет қарал", "қаралым", "қаралды:", "көрілім", "рет оқыл", "views", "прочит",
    "комментар", "пікір",
)  # fmt: skip
_BEFORE, _BEHIND = 25, 12  # characters in which such a word may stand


def figures_in(text: str, dated: Collection[range]) -> tuple[str, ...]:
    """Return the figures of a text with what they count, in its order; () for more than MOST.

    Days (`dated` says where they stand), years and counters of visitors are left out.
    """
    found: list[str] = []
    for told in _figures(text, dated):
        found.append(told)
        if len(found) > MOST:
            return ()
    return tuple(found)


def _figures(text: str, dated: Collection[range]) -> Iterator[str]:
    days = {place for span in dated for place in span}
    small = lowered(text)
    counters = [word for word in _COUNTERS if word in small]  # most pages have none
    for each in _FIGURE.finditer(text):
        start, end = each.span()
        if start in days or (each[1].isdecimal() and int(each[1]) in _YEAR):
            continue
        near = small[max(0, start - _BEFORE) : end + _BEHIND] if counters else ""
        if not any(map(near.__contains__, counters)):
            yield f"{each[1]} {each[2]}"


def contradictions(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    """Return the figures that differ where two versions tell as many, in one order.

    None where too many do: then they tell of other things. One written in thousands and the
    other in millions is the same.
    """
    if len(one) != len(other):
        return []
    pairs = [(_value(mine), _value(theirs)) for mine, theirs in zip(one, other, strict=True)]
    if sorted(mine for mine, _ in pairs) == sorted(theirs for _, theirs in pairs):
        return []
    differ = [
        (mine, theirs)
        for mine, theirs, (first, second) in zip(one, other, pairs, strict=True)
        if not _is_same(first, second)
    ]
    shared = len(one) - len(differ)
    return differ if shared >= max(FEWEST_SHARED, EACH * len(differ)) else []


def _value(told: str) -> Decimal:
    return Decimal("".join(told.split()[:-1]).replace(",", "."))


def _is_same(one: Decimal, other: Decimal) -> bool:
    """Whether two figures have the same digits but for zeros: 1,2 and 1200."""
    return one.normalize().as_tuple().digits == other.normalize().as_tuple().digits
