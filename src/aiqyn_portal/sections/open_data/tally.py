"""Counting sets for facets: sets that are alike are counted together, once for all facets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet

from aiqyn_portal.base.drawn import facts
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.models import Dataset
from aiqyn_portal.sections.open_data.models.sets import COUNTED_BY

COLUMNS = ("body_id", *COUNTED_BY[1:])
PLACES = {name: place for place, name in enumerate(COUNTED_BY)}
# raw: of many thousand kinds of sets Django's own work takes as long as the counting
EVERYTHING = f"""
SELECT {", ".join(COLUMNS)}, COUNT(*) FROM open_data_dataset WHERE state = 'published'
GROUP BY {", ".join(COLUMNS)}"""  # noqa: S608  names of our own
Alike = tuple[Any, ...]  # what sets have in common, in the order of COLUMNS; how many they are
Value = str | int


def alike(found: QuerySet[Dataset]) -> tuple[Alike, ...]:
    """The sets found, counted by all that facets tell apart. One query, of an index alone."""
    return tuple(found.order_by().values_list(*COLUMNS).annotate(sets=Count("*")))


@lru_cache(maxsize=1)  # a row of numbers and short words for each kind of set
def everything(_mark: str) -> tuple[Alike, ...]:
    """All published sets, counted once while the `_mark` of what stands is the same."""
    return facts(EVERYTHING, {})


def narrowed(sets: tuple[Alike, ...], chosen: Mapping[str, Value]) -> tuple[Alike, ...]:
    """Those of the sets that have the values chosen, by names of COUNTED_BY."""
    for name, value in chosen.items():
        place = PLACES[name]
        if name == "formats":
            has = {said for said in {each[place] for each in sets} if value in said.split()}
        else:
            has = {value}
        sets = tuple(each for each in sets if each[place] in has)
    return sets


def counted(sets: Iterable[Alike], name: str) -> list[tuple[Value, int]]:
    """Each value of a column with how many sets have it: the most first, then in their order.

    "" is no value; a body is its primary key.
    """
    place = PLACES[name]
    times: Counter[Value] = Counter()
    for each in sets:
        times[each[place]] += each[-1]
    times.pop("", None)
    return _ranked(_by_word(times) if name == "formats" else times)


def _by_word(times: Counter[Value]) -> Counter[Value]:
    words: Counter[Value] = Counter()
    for said, many in times.items():
        for word in str(said).split():
            words[word] += many
    return words


def _ranked(times: Mapping[Value, int]) -> list[tuple[Value, int]]:
    return sorted(times.items(), key=lambda pair: (-pair[1], str(pair[0])))


def counted_by_code(sets: Iterable[Alike]) -> list[tuple[Value, int]]:
    """Codes of bodies with how many of the sets are theirs, the most first."""
    times = dict(counted(sets, "body"))
    codes = Body.objects.filter(pk__in=times).values_list("pk", "code")
    return _ranked({code: times[pk] for pk, code in codes})
