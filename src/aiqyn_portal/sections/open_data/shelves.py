"""The catalogue: what a reader asks for, the sets that meet it, the facets beside them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.subjects.formats import format_of
from aiqyn_portal.base.facets import Facet, Option
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search.matching import NOTHING, Matched, matched
from aiqyn_portal.search.suggestions import corrected
from aiqyn_portal.sections.open_data import tally
from aiqyn_portal.sections.open_data.models import Dataset, File, Standing
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES
from aiqyn_portal.sections.open_data.searching import SET
from aiqyn_portal.sections.open_data.templatetags.open_data import stars
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

LONGEST_WORDS = 200
PER_PAGE = 20
MOST_OPTIONS = 40  # of one facet
KEPT = 256  # sets of facets of a process, some KB each
MOST_KEPT = 4_000  # answers to a question whose facets are kept
SORTS: dict[str, tuple[StrOrPromise, str]] = {
    "best": (pgettext_lazy("sort", "Best match first"), ""),
    "new": (pgettext_lazy("sort", "Newest version first"), "released_at"),
    "stars": (pgettext_lazy("sort", "Most stars first"), "stars"),
    "used": (pgettext_lazy("sort", "Most used first"), "used"),
}


Counted = tuple[tuple[str, int], ...]
Facets = tuple[tuple[str, Counted, bool], ...]  # name, what is counted, whether there is more


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader has chosen; "" is everything."""

    q: str = ""
    body: str = ""
    category: str = ""
    format: str = ""
    stars: str = ""
    frequency: str = ""
    licence: str = ""
    sort: str = "new"
    matched: Matched = NOTHING  # sets that answer `q`; of no use without it


PATHS = {
    # field of Asked: what it is compared with
    "body": "body__code",
    "category": "category",
    "format": "formats",
    "stars": "stars",
    "frequency": "frequency",
    "licence": "licence",
}
TITLES: dict[str, StrOrPromise] = {
    "category": _("Category"),
    "body": _("State body"),
    "format": _("Format"),
    "stars": _("Stars"),
    "frequency": _("How often it is updated"),
    "licence": _("Licence"),
}
COUNTED = {"format": "formats"}  # a facet's column, where it is called otherwise


def asked(query: Mapping[str, str]) -> Asked:
    """Read what was chosen; what nobody knows counts as not chosen."""
    given = {name: query.get(name, "")[:100].replace("\0", "") for name in PATHS}
    if not given["stars"].isdecimal():
        given["stars"] = ""
    words = query.get("q", "")[:LONGEST_WORDS].replace("\0", " ").strip()
    sort = query.get("sort", "best")
    if sort not in SORTS or (sort == "best" and not words):
        sort = "best" if words else "new"
    return _searched(Asked(q=words, sort=sort, matched=NOTHING, **given))


def _searched(wanted: Asked) -> Asked:
    """The same with the sets that answer; the body is looked up with the words."""
    if not wanted.q:
        return wanted
    is_narrowed = any(getattr(wanted, name) for name in PATHS if name != "body")
    found = matched(wanted.q, kind=SET, body=wanted.body, is_narrowed=is_narrowed)
    return replace(wanted, matched=found)


def meant(wanted: Asked) -> str:
    """What may have been meant by words that no set has; "" where a condition may be to blame."""
    if not wanted.q or any(getattr(wanted, name) for name in PATHS):
        return ""
    return corrected(wanted.q, SET)


class Ranked:
    """Sets that answer words, the best first: their numbers, and a page of rows at a time."""

    def __init__(self, rows: QuerySet[Dataset], order: tuple[int, ...]) -> None:
        self._rows = rows
        self._order = order

    @cached_property
    def _keys(self) -> list[int]:
        kept = set(self._rows.values_list("pk", flat=True))
        return [pk for pk in self._order if pk in kept]

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Dataset]:
        return iter(self[:])

    def __getitem__(self, some: Any) -> Any:
        rows = Dataset.objects.published().select_related("body", "newest")
        found = rows.in_bulk(self._keys[some])
        return [found[pk] for pk in self._keys[some] if pk in found]  # withdrawn a moment ago?


def found(wanted: Asked) -> "QuerySet[Dataset] | Ranked":
    """Published sets that meet all that was chosen, in the order asked for."""
    rows = _narrowed(wanted)
    if wanted.sort == "best":
        return Ranked(rows, wanted.matched.ids)
    return rows.order_by(f"-{SORTS[wanted.sort][1]}", "-pk")


