"""The catalogue: what a reader asks for, the drafts that meet it, the facets beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.facets import Facet, Option
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Count as Counted
from aiqyn_portal.search.matching import NOTHING, Matched, matched
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries.commenting import KIND
from aiqyn_portal.sections.drafts.searching import DRAFT
from aiqyn_portal.sections.drafts.vocabulary import categories, types

LONGEST_WORDS = 200
PER_PAGE = 20
MOST_OPTIONS = 40  # of one facet
MOST_ORDERED = 200  # answers to a question that are put in order
STANDS: dict[str, StrOrPromise] = {
    "open": pgettext_lazy("drafts", "Open for comments now"),
    "soon": pgettext_lazy("drafts", "Discussion has been announced"),
    "waiting": pgettext_lazy("drafts", "Term is over, report is awaited"),
    "reported": pgettext_lazy("drafts", "Report is published"),
    "adopted": pgettext_lazy("drafts", "Adopted"),
    "withdrawn": pgettext_lazy("drafts", "Withdrawn"),
}
DISCUSSED = dict.fromkeys(("open", "soon", "waiting"), Draft.State.DISCUSSION.value)
SORTS: dict[str, StrOrPromise] = {
    "best": pgettext_lazy("sort", "Best match first"),
    "closing": pgettext_lazy("sort", "Closing soonest first"),
    "new": pgettext_lazy("sort", "Newest first"),
    "talked": pgettext_lazy("sort", "Most comments first"),
    "silent": pgettext_lazy("sort", "Fewest comments first"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader has chosen; "" is everything."""

    q: str = ""
    stands: str = ""
    body: str = ""
    type: str = ""
    category: str = ""
    sort: str = "closing"
    matched: Matched = NOTHING  # drafts that answer `q`; of no use without it


PATHS = {"body": "body__code", "type": "type", "category": "category"}
TITLES: dict[str, StrOrPromise] = {
    "stands": _("Where it stands"),
    "category": _("Category"),
    "type": _("Type of the act"),
    "body": _("State body"),
}


def asked(query: Mapping[str, str]) -> Asked:
    """Read what was chosen; what nobody knows counts as not chosen."""
    given = {name: query.get(name, "")[:100].replace("\0", "") for name in PATHS}
    words = query.get("q", "")[:LONGEST_WORDS].replace("\0", " ").strip()
    stands = query.get("stands", "")
    sort = query.get("sort", "")
    if sort not in SORTS or (sort == "best" and not words):
        sort = "best" if words else "closing"
    stands = stands if stands in STANDS else ""
    return _searched(Asked(q=words, stands=stands, sort=sort, matched=NOTHING, **given))


def _searched(wanted: Asked) -> Asked:
    """The same with the drafts that answer; body and state are looked up with the words."""
    if not wanted.q:
        return wanted
    state = DISCUSSED.get(wanted.stands, wanted.stands)
    is_narrowed = bool(wanted.type or wanted.category or wanted.stands in DISCUSSED)
    found = matched(
        wanted.q,
        kind=DRAFT,
        body=wanted.body,
        status=f"draft_{state}" if state else "",
        is_narrowed=is_narrowed,
    )
    return replace(wanted, matched=found)


def found(wanted: Asked, today: date) -> QuerySet[Draft]:
    """Public drafts that meet all that was chosen, in the order asked for."""
    rows = _narrowed(wanted, today).select_related("body", "discussion", "newest")
    return _sorted(with_comments(rows), wanted, today)


def with_comments(rows: QuerySet[Draft]) -> QuerySet[Draft]:
    """The same with `said`: how many comments each has."""
    counted = Counted.objects.filter(kind=KIND, about_key=OuterRef("slug")).values("total")
    return rows.annotate(
        said=Coalesce(Subquery(counted[:1], output_field=IntegerField()), Value(0))
    )


