"""Contributions ready-made for tests."""

from itertools import count
from typing import Any

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions
from aiqyn_portal.contributions.models import Contribution

KIND = "trial"
closed_keys = {"closed"}
_keys = count()


def said(author: User, text: str = "Жолды жөндеу керек.", **given: Any) -> Contribution:
    """A contribution of `author` about the key "one"."""
    key = given.pop("key", "one")
    form_key = given.pop("form_key", f"form-{next(_keys)}")
    told = {"language": "kk", **given}
    return actions.receive(KIND, key, author=author, form_key=form_key, text=text, **told)
