"""Requests for data and problems with data: asked by people, answered by bodies."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only, signed_in_only
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.sections.open_data import actions, comments, permissions, queries
from aiqyn_portal.sections.open_data.forms_of_people import (
    ProblemAnswerForm,
    ProblemForm,
    ReplyForm,
    RequestForm,
)
from aiqyn_portal.sections.open_data.models import Problem, Request, Vote
from aiqyn_portal.sections.open_data.views import talk

PER_PAGE = 20


def requests(request: HttpRequest) -> HttpResponse:
    """What people have asked for, the most wanted first."""
    state = request.GET.get("state", "")
    chosen = state if state in Request.State.values else ""
    page = Paginator(queries.requests(chosen), PER_PAGE).get_page(request.GET.get("page"))
    counted = contributions.counts(comments.COMMENT, [str(each.pk) for each in page])
    context = {
        "page": [(each, counted[str(each.pk)].total) for each in page],
        "pages": page,
        "state": chosen,
        "states": Request.State.choices,
    }
    return render(request, "open_data/requests.html", context)


@signed_in_only
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a body for data."""
    form = RequestForm(**sent(request), initial={"body": request.GET.get("body", "")})
    made: list[Request] = []

    def act() -> None:
        given = form.cleaned_data
        by, at = person(request), timezone.now()
        title, text = given["title"], given["text"]
        made.append(actions.ask_for_data(given["body"], title, text, by=by, at=at))

    if attempt(request, form, act, _("The request is published. The body will answer it here.")):
        return redirect("open_data:request", pk=made[0].pk)
    return render(request, "open_data/ask.html", {"form": form})


def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request, its votes and its answer."""
    found = get_object_or_404(queries.requests(), pk=pk)
    user = request.user
    page = talk.asked_page(request, contributions.about(comments.COMMENT, str(pk)), "-pk")
    votes, removals = contributions.votes_of(user, page), contributions.reasons_of(page)
    context = {
        "found": found,
        "comments": [(each, votes.get(each.pk, 0), removals.get(each.pk)) for each in page],
        "page": page,
        "kind": comments.COMMENT,
        "key": str(pk),
        "has_voted": user.is_authenticated
        and Vote.objects.filter(request=found, user=user).exists(),
        "may_answer": permissions.may_prepare(user, found.body) and found.is_open,
    }
    return render(request, "open_data/request.html", context)


@signed_in_only
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Need the same data, or no longer."""
    found = get_object_or_404(Request, pk=pk)
    by, at = person(request), timezone.now()
    if "back" in request.POST:
        press(request, lambda: actions.take_vote_back(found, by=by), _("Your vote is taken back."))
    else:
        press(request, lambda: actions.vote(found, by=by, at=at), _("Your vote is counted."))
    return redirect("open_data:request", pk=pk)


@officers_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request for the body."""
    found = get_object_or_404(Request.objects.select_related("body"), pk=pk)
    refuse_unless(permissions.may_prepare(request.user, found.body))
    form = ReplyForm(**sent(request), body=found.body)

    def act() -> None:
        actions.answer_request(found, form.reply(), by=person(request), at=timezone.now())

    if attempt(request, form, act, _("The answer is published.")):
        return redirect("open_data:request", pk=pk)
    return render(request, "open_data/answer.html", {"found": found, "form": form})


@signed_in_only
def problem(request: HttpRequest, name: str) -> HttpResponse:
    """Tell what is wrong with a set."""
    row = queries.public_set_or_404(name)
    form = ProblemForm(**sent(request), initial={"row": request.GET.get("row", "")[:100]})

    def act() -> None:
        given, by = form.cleaned_data, person(request)
        actions.tell_problem(row, given["row"], given["text"], by=by, at=timezone.now())

    if attempt(request, form, act, _("Thank you. The body will answer here.")):
        return redirect("open_data:set", name=name)
    return render(request, "open_data/problem.html", {"set": row, "form": form})


@officers_only
def answer_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a problem for the body."""
    found = get_object_or_404(Problem.objects.select_related("dataset__body"), pk=pk)
    refuse_unless(permissions.may_prepare(request.user, found.dataset.body))
    form = ProblemAnswerForm(**sent(request))
    if attempt(request, form, _answering(found, form, request), _("The answer is published.")):
        return redirect("open_data:set", name=found.dataset.name)
    context = {"problem": found, "set": found.dataset, "form": form}
    return render(request, "open_data/answer_problem.html", context)


def _answering(
    found: Problem, form: ProblemAnswerForm, request: HttpRequest
) -> Callable[[], object]:
    by, at = person(request), timezone.now()
    return lambda: actions.answer_problem(
        found,
        Problem.State(form.cleaned_data["state"]),
        form.cleaned_data["answer"],
        by=by,
        at=at,
    )
