"""Officers present heads, announce conferences and keep commitments."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officers_only
from aiqyn_portal.base.acting import attempt, refuse_unless, sent
from aiqyn_portal.base.asking import phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue import actions
from aiqyn_portal.sections.dialogue.forms.officers import (
    ConferenceForm,
    HeadForm,
    MoveForm,
    NewsForm,
    PromiseForm,
    ResultsForm,
    WhyForm,
)
from aiqyn_portal.sections.dialogue.models import Commitment, Conference, Question
from aiqyn_portal.sections.dialogue.permissions import may_answer
from aiqyn_portal.sections.dialogue.queries import lists
from aiqyn_portal.sections.dialogue.views.acting import own_commitment, own_conference, own_head

Act = Callable[[], object]


@officers_only
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Present a new head of one's body."""
    body = get_object_or_404(Body, code=code)
    refuse_unless(may_answer(request.user, body))
    form = HeadForm(**sent(request))
    act: Act = lambda: actions.appoint(body, form.presented(), by=person(request))  # noqa: E731
    if attempt(request, form, act, _("The head is presented; people may ask.")):
        return redirect("dialogue:body", code=code)
    context = {"title": _("Present a head"), "form": form, "body": body}
    return render(request, "dialogue/form.html", context)


@officers_only
def present(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a head."""
    head = own_head(request, slug)
    form = HeadForm(**sent(request), initial=HeadForm.of(head))
    act: Act = lambda: actions.present(head, form.presented(), by=person(request))  # noqa: E731
    if attempt(request, form, act, _("The page of the head is up to date.")):
        return redirect("dialogue:head", slug=slug)
    context = {"title": _("What is said of the head"), "form": form, "head": head}
    return render(request, "dialogue/form.html", context)


@officers_only
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce a conference of a head."""
    head = own_head(request, slug)
    form = ConferenceForm(**sent(request))
    made: list[Conference] = []
    act: Act = lambda: made.append(  # noqa: E731
        actions.announce(head, form.invitation(), by=person(request))
    )
    if attempt(request, form, act, _("The conference is announced.")):
        return redirect("dialogue:conference", slug=made[0].slug)
    context = {"title": _("Announce a conference"), "form": form, "head": head}
    return render(request, "dialogue/form.html", context)


@officers_only
def call_off(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a conference off."""
    conference = own_conference(request, slug)
    form = WhyForm(**sent(request))
    act: Act = lambda: actions.call_off(  # noqa: E731
        conference, by=person(request), why=phrase(form, "why")
    )
    if attempt(request, form, act, _("The conference is called off; who asked is told.")):
        return redirect("dialogue:conference", slug=slug)
    context = {"title": _("Call the conference off"), "form": form, "conference": conference}
    return render(request, "dialogue/form.html", context)


@officers_only
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish transcript and results, or correct them."""
    conference = own_conference(request, slug)
    form = ResultsForm(**sent(request), initial=ResultsForm.of(conference))
    act: Act = lambda: actions.publish_results(  # noqa: E731
        conference,
        by=person(request),
        transcript=phrase(form, "transcript"),
        results=phrase(form, "results"),
    )
    if attempt(request, form, act, _("The results are published; who asked is told.")):
        return redirect("dialogue:conference", slug=slug)
    context = {"title": _("Results of the conference"), "form": form, "conference": conference}
    return render(request, "dialogue/form.html", context)


@officers_only
def promise(request: HttpRequest, number: str) -> HttpResponse:
    """Enter what was promised in an answer."""
    question = get_object_or_404(lists.public_questions(), contribution__number=number)
    return _promise(request, question, {"question": question})


@officers_only
def promise_at(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter what was promised at a conference."""
    conference = own_conference(request, slug)
    return _promise(request, conference, {"conference": conference})


def _promise(
    request: HttpRequest, made_in: Question | Conference, shown: dict[str, object]
) -> HttpResponse:
    asked = made_in.contribution if isinstance(made_in, Question) else made_in.head
    refuse_unless(may_answer(request.user, asked.body))
    form = PromiseForm(**sent(request))
    made: list[Commitment] = []
    act: Act = lambda: made.append(  # noqa: E731
        actions.promise(
            made_in,
            text=phrase(form, "text"),
            due_on=form.cleaned_data["due_on"],
            by=person(request),
        )
    )
    if attempt(request, form, act, _("The promise is published and will be followed.")):
        return redirect("dialogue:commitment", pk=made[0].pk)
    context = {"title": _("Enter a promise"), "form": form, **shown}
    return render(request, "dialogue/form.html", context)


@officers_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Name another day."""
    found = own_commitment(request, pk)
    form = MoveForm(**sent(request))
    act: Act = lambda: actions.move(  # noqa: E731
        found, due_on=form.cleaned_data["due_on"], why=phrase(form, "why"), by=person(request)
    )
    if attempt(request, form, act, _("The new day is published; the first one stays beside it.")):
        return redirect("dialogue:commitment", pk=pk)
    return _about(request, found, form, _("Name another day"))


@officers_only
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far it has come, or that it is done."""
    found = own_commitment(request, pk)
    form = NewsForm(**sent(request))
    tell = actions.keep if "kept" in request.POST else actions.tell_news
    act: Act = lambda: tell(  # noqa: E731
        found, words=phrase(form, "words"), link=form.cleaned_data["link"], by=person(request)
    )
    if attempt(request, form, act, _("It is published; who asked is told.")):
        return redirect("dialogue:commitment", pk=pk)
    context = {"title": _("What has been done"), "form": form, "commitment": found, "keeps": True}
    return render(request, "dialogue/form.html", context)


@officers_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a commitment up."""
    found = own_commitment(request, pk)
    form = WhyForm(**sent(request))
    act: Act = lambda: actions.drop(found, why=phrase(form, "why"), by=person(request))  # noqa: E731
    if attempt(request, form, act, _("It is published; who asked is told.")):
        return redirect("dialogue:commitment", pk=pk)
    return _about(request, found, form, _("Give the promise up"))


def _about(request: HttpRequest, found: Commitment, form: object, title: object) -> HttpResponse:
    context = {"title": title, "form": form, "commitment": found}
    return render(request, "dialogue/form.html", context)
