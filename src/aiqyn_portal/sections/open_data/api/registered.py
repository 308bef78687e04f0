"""What CKAN's programs write and nobody writes here: bodies, categories, people.

Refused as CKAN refuses whoever may not: `ckanapi` prints that and goes on; of an action it has
never heard of it breaks down.
"""

from collections.abc import Callable
from typing import Any

from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import NotAuthorized

WRITTEN = ("create", "update", "patch", "delete")
WHY = {
    "organization": "organizations are the bodies of this portal's registry, and come from there",
    "group": "groups are the categories of this portal, a list that programs do not change",
    "user": "people make their accounts themselves, and nobody's is published",
}


def _refusing(action: str, why: str) -> Callable[[Asked, Caller], Any]:
    def refuse(asked: Asked, caller: Caller) -> Any:
        raise NotAuthorized(why)

    refuse.__name__, refuse.__doc__ = action, f"Refused: {why}."
    return refuse


REFUSED = (
    _refusing("user_show", WHY["user"]),
    *(_refusing(f"{thing}_{how}", why) for thing, why in WHY.items() for how in WRITTEN),
)
