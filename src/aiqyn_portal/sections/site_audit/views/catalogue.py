"""Pages of the rules."""

from collections import Counter
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn.audit import edition_on
from aiqyn_portal.base.formats import language, say_phrase
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.sections.site_audit import queries
from aiqyn_portal.sections.site_audit.basis import basis_of
from aiqyn_portal.sections.site_audit.views.acting import BODIES_PER_PAGE

KINDS = {
    "site": _("The site as a whole"),
    "page": _("Every page"),
    "document": _("Every document"),
    "rendered": _("Pages as a browser shows them"),
    "person": _("Questions to a person"),
}

EVERY = "all"  # families


@same_for_all
def catalogue(request: HttpRequest) -> HttpResponse:
    """The families of rules; the rules of one family or those a word finds, the severest first."""
    titles = rules.families()
    known = sorted(
        rules.load().values(),
        key=lambda rule: (queries.SEVERITIES.index(rule.text.severity), rule.code),
    )
    counts = Counter(rule.text.family for rule in known)
    family = request.GET.get("family", "")[:40]
    words = request.GET.get("q", "").strip()[:100]
    shown = [rule for rule in known if _fits(rule, family if family in titles else "", words)]
    is_narrowed = bool(words or family in (*titles, EVERY))
    context = {
        "families": [(code, title, counts[code]) for code, title in titles.items()],
        "editions": [edition_on(name, date.max) for name in (queries.REGULATION, "open_data")],
        "how_many": len(known),
        "words": words,
        "shown": [
            (code, title, [rule for rule in shown if rule.text.family == code])
            for code, title in titles.items()
            if is_narrowed and any(rule.text.family == code for rule in shown)
        ],
        "found": len(shown) if is_narrowed else None,
    }
    return render(request, "site_audit/rules.html", context)


def _fits(rule: rules.Rule, family: str, words: str) -> bool:
    """Whether the rule is of the family and its code, title, reason or remedy holds every word."""
    text = rule.text
    said = (text.code, *(say_phrase(each) for each in (text.title, text.why, text.fix)))
    told = " ".join(said).casefold()
    return family in ("", text.family) and all(each in told for each in words.casefold().split())


@same_for_all
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, why, how to repair, worked cases, who breaks it now."""
    found = rules.load().get(code)
    if found is None:
        raise Http404(code)
    context = {
        "rule": found,
        "family": rules.families()[found.text.family],
        "kind": KINDS.get(found.kind, ""),
        "is_question": found.check is None,
        "question": found.text.notes.get("question"),
        "notes": [note for key, note in found.text.notes.items() if key != "question"],
        "basis": basis_of(code),
        "cases": [(case, *case.named(language())) for case in found.text.cases],
        "page": Paginator(queries.breaking_now(code), BODIES_PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "site_audit/rule.html", context)
