"""What programs ask for: downloads, robots.txt, the map of the site, the API's description."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aiqyn_portal.base import dear
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.models import Rating
from aiqyn_portal.evaluation.queries import current_ratings, published_rounds
from aiqyn_portal.reports import downloads
from aiqyn_portal.reports.api import api
from aiqyn_portal.reports.api_base import problem
from aiqyn_portal.reports.places import RoundPlaces, method_of, places_of
from aiqyn_portal.reports.sitemap import as_xml
from aiqyn_portal.reports.why import open_findings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Build = Callable[[RoundPlaces], bytes]


def _league_file(
    request: HttpRequest, code: str, kind: str, ending: str, build: Build
) -> HttpResponse:
    price = dear.SHEET if ending == "xlsx" else dear.TEXT
    if refused := dear.refusal(request, price, settings.LANGUAGE_CODE):
        return refused
    found = places_of(code)
    if found is None:
        raise Http404(code)
    made = [place.result.made_at for place in found.places]
    answer = HttpResponse(build(found), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{code}.{ending}"'
    answer["Access-Control-Allow-Origin"] = "*"
    if made:
        answer["Last-Modified"] = http_date(max(made).timestamp())
        changed = int(max(made).timestamp())
        return get_conditional_response(request, None, changed, answer) or answer
    return answer


def _rows(found: RoundPlaces) -> tuple[list[downloads.Described], Any]:
    method = method_of(found.round.methodology)
    values = downloads.rows(found, method)
    return downloads.columns(method), values


@require_safe
def league_csv(request: HttpRequest, round_code: str) -> HttpResponse:
    def build(found: RoundPlaces) -> bytes:
        return downloads.as_csv(*_rows(found))

    return _league_file(request, round_code, "text/csv; charset=utf-8", "csv", build)


@require_safe
def league_csv_metadata(request: HttpRequest, round_code: str) -> HttpResponse:
    """What the columns of the CSV mean, as CSV on the Web metadata."""

    def build(found: RoundPlaces) -> bytes:
        return downloads.as_csv_metadata(_rows(found)[0], f"{round_code}.csv")

    ending = "csv-metadata.json"
    return _league_file(request, round_code, "application/csvm+json", ending, build)


@require_safe
def league_json(request: HttpRequest, round_code: str) -> HttpResponse:
    def build(found: RoundPlaces) -> bytes:
        return downloads.as_json(found, *_rows(found))

    return _league_file(request, round_code, "application/json", "json", build)


@require_safe
def league_xlsx(request: HttpRequest, round_code: str) -> HttpResponse:
    def build(found: RoundPlaces) -> bytes:
        return downloads.as_xlsx(*_rows(found), settings.LANGUAGE_CODE)

    return _league_file(request, round_code, XLSX, "xlsx", build)


@require_safe
def findings_json(request: HttpRequest, round_code: str, body_code: str) -> HttpResponse:
    """The findings a rating rests on, as `aiqyn score` reads them."""
    if refused := dear.refusal(request, dear.TEXT, settings.LANGUAGE_CODE):
        return refused
    rating = (
        current_ratings()
        .defer(None)
        .filter(entry__round__code=round_code, entry__body__code=body_code)
        .filter(entry__round__state="final")
        .first()
    )
    if rating is None:
        raise Http404(f"{round_code}/{body_code}")
    content = msgspec.json.encode({body_code: open_findings(rating.findings)})
    answer = HttpResponse(msgspec.json.format(content), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{round_code}.{body_code}.json"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Read everything public; the workplaces are of no use to a reader."""
    closed = ("work", "office", "manage", "accounts")
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{code}/{room}/" for code, _ in settings.LANGUAGES for room in closed]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language."""
    rounds = [round_.code for round_ in published_rounds()]
    rated = Rating.objects.filter(entry__round__code__in=rounds).values_list(
        "entry__round__code", "entry__body__code"
    )
    codes = list(Body.objects.values_list("code", flat=True))
    return HttpResponse(
        as_xml(rounds, sorted(set(rated)), codes, request.build_absolute_uri("/")),
        content_type="application/xml",
    )


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """The description for people, in the reader's language."""
    return redirect("reports:api_guide")


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """Every operation of the API, printed from its own OpenAPI description."""
    with override("en"):
        schema = api.get_openapi_schema()
    operations = [
        {"path": path, **operation, "ok": operation["responses"].get(200, {})}
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    return render(request, "reports/api_guide.html", {"operations": operations})


def no_such_api(request: HttpRequest, rest: str) -> HttpResponse:
    """Also a wrong address of the API is answered in its own words."""
    said = f"There is nothing at /api/{rest}; see /api/openapi.json."
    return api.create_response(request, problem("not_found", said), status=404)
