"""Who may do what with contributions."""

from typing import TYPE_CHECKING, Any

from aiqyn_portal.accounts.permissions import (
    is_administrator,
    is_evaluator,
    is_officer,
    officer_body_ids,
)

if TYPE_CHECKING:
    from aiqyn_portal.contributions.models import Contribution


def may_moderate(user: Any) -> bool:
    """Administrators and evaluators: people who answer for no body that is spoken of."""
    return (is_administrator(user) or is_evaluator(user)) and not is_officer(user)


def is_author(user: Any, contribution: "Contribution") -> bool:
    return contribution.author_id is not None and contribution.author_id == user.pk


def sees_original(user: Any, contribution: "Contribution") -> bool:
    """Whether personal data the author agreed to have masked are shown: to the author,
    and to the officers who answer.
    """
    return is_author(user, contribution) or contribution.body_id in officer_body_ids(user)
