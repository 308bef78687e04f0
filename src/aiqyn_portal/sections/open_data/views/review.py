"""Moderation: what waits, one version looked at, personal data decided on, the office."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import officer_bodies
from aiqyn_portal.base.acting import attempt, press, refuse_unless, sent
from aiqyn_portal.sections.open_data import actions, breaking, permissions, queries, showing, tasks
from aiqyn_portal.sections.open_data.forms import HoldForm, ReasonForm
from aiqyn_portal.sections.open_data.models import Hold, Reuse, Version
from aiqyn_portal.sections.open_data.views.acting import seen_file


@permissions.participants_only
def work(request: HttpRequest) -> HttpResponse:
    """What to do next: for officers by body, for moderators what waits for review."""
    user = person(request)
    today = timezone.localdate()
    context = {
        "desks": [queries.desk(body, today) for body in officer_bodies(user)],
        "is_moderator": permissions.may_moderate(user),
        "waiting": queries.under_review() if permissions.may_moderate(user) else (),
        "reuses": Reuse.objects.waiting() if permissions.may_moderate(user) else (),
        "holds": queries.open_holds() if permissions.may_moderate(user) else (),
    }
    return render(request, "open_data/work.html", context)


@permissions.moderators_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One version under review: publish it, or return it with a reason."""
    version = get_object_or_404(Version.objects.select_related("dataset__body"), pk=pk)
    form = ReasonForm(**sent(request)) if "return" in request.POST else ReasonForm()
    if "publish" in request.POST:
        press(request, _releasing(version, request), _("The set is published."))
        return redirect("open_data:work")
    if attempt(request, form, _returning(version, form, request), _("The set is returned.")):
        return redirect("open_data:work")
    files = list(version.files.select_related("hold").prefetch_related("dictionary"))
    context = {
        "set": version.dataset,
        "version": version,
        "files": [(file, showing.graded(file)) for file in files],
        "broken": breaking.broken(version),
        "form": form,
    }
    return render(request, "open_data/review.html", context)


def _releasing(version: Version, request: HttpRequest) -> Callable[[], object]:
    said = request.POST.get("seen", "")
    seen = int(said) if said[:9].isdecimal() and len(said) < 10 else -1  # no page of ours: refused
    return lambda: tasks.release(version, by=person(request), at=timezone.now(), seen=seen)


def _returning(version: Version, form: ReasonForm, request: HttpRequest) -> Callable[[], object]:
    return lambda: actions.send_back(
        version, form.cleaned_data["reason"], by=person(request), at=timezone.now()
    )


@permissions.participants_only
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Personal data in one file: may it be published?"""
    file = seen_file(request, pk)
    held = get_object_or_404(Hold, file=file)
    held.file = file
    refuse_unless(permissions.may_decide_hold(request.user, file.version.dataset.body))
    form = HoldForm(**sent(request))
    done = _("The decision is written down.")
    if attempt(request, form, _deciding(held, form, request), done):
        return redirect("open_data:draft_file", pk=file.pk)
    context = {"file": file, "hold": held, "set": file.version.dataset, "form": form}
    return render(request, "open_data/hold.html", context)


def _deciding(held: Hold, form: HoldForm, request: HttpRequest) -> Callable[[], object]:
    by, at = person(request), timezone.now()
    return lambda: actions.decide_hold(
        held,
        Hold.Decision(form.cleaned_data["decision"]),
        form.cleaned_data["reason"],
        by=by,
        at=at,
    )
