"""The page of answers, and the same for programs."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search import answers, suggestions
from aiqyn_portal.search.asking import LONGEST, read
from aiqyn_portal.search.queries import Filters, Found, find

ON_A_PAGE = 20
LAST_PAGE = 500
LONGEST_FILTER = 60
FILTERS = ("kind", "body", "year", "status", "language")


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search everything; works without scripts, whatever is asked."""
    typed, filters, number = _asked(request)
    found = _found(typed, filters, number)
    context = {
        "q": typed,
        "found": found,
        "lines": answers.lines(found, typed),
        "facets": answers.facets(found),
        "conditions": answers.conditions(_given(request)),
        "page": _page(found, number),
        "meant": suggestions.corrected(typed) if typed and not found.total else "",
    }
    return render(request, "search/results.html", context)


@require_safe
def results_json(request: HttpRequest) -> JsonResponse:
    typed, filters, number = _asked(request)
    found = _found(typed, filters, number)
    facets = {
        facet.parameter: {choice.value: choice.count for choice in facet.choices}
        for facet in answers.facets(found)
    }
    return _open(
        {
            "query": typed,
            "total": found.total,
            "page": number,
            "results": [answers.told(shown) for shown in found.shown],
            "facets": facets,
            "did_you_mean": suggestions.corrected(typed) if typed and not found.total else "",
        }
    )


@require_safe
def completions_json(request: HttpRequest) -> JsonResponse:
    """What is typed, completed: OpenSearch's answer to a beginning."""
    typed = _typed(request)
    return _open([typed, suggestions.completions(typed)])


def _open(content: Any) -> JsonResponse:
    answer = JsonResponse(content, safe=False, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", " ")[:LONGEST].strip()


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\0", "")[:LONGEST_FILTER] for name in FILTERS}


def _asked(request: HttpRequest) -> tuple[str, Filters, int]:
    given = _given(request)
    code = given["body"]
    body = Body.objects.filter(code=code).values_list("pk", flat=True).first() if code else None
    filters = Filters(
        kind=given["kind"],
        body_id=-1 if code and body is None else body,
        year=_number(given["year"], highest=9999),
        status=given["status"],
        languages=given["language"] if given["language"] in answers.NAMES else "",
    )
    return _typed(request), filters, _number(request.GET.get("page", ""), highest=LAST_PAGE) or 1


def _number(said: str, *, highest: int) -> int:
    """Return a number somebody typed; 0 for anything else."""
    is_number = said.isascii() and said.isdecimal() and len(said) <= len(str(highest))
    return min(int(said), highest) if is_number else 0


def _found(typed: str, filters: Filters, number: int) -> Found:
    return find(read(typed), filters, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE)


def _page(found: Found, number: int) -> "Page[int]":
    pages = Paginator(range(min(found.total, LAST_PAGE * ON_A_PAGE)), ON_A_PAGE)
    return pages.get_page(number)
