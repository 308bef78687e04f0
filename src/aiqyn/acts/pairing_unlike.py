"""Which facts of two texts have no equal in the other, laid beside each other."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from aiqyn.acts.pairing_facts import Fact

KINDS = ("date", "sum", "percent", "reference", "act")
Unlike = tuple[str, Fact | None, Fact | None]  # code, Kazakh, Russian
_RANGE = re.compile(r"(\w+) (\d+)-(\d+)")


def unlike(kk: Sequence[Fact], ru: Sequence[Fact]) -> Iterator[Unlike]:
    """Yield what only one text states, beside what the other states in its place."""
    ours, theirs = _only(kk, ru), _only(ru, kk)
    ours, theirs = _not_bare(ours, theirs), _not_bare(theirs, ours)
    ours, theirs = _not_in_part(ours, ru), _not_in_part(theirs, kk)
    ours, theirs = _not_in_range(ours, ru), _not_in_range(theirs, kk)
    for kind in KINDS:
        for pair in zip_longest(_of(kind, ours), _of(kind, theirs)):
            yield kind, *pair
    yield from _terms(_of("term", ours), _of("term", theirs))
    yield from _numbers(_of("number", ours), _of("number", theirs))


def _of(kind: str, facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind and (fact.is_sure or kind == "number")]


def _only(side: Sequence[Fact], other: Sequence[Fact]) -> list[Fact]:
    """Return the facts of a side that the other has not, once each."""
    known = {(fact.kind, fact.value) for fact in other}
    found: dict[tuple[str, str], Fact] = {}
    for fact in side:
        if (fact.kind, fact.value) not in known:
            found.setdefault((fact.kind, fact.value), fact)
    return list(found.values())


def _not_bare(side: Sequence[Fact], other: Sequence[Fact]) -> list[Fact]:
    """Drop what the other text states as a bare number, and bare numbers it says more of."""
    bare = {fact.value for fact in other if fact.kind == "number"}
    told = {_number(fact) for fact in other if fact.kind != "number"}
    return [fact for fact in side if _number(fact) not in (told if fact.kind == "number" else bare)]


def _number(fact: Fact) -> str:
    if fact.kind == "reference":
        return fact.value.partition(" ")[2]
    return fact.value.partition(" ")[0]


def _not_in_part(side: Sequence[Fact], other: Sequence[Fact]) -> list[Fact]:
    """Drop days the other text names without their year, or with it: «с 25 мая по 10 июня 2026»."""
    said = {fact.value for fact in other if fact.kind == "date"}
    parts = said | {part for value in said if _is_full(value) for part in _parts(value)}
    return [
        fact
        for fact in side
        if fact.kind != "date" or not (fact.value in parts or said & {*_day(fact)})
    ]


def _is_full(date: str) -> bool:
    return len(date) == len("2026-01-01")


def _parts(date: str) -> tuple[str, str]:
    """Return the year and the day without it."""
    return date[:4], f"-{date[4:]}"


def _day(fact: Fact) -> tuple[str, ...]:
    return _parts(fact.value)[1:] if _is_full(fact.value) else ()


def _not_in_range(side: Sequence[Fact], other: Sequence[Fact]) -> list[Fact]:
    """Drop units that the other text names with a range: «1-3-тармақтар», "пункты 1, 2, 3"."""
    said = {fact.value for fact in other if fact.kind == "reference"}
    ranges = [match.groups() for value in said if (match := _RANGE.fullmatch(value))]
    return [
        fact
        for fact in side
        if fact.kind != "reference"
        or not (_is_range_of(fact.value, said) or _is_within(fact.value, ranges))
    ]


def _is_range_of(value: str, said: set[str]) -> bool:
    match = _RANGE.fullmatch(value)
    return match is not None and {f"{match[1]} {match[number]}" for number in (2, 3)} <= said


def _is_within(value: str, ranges: Sequence[tuple[str, ...]]) -> bool:
    unit, _, number = value.partition(" ")
    if not number.isdigit():
        return False
    return any(unit == name and int(low) <= int(number) <= int(high) for name, low, high in ranges)


def _terms(ours: list[Fact], theirs: list[Fact]) -> Iterator[Unlike]:
    """Lay terms side by side: first those that differ in the unit alone, then in the number."""
    for code, part in (("term_unit", 0), ("term", 2)):
        for one in list(ours):
            same = [two for two in theirs if _part(one, part) == _part(two, part)]
            if same:
                ours.remove(one)
                theirs.remove(same[0])
                yield code, one, same[0]
    for one_left, other_left in zip_longest(ours, theirs):
        yield "term", one_left, other_left


def _part(term: Fact, part: int) -> str:
    return term.value.partition(" ")[part]


def _numbers(ours: list[Fact], theirs: list[Fact]) -> Iterator[Unlike]:
    """Numbers in words alone are flagged only where both texts have as many of them.

    «екі тарап» may be "обе стороны", and «бір» is as often "a" as "one".
    """
    ours, theirs = _above_one(ours), _above_one(theirs)
    is_even = len(ours) == len(theirs)
    for one, two in zip_longest(_surest(ours), _surest(theirs)):
        if is_even or any(fact is not None and fact.is_sure for fact in (one, two)):
            yield "number", one, two


def _above_one(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.is_sure or fact.value not in ("0", "1")]


def _surest(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: not fact.is_sure)
