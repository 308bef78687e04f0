"""Officers answer or pass on; the asker marks the answer."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from aiqyn.likeness.answers import Verdict
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only, signed_in_only
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.base.asking import phrase
from aiqyn_portal.base.paging import BoundedPaginator
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.grouping import queries as grouping
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.contributions.permissions import is_author
from aiqyn_portal.contributions.searching import CONTRIBUTION
from aiqyn_portal.deadlines import stakes
from aiqyn_portal.search.answers import Line
from aiqyn_portal.sections.dialogue import actions, checking
from aiqyn_portal.sections.dialogue.forms.askers import MarkForm
from aiqyn_portal.sections.dialogue.forms.officers import AnswerForm, PassOnForm
from aiqyn_portal.sections.dialogue.models import Question
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.queries import desk, lists

MOST_AT_ONCE = 500
PER_PAGE = 50
ANSWERED = frozenset({"dialogue_accepted", "dialogue_partly"})  # statuses of what is found
SHOWN = 5  # of the questions one answer goes to; past answers shown beside


@officers_only
def work(request: HttpRequest) -> HttpResponse:
    """What waits for the officer: questions, results and promises, with points at stake."""
    rows = BoundedPaginator(desk.waiting(person(request)), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    at_stake = stakes.for_bodies({row.body_id for row in page})
    return render(request, "dialogue/work.html", {"page": page, "stakes": at_stake})


@officers_only
def answer(request: HttpRequest) -> HttpResponse:
    """Answer the questions of `?number=…&number=…` and those folded together with them."""
    asked = _waiting(request)
    form = AnswerForm(**sent(request))
    found: dict[str, Verdict] = {}
    if form.is_bound and form.is_valid():
        found = checking.verdicts(asked[0], form.texts())
    is_template = any(verdict.is_template for verdict in found.values())
    if not is_template or "seen" in request.POST:
        reply = lambda: actions.answer(  # noqa: E731
            asked, form.reply(is_template=is_template), by=person(request)
        )
        if attempt(request, form, reply, _("The answer is published; who asked is told.")):
            return redirect("dialogue:question", number=asked[0].contribution.number)
    alike = [] if form.is_bound else _alike(asked)
    context = {
        "alike": alike[:SHOWN],
        "alike_more": max(0, len(alike) - SHOWN),
        "together": urlencode({"number": [each.number for each in (*_said(asked), *alike)]}, True),
        "asked": [(each, lists.answered(each)) for each in asked[:SHOWN]],
        "more": max(0, len(asked) - SHOWN),
        "numbers": [each.contribution.number for each in asked],
        "form": form,
        "faults": [(code, fault) for code, each in found.items() for fault in each.faults],
        "had_files": bool(request.FILES),
        "similar": _answered_before(asked),
    }
    return render(request, "dialogue/answer.html", context)


def _waiting(request: HttpRequest) -> list[Question]:
    """The questions named in the address that wait for an answer of the officer's body."""
    asked = (request.POST.getlist("number") or request.GET.getlist("number"))[:MOST_AT_ONCE]
    numbers = [number.replace("\0", "") for number in asked]
    rows = lists.public_questions().filter(contribution__number__in=numbers)
    found = list(rows.filter(contribution__outcome="").order_by("pk"))
    if not found:
        raise Http404
    for each in found:
        refuse_unless(may_answer(request.user, each.contribution.body))
    return found


def _said(asked: Sequence[Question]) -> list[Contribution]:
    return [each.contribution for each in asked]


def _alike(asked: Sequence[Question]) -> list[Contribution]:
    """What else says the same as the first of these and waits at the same body."""
    first = asked[0].contribution
    rows = grouping.copies_of(first).filter(outcome="", body_id=first.body_id)
    return list(rows.exclude(pk__in=[each.pk for each in _said(asked)])[:MOST_AT_ONCE])


def _answered_before(asked: Sequence[Question]) -> list[Line]:
    """Questions like the first of these that have been answered, by anybody."""
    numbers = {each.contribution.number for each in asked}
    return contributions.similar(
        asked[0].contribution.text,
        (CONTRIBUTION,),
        fits=lambda shown: shown.entry.shelf.status in ANSWERED and shown.entry.key not in numbers,
    )


@officers_only
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Hand a question over to another body."""
    found = get_object_or_404(lists.public_questions(), contribution__number=number)
    refuse_unless(may_answer(request.user, found.contribution.body))
    form = PassOnForm(**sent(request))
    act = lambda: actions.pass_on(  # noqa: E731
        found, to=form.cleaned_data["body"], by=person(request), words=phrase(form, "words")
    )
    if attempt(request, form, act, _("The question is passed on; who asked is told.")):
        return redirect("dialogue:question", number=number)
    context = {"title": _("Pass on to another body"), "form": form, "question": found}
    return render(request, "dialogue/form.html", context)


@signed_in_only
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether the answer was one."""
    found = get_object_or_404(lists.public_questions(), contribution__number=number)
    refuse_unless(is_author(request.user, found.contribution))
    form = MarkForm(**sent(request))
    act = lambda: actions.mark(  # noqa: E731
        found,
        by=person(request),
        said=form.cleaned_data["said"],
        satisfaction=form.cleaned_data["satisfaction"],
        reason=form.cleaned_data["reason"],
    )
    if attempt(request, form, act, _("Thank you. Your mark is counted.")):
        return redirect("dialogue:question", number=number)
    context = {"title": _("Was your question answered?"), "form": form, "question": found}
    return render(request, "dialogue/form.html", context)