def _sorted(rows: QuerySet[Draft], wanted: Asked, today: date) -> QuerySet[Draft]:
    if wanted.sort == "best":
        places = [When(pk=pk, then=n) for n, pk in enumerate(wanted.matched.ids[:MOST_ORDERED])]
        place = Case(*places, default=Value(MOST_ORDERED), output_field=IntegerField())
        return rows.annotate(place=place).order_by("place", "-pk")
    if wanted.sort == "talked":
        return rows.order_by(F("said").desc(), "-pk")
    if wanted.sort == "silent":
        return rows.order_by(F("said").asc(), "-pk")
    if wanted.sort == "closing":
        # what can still be commented comes first, what closes soonest at the top
        is_past = Case(
            When(state=Draft.State.DISCUSSION, discussion__closes_on__gte=today, then=0),
            default=1,
            output_field=IntegerField(),
        )
        soonest = Case(
            When(
                state=Draft.State.DISCUSSION,
                discussion__closes_on__gte=today,
                then=F("discussion__closes_on"),
            ),
        )
        return rows.annotate(is_past=is_past, soonest=soonest).order_by(
            "is_past", F("soonest").asc(nulls_last=True), "-discussion__opens_on", "-pk"
        )
    return rows.order_by("-discussion__opens_on", "-pk")


def _narrowed(wanted: Asked, today: date) -> QuerySet[Draft]:
    rows = Draft.objects.public()
    if wanted.q:
        rows = rows.filter(pk__in=wanted.matched.ids)
    for name, path in PATHS.items():
        if said := getattr(wanted, name):
            rows = rows.filter(**{path: said})
    return rows.filter(_claim(wanted.stands, today)) if wanted.stands else rows


def _claim(stands: str, today: date) -> Q:
    """What holds of drafts that stand so on a day; `stands` is a code of STANDS."""
    discussed = Q(state=Draft.State.DISCUSSION)
    if stands == "open":
        return discussed & Q(discussion__opens_on__lte=today, discussion__closes_on__gte=today)
    if stands == "soon":
        return discussed & Q(discussion__opens_on__gt=today)
    if stands == "waiting":
        return discussed & Q(discussion__closes_on__lt=today)
    return Q(state=stands)


def facets(wanted: Asked, today: date) -> list[Facet]:
    """Every facet, counted with all other choices in force; a query each."""
    rest = [name for name in TITLES if name in PATHS]
    return [_stands(wanted, today), *(_facet(name, wanted, today) for name in rest)]


def _without(wanted: Asked, name: str) -> Asked:
    """All that was chosen but for one condition; of a body other drafts answer than of all."""
    blank: dict[str, Any] = {name: ""}
    others = replace(wanted, **blank)
    is_mark = name in ("body", "stands") and getattr(wanted, name)
    return _searched(others) if is_mark else others


def _stands(wanted: Asked, today: date) -> Facet:
    others = _without(wanted, "stands")
    rows = _narrowed(others, today).order_by()
    found = rows.aggregate(**{code: Count("pk", filter=_claim(code, today)) for code in STANDS})
    is_more = others.matched.is_more
    options = [Option(code, STANDS[code], found[code], is_more) for code in STANDS if found[code]]
    return Facet("stands", TITLES["stands"], wanted.stands, options)


def _facet(name: str, wanted: Asked, today: date) -> Facet:
    others = _without(wanted, name)
    counted = (
        _narrowed(others, today)
        .order_by()
        .values_list(PATHS[name])
        .annotate(n=Count("pk"))
        .order_by("-n", PATHS[name])[:MOST_OPTIONS]
    )
    said = [(str(code), n) for code, n in counted if code]
    label = _labels(name, [code for code, _ in said])
    options = [Option(code, label(code), n, others.matched.is_more) for code, n in said]
    return Facet(name, TITLES[name], getattr(wanted, name), options)


def _labels(name: str, codes: list[str]) -> Callable[[str], str]:
    """How a code of this facet is said in the reader's language."""
    if name == "body":
        names = {body.code: str(body) for body in Body.objects.filter(code__in=codes)}
        return lambda code: names.get(code, code)
    known = types() if name == "type" else categories()
    return lambda code: say_phrase(known.get(code, code))
