"""Outcomes, fates, divergences and states in words, and the colours of their tags."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts import vocabulary

FATES: dict[str, StrOrPromise] = {
    "same": pgettext_lazy("paragraph", "as it was"),
    "renumbered": pgettext_lazy("paragraph", "renumbered"),
    "reworded": pgettext_lazy("paragraph", "reworded"),
    "moved": pgettext_lazy("paragraph", "moved"),
    "merged": pgettext_lazy("paragraph", "merged"),
    "split": pgettext_lazy("paragraph", "split"),
    "new": pgettext_lazy("paragraph", "new"),
    "added": pgettext_lazy("paragraph", "added"),
    "removed": pgettext_lazy("paragraph", "removed"),
    "changed": pgettext_lazy("paragraph", "changed"),
}
COLOURS = {
    "preparation": "grey",
    "discussion": "green",
    "soon": "blue",
    "waiting": "orange",
    "reported": "blue",
    "adopted": "purple",
    "withdrawn": "red",
    "accepted": "green",
    "partly": "yellow",
    "declined": "red",
    "passed_on": "blue",
    "": "orange",
    "added": "green",
    "removed": "red",
    "changed": "yellow",
    "moved": "blue",
}


def outcome_said(outcome: str) -> StrOrPromise:
    """A decision in words; "" waits for one."""
    return Contribution.Outcome(outcome).label if outcome else _("Waiting for a decision")


def category_said(code: str) -> str:
    """A category in the active language; what is no category any more is its code."""
    return say_phrase(vocabulary.categories().get(code, code))