def _narrowed(wanted: Asked) -> QuerySet[Dataset]:
    rows = Dataset.objects.published()
    if wanted.q:
        rows = rows.filter(pk__among=wanted.matched.ids)
    for name, path in PATHS.items():
        if said := getattr(wanted, name):
            rows = rows.filter(of_format(said) if name == "format" else Q(**{path: said}))
    return rows.select_related("body", "newest")


def of_format(said: str, *, is_start: bool = False) -> Q:
    """Sets with a file of a format; asked of each in its order, however many it has."""
    how = "format__istartswith" if is_start else "format"
    return Q(Exists(File.objects.filter(version=OuterRef("newest"), **{how: said})))


def facets(wanted: Asked) -> tuple[Facet, ...]:
    """Every facet, counted with all other choices in force.

    All sets are counted once for what stands, those that answer words with one query; what a value
    is called is read every time.
    """
    is_kept = len(wanted.matched.ids) <= MOST_KEPT
    count = _counted if is_kept else _counted.__wrapped__
    counted = count(replace(wanted, sort="new"), Standing.now())
    return tuple(_facet(name, wanted, said, is_more) for name, said, is_more in counted)


def forget() -> None:
    """Count facets anew, whatever has changed."""
    _counted.cache_clear()
    tally.everything.cache_clear()


@lru_cache(maxsize=KEPT)
def _counted(wanted: Asked, standing: str) -> Facets:
    sets = _answering(wanted, standing)
    told = []
    for name in TITLES:
        others = _without(name, wanted)
        theirs = sets if others.matched is wanted.matched else _answering(others, standing)
        told.append((name, _count(name, others, theirs), others.matched.is_more))
    return tuple(told)


def _answering(wanted: Asked, standing: str) -> tuple[tally.Alike, ...]:
    """Sets that answer the words, whatever else was chosen."""
    if not wanted.q:
        return tally.everything(standing)
    return tally.alike(Dataset.objects.published().filter(pk__among=wanted.matched.ids))


def _without(name: str, wanted: Asked) -> Asked:
    """All that was chosen but for one condition; of a body other sets answer than of all."""
    blank: dict[str, Any] = {name: ""}
    others = replace(wanted, **blank)
    return _searched(others) if name == "body" and wanted.body else others


def _count(name: str, others: Asked, sets: tuple[tally.Alike, ...]) -> Counted:
    """Codes of a facet with how many sets each would leave, the most first."""
    left = tally.narrowed(sets, _chosen(others))
    if name == "body":
        most = tally.counted_by_code(left)
    else:
        most = tally.counted(left, COUNTED.get(name, name))
    return tuple((str(value), many) for value, many in most[:MOST_OPTIONS])


def _chosen(wanted: Asked) -> dict[str, tally.Value]:
    """What was chosen but for the words, by the columns that sets are counted by."""
    chosen: dict[str, tally.Value] = {
        COUNTED.get(name, name): said for name in PATHS if (said := getattr(wanted, name))
    }
    if wanted.stars:
        chosen["stars"] = int(wanted.stars)
    if wanted.body:
        known = Body.objects.filter(code=wanted.body).values_list("pk", flat=True).first()
        chosen["body"] = known or 0
    return chosen


def _facet(name: str, wanted: Asked, said: Counted, is_more: bool) -> Facet:
    label = _labels(name, [code for code, _ in said])
    chosen: str = getattr(wanted, name)
    options = [Option(code, label(code), sets, is_more) for code, sets in said]
    if name == "stars":
        options.sort(key=lambda option: option.code, reverse=True)
    return Facet(name, TITLES[name], chosen, options)


def _labels(name: str, codes: list[str]) -> Callable[[str], str]:
    """How a code of this facet is said in the reader's language."""
    if name == "body":
        names = {body.code: str(body) for body in Body.objects.filter(code__in=codes)}
        return lambda code: names.get(code, code)
    if name == "stars":
        return lambda code: stars(int(code))
    tables: dict[str, dict[str, Any]] = {
        "category": {code: each.title for code, each in categories().items()},
        "licence": {code: each.title for code, each in licences().items()},
        "frequency": dict(FREQUENCIES),
        "format": {code: format_of(code).title for code in codes},
    }
    known = tables.get(name, {})
    return lambda code: say_phrase(known.get(code, code))
