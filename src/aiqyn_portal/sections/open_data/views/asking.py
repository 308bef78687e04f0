"""Requests for data and mistakes in data: asked by people, answered by bodies."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, refuse_unless
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.views.acting import chosen_numbers
from aiqyn_portal.contributions.views.speaking import Saying, say
from aiqyn_portal.sections.open_data import actions, comments, permissions, queries
from aiqyn_portal.sections.open_data.asked import KIND_OF_PROBLEMS, KIND_OF_REQUESTS
from aiqyn_portal.sections.open_data.forms_of_people import ProblemForm, ReplyForm, RequestForm
from aiqyn_portal.sections.open_data.models import Request
from aiqyn_portal.sections.open_data.views import talk

PER_PAGE = 20


def requests(request: HttpRequest) -> HttpResponse:
    """What people have asked for, the most wanted first."""
    state = request.GET.get("state", "")
    chosen = state if state in Request.STATES else ""
    page = Paginator(queries.requests(chosen), PER_PAGE).get_page(request.GET.get("page"))
    counted = contributions.counts(comments.COMMENT, [str(each.pk) for each in page])
    context = {
        "page": [(each, counted[str(each.pk)].total) for each in page],
        "pages": page,
        "state": chosen,
        "states": [(code, words) for code, (words, _condition) in Request.STATES.items()],
    }
    return render(request, "open_data/requests.html", context)


def ask(request: HttpRequest) -> HttpResponse:
    """Ask a body for data; what is like it, and how it will be published, is shown first."""
    saying = Saying(
        form=RequestForm,
        template="open_data/ask.html",
        title=KIND_OF_REQUESTS.title,
        published=("title", "text"),
        act=lambda form, said: actions.ask_for_data(
            form.cleaned_data["body"],
            form.cleaned_data["title"],
            by=person(request),
            form_key=form.cleaned_data["form_key"],
            **said,
        ),
        done=_("The request is published. The body will answer it here."),
        page=lambda made: reverse("open_data:request", args=[made.contribution.number]),
        initial={"body": request.GET.get("body", "")[:100]},
    )
    return say(request, saying)


def old_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The address a request had before it was a contribution."""
    found = get_object_or_404(Request.objects.select_related("contribution"), pk=pk)
    return redirect("open_data:request", number=found.contribution.number, permanent=True)


def one_request(request: HttpRequest, number: str) -> HttpResponse:
    """One request: who needs the data too, what the body answers, what people say."""
    found = get_object_or_404(queries.all_requests(), contribution__number=number)
    row, user, key = found.contribution, request.user, str(found.pk)
    page = talk.asked_page(request, contributions.about(comments.COMMENT, key), "-pk")
    votes, removals = contributions.votes_of(user, [row, *page]), contributions.reasons_of(page)
    context = {
        "found": found,
        "row": row,
        "comments": [(each, votes.get(each.pk, 0), removals.get(each.pk)) for each in page],
        "page": page,
        "kind": comments.COMMENT,
        "key": key,
        "has_voted": row.pk in votes,
        "is_mine": user.is_authenticated and row.author_id == user.pk,
        "may_answer": found.is_open and permissions.may_prepare(user, found.body),
    }
    return render(request, "open_data/request.html", context)


@officers_only
def answer(request: HttpRequest) -> HttpResponse:
    """Answer the requests of `?number=…`, and those put together with them, in one."""
    numbers = chosen_numbers(request)
    rows = _chosen(numbers)
    body = rows[0].body
    refuse_unless(all(permissions.may_prepare(request.user, each.body) for each in rows))
    given = {"data": request.POST} if "outcome" in request.POST else {}
    form = ReplyForm(**given, kind=KIND_OF_REQUESTS, body=body)

    def act() -> None:
        actions.answer_requests(rows, form.reply(), by=person(request))

    if attempt(request, form, act, _("The answer is published.")):
        return redirect("open_data:request", number=rows[0].contribution.number)
    context = {"rows": rows, "numbers": numbers, "body": body, "form": form}
    return render(request, "open_data/answer.html", context)


def _chosen(numbers: Sequence[str]) -> list[Request]:
    rows = queries.all_requests().order_by("pk")
    chosen = [each for each in rows.filter(contribution__number__in=numbers) if each.is_open]
    groups = {each.contribution.group_id for each in chosen} - {None}
    together = rows.filter(
        contribution__group__in=groups,
        contribution__outcome="",
        contribution__body__in={each.body for each in chosen},
    )
    found = {each.pk: each for each in [*chosen, *together] if each.is_open}
    if not found:
        raise Http404
    return list(found.values())


def problem(request: HttpRequest, name: str) -> HttpResponse:
    """Tell what is wrong with a set."""
    row = queries.public_set_or_404(name)
    saying = Saying(
        form=ProblemForm,
        template="open_data/problem.html",
        title=KIND_OF_PROBLEMS.title,
        published=("row", "text"),
        act=lambda form, said: actions.tell_problem(
            row,
            form.cleaned_data["row"],
            by=person(request),
            form_key=form.cleaned_data["form_key"],
            **said,
        ),
        done=_("Thank you. The body will answer here."),
        page=lambda made: reverse("open_data:set", args=[name]),
        initial={"row": request.GET.get("row", "")[:100]},
        context={"set": row},
    )
    return say(request, saying)
