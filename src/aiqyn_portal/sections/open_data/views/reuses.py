"""The gallery of what people make of data, and the moderators' look at it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from aiqyn.errors import EvidenceError
from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import signed_in_only
from aiqyn_portal.base.acting import attempt, press, sent
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import actions, permissions, queries
from aiqyn_portal.sections.open_data.forms_of_people import ReuseDecisionForm, ReuseForm
from aiqyn_portal.sections.open_data.models import Reuse

PER_PAGE = 12


def reuses(request: HttpRequest) -> HttpResponse:
    """What is shown, the newest first; a person also sees what they have handed in."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in Reuse.Kind.values else ""
    rows = Reuse.objects.shown().prefetch_related("datasets")
    shown = rows.filter(kind=kind) if kind else rows
    user = request.user
    own = Reuse.objects.filter(told_by=user) if user.is_authenticated else Reuse.objects.none()
    context = {
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": Reuse.Kind.choices,
        "own": own.exclude(state=Reuse.State.SHOWN),
    }
    return render(request, "open_data/reuses.html", context)


@signed_in_only
def tell_reuse(request: HttpRequest) -> HttpResponse:
    """Show what one has made."""
    asked = {"sets": request.GET.get("set", "")[:100], "idea": request.GET.get("idea", "")[:20]}
    form = ReuseForm(**sent(request), initial=asked)
    made: list[Reuse] = []

    def act() -> None:
        made.append(actions.tell_reuse(form.made(), by=person(request), at=timezone.now()))

    done = _("Thank you. A moderator looks at it first; you will be told.")
    if attempt(request, form, act, done):
        return redirect("open_data:reuse", pk=made[0].pk)
    return render(request, "open_data/reuse_form.html", {"form": form})


def reuse(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; a moderator decides on it here."""
    found = _visible_or_404(request, pk)
    is_moderator = permissions.may_moderate(request.user)
    form = ReuseDecisionForm(**sent(request)) if is_moderator else None
    if form is not None:

        def act() -> None:
            state, reason = Reuse.State(form.cleaned_data["state"]), form.cleaned_data["reason"]
            actions.decide_reuse(found, state, reason, by=person(request), at=timezone.now())

        if attempt(request, form, act, _("The decision is written down.")):
            return redirect("open_data:reuse", pk=pk)
    context = {
        "found": found,
        "sets": found.datasets.published().select_related("body"),
        "ideas": queries.public_ideas().filter(reuses=found),
        "form": form if found.state != Reuse.State.TAKEN_BACK else None,
        "is_own": found.told_by_id == request.user.pk and found.state != Reuse.State.TAKEN_BACK,
    }
    return render(request, "open_data/reuse.html", context)


@signed_in_only
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The author no longer wants it seen."""
    found = get_object_or_404(Reuse, pk=pk)
    by = person(request)
    press(request, lambda: actions.take_reuse_back(found, by=by), _("It is no longer shown."))
    return redirect("open_data:reuses")


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture, for whoever may see what it belongs to."""
    found = _visible_or_404(request, pk)
    if not found.picture:
        raise Http404(pk)
    try:
        content = store().get(found.picture)
    except EvidenceError as problem:
        raise Http404(pk) from problem
    answer = HttpResponse(content, content_type=found.picture_type)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, max-age=300" if found.is_shown else "private, no-store"
    return answer


def _visible_or_404(request: HttpRequest, pk: int) -> Reuse:
    found = get_object_or_404(Reuse.objects.select_related("told_by"), pk=pk)
    is_own = found.told_by_id == request.user.pk
    if found.is_shown or is_own or permissions.may_moderate(request.user):
        return found
    raise Http404(pk)
