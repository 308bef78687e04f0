"""What everybody may read: heads, questions with their answers, conferences, commitments."""

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base import measuring
from aiqyn_portal.base.paging import BoundedPaginator
from aiqyn_portal.base.shared import same_for_all
from aiqyn_portal.base.streams import PLAYER, player
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.permissions import is_author
from aiqyn_portal.sections.dialogue import counts, found_archive
from aiqyn_portal.sections.dialogue.kept_archive import PER_PAGE, STATES, archive
from aiqyn_portal.sections.dialogue.models import Head
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.queries import lists

COMMITMENT_STATES = {
    "": _("All"),
    "late": _("Overdue"),
    "open": pgettext_lazy("commitment", "Under way"),
    "kept": pgettext_lazy("commitment", "Kept"),
    "dropped": pgettext_lazy("commitment", "Given up"),
}


@same_for_all
def home(request: HttpRequest) -> HttpResponse:
    """Whom one may ask, which conferences come, what was answered lately."""
    context = {
        "heads": lists.heads_in_office(timezone.localdate()),
        "conferences": lists.to_come(timezone.now())[:5],
        "answered": lists.public_questions().filter(lists.of_state("answered"))[:5],
        "appeals": settings.APPEALS_ADDRESS,
    }
    return render(request, "dialogue/home.html", context)


def head(request: HttpRequest, slug: str) -> HttpResponse:
    """One head: how to ask, and everything that was asked."""
    found = get_object_or_404(Head.objects.select_related("body"), slug=slug)
    rows = lists.public_questions().filter(head=found)
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "head": found,
        "page": page,
        "is_open": found.takes_questions and (found.until is None or today <= found.until),
        "may_lead": may_answer(request.user, found.body),
        "appeals": settings.APPEALS_ADDRESS,
    }
    return render(request, "dialogue/head.html", context)


def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: its heads, how it answers, everything it was asked."""
    found = get_object_or_404(Body, code=code)
    today = timezone.localdate()
    span = measuring.span("", today)
    rows = lists.public_questions().filter(contribution__body=found)
    context = {
        "body": found,
        "topic": f"body:{found.code}",
        "heads": lists.heads_in_office(today, found),
        "waiting": rows.filter(lists.of_state("waiting")).count(),
        "measures": counts.measures(found, since=span.since, until=span.until),
        "page": BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_lead": may_answer(request.user, found),
    }
    return render(request, "dialogue/body.html", context)


def measures(request: HttpRequest, code: str) -> HttpResponse:
    """How one body answers, by number: what is counted, how, and where it fell short."""
    found = get_object_or_404(Body, code=code)
    today = timezone.localdate()
    span = measuring.span(request.GET.get("year", ""), today)
    context = {
        "body": found,
        "measures": counts.measures(found, since=span.since, until=span.until),
        "span": span,
        "years": measuring.years(today),
    }
    return render(request, "dialogue/measures.html", context)


@same_for_all
def questions(request: HttpRequest) -> HttpResponse:
    """All messages: every public question and its answer, of all bodies; kept for everybody."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    page, wanted = request.GET.get("page", ""), found_archive.wanted(request.GET)
    main = found_archive.archive(state, page, wanted) if wanted else archive(state, page)
    context = {"main": main, "form": found_archive.form(state, wanted)}
    return render(request, "dialogue/questions.html", context)


@same_for_all
def question(request: HttpRequest, number: str) -> HttpResponse:
    """One question, its answers, what the asker makes of them, what was promised."""
    found = get_object_or_404(lists.public_questions(), contribution__number=number)
    asked, user = found.contribution, request.user
    answers = lists.answered(found)
    context = {
        "question": found,
        "contribution": asked,
        "vote": contributions.votes_of(user, [asked]).get(asked.pk, 0),
        "takes_votes": kinds.takes_votes(asked),
        "answers": answers,
        "commitments": found.commitments.all(),
        "may_answer": may_answer(user, asked.body),
        "may_mark": bool(answers)
        and asked.is_decided
        and answers[-1][1] is None
        and is_author(user, asked),
    }
    return render(request, "dialogue/question.html", context)


def conferences(request: HttpRequest) -> HttpResponse:
    """Conferences, the coming ones first, then the archive."""
    now = timezone.now()
    over = lists.conferences().exclude(called_off={}, ends_at__gt=now)
    page = BoundedPaginator(over, PER_PAGE).get_page(request.GET.get("page"))
    context = {"coming": lists.to_come(now), "page": page, "now": now}
    return render(request, "dialogue/conferences.html", context)


@csp_update({"frame-src": [PLAYER]})  # type: ignore[arg-type]  # its stub knows views without arguments only
def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference: agenda, stream, questions by support, results."""
    found = get_object_or_404(lists.conferences(), slug=slug)
    now = timezone.now()
    page = BoundedPaginator(lists.most_supported(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "conference": found,
        "page": page,
        "votes": contributions.votes_of(request.user, [each.contribution for each in page]),
        "may_lead": may_answer(request.user, found.head.body),
        "player": player(found.stream),
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
    page = BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": chosen, "states": COMMITMENT_STATES.items()}
    return render(request, "dialogue/commitments.html", context)


def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment with every step."""
    found = get_object_or_404(lists.commitments(timezone.localdate()), pk=pk)
    today = timezone.localdate()
    context = {
        "commitment": found,
        "steps": found.steps.all(),
        "is_late": found.state == found.State.OPEN and found.due_on < today,
        "may_keep": found.state == found.State.OPEN and may_answer(request.user, found.body),
    }
    return render(request, "dialogue/commitment.html", context)
