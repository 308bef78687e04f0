"""Why an audit did not succeed, how bad a broken rule is: in words a person can use."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.secure import how_to_secure, why_insecure

OURS = _("Something went wrong on our side.")
NO_PAGE = _("The site answered, but not with a page (error of the server or no such page).")
FAILURES: dict[str, StrOrPromise] = {
    # cause of a FetchError, or of this section: a sentence for the body and for the evaluator
    "dns": _("No server is known under the name of the site."),
    "refused": _("The server refused the connection."),
    "tls": _("No secure connection came about: the certificate or the protocol is wrong."),
    "timeout": _("The server did not answer in time, not even at the second, patient attempt."),
    "broken": _("The server broke the connection off."),
    "redirect_loop": _("The site redirects in a circle or too many times in a row."),
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
OPEN_IT = _(
    "Open the site in a browser, outside the organisation’s own network too. If it does not open, "
    "whoever maintains it has to repair it; if it opens, ask for the audit again."
)
LET_IN = _(
    "Ask whoever maintains the site to let the portal’s program in: official sites are open to "
    "everybody. Then ask for the audit again."
)
FIRST_PAGE = _(
    "Ask whoever maintains the site to repair its first page, then ask for the audit again."
)
ADDRESS = _(
    "See whether the address in the registry is right; an administrator of the portal corrects it. "
    "Then ask for the audit again."
)
NOTHING = _(
    "The body need not do anything. Ask for the audit again later; if it fails again, write to "
    "those who run the portal."
)
REMEDIES: dict[str, StrOrPromise] = {
    # by cause; what is not named here is ours to see to
    "dns": ADDRESS,
    "bad_address": ADDRESS,
    "forbidden_address": ADDRESS,
    "moved": ADDRESS,
    "refused": OPEN_IT,
    "timeout": OPEN_IT,
    "broken": OPEN_IT,
    "tls": _("Have the certificate of the site put in order, then ask for the audit again."),
    "robots": LET_IN,
    "blocked": LET_IN,
    "redirect_loop": FIRST_PAGE,
    "too_large": FIRST_PAGE,
    "bomb": FIRST_PAGE,
}
ASK_AGAIN = _("Then ask for the audit again.")
NO_BLAME = _("Nothing is held against the body: a site that could not be read breaks no rule.")
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
    return why_insecure(cause) or FAILURES.get(cause, OURS)


def what_to_do(cause: str) -> StrOrPromise:
    """The next step after a failed job, as a sentence."""
    if remedy := how_to_secure(cause):
        return f"{remedy} {ASK_AGAIN}"
    return OPEN_IT if cause.startswith("HTTP ") else REMEDIES.get(cause, NOTHING)
