"""Catalogues kept elsewhere: the sets seen in them, the sources, how each harvest went."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.sections.open_data import actions, elsewhere, permissions
from aiqyn_portal.sections.open_data.actions.harvested import MOST_SETS
from aiqyn_portal.sections.open_data.forms_of_sources import CatalogueForm
from aiqyn_portal.sections.open_data.models import Harvested, Source
from aiqyn_portal.sections.open_data.views.acting import body_or_404

SHOWN_HARVESTS = 20


def home(request: HttpRequest) -> HttpResponse:
    """Sets of other catalogues: search, by body, by source."""
    wanted = elsewhere.asked(request.GET)
    page = Paginator(elsewhere.found(wanted), elsewhere.PER_PAGE).get_page(request.GET.get("page"))
    context = {"asked": wanted, "page": page, "sources": elsewhere.kept()}
    return render(request, "open_data/elsewhere.html", context)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One set of another catalogue; one that is gone there says so."""
    row = Harvested.objects.select_related("source__body").filter(pk=pk).first()
    if row is None:
        return _forgotten(request, pk)
    context = {"set": row, "source": row.source, "described": elsewhere.described(row)}
    return render(request, "open_data/harvested.html", context, status=410 if row.gone_at else 200)


def _forgotten(request: HttpRequest, pk: int) -> HttpResponse:
    """A set whose passport is no longer kept: later ones have taken no number twice."""
    if not Harvested.objects.filter(pk__gt=pk).exists():
        raise Http404
    return render(request, "open_data/forgotten.html", status=410)


def of_body(request: HttpRequest, code: str) -> HttpResponse:
    """The sources of one body."""
    body = body_or_404(code)
    context = {
        "body": body,
        "sources": elsewhere.kept(body),
        "may_keep": permissions.may_keep_sources(request.user, body),
    }
    return render(request, "open_data/sources.html", context)


@permissions.participants_only
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Name a catalogue the body keeps elsewhere."""
    body = body_or_404(code)
    refuse_unless(permissions.may_keep_sources(request.user, body))
    form = CatalogueForm(**sent(request))

    def act() -> None:
        actions.add_source(body, form.catalogue(), by=person(request), at=timezone.now())

    if attempt(request, form, act, _("The catalogue will be harvested within minutes.")):
        return redirect("open_data:sources", code=code)
    return render(request, "open_data/source_form.html", {"body": body, "form": form})


def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source and its harvests."""
    row = get_object_or_404(Source.objects.select_related("body"), pk=pk)
    harvests = row.harvests.all()[:SHOWN_HARVESTS]
    context = {
        "source": row,
        "sets": row.sets.offered().count(),
        "most_sets": MOST_SETS,
        "harvests": [elsewhere.told(each) for each in harvests],
        "may_keep": permissions.may_keep_sources(request.user, row.body),
    }
    return render(request, "open_data/source.html", context)


@permissions.participants_only
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop harvesting a source, or harvest it now and from now on."""
    row = get_object_or_404(Source.objects.select_related("body"), pk=pk)
    refuse_unless(permissions.may_keep_sources(request.user, row.body))
    act, done = _pressed(row, request)
    press(request, act, done)
    return redirect("open_data:source", pk=pk)


def _pressed(row: Source, request: HttpRequest) -> tuple[Callable[[], object], StrOrPromise]:
    by, at = person(request), timezone.now()
    if "stop" in request.POST:
        return lambda: actions.stop_source(row, by=by), _("The catalogue is no longer harvested.")
    harvest = lambda: actions.harvest_now(row, by=by, at=at)  # noqa: E731
    return harvest, _("The catalogue will be harvested within minutes.")
