"""What the account menu offers, by role; the pages themselves check again."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.accounts import permissions
from aiqyn_portal.contributions.permissions import may_moderate
from aiqyn_portal.notices import queries as notices

WORK = [
    # who is offered which view, under which label
    (permissions.is_signed_in, "notices:home", _("Notices")),
    (permissions.is_signed_in, "contributions:cabinet", _("My voice")),
    (permissions.is_officer, "contributions:queue", _("What people say to us")),
    (may_moderate, "contributions:moderation", _("Moderation")),
    (permissions.is_evaluator, "evaluation:rounds", _("Evaluation")),
    (permissions.is_officer, "evaluation:office", _("My organisation")),
    (permissions.is_officer, "deadlines:office", _("Due dates")),
    (permissions.is_administrator, "bodies:manage", _("Manage bodies")),
    (permissions.is_administrator, "deadlines:days", _("Holidays and moved days")),
    (permissions.is_administrator, "accounts:people", _("People and roles")),
    (permissions.is_administrator, "trail:events", _("Trail of changes")),
]


def account_menu(request: HttpRequest) -> dict[str, Any]:
    """`account_links`: (address, label) of what a signed-in person may open; `unread_notices`.

    Put together once, however many templates of a page are drawn with the request.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"account_links": []}
    kept: dict[str, Any] = request.__dict__.setdefault("account_menu_kept", {})
    if not kept:
        mine = [(reverse(view), label) for claim, view, label in WORK if claim(user)]
        kept |= {"account_links": mine, "unread_notices": notices.unread(user)}
    return kept
