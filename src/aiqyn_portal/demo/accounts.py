"""From a demonstration person to an account that can sign in."""

from allauth.account.models import EmailAddress

from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.demo.people import OFFICER_OF, Person


def create(person: Person) -> User:
    """Create the account, or leave the one there is as it is."""
    user, is_new = User.objects.get_or_create(
        username=person.username, defaults={"email": f"{person.username}@aiqyn.example"}
    )
    if not is_new:
        return user
    user.set_password(person.password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if person.role:
        is_officer = person.role == Membership.Role.OFFICER.value
        body = Body.objects.get(code=OFFICER_OF) if is_officer else None
        Membership.objects.create(user=user, role=person.role, body=body)
    return user
