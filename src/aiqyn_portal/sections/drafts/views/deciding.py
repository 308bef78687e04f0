"""The officer's queue of a draft: undecided comments, decisions, what they have changed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, sent
from aiqyn_portal.contributions.grouping import actions as grouping
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines import stakes
from aiqyn_portal.sections.drafts import actions
from aiqyn_portal.sections.drafts.forms.deciding import DecisionForm
from aiqyn_portal.sections.drafts.forms.leading import ParagraphForm
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries import commenting, repeating, waiting
from aiqyn_portal.sections.drafts.queries.desk import EXPLAINED, REPORTED, of_draft
from aiqyn_portal.sections.drafts.views.acting import own_draft

MOST_CHOSEN = 500  # boxes ticked; a box may stand for thousands
PER_PAGE = 30  # positions
MOST_QUOTED = 10  # comments on the form of a decision
MOST_REPLIES = 20
ALL = "all"  # in place of the keys of all replies


@officers_only
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Comments that wait for a decision, those that say the same together."""
    draft = own_draft(request, slug)
    said = request.GET.get("page", "")
    start = PER_PAGE * (max(1, int(said)) - 1) if said.isdecimal() and len(said) < 6 else 0
    # counted and cut as a QuerySet is
    positions: Any = waiting.Positions(draft, start, start + PER_PAGE)
    to_reflect, is_cut = waiting.to_reflect(draft)
    context = {
        "draft": draft,
        "counts": commenting.counts(draft),
        "page": Paginator(positions, PER_PAGE).get_page(request.GET.get("page")),
        "to_reflect": to_reflect,
        "is_cut": is_cut,
        "task": of_draft(draft, timezone.localdate()),
        "stakes": stakes.for_bodies({draft.body_id}),
        "explained": EXPLAINED,
        "reported": REPORTED,
    }
    return render(request, "drafts/desk.html", context)


@officers_only
def decide_about(request: HttpRequest) -> HttpResponse:
    """Lead from the common queue (`?number=…`) to the decision on comments of one draft."""
    numbers = request.GET.getlist("number")[:MOST_CHOSEN]
    rows = list(Contribution.objects.filter(kind=commenting.KIND, number__in=numbers))
    if not rows:
        return redirect("drafts:work")
    slug = rows[0].about_key
    chosen = [("on", f"c{row.pk}") for row in rows if row.about_key == slug]
    return redirect(f"{reverse('drafts:decide', args=[slug])}?{urlencode(chosen)}")


@officers_only
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """One decision for all that is chosen."""
    draft = own_draft(request, slug)
    boxes = request.POST.getlist("on") or request.GET.getlist("on")
    ticked = waiting.Chosen.read(boxes[:MOST_CHOSEN])
    until = _until(request) or waiting.newest(draft)
    chosen = waiting.of(draft, ticked, until=until)
    if not chosen:
        return redirect("drafts:desk", slug=slug)
    replies = waiting.replies(draft, chosen, until=until)
    alone = _alone(request, replies)
    form = DecisionForm(**(sent(request) if "decision" in request.POST else {}), body=draft.body)
    alike = _looks_like_a_template(form, draft, chosen)
    decided = _deciding(form, draft, chosen, request, until=until, alone=alone)
    if not alike and attempt(request, form, decided, _("Decided.")):
        return redirect("drafts:desk", slug=slug)
    if not alike:
        del form.fields["sure"]
    context = {
        "draft": draft,
        "chosen": chosen,
        "boxes": boxes[:MOST_CHOSEN],
        "until": until,
        "quoted": chosen[:MOST_QUOTED],
        "not_quoted": max(0, len(chosen) - MOST_QUOTED),
        "is_one": len(chosen) > MOST_QUOTED and waiting.say_the_same(chosen),
        "replies": replies[:MOST_REPLIES],
        "reply_count": len(replies),
        "more_replies": max(0, len(replies) - MOST_REPLIES),
        "alone": alone,
        "all_alone": ALL in request.POST.getlist("alone"),
        "paragraph": waiting.paragraph_of(draft, chosen),
        "form": form,
        "alike": alike,
    }
    return render(request, "drafts/decide.html", context)


def _deciding(
    form: DecisionForm,
    draft: Draft,
    chosen: list[Contribution],
    request: HttpRequest,
    **limits: Any,
) -> Callable[[], object]:
    """What happens once the form is right; `limits` say which replies go with what is chosen."""

    def decide() -> int:
        decision = actions.Decision(
            outcome=form.outcome,
            reason=form.reason,
            words=form.words(),
            passed_to=form.cleaned_data["passed_to"],
        )
        with transaction.atomic():
            grouping.group_copies(chosen, by=person(request))
            return actions.decide(draft, chosen, decision, by=person(request), **limits)

    return decide


def _until(request: HttpRequest) -> int:
    """The newest comment that was seen when the decision was written; 0: it is opened now."""
    said = request.POST.get("until", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 12 else 0


def _alone(request: HttpRequest, replies: list[Contribution]) -> set[int]:
    """Replies that the officer has set apart: one by one, or all of them."""
    said = set(request.POST.getlist("alone"))
    return {each.pk for each in replies if ALL in said or str(each.pk) in said}


def _looks_like_a_template(
    form: DecisionForm, draft: Draft, chosen: list[Contribution]
) -> repeating.Alike | None:
    """What is shown before an answer is sent that says nothing of the comment."""
    if not form.is_bound or not form.is_valid() or form.cleaned_data["sure"]:
        return None
    return repeating.alike(draft, chosen, form.words())


@officers_only
def reflect(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Name the paragraph a decision has changed."""
    draft = own_draft(request, slug)
    comment = get_object_or_404(commenting.comments(draft), number=number)
    initial = {"paragraph": comment.anchor}
    form = ParagraphForm(**sent(request), initial=initial)

    def save() -> None:
        said = form.cleaned_data["paragraph"].strip()
        key = int(said) if said.isdecimal() else 0
        actions.reflect(draft, comment, key, form.words(), by=person(request))

    if attempt(request, form, save, _("Noted: the author is told.")):
        return redirect("drafts:desk", slug=slug)
    paragraphs = waiting.changed_paragraphs(draft)
    context = {"draft": draft, "comment": comment, "form": form, "paragraphs": paragraphs}
    return render(request, "drafts/reflect.html", context)
