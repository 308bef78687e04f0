"""The form of a contribution on the pages of sections: drawn once, filled for each writer."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from aiqyn_portal.base.drawn import Drawn, open_place
from aiqyn_portal.base.formats import language
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.forms import WriteForm, new_form_key

FORMS_KEPT = 1024  # some 4 KB each
OWN = ("next", "display_name", "form_key")  # fields that belong to one writer


def form_for(
    request: HttpRequest, kind: str, key: str, anchor: str = "", parent: str = ""
) -> SafeString:
    """The form for whoever is signed in, else the way to it; comes back to the page it is on."""
    is_known = request.user.is_authenticated
    drawn = _drawn(language(), kind, key, anchor, parent, is_known, settings.CONTRIBUTIONS_LONGEST)
    if not is_known:
        return drawn.filled(str)
    own = {
        "token": get_token(request),
        "next": request.get_full_path(),
        "display_name": getattr(request.user, "display_name", ""),
        "form_key": new_form_key(),
    }
    return drawn.filled(lambda name: conditional_escape(own[name]))


@lru_cache(maxsize=FORMS_KEPT)
def _drawn(
    _language: str, kind: str, key: str, anchor: str, parent: str, is_known: bool, _longest: int
) -> Drawn:
    known = kinds.get(kind)
    if known is None:
        raise LookupError(kind)
    initial = {"anchor": anchor, "parent": parent, **{name: open_place(name) for name in OWN}}
    # the same fields may stand on one page many times: each form has its own ids
    form = WriteForm(kind=known, initial=initial, auto_id=f"id_{anchor or 'all'}_%s")
    context = {
        "form": form if is_known else None,
        "action": reverse("contributions:write", kwargs={"kind": kind, "key": key}),
        "kind": kind,
        "key": key,
        "anchor": anchor,
    }
    return Drawn(render_to_string("contributions/_comment_form.html", context))
