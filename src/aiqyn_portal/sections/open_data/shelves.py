"""The catalogue: what a reader asks for, the sets that meet it, the facets beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.subjects.formats import format_of
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search.matching import NOTHING, Matched, matched
from aiqyn_portal.search.suggestions import corrected
from aiqyn_portal.sections.open_data.models import Dataset, File, Standing
from aiqyn_portal.sections.open_data.models.sets import FREQUENCIES
from aiqyn_portal.sections.open_data.searching import SET
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

LONGEST_WORDS = 200
PER_PAGE = 20
MOST_OPTIONS = 40  # of one facet
KEPT = 256  # sets of facets of a process, some KB each
MOST_KEPT = 4_000  # answers to a question whose facets are kept
MOST_ORDERED = 200  # answers to a question that are put in order
SORTS: dict[str, tuple[StrOrPromise, str]] = {
    "best": (pgettext_lazy("sort", "Best match first"), ""),
    "new": (pgettext_lazy("sort", "Newest version first"), "released_at"),
    "stars": (pgettext_lazy("sort", "Most stars first"), "newest__stars"),
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


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the catalogue."""

    name: str  # of the field of Asked
    title: StrOrPromise
    chosen: str
    options: list[Option]
    is_more: bool  # whether there may be more of each than was counted


PATHS = {
    # field of Asked: what it is compared with
    "body": "body__code",
    "category": "category",
    "format": "newest__files__format",
    "stars": "newest__stars",
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


def found(wanted: Asked) -> QuerySet[Dataset]:
    """Published sets that meet all that was chosen, in the order asked for."""
    rows = _narrowed(wanted)
    if wanted.sort == "best":
        return _best_first(rows, wanted.matched.ids)
    if wanted.sort == "stars":
        return rows.order_by(F("newest__stars").desc(nulls_last=True), "-pk")
    return rows.order_by(f"-{SORTS[wanted.sort][1]}", "-pk")


def _best_first(rows: QuerySet[Dataset], order: tuple[int, ...]) -> QuerySet[Dataset]:
    places = [When(pk=pk, then=place) for place, pk in enumerate(order[:MOST_ORDERED])]
    last = Value(MOST_ORDERED)
    return rows.annotate(place=Case(*places, default=last)).order_by("place", "-pk")


def _narrowed(wanted: Asked) -> QuerySet[Dataset]:
    rows = Dataset.objects.published()
    if wanted.q:
        rows = rows.filter(pk__in=wanted.matched.ids)
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

    A query each, and none while no set has changed since the same was asked; what a value is
    called is read every time.
    """
    is_kept = len(wanted.matched.ids) <= MOST_KEPT
    count = _counted if is_kept else _counted.__wrapped__
    counted = count(replace(wanted, sort="new"), Standing.now())
    return tuple(_facet(name, wanted, said, is_more) for name, said, is_more in counted)


def forget() -> None:
    """Count facets anew, whatever has changed."""
    _counted.cache_clear()


@lru_cache(maxsize=KEPT)
def _counted(wanted: Asked, standing: str) -> Facets:
    others = {name: _without(name, wanted) for name in TITLES}
    return tuple(
        (name, _count(name, asked), asked.matched.is_more) for name, asked in others.items()
    )


def _without(name: str, wanted: Asked) -> Asked:
    """All that was chosen but for one condition; of a body other sets answer than of all."""
    blank: dict[str, Any] = {name: ""}
    others = replace(wanted, **blank)
    return _searched(others) if name == "body" and wanted.body else others


def _count(name: str, others: Asked) -> Counted:
    """Codes of a facet with how many sets each would leave, the most first."""
    is_of_files = name == "format"  # a set may have several files of one format
    counted = (
        _narrowed(others)
        .order_by()
        .values_list(PATHS[name])
        .annotate(sets=Count("pk", distinct=is_of_files))
        .order_by("-sets")[:MOST_OPTIONS]
    )
    return tuple((str(code), sets) for code, sets in counted if code not in (None, ""))


def _facet(name: str, wanted: Asked, said: Counted, is_more: bool) -> Facet:
    label = _labels(name, [code for code, _ in said])
    chosen: str = getattr(wanted, name)
    options = [Option(code, label(code), sets) for code, sets in said]
    if name == "stars":
        options.sort(key=lambda option: option.code, reverse=True)
    return Facet(name, TITLES[name], chosen, options, is_more)


def _labels(name: str, codes: list[str]) -> Callable[[str], str]:
    """How a code of this facet is said in the reader's language."""
    if name == "body":
        names = {body.code: str(body) for body in Body.objects.filter(code__in=codes)}
        return lambda code: names.get(code, code)
    tables: dict[str, dict[str, Any]] = {
        "category": {code: each.title for code, each in categories().items()},
        "licence": {code: each.title for code, each in licences().items()},
        "frequency": dict(FREQUENCIES),
        "format": {code: format_of(code).title for code in codes},
    }
    known = tables.get(name, {})
    return lambda code: say_phrase(known.get(code, code))
