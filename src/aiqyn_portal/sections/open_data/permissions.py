"""Who may do what with sets of data. Reading what is published is open to everybody."""

from aiqyn_portal.accounts.permissions import (
    Person,
    is_administrator,
    is_evaluator,
    is_officer,
    is_officer_of,
)
from aiqyn_portal.base.guard import allowed_when
from aiqyn_portal.bodies.models import Body


def may_moderate(user: Person) -> bool:
    """Evaluators and administrators: they publish, return and keep the approved list."""
    return is_evaluator(user) or is_administrator(user)


def may_prepare(user: Person, body: Body) -> bool:
    """A body's sets are prepared by its own officers only."""
    return is_officer_of(user, body)


def may_see_drafts(user: Person, body: Body) -> bool:
    """Whether `user` may read sets of `body` that are not published yet."""
    return may_moderate(user) or may_prepare(user, body)


def may_decide_hold(user: Person, body: Body) -> bool:
    """Who may let a file with personal data pass: whoever answers for the body, or a moderator."""
    return may_see_drafts(user, body)


def may_keep_sources(user: Person, body: Body) -> bool:
    """Who may name catalogues the body keeps elsewhere: its officers, moderators."""
    return may_see_drafts(user, body)


def takes_part(user: Person) -> bool:
    """Whether `user` has anything to do with publishing data."""
    return may_moderate(user) or is_officer(user)


moderators_only = allowed_when(may_moderate)
participants_only = allowed_when(takes_part)  # whether for this body, the view asks
