"""One account for each role, with passwords made on this machine and kept in the data folder."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

OFFICER_OF = "kz-example-poor"


@dataclass(frozen=True)
class Person:
    """A demonstration account."""

    username: str
    role: str  # a value of Membership.Role; "" for a citizen
    password: str


ROLES = {
    "admin": "administrator",
    "evaluator": "evaluator",
    "officer": "officer",
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
