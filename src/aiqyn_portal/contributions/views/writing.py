"""Writing: the text is checked, shown as it will be published, and never lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import may_take_part
from aiqyn_portal.base.refusals import ActionRefused
from aiqyn_portal.contributions import actions, kinds, queries, refusals, texts
from aiqyn_portal.contributions.forms import WriteForm
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.contributions.views import keeping
from aiqyn_portal.contributions.views.acting import (
    about_or_404,
    address_of,
    onward,
    title_of,
)
from aiqyn_portal.search.answers import Line

FROM_ADDRESS = ("anchor", "parent", "next")


def write(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Say something about one thing; whoever is not signed in does so first, text in hand."""
    about = about_or_404(kind, key)
    known = kinds.get(kind)
    if known is None:  # about_or_404 has found it
        raise LookupError(kind)
    if known.write_at:
        return redirect(known.write_at(key))
    if not may_take_part(request.user):
        return keeping.sign_in_first(request, f"{WriteForm.prefix}-")
    form = WriteForm(**_given(request), kind=known)
    context = {
        "form": form,
        "kind": known,
        "key": key,
        "title": title_of(about),
        "href": address_of(about),
        "closed": "" if about.is_open else about.why_closed,
        "is_closed": not about.is_open,
    }
    if request.method != "POST" or not form.is_valid() or "edit" in request.POST:
        return render(request, "contributions/write.html", context)
    if not about.is_open:
        form.add_error(None, str(refusals.Closed(about.why_closed)))
        return render(request, "contributions/write.html", context)
    return _checked(request, known, about, form, context)


def _given(request: HttpRequest) -> dict[str, Any]:
    """What the form is made of: what was posted, or what was kept before signing in."""
    if request.method == "POST":
        return {"data": request.POST}
    asked = {name: request.GET.get(name, "")[:500] for name in FROM_ADDRESS}
    asked["display_name"] = person(request).display_name
    return {"initial": {**asked, **keeping.kept(request)}}


def _checked(
    request: HttpRequest,
    kind: kinds.Kind,
    about: kinds.About,
    form: WriteForm,
    context: dict[str, Any],
) -> HttpResponse:
    """Show what is like the text and how it will be published; publish once that was seen."""
    given = form.cleaned_data
    has_seen = "seen" in request.POST
    masked = texts.masks(given["text"], given.get("wording", ""))
    similar = [] if has_seen else _similar(about, given)
    if similar or (masked and not has_seen):
        context |= {"masked": masked, "similar": similar}
        return render(request, "contributions/check.html", context)
    try:
        made = _receive(request, kind, context["key"], given)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "contributions/write.html", context)
    return _thanked(request, made, given["next"])


def _receive(
    request: HttpRequest, kind: kinds.Kind, key: str, given: dict[str, Any]
) -> Contribution:
    """Take it in; whoever has seen the masked text and sends it agrees to it."""
    text = given["text"]
    return actions.receive(
        kind.code,
        key,
        author=person(request),
        form_key=given["form_key"],
        text=text,
        language=texts.language(text),
        anchor=given["anchor"],
        stance=given.get("stance", ""),
        wording=given.get("wording", ""),
        parent=given["parent"],
        display_name=given["display_name"],
        consent_to_mask="consent" in request.POST,
    )


def _similar(about: kinds.About, given: dict[str, Any]) -> list[Line]:
    return queries.similar(texts.clean(given["text"]), about=about)


def _thanked(request: HttpRequest, made: Contribution, asked: str) -> HttpResponseRedirect:
    keeping.forget(request)
    own = reverse("contributions:one", args=[made.number])
    said = _("Published under No %(number)s. You will be told of every step.")
    messages.success(request, str(said) % {"number": made.number})
    return redirect(_beside_others(made, onward(request, asked, own)))


def _beside_others(made: Contribution, address: str) -> str:
    """Of a page that has pages of comments, the one on which the new comment stands."""
    place = kinds.place_of(made)
    return place if place and place.partition("?")[0] == address.partition("?")[0] else address
