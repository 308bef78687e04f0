"""CKAN's actions about packages and resources: lists, one of them, search."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, Q, QuerySet

from aiqyn.text import say
from aiqyn_portal.base.alphabet import fold
from aiqyn_portal.search import asking
from aiqyn_portal.search.queries import every_key
from aiqyn_portal.sections.open_data.api import described, drafts, solr
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import NotFound, SearchRefused
from aiqyn_portal.sections.open_data.api.facets import counted
from aiqyn_portal.sections.open_data.models import Dataset, File, Hold
from aiqyn_portal.sections.open_data.searching import SET
from aiqyn_portal.sections.open_data.shelves import of_format

MOST_ROWS = 1000  # of one search, as CKAN's own limit
ALL = ("", "*:*")  # what asks for every set
ORDERS = {
    "metadata_modified": "modified_at",
    "metadata_created": "published_at",
    "name": "name",
    "title": "name",
    "title_string": "name",
    "score": "modified_at",
    "views_recent": "modified_at",
    "id": "pk",
}


def _text(value: str) -> Q:
    return Q(search_text__contains=fold(value.strip("*")))


def _word(value: str) -> Q:
    """Sets with all these words in any of their forms, as the one search finds them.

    What is no word there, a sign alone, is asked of the text.
    """
    if len(value) > asking.LONGEST:
        raise SearchRefused(f"words longer than {asking.LONGEST} characters together")
    question = asking.read(value)
    if not question:
        return _text(value)
    return Q(pk__among=[int(key) for key in every_key(question, SET)])


def _organization(value: str) -> Q:
    return Q(body__code=value)


def _all_if(is_so: bool) -> Q:
    """Of what all published sets have in common."""
    return solr.EVERYTHING if is_so else solr.NOTHING


FIELDS: dict[str, solr.Condition] = {
    "name": lambda value: Q(name=value),
    "id": lambda value: Q(name=value),
    "title": _text,
    "notes": _text,
    "text": _text,
    "tags": _text,
    "organization": _organization,
    "owner_org": _organization,
    "groups": lambda value: Q(category=value),
    "res_format": lambda value: of_format(value.lower()),
    "license_id": lambda value: Q(licence=value),
    "frequency": lambda value: Q(frequency=value),
    "state": lambda value: _all_if(value == "active"),
    "dataset_type": lambda value: _all_if(value == "dataset"),
    "type": lambda value: _all_if(value == "dataset"),
    "private": lambda value: _all_if(value == "false"),
    "capacity": lambda value: _all_if(value == "public"),
}


def _between(column: str) -> solr.Between:
    def condition(since: solr.Bound | None, until: solr.Bound | None) -> Q:
        after, before = solr.EVERYTHING, solr.EVERYTHING
        if since:
            after = Q(**{f"{column}__{'gte' if since.is_within else 'gt'}": since.moment})
        if until:
            before = Q(**{f"{column}__{'lte' if until.is_within else 'lt'}": until.moment})
        return after & before

    return condition


STARTS: dict[str, solr.Condition] = {
    "name": lambda value: Q(name__istartswith=value),
    "id": lambda value: Q(name__istartswith=value),
    "organization": lambda value: Q(body__code__istartswith=value),
    "owner_org": lambda value: Q(body__code__istartswith=value),
    "groups": lambda value: Q(category__istartswith=value),
    "license_id": lambda value: Q(licence__istartswith=value),
    "res_format": lambda value: of_format(value.lower(), is_start=True),
}
RANGES: dict[str, solr.Between] = {
    "metadata_modified": _between("modified_at"),
    "metadata_created": _between("published_at"),
}
KNOWN = solr.Known(FIELDS, STARTS, RANGES, _word, _text)


def package_list(asked: Asked, caller: Caller) -> Any:
    """Names of all published sets; `limit`, `offset`."""
    names = Dataset.objects.published().order_by("name").values_list("name", flat=True)
    offset = asked.number("offset", 0, most=10**9)
    limit = asked.number("limit", 0, most=10**9)
    return list(names[offset : offset + limit] if limit else names[offset:])


def package_show(asked: Asked, caller: Caller) -> Any:
    """One set by `id`: its name."""
    name = asked.needed("id")
    try:
        state = Dataset.objects.published().values_list(*described.STATE).get(name=name)
    except ObjectDoesNotExist:
        if draft := drafts.called(name, caller):
            return draft
        raise NotFound(_why_not(name)) from None
    [told] = described.written_packages([state], caller.origin, caller.language)
    return caller.written(told)


def _why_not(name: str) -> str:
    """Withdrawn sets say why; of others nothing is said, not even that they are there."""
    gone = Dataset.objects.filter(name=name, state=Dataset.State.WITHDRAWN).first()
    return f"withdrawn: {gone.reason}" if gone else "package"


def current_package_list_with_resources(asked: Asked, caller: Caller) -> Any:
    """Whole packages, the newest change first; `limit` (10), `offset`."""
    limit = asked.number("limit", 10, most=MOST_ROWS)
    offset = asked.number("offset", 0, most=10**9)
    found = Dataset.objects.published().order_by("-modified_at", "pk").values_list("pk", flat=True)
    return described.packages(
        list(found[offset : offset + limit]), origin=caller.origin, language=caller.language
    )


def package_search(asked: Asked, caller: Caller) -> Any:
    """Search in Solr's language: `q`, `fq`, `fq_list`, `sort`, `rows`, `start`, `facet.field`."""
    queries = [asked.text("q"), asked.text("fq"), *asked.words("fq_list")]
    conditions = [solr.read(query, KNOWN) for query in queries if query.strip() not in ALL]
    found, order = _found(conditions), _order(asked.text("sort"))
    start = asked.number("start", 0, most=10**9)
    rows = asked.number("rows", 10, most=MOST_ROWS)
    shown = found.order_by(*order).values_list(*described.STATE)[start : start + rows]
    facets = counted(
        found,
        asked.words("facet.field"),
        caller.language,
        is_everything=not conditions,
    )
    told = {
        "count": _count(conditions, found),
        "sort": asked.text("sort") or "metadata_modified desc",
        "facets": {
            name: {each["name"]: each["count"] for each in items} for name, items in facets.items()
        },
        "search_facets": {name: {"title": name, "items": items} for name, items in facets.items()},
    }
    sets = described.written_packages(list(shown), caller.origin, caller.language)
    return caller.written(
        f'{json.dumps(told, ensure_ascii=False)[:-1]}, "results": [{", ".join(sets)}]}}'
    )


