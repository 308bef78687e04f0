"""The catalogue and its sets as documents: DCAT, schema.org, Data Package, a feed of changes."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aiqyn.exchange import dcat
from aiqyn.exchange.catalogue import Catalogue, Page
from aiqyn.exchange.datapackage import datapackage
from aiqyn.exchange.schema_org import schema_org
from aiqyn.subjects.dataset import Publisher, Said
from aiqyn.text import LANGUAGES, NOT_IN_XML
from aiqyn_portal.base.drawn import Kept
from aiqyn_portal.sections.open_data.api import described
from aiqyn_portal.sections.open_data.models import Dataset
from aiqyn_portal.sections.open_data.nouns import WITH_EVERYTHING, as_dataset

PER_PAGE = 100  # sets in one DCAT document
NEWEST = 50  # sets in the feed
KEPT = 32  # documents of a process, some 200 KB each
# what a page of sets is made from; equal rows make an equal page
STATE = (*described.STATE, "body__site", "body__bin")
kept: Kept[bytes] = Kept(KEPT)
NAMESPACE = UUID("0b6b8a1f-9a55-4c1e-7d0a-6f6f5b1c2c3d")  # ours; entries keep their ids by it


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/data/`: the catalogue in a language the reader knows."""
    return redirect("open_data:home")


@require_safe
def catalogue(request: HttpRequest, writing: str) -> HttpResponse:
    """`/catalog.ttl|rdf|jsonld?page=2`: all published sets as DCAT-AP, a hundred a page."""
    found = Dataset.objects.published().order_by("pk")
    total = found.count()
    last = max(1, -(-total // PER_PAGE))
    number = _page_number(request, last)
    page = _page(request, number, last, total)
    states = tuple(found.values_list(*STATE)[(number - 1) * PER_PAGE : number * PER_PAGE])
    written = kept.get((writing, page, states), lambda: _written(writing, states, page, request))
    return _document(written, dcat.WRITINGS[writing][1])


def _written(
    writing: str, states: Sequence[tuple[Any, ...]], page: Page, request: HttpRequest
) -> bytes:
    """The sets in these STATEs as one document."""
    rows = Dataset.objects.filter(pk__in=[pk for pk, *_ in states]).order_by("pk")
    shown = rows.select_related("body", "newest").prefetch_related(*WITH_EVERYTHING)
    nouns = [as_dataset(row, origin=_origin(request)) for row in shown]
    return dcat.write(dcat.graph_of(nouns, our_catalogue(request), page), writing)


def _page_number(request: HttpRequest, last: int) -> int:
    asked = request.GET.get("page", "1")
    if not asked.isdecimal() or len(asked) > 9 or not 1 <= int(asked) <= last:
        raise Http404(asked)
    return int(asked)


def _page(request: HttpRequest, number: int, last: int, total: int) -> Page:
    address = request.build_absolute_uri(request.path)
    return Page(
        address=f"{address}?page={number}",
        first=f"{address}?page=1",
        last=f"{address}?page={last}",
        next=f"{address}?page={number + 1}" if number < last else "",
        previous=f"{address}?page={number - 1}" if number > 1 else "",
        total=total,
        per_page=PER_PAGE,
    )


@require_safe
def one_set(request: HttpRequest, name: str, writing: str) -> HttpResponse:
    """`/data/<name>.ttl|rdf|jsonld`: one set as DCAT-AP."""
    graph = dcat.graph_of_one(as_dataset(_row(name), origin=_origin(request)))
    return _document(dcat.write(graph, writing), dcat.WRITINGS[writing][1])


@require_safe
def package(request: HttpRequest, name: str) -> HttpResponse:
    """`/data/<name>/datapackage.json`: the files and the schema of their columns."""
    noun = as_dataset(_row(name), origin=_origin(request), with_files=True)
    return _json(datapackage(noun), "application/json")


@require_safe
def for_search_engines(request: HttpRequest, name: str) -> HttpResponse:
    """`/data/<name>/schema.jsonld`: what search engines read."""
    noun = as_dataset(_row(name), origin=_origin(request))
    return _json(schema_org(noun, our_catalogue(request)), "application/ld+json")


@require_safe
def changes(request: HttpRequest, language: str = settings.LANGUAGE_CODE) -> HttpResponse:
    """An Atom feed of sets that were published or got a new version, the newest first."""
    if language not in LANGUAGES:
        raise Http404(language)
    rows = (
        Dataset.objects.published()
        .select_related("body", "newest")
        .filter(newest__isnull=False)
        .order_by("-released_at", "-pk")[:NEWEST]
    )
    with override(language):
        feed = _feed(request, language)
        for row in rows:
            _add(feed, row, request)
        return _document(feed.writeString("utf-8").encode(), feed.content_type)


def _feed(request: HttpRequest, language: str) -> Atom1Feed:
    return Atom1Feed(
        title=_("Aiqyn: open data"),
        link=request.build_absolute_uri(reverse("open_data:home")),
        description="",
        subtitle=_("New data sets and new versions, newest first."),
        author_name="Aiqyn",
        language=language,
        feed_url=request.build_absolute_uri(reverse("data_feed_in", args=[language])),
        feed_guid=uuid5(NAMESPACE, language).urn,
    )


def _add(feed: Atom1Feed, row: Dataset, request: HttpRequest) -> None:
    version = row.newest
    assert version is not None  # noqa: S101  the query asks for it
    note = version.note.get(feed.feed["language"]) or next(iter(version.note.values()), "")
    feed.add_item(
        title=f"{row.body.name}: {row.title}".translate(NOT_IN_XML),
        link=request.build_absolute_uri(reverse("open_data:set", args=[row.name])),
        description=str(note or row.description).translate(NOT_IN_XML),
        unique_id=uuid5(NAMESPACE, f"{row.name}/{version.number}").urn,
        pubdate=version.released_at,
        updateddate=version.released_at,
    )


def our_catalogue(request: HttpRequest) -> Catalogue:
    """This portal as a catalogue."""
    return Catalogue(
        address=request.build_absolute_uri(reverse("data_home")),
        title=_in_all(lambda: _("Open data of state bodies")),
        description=_in_all(lambda: _("Data sets that state bodies publish on this portal.")),
        publisher=Publisher(id="aiqyn", name={"": "Aiqyn"}, address=_origin(request)),
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
    )


def _in_all(words: Any) -> Said:
    said = {}
    for code in LANGUAGES:
        with override(code):
            said[code] = words()
    return said


def _row(name: str) -> Dataset:
    rows = Dataset.objects.published().select_related("body", "newest")
    return get_object_or_404(rows.prefetch_related(*WITH_EVERYTHING), name=name)


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _json(told: Any, media_type: str) -> HttpResponse:
    written = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return _document(written, f"{media_type}; charset=utf-8")


def _document(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response
