"""Signed words in the addresses of letters: whose hand holds the letter may stop it.

They need no sign-in and never grow old: a letter is stopped years later as well.
"""

from typing import NamedTuple

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

SALT_CONFIRM = "notices.confirm"
_SIGNER = signing.Signer(salt="notices.stop")
CONFIRM_WITHIN_S = 3 * 24 * 60 * 60


class Stop(NamedTuple):
    reader: int
    topic: str  # "": letters altogether


def stop_path(stop: Stop, language: str) -> str:
    """Return the address that stops letters, for people and for mail programs."""
    return _path("notices:stop", _SIGNER.sign_object(list(stop)), language)


def read_stop(token: str) -> Stop | None:
    try:
        reader, topic = _SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    return Stop(reader, topic)


def confirm_path(letter: int, language: str) -> str:
    """Return the address by which the owner of an e-mail address says yes."""
    return _path("notices:confirm", signing.dumps(letter, salt=SALT_CONFIRM), language)


def read_confirm(token: str) -> int | None:
    """Return the number of the letter that asked; None when the token is wrong or too old."""
    try:
        return int(signing.loads(token, salt=SALT_CONFIRM, max_age=CONFIRM_WITHIN_S))
    except signing.BadSignature:
        return None


def _path(view: str, token: str, language: str) -> str:
    with override(language):
        return reverse(view, args=[token])
