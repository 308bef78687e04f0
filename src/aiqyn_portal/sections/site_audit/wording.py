"""Why an audit did not succeed, how bad a broken rule is: in words a person can use."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.promises import StrOrPromise

OURS = _("Something went wrong on our side.")
NO_PAGE = _("The site answered, but not with a page (error of the server or no such page).")
FAILURES: dict[str, StrOrPromise] = {
    # cause of a FetchError, or of this section: a sentence for the body and for the evaluator
    "dns": _("No server is known under the name of the site."),
    "refused": _("The server refused the connection."),
    "tls": _("No secure connection came about: the certificate or the protocol is wrong."),
    "timeout": _("The server did not answer in time, not even at the second, patient attempt."),
    "broken": _("The server broke the connection off."),
    "redirect_loop": _("The site sends its reader on and on without end."),
    "too_large": _("The first page is larger than we read."),
    "bomb": _("The first page unpacks to far more than was sent; we do not read such pages."),
    "robots": _("The site asks programs not to read it (robots.txt), and we obey."),
    "forbidden_address": _("The address leads into a private network, where we do not go."),
    "bad_address": _("The address in the registry is not an address of a site."),
    "blocked": _("The site keeps programs out: it asks for a password or answers “forbidden”."),
    "budget": _("Our own limit of pages or time was reached before the first page."),
    "crash": _("Our program for reading pages broke down on this site."),
    "not asked": _("The site could not be asked."),
    "no_edition": _("No rules were in force on the day the site was to be judged."),
    "storage": _("There was no room to keep what was read, or it could not be read back."),
    "moved": _("The address now leads to another site."),
    "ours": OURS,
}
SEVERITIES: dict[str, tuple[StrOrPromise, str]] = {
    # words and the colour of the tag that repeats them
    "critical": (pgettext_lazy("severity", "Critical"), "red"),
    "serious": (pgettext_lazy("severity", "Serious"), "orange"),
    "moderate": (pgettext_lazy("severity", "Moderate"), "yellow"),
    "minor": (pgettext_lazy("severity", "Minor"), "grey"),
}


def why_failed(cause: str) -> StrOrPromise:
    """A failed job's cause as a sentence; an unknown one is our own fault until shown otherwise."""
    if cause.startswith("HTTP "):
        return NO_PAGE
    return FAILURES.get(cause, OURS)
