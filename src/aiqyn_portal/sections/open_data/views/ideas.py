"""Ideas for open data: proposed, supported, talked about, answered by the body."""

from collections.abc import Iterable
from uuid import uuid5

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from aiqyn.text import LANGUAGES, NOT_IN_XML
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, refuse_unless
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.forms import DecideForm
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.contributions.views.speaking import Saying, say
from aiqyn_portal.sections.open_data import actions, queries
from aiqyn_portal.sections.open_data.api.documents import NAMESPACE, NEWEST
from aiqyn_portal.sections.open_data.forms_of_ideas import IdeaForm
from aiqyn_portal.sections.open_data.ideas import KIND
from aiqyn_portal.sections.open_data.models import Idea
from aiqyn_portal.sections.open_data.views import talk

PER_PAGE = 20


def ideas(request: HttpRequest) -> HttpResponse:
    """All ideas, those most supported first; `?state=` narrows them."""
    state = request.GET.get("state", "")
    chosen = state if state in queries.STATES_OF_IDEAS else ""
    page = Paginator(queries.ideas(chosen), PER_PAGE).get_page(request.GET.get("page"))
    states = [(code, words) for code, (words, _) in queries.STATES_OF_IDEAS.items()]
    context = {"page": page, "state": chosen, "states": states}
    return render(request, "open_data/ideas.html", context)


def idea(request: HttpRequest, number: str) -> HttpResponse:
    """One idea: support, the answer and what became of it, what people say."""
    found = get_object_or_404(queries.all_ideas(), contribution__number=number)
    row, user = found.contribution, request.user
    page = talk.asked_page(request, row.replies.select_related("body", "group"), "pk")
    votes = contributions.votes_of(user, [row, *page])
    context = {
        "found": found,
        "row": row,
        "sets": found.datasets.published().select_related("body"),
        "reuses": found.reuses.shown(),
        "comments": [(each, votes.get(each.pk, 0)) for each in page],
        "page": page,
        "has_voted": row.pk in votes,
        "is_mine": user.is_authenticated and row.author_id == user.pk,
        "may_answer": row.is_public and not row.is_decided and KIND.may_decide(user, row),
        "kind": KIND.code,
    }
    return render(request, "open_data/idea.html", context)


def propose(request: HttpRequest) -> HttpResponse:
    """Propose something; what is like it, and how it will be published, is shown first."""
    asked = {"sets": request.GET.get("set", "")[:100], "body": request.GET.get("body", "")[:100]}
    saying = Saying(
        form=IdeaForm,
        template="open_data/idea_form.html",
        title=KIND.title,
        published=("title", "text"),
        act=lambda form, said: actions.propose(
            form.proposal(), by=person(request), form_key=form.cleaned_data["form_key"], **said
        ),
        done=_("The idea is published. You will be told of every step."),
        page=lambda idea: reverse("open_data:idea", args=[idea.contribution.number]),
        initial=asked,
    )
    return say(request, saying)


@officers_only
def answer(request: HttpRequest) -> HttpResponse:
    """Answer the idea of `?number=…`, or the comments on it that wait."""
    found = _waiting(request)
    refuse_unless(KIND.may_decide(request.user, found))
    form = DecideForm(**({"data": request.POST} if request.method == "POST" else {}), kind=KIND)

    def act() -> None:
        given = form.cleaned_data
        decision = actions.Decision(
            outcome=given["outcome"],
            reason=given["reason"],
            words=form.words(),
            passed_to=given.get("passed_to"),
        )
        actions.answer_idea(found, decision, by=person(request))

    if attempt(request, form, act, _("The answer is published; the authors are told.")):
        return redirect("open_data:idea", number=found.number)
    waiting = found.replies.undecided().count()
    context = {
        "form": form,
        "row": found,
        "found": Idea.objects.get(contribution=found),
        "waiting": waiting,
    }
    return render(request, "open_data/answer_idea.html", context)


def _waiting(request: HttpRequest) -> Contribution:
    """The idea named in the address, or that a comment named there is on."""
    number = (request.POST.get("number") or request.GET.get("number", "")).replace("\0", "")
    rows = Contribution.objects.filter(kind=KIND.code).select_related("body", "parent__body")
    named = get_object_or_404(rows, number=number)
    found = named.parent or named
    if found.is_decided and not found.replies.undecided().exists():
        raise Http404(number)
    return found


@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """An Atom feed of ideas, the newest first."""
    if language not in LANGUAGES:
        raise Http404(language)
    newest = queries.public_ideas().order_by("-pk")[:NEWEST]
    with override(language):
        written = _feed(request, language, newest)
    response = HttpResponse(written.writeString("utf-8"), content_type=written.content_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _feed(request: HttpRequest, language: str, newest: Iterable[Idea]) -> Atom1Feed:
    made = Atom1Feed(
        title=gettext("Aiqyn: ideas for open data"),
        link=request.build_absolute_uri(reverse("open_data:ideas")),
        description="",
        author_name="Aiqyn",
        language=language,
        feed_url=request.build_absolute_uri(),
        feed_guid=uuid5(NAMESPACE, f"ideas/{language}").urn,
    )
    for each in newest:
        row = each.contribution
        made.add_item(
            title=f"{row.body.name}: {each.title}".translate(NOT_IN_XML),
            link=request.build_absolute_uri(reverse("open_data:idea", args=[row.number])),
            description=each.text.translate(NOT_IN_XML),
            unique_id=uuid5(NAMESPACE, f"idea/{row.number}").urn,
            pubdate=row.made_at,
            updateddate=row.decided_at or row.made_at,
        )
    return made
