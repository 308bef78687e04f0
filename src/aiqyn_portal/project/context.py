"""What the account menu offers, by role; the pages themselves check again."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

WORK = {
    # predicate of accounts.permissions: (view, label)
    "is_evaluator": [("evaluation:rounds", _("Evaluation"))],
    "officer_bodies": [("evaluation:office", _("My organisation"))],
    "is_administrator": [
        ("bodies:manage", _("Manage bodies")),
        ("accounts:people", _("People and roles")),
        ("trail:events", _("Trail of changes")),
    ],
}


def account_menu(request: HttpRequest) -> dict[str, Any]:
    """`account_links`: (address, label) of what a signed-in person may open."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"account_links": []}
    permissions = import_module("aiqyn_portal.accounts.permissions")
    links = []
    for predicate, views in WORK.items():
        if getattr(permissions, predicate)(user):
            links += [(address, label) for name, label in views if (address := _address(name))]
    return {"account_links": links}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
