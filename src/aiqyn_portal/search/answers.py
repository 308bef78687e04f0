"""An answer as a page and a program are given it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aiqyn import words
from aiqyn.text import FALLBACK
from aiqyn_portal.base.facets import Facet, Option
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search import kinds
from aiqyn_portal.search.models import Shown
from aiqyn_portal.search.queries import Found

MOST_OPTIONS = 8  # of one facet
NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
FACETS = (
    # column, parameter of the address, heading
    ("kind", "kind", _("Kind")),
    ("body_id", "body", _("State body")),
    ("year", "year", _("Year")),
    ("status", "status", _("Status")),
    ("languages", "language", _("Language")),
)


@dataclass(frozen=True)
class Line:
    """One thing found."""

    title: list[words.Piece]
    language: str  # of the title, where it is not the reader's
    summary: list[words.Piece]
    href: str
    kind: StrOrPromise
    body: str
    day: date | None
    status: StrOrPromise


def lines(found: Found, typed: str) -> list[Line]:
    return [_line(shown, typed) for shown in found.shown]


def _line(shown: Shown, typed: str) -> Line:
    language, title = spoken(shown.title)
    its, summary = spoken(shown.summary)
    entry = shown.entry
    return Line(
        title=words.highlight(title, typed, language),
        language="" if language == get_language() else language,
        summary=words.highlight(words.cut(summary, typed, its), typed, its),
        href=address(shown),
        kind=kinds.title_of(entry.kind),
        body=str(entry.shelf.body.name) if entry.shelf.body and entry.kind != "body" else "",
        day=date.fromordinal(entry.day) if entry.day else None,
        status=kinds.status_said(entry.shelf.status),
    )


def told(shown: Shown) -> dict[str, Any]:
    """Return a thing found as JSON: every language of it."""
    entry = shown.entry
    return {
        "kind": entry.kind,
        "key": entry.key,
        "title": dict(shown.title),
        "summary": dict(shown.summary),
        "href": address(shown),
        "body": entry.shelf.body.code if entry.shelf.body else "",
        "date": date.fromordinal(entry.day).isoformat() if entry.day else None,
        "status": entry.shelf.status,
    }


def spoken(phrase: Mapping[str, str]) -> tuple[str, str]:
    """Return the language a phrase is shown in, and its text."""
    for language in (get_language() or "", *FALLBACK):
        if phrase.get(language):
            return language, phrase[language]
    return "", ""


def address(shown: Shown) -> str:
    """Return the page of a thing in the reader's language; "" where its app is not installed."""
    try:
        return reverse(shown.view, kwargs=shown.arguments)
    except NoReverseMatch:
        return ""


def facets(found: Found, chosen: Mapping[str, str]) -> list[Facet]:
    """Return what the answer can be narrowed by: only where there is something to choose."""
    made = [
        Facet(parameter, title, chosen.get(parameter, ""), _options(column, found))
        for column, parameter, title in FACETS
    ]
    return [facet for facet in made if len(facet.options) > 1]


def _options(column: str, found: Found) -> list[Option]:
    counts: Mapping[Any, int] = found.facets.get(column, {})
    most = sorted(
        ((value, count) for value, count in counts.items() if value),
        key=lambda pair: (-pair[1], str(pair[0])),
    )[:MOST_OPTIONS]
    labels = _labels(column, [value for value, _count in most])
    return [
        Option(
            *labels[value],
            count,
            is_more=found.is_cut(value) if column == "kind" else found.is_more,
        )
        for value, count in most
        if value in labels
    ]


def _labels(column: str, values: Iterable[Any]) -> dict[Any, tuple[str, StrOrPromise]]:
    """Return for each value what stands in the address, and what people read."""
    if column == "body_id":
        bodies = Body.objects.filter(pk__in=list(values))
        return {body.pk: (body.code, str(body.name)) for body in bodies}
    return {value: (str(value), said(column, value)) for value in values}


def said(column: str, value: Any) -> StrOrPromise:
    """Return what people read for a value of a facet."""
    if column == "kind":
        return kinds.title_of(str(value))
    if column == "status":
        return kinds.status_said(str(value))
    return NAMES.get(str(value), str(value))


def conditions(given: Mapping[str, str]) -> list[tuple[str, StrOrPromise]]:
    """Return the conditions set, each by its parameter and in words."""
    columns = {parameter: column for column, parameter, _title in FACETS}
    names = {body.code: str(body.name) for body in Body.objects.filter(code=given.get("body", ""))}
    return [
        (parameter, names.get(value) or said(columns[parameter], value))
        for parameter, value in given.items()
        if value
    ]
