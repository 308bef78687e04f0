"""What everybody may read: heads, questions with their answers, conferences, commitments."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from aiqyn_portal.sections.dialogue.models import Head
from aiqyn_portal.sections.dialogue.queries import lists

PER_PAGE = 20
STATES = ("waiting", "answered", "not_satisfied")
COMMITMENT_STATES = ("late", "open", "kept", "dropped")


def home(request: HttpRequest) -> HttpResponse:
    """Whom one may ask, which conferences come, what was answered lately."""
    context = {
        "heads": lists.heads_in_office(timezone.localdate()),
        "conferences": lists.to_come(timezone.now())[:5],
        "answered": lists.public_questions().filter(lists.of_state("answered"))[:5],
    }
    return render(request, "dialogue/home.html", context)


def head(request: HttpRequest, slug: str) -> HttpResponse:
    """One head: how to ask, and everything that was asked."""
    found = get_object_or_404(Head.objects.select_related("body"), slug=slug)
    rows = lists.public_questions().filter(head=found)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "dialogue/head.html", {"head": found, "page": page})


def questions(request: HttpRequest) -> HttpResponse:
    """All messages: every public question and its answer, of all bodies."""
    state = request.GET.get("state", "")
    chosen = state if state in STATES else ""
    rows = lists.public_questions().filter(lists.of_state(chosen))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": chosen, "states": STATES}
    return render(request, "dialogue/questions.html", context)


def question(request: HttpRequest, number: str) -> HttpResponse:
    """One question, its answers, what the asker makes of them, what was promised."""
    found = get_object_or_404(lists.public_questions(), contribution__number=number)
    answers = found.answers.prefetch_related("files", "marks", "questions")
    context = {
        "question": found,
        "contribution": found.contribution,
        "answers": answers,
        "commitments": found.commitments.all(),
    }
    return render(request, "dialogue/question.html", context)


def conferences(request: HttpRequest) -> HttpResponse:
    """Conferences, the coming ones first, then the archive."""
    now = timezone.now()
    over = lists.conferences().exclude(called_off={}, ends_at__gt=now)
    page = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    context = {"coming": lists.to_come(now), "page": page, "now": now}
    return render(request, "dialogue/conferences.html", context)


def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference: agenda, stream, questions by support, results."""
    found = get_object_or_404(lists.conferences(), slug=slug)
    now = timezone.now()
    page = Paginator(lists.most_supported(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "conference": found,
        "page": page,
        "is_live": found.is_live(now),
        "is_over": found.is_over(now),
        "takes_questions": found.takes_questions(now),
        "commitments": found.commitments.all(),
    }
    return render(request, "dialogue/conference.html", context)


def commitments(request: HttpRequest) -> HttpResponse:
    """What heads have promised, and what became of it."""
    state = request.GET.get("state", "")
    chosen = state if state in COMMITMENT_STATES else ""
    rows = lists.commitments(timezone.localdate(), chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": chosen, "states": COMMITMENT_STATES}
    return render(request, "dialogue/commitments.html", context)


def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment with every step."""
    found = get_object_or_404(lists.commitments(timezone.localdate()), pk=pk)
    context = {"commitment": found, "steps": found.steps.all(), "today": timezone.localdate()}
    return render(request, "dialogue/commitment.html", context)
