"""The page of answers, and the same for programs."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import signed_in_only
from aiqyn_portal.base.acting import press
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.search import answers, saving, suggestions
from aiqyn_portal.search.asking import LONGEST, read
from aiqyn_portal.search.models import SavedSearch
from aiqyn_portal.search.narrowing import FILTERS, filters_of, number
from aiqyn_portal.search.queries import Filters, Found, find

ON_A_PAGE = 20
LAST_PAGE = 500
LONGEST_FILTER = 60


@require_safe
@same_for_all
def results(request: HttpRequest) -> HttpResponse:
    """Search everything; works without scripts, whatever is asked."""
    typed, filters, number = _asked(request)
    found = _found(typed, filters, number)
    context = {
        "q": typed,
        "found": found,
        "lines": answers.lines(found, typed),
        "facets": answers.facets(found, _given(request.GET)),
        "conditions": answers.conditions(_given(request.GET)),
        "narrowed": [(name, value) for name, value in _given(request.GET).items() if value],
        "page": _page(found, number),
        "meant": suggestions.corrected(typed) if typed and not found.total else "",
    }
    return render(request, "search/results.html", context)


@signed_in_only
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Have the person told of what is new for a question."""
    typed = request.POST.get("q", "").replace("\0", " ")[:LONGEST].strip()
    given = {
        name: request.POST.get(name, "").replace("\0", "")[:LONGEST_FILTER] for name in FILTERS
    }
    if not read(typed) or not isinstance(request.user, User):
        raise Http404(typed)
    user = request.user
    press(
        request,
        lambda: saving.save(typed, given, by=user),
        _("The search is saved. What is new for it will be among your notices."),
    )
    return redirect(saving.address(typed, given))


@require_safe
def saved(request: HttpRequest, digest: str) -> HttpResponse:
    """To the answers of a saved search."""
    row = get_object_or_404(SavedSearch, digest=digest)
    return redirect(saving.address(row.typed, row.conditions))


@require_safe
def results_json(request: HttpRequest) -> JsonResponse:
    typed, filters, number = _asked(request)
    found = _found(typed, filters, number)
    facets = {
        facet.name: {option.code: option.count for option in facet.options}
        for facet in answers.facets(found, {})
    }
    return _open(
        {
            "query": typed,
            "total": found.total,
            "is_more": found.is_more,
            "page": number,
            "results": [answers.told(shown) for shown in found.shown],
            "facets": facets,
            "did_you_mean": suggestions.corrected(typed) if typed and not found.total else "",
        }
    )


@require_safe
def completions_json(request: HttpRequest) -> JsonResponse:
    """What is typed, completed: OpenSearch's answer to a beginning."""
    typed = _typed(request.GET)
    return _open([typed, suggestions.completions(typed)])


def _open(content: Any) -> JsonResponse:
    answer = JsonResponse(content, safe=False, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _typed(sent: QueryDict) -> str:
    return sent.get("q", "").replace("\0", " ")[:LONGEST].strip()


def _given(sent: QueryDict) -> dict[str, str]:
    return {name: sent.get(name, "").replace("\0", "")[:LONGEST_FILTER] for name in FILTERS}


def _asked(request: HttpRequest) -> tuple[str, Filters, int]:
    page = number(request.GET.get("page", ""), highest=LAST_PAGE) or 1
    return _typed(request.GET), filters_of(_given(request.GET)), page


def _found(typed: str, filters: Filters, number: int) -> Found:
    return find(read(typed), filters, limit=ON_A_PAGE, offset=(number - 1) * ON_A_PAGE)


def _page(found: Found, number: int) -> "Page[int]":
    pages = Paginator(range(min(found.total, LAST_PAGE * ON_A_PAGE)), ON_A_PAGE)
    return pages.get_page(number)