def _found(conditions: Iterable[Q]) -> QuerySet[Any]:
    found: QuerySet[Any] = Dataset.objects.published()
    for condition in conditions:
        found = found.filter(condition)
    return found


def _count(conditions: Sequence[Q], found: QuerySet[Any]) -> int:
    """How many sets are found; of words alone the search has said it: it has the published sets."""
    match conditions:
        case [Q(negated=False, children=[("pk__among", keys)])]:
            return len(keys)
    return found.count()


def _order(sort: str) -> list[Any]:
    """`metadata_modified desc, name asc`; what is equal keeps its order from page to page."""
    order: list[Any] = []
    for part in filter(None, (each.strip() for each in sort.split(","))):
        name, _, direction = part.partition(" ")
        if name not in ORDERS or direction.strip().lower() not in ("", "asc", "desc"):
            raise SearchRefused(f"cannot sort by {part!r}")
        column = F(ORDERS[name])
        is_down = direction.strip().lower() == "desc"
        order.append(column.desc() if is_down else column.asc())
    return [*(order or [F("modified_at").desc()]), "pk"]


def package_autocomplete(asked: Asked, caller: Caller) -> Any:
    """Sets whose words contain `q`."""
    found = Dataset.objects.published().filter(_text(asked.needed("q")))
    rows = found.order_by("name")[: asked.number("limit", 10, most=100)]
    return [
        {
            "name": row.name,
            "title": say(row.title, caller.language),
            "match_field": "title",
            "match_displayed": row.name,
        }
        for row in rows
    ]


def offered_files() -> QuerySet[File]:
    """Files of the newest versions of published sets, without those held back."""
    held = [Hold.Decision.OPEN, Hold.Decision.KEEP]
    return File.objects.filter(
        version__newest_of__state=Dataset.State.PUBLISHED, state=File.State.READ
    ).exclude(hold__decision__in=held)


def public_file(identity: str) -> File:
    """A file of a published set's newest version, by the id its resource has.

    Raises NotFound.
    """
    rows = offered_files().select_related("version__dataset__body", "version__dataset__newest")
    if not identity.isdecimal() or len(identity) > 18:
        raise NotFound("resource")
    try:
        return rows.get(pk=int(identity))
    except ObjectDoesNotExist:
        raise NotFound("resource") from None


def resource_show(asked: Asked, caller: Caller) -> Any:
    """One file by `id`."""
    file = public_file(asked.needed("id"))
    [told] = described.packages(
        [file.version.dataset_id], origin=caller.origin, language=caller.language
    )
    return next(each for each in told["resources"] if each["id"] == str(file.pk))


def resource_search(asked: Asked, caller: Caller) -> Any:
    """Files by `query`: "name:word", "format:csv", as text or a list."""
    queries = asked.words("query")
    rows = offered_files()
    for query in queries:
        field, _, value = query.partition(":")
        if field == "format":
            rows = rows.filter(format=value.strip().lower())
        elif field in ("name", "url"):
            rows = rows.filter(name__contains=value.strip())
        elif field == "hash":
            rows = rows.filter(sha256=value.strip().removeprefix("sha256:"))
        else:
            raise SearchRefused(f"cannot search resources by {field!r}")
    limit = asked.number("limit", 100, most=MOST_ROWS)
    offset = asked.number("offset", 0, most=10**9)
    page = list(rows.order_by("pk")[offset : offset + limit])
    sets = described.packages(
        list(dict.fromkeys(file.version.dataset_id for file in page)),
        origin=caller.origin,
        language=caller.language,
    )
    by_id = {each["id"]: each for told in sets for each in told["resources"]}
    return {"count": rows.count(), "results": [by_id[str(each.pk)] for each in page]}
