"""Why a file could not be read, and the colours of states: in words a person can use."""

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.secure import how_to_secure, why_insecure

OURS = _("Something went wrong on our side.")
FAILURES: dict[str, StrOrPromise] = {
    # cause of a FetchError, or of this section: a sentence for the officer
    "dns": _("No server is known under the name in the address."),
    "refused": _("The server refused the connection."),
    "tls": _("No secure connection came about: the certificate or the protocol is wrong."),
    "timeout": _("The server did not answer in time."),
    "broken": _("The server broke the connection off."),
    "redirect_loop": _("The address redirects in a circle or too many times in a row."),
    "too_large": _("The file is larger than we read."),
    "bomb": _("The file unpacks to far more than was sent; we do not read such files."),
    "forbidden_address": _("The address leads into a private network, where we do not go."),
    "bad_address": _("This is not an address of a file."),
    "blocked": _("The server keeps programs out: it asks for a password or answers “forbidden”."),
    "no_file": _("The server answered, but not with the file."),
    "empty": _("The file is empty."),
    "too_long": _("Reading the file took longer than we allow."),
    "too_hard": _("The file could not be read: our program broke down on it."),
    "storage": _("There was no room to keep what was read, or it could not be read back."),
    "ours": OURS,
}
COLOURS = {
    "draft": "grey",
    "review": "blue",
    "returned": "orange",
    "published": "green",
    "released": "green",
    "withdrawn": "red",
    "waiting": "grey",
    "reading": "blue",
    "read": "green",
    "failed": "red",
    "": "orange",
    "publish": "green",
    "keep": "red",
    "open": "orange",
    "refused": "red",
    "shown": "green",
    "taken_back": "grey",
}


CATALOGUE_FAILURES: dict[str, StrOrPromise] = {
    # where a catalogue fails otherwise than a file
    "broken": _("The catalogue gave an answer that cannot be read."),
    "too_large": _("One page of the catalogue is larger than we read."),
    "bad_address": _("This is not an address of a catalogue."),
    "stopped": _("The harvest was stopped before it ended."),
    "too_slow": _(
        "The catalogue answers so slowly that a whole day was not enough to read it. What was "
        "read is kept."
    ),
    "robots": _("The site closes this address to our program by name."),
    "no_catalogue": _("No catalogue that we can read answers at this address."),
    "too_hard": _("The catalogue could not be read: our program broke down on it."),
}


def why_not_harvested(cause: str) -> StrOrPromise:
    """A cause as a sentence about a catalogue."""
    return CATALOGUE_FAILURES.get(cause) or why_failed(cause)


def why_failed(cause: str) -> StrOrPromise:
    """A cause in words; an unknown one is our own fault until shown otherwise."""
    if why := why_insecure(cause):
        return f"{why} {how_to_secure(cause)}"
    return FAILURES.get(cause, OURS)
