"""Saying something by a form of a section's own: looked over first, published once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aiqyn_portal.accounts.acting import person
from aiqyn_portal.accounts.permissions import may_take_part
from aiqyn_portal.base.acting import attempt
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions import queries, texts
from aiqyn_portal.contributions.actions.receiving import Said
from aiqyn_portal.contributions.forms import SpokenForm
from aiqyn_portal.contributions.views.keeping import forget, kept, sign_in_first

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying(Generic[Made]):
    """What a section says of its form."""

    form: Callable[..., SpokenForm]
    template: str
    title: StrOrPromise  # of the page on which it is looked over
    published: tuple[str, ...]  # fields that everybody will read
    act: Callable[[Any, Said], Made]  # takes in what the form and the text say
    done: StrOrPromise
    page: Callable[[Made], str]  # where what was taken in stands
    initial: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


def say(request: HttpRequest, saying: Saying[Made]) -> HttpResponse:
    """Take it in; what is like it, and how it will be published, is shown first.

    Whoever has to sign in finds the text in the form again.
    """
    if not may_take_part(request.user):
        return sign_in_first(request)
    form = saying.form(**_given(request, saying))
    if form.is_bound and form.is_valid() and "edit" not in request.POST:
        parts = [form.cleaned_data[name] for name in saying.published]
        unseen = {} if "seen" in request.POST else _unseen(parts)
        if unseen:
            context = {"form": form, "title": saying.title, **unseen}
            return render(request, "contributions/check.html", context)
        made: list[Made] = []
        said = _said(request, form)
        if attempt(request, form, lambda: made.append(saying.act(form, said)), saying.done):
            forget(request)
            return redirect(saying.page(made[0]))
    return render(request, saying.template, {"form": form, **saying.context})


def _given(request: HttpRequest, saying: Saying[Any]) -> dict[str, Any]:
    if request.method == "POST":
        return {"data": request.POST}
    named = {"display_name": person(request).display_name}
    return {"initial": {**named, **saying.initial, **kept(request)}}


def _unseen(parts: list[str]) -> dict[str, Any]:
    """What whoever writes should see first: the masked text, and what is like it."""
    masked = texts.masks(*parts)
    similar = queries.similar(texts.clean("\n".join(parts)))
    return {"masked": masked, "similar": similar} if masked or similar else {}


def _said(request: HttpRequest, form: SpokenForm) -> Said:
    """What is taken in; whoever has seen the masked text and sends it agrees to it."""
    given = form.cleaned_data
    return {
        "text": given["text"],
        "language": texts.language(given["text"]),
        "display_name": given["display_name"],
        "consent_to_mask": "consent" in request.POST,
    }
