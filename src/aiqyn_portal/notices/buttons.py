"""The button to follow a topic: live for whoever is signed in, kept for everybody else."""

from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.base.formats import language
from aiqyn_portal.notices import queries

BUTTONS_KEPT = 1024


def follow_button(request: HttpRequest, topic: str) -> SafeString:
    """Follow a topic, or stop, and come back to the page the button is on."""
    if not request.user.is_authenticated:
        return _by_email(language(), topic)
    own = {
        "topic": topic,
        "user": request.user,
        "follows": queries.follows(request.user, topic),
        "here": request.get_full_path(),
    }
    return render_to_string("notices/follow_button.html", own, request)


@lru_cache(maxsize=BUTTONS_KEPT)
def _by_email(_language: str, topic: str) -> SafeString:
    return render_to_string("notices/follow_button.html", {"topic": topic})
