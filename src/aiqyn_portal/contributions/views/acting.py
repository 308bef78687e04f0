"""Rows a page speaks of, found or refused; what every page of contributions shows."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aiqyn.text import Text, say
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.kinds import About
from aiqyn_portal.contributions.models import Contribution

MOST_AT_ONCE = 100  # named for one decision; an address has to hold their numbers


def contribution_or_404(number: str) -> Contribution:
    rows = Contribution.objects.select_related("body", "group", "parent", "author")
    return get_object_or_404(rows, number=number)


def about_or_404(kind: str, key: str) -> About:
    found = kinds.about(kind, key)
    if found is None:
        raise Http404(key)
    return found


def title_of(about: About) -> str:
    """The title of what is spoken of, in the reader's language."""
    if isinstance(about.title, Mapping):
        return say(Text(dict(about.title)), get_language() or "")
    return str(about.title)


def address_of(about: About) -> str:
    """Its page; "" where it has none in this portal."""
    try:
        return reverse(about.view, kwargs=dict(about.arguments))
    except NoReverseMatch:
        return ""


def named(kind: str, key: str) -> dict[str, Any]:
    """What contributions of this kind and key speak of, for a template: title and href."""
    about = kinds.about(kind, key)
    if about is None:
        return {"title": str(kinds.title_of(kind)), "href": ""}
    return {"title": title_of(about), "href": address_of(about)}


def chosen_numbers(request: HttpRequest) -> list[str]:
    """The `number`s sent, as many as one decision is for; how many are left out is said."""
    sent = request.POST.getlist("number") or request.GET.getlist("number")
    numbers = [number.replace("\0", "") for number in dict.fromkeys(sent)]
    if left := len(numbers[MOST_AT_ONCE:]):
        said = _("One decision is for %(most)s contributions at most. Left for later: %(left)s.")
        messages.warning(request, str(said) % {"most": MOST_AT_ONCE, "left": left})
    return numbers[:MOST_AT_ONCE]


def onward(request: HttpRequest, asked: str, otherwise: str) -> str:
    """The address of this portal to go on to."""
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    # what does not begin with a slash would be looked for among the names of views
    return asked if asked.startswith("/") and is_ours else otherwise


def confirm_first(request: HttpRequest) -> HttpResponse:
    """Lead a signed-in person to where an address is confirmed."""
    messages.warning(request, str(_("Confirm your email address to comment, ask and vote.")))
    return redirect("account_email")
