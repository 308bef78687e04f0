"""Keys for programs: made once, shown once, taken back whenever the person likes."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from aiqyn_portal.accounts.models import Token, User
from aiqyn_portal.accounts.permissions import roles_of
from aiqyn_portal.accounts.refusals import TokenIsUnknown, TooManyTokens
from aiqyn_portal.trail.actions import record

PREFIX = "aiqyn_"  # a key that leaks into a public repository can be recognised
MOST = 20  # live keys of one person
HEADERS = ("Authorization", "X-CKAN-API-Key")


@transaction.atomic
def make(user: User, name: str, *, at: datetime) -> str:
    """Make a key for the person and return it; nobody can read it again.

    Raises TooManyTokens.
    """
    if user.tokens.filter(ended_at__isnull=True).count() >= MOST:
        raise TooManyTokens(MOST)
    key = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(user=user, name=name, digest=_digest(key), made_at=at)
    _write(user, "token.made", token)
    return key


@transaction.atomic
def end(token: Token, *, by: User, at: datetime) -> None:
    """Take a key back; again changes nothing."""
    if Token.objects.filter(pk=token.pk, ended_at__isnull=True).update(ended_at=at):
        _write(by, "token.ended", token)


def _write(by: User, action: str, token: Token) -> None:
    """Into the trail, which never forgets: who holds no role is a number there, and may leave."""
    if roles_of(by):
        record(by, action, f"token:{token.pk}", {"name": token.name})
    else:
        record(f"person:{by.pk}", action, f"token:{token.pk}")


def speaks_for(request: HttpRequest) -> User | None:
    """Whom a program that sends a key acts for; None when it sends none.

    Raises TokenIsUnknown for a key that was never made or was taken back, and for a closed account.
    """
    key = next((request.headers[name] for name in HEADERS if request.headers.get(name)), "")
    key = key.removeprefix("Bearer ").strip()
    if not key:
        return None
    live = Token.objects.filter(ended_at__isnull=True, user__is_active=True)
    token = live.select_related("user").filter(digest=_digest(key)).first()
    if token is None:
        raise TokenIsUnknown
    today = timezone.localdate()
    is_stale = Q(used_on__isnull=True) | Q(used_on__lt=today)
    Token.objects.filter(is_stale, pk=token.pk).update(used_on=today)
    return token.user


def _digest(key: str) -> str:
    """A key is 256 bits of chance: there is nothing to guess, so no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()
