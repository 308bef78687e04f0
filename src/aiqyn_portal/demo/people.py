"""One account for each role, with passwords made on this machine and kept in the data folder."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress

from aiqyn_portal.accounts.models import Membership, User
from aiqyn_portal.bodies.models import Body

OFFICER_OF = "kz-example-poor"


@dataclass(frozen=True)
class Person:
    """A demonstration account."""

    username: str
    role: str  # a value of Membership.Role; "" for a citizen
    password: str


ROLES = {
    "admin": Membership.Role.ADMINISTRATOR.value,
    "evaluator": Membership.Role.EVALUATOR.value,
    "officer": Membership.Role.OFFICER.value,
    "citizen": "",
}


def people(folder: Path) -> list[Person]:
    """The accounts kept in `folder`, made at the first call; readable by the owner only."""
    kept = folder / "demo-accounts.json"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(json.dumps({name: secrets.token_urlsafe(9) for name in ROLES}))
    passwords = json.loads(kept.read_text())
    return [Person(name, role, passwords[name]) for name, role in ROLES.items()]


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
