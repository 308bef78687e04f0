"""The register of bodies for everybody, and one body's page."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.base.sections import sections
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.queries import published_rounds
from aiqyn_portal.reports import history, promptness
from aiqyn_portal.reports.queries import bodies_matching, results_of
from aiqyn_portal.reports.views.refusal import refuse

ON_A_PAGE = 50
LONGEST_SEARCH = 200
LONGEST_NUMBER = 9
KINDS = dict(Body.Kind.choices)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Search by any part of a name, in any language and case; filter by kind."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    kind = request.GET.get("kind", "")
    number = request.GET.get("page", "1")
    if kind and kind not in KINDS:
        return refuse(request, _("There is no such kind of body: %s") % kind[:LONGEST_SEARCH])
    found = sorted(
        bodies_matching(text, kind).prefetch_related("names"),
        key=lambda body: (body.is_example, in_alphabet(str(body.name))),
    )
    pages = Paginator(found, ON_A_PAGE)
    # int() refuses thousands of digits
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    if not is_number or not 1 <= int(number) <= pages.num_pages:
        return refuse(request, _("There is no such page: %s") % number[:LONGEST_SEARCH])
    context = {
        "page": pages.page(int(number)),
        "count": len(found),
        "q": text,
        "kind": kind,
        "kinds": KINDS.items(),
    }
    return render(request, "reports/bodies.html", context)


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """What a body is, what it is called and was, how it was rated, what its site shows."""
    found = (
        Body.objects.select_related("parent")
        .prefetch_related("names", "accounts", "children")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404(code)
    rounds = list(published_rounds())
    years = history.years(results_of(found, rounds), rounds)
    summaries = [promptness.summary(found), *(section.summary(found) for section in sections())]
    context = {
        "body": found,
        "topic": f"body:{found.code}",
        "old_names": [old for old in found.names.all() if old.name != found.name],
        "years": years,
        "newest": years[-1] if years else None,
        "table": history.criteria_table(years),
        "falls": history.falls_two_years_running(years),
        "summaries": [summary for summary in summaries if summary],
    }
    return render(request, "reports/body.html", context)
