"""What administrators set: terms, heads of bodies; and everybody's own calendar address."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import is_officer_of
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.models import Feed, Head, TermChange
from aiqyn_portal.deadlines.refusals import NotAnOfficerOfTheBody
from aiqyn_portal.trail.actions import record


@transaction.atomic
def change_term(code: str, *, by: User, **fields: Any) -> TermChange:
    """Set a term anew. Clocks that run keep the term they began with."""
    before = queries.terms()[code]
    row = TermChange.objects.create(
        code=code, set_by=by.get_username(), set_at=timezone.now(), **fields
    )
    was, now = f"{before.count} {before.unit}", f"{row.count} {row.unit}"
    details = {"was": was, "now": now, "source": row.source, "verified": row.is_verified}
    record(by, "term.changed", f"term:{code}", details)
    return row


@transaction.atomic
def name_head(body: Body, user: User, *, by: User) -> Head:
    """Say who heads a body. Raises NotAnOfficerOfTheBody."""
    if not is_officer_of(user, body):
        raise NotAnOfficerOfTheBody
    row, _made = Head.objects.update_or_create(body=body, defaults={"user": user})
    record(by, "head.named", f"body:{body.code}", {"head": user.get_username()})
    return row


def new_feed(user: User) -> Feed:
    """Give a person a secret address; the one before stops to answer."""
    values = {"key": secrets.token_urlsafe(32), "made_at": timezone.now()}
    return Feed.objects.update_or_create(user=user, defaults=values)[0]
