"""Two bodies, or one body in two years."""

from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.evaluation.models import Round
from aiqyn_portal.evaluation.queries import published_rounds
from aiqyn_portal.reports.comparison import lines, overall, side
from aiqyn_portal.reports.queries import Result, results
from aiqyn_portal.reports.views.refusal import refuse

LONGEST = 140
Known = dict[str, tuple[Result, Round]]


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """`?first=<round>/<body>&second=<round>/<body>`; without both, only the form."""
    rounds = sorted(published_rounds(), key=attrgetter("is_example"))  # what is invented, last
    found = results(rounds)
    known = {
        f"{round_.code}/{result.body}": (result, round_)
        for round_ in rounds
        for result in found[round_.pk]
    }
    asked = {name: request.GET.get(name, "") for name in ("first", "second")}
    for value in asked.values():
        if value and value not in known:
            return refuse(request, _("There is no such published rating: %s") % value[:LONGEST])
    groups = [(round_.title, _options(round_, found[round_.pk])) for round_ in rounds]
    offered = [value for _title, options in groups for value, _name in options]
    context = {
        "groups": groups,
        "fields": [
            ("first", _("First"), asked["first"]),
            (
                "second",
                _("Second"),
                asked["second"] or "".join(offered[1:2]),
            ),  # not the first again
        ],
        "asked": all(asked.values()),
    }
    if all(asked.values()):
        context |= _compared(known[asked["first"]], known[asked["second"]])
    return render(request, "reports/compare.html", context)


def _options(round_: Round, found: list[Result]) -> list[tuple[str, str]]:
    by_name = sorted(found, key=lambda result: in_alphabet(str(result.name)))
    year = round_.until.year
    return [(f"{round_.code}/{result.body}", f"{result.name}, {year}") for result in by_name]


def _compared(first: tuple[Result, Round], second: tuple[Result, Round]) -> dict[str, object]:
    change = overall(first[0], second[0])
    sides = (side(*first), side(*second))
    return {
        "first": sides[0],
        "second": sides[1],
        "sides": sides,
        "lines": lines(first[0], second[0]) if change is not None else [],
        "overall": change,
    }
