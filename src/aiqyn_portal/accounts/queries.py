"""Reading people and their roles."""

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from aiqyn_portal.accounts.models import Membership, User

SEARCHED = ("username", "email", "first_name", "last_name")


def people(text: str = "", role: str = "") -> QuerySet[User]:
    """People by name or e-mail, with their memberships; three queries on a page.

    SQLite compares Cyrillic letters by case, so the usual spellings are all tried.
    """
    found = User.objects.prefetch_related("memberships__body").order_by("username")
    if role:
        found = found.filter(memberships__role=role).distinct()
    if not text:
        return found
    spellings = {text, text.lower(), text.upper(), text.capitalize()}
    claims = [Q(**{f"{field}__icontains": word}) for field in SEARCHED for word in spellings]
    claim = claims[0]
    for other in claims[1:]:
        claim |= other
    return found.filter(claim)


def administrators() -> QuerySet[Membership]:
    """Memberships of administrators who can sign in."""
    return Membership.objects.filter(role=Membership.Role.ADMINISTRATOR, user__is_active=True)


def evaluators() -> QuerySet[User]:
    """People who score and publish, and can sign in."""
    found = User.objects.filter(memberships__role=Membership.Role.EVALUATOR, is_active=True)
    return found.distinct().order_by("pk")


def confirmed_address(user: User) -> str:
    """Return the e-mail address the person has confirmed, the chosen one first; "" without one."""
    found = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return str(found.values_list("email", flat=True).first() or "")
