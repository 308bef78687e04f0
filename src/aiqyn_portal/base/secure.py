"""Why no secure connection came about: as the rule that asks for one says it, with the remedy."""

from aiqyn import rules
from aiqyn.chain import NO_TLS
from aiqyn.text import first_sentence
from aiqyn_portal.base.formats import say_phrase

RULE = "S084"  # its notes tell of each cause, the remedy from the second sentence on
TLS = "tls_"  # what exact causes begin with, see aiqyn.errors.FetchError


def why_insecure(cause: str) -> str:
    """What is wrong, in one sentence, by an exact cause ("tls_expired"); "" for any other."""
    return first_sentence(_told(cause))


def how_to_secure(cause: str) -> str:
    """What whoever maintains the server has to do; "" where `why_insecure` says nothing."""
    told = _told(cause)
    return told.removeprefix(first_sentence(told)).strip()


def _told(cause: str) -> str:
    reason = cause.removeprefix(TLS)
    if cause == reason or reason not in NO_TLS:
        return ""
    return say_phrase(rules.load()[RULE].text.notes[reason])
