"""Pages of the rules."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn.audit import edition_on
from aiqyn_portal.base.formats import language
from aiqyn_portal.sections.site_audit import queries

KINDS = {
    "site": _("The site as a whole"),
    "page": _("Every page"),
    "document": _("Every document"),
    "rendered": _("Pages as a browser shows them"),
    "person": _("Questions to a person"),
}


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every rule, by family, the most severe first."""
    edition = edition_on(queries.REGULATION, date.max)
    known = sorted(
        rules.load().values(),
        key=lambda rule: (queries.SEVERITIES.index(rule.text.severity), rule.code),
    )
    families = [
        (code, title, [rule for rule in known if rule.text.family == code])
        for code, title in rules.families().items()
    ]
    context = {
        "families": [each for each in families if each[2]],
        "edition": edition,
        "asked": {requirement.rule for requirement in edition.requires},
        "how_many": len(known),
    }
    return render(request, "site_audit/rules.html", context)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, why, how to repair, worked cases, who breaks it now."""
    found = rules.load().get(code)
    if found is None:
        raise Http404(code)
    edition = edition_on(queries.REGULATION, date.max)
    context = {
        "rule": found,
        "family": rules.families()[found.text.family],
        "kind": KINDS.get(found.kind, ""),
        "is_question": found.check is None,
        "requirements": [r for r in edition.requires if r.rule == code],
        "cases": [(case, *case.named(language())) for case in found.text.cases],
        "failing": queries.failing_now(code),
    }
    return render(request, "site_audit/rule.html", context)
