"""Every action there is, by CKAN's name for it."""

from collections.abc import Callable
from typing import Any

from aiqyn_portal.sections.open_data.api import (
    others,
    packages,
    registered,
    tables,
    writing,
)
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller

Action = Callable[[Asked, Caller], Any]


def help_show(asked: Asked, caller: Caller) -> Any:
    """What the action called `name` does."""
    return others.help_of(ACTIONS, asked.needed("name"))


READING: tuple[Action, ...] = (
    help_show,
    others.group_list,
    others.group_package_show,
    others.group_show,
    others.license_list,
    others.organization_list,
    others.organization_show,
    others.site_read,
    others.status_show,
    others.tag_list,
    others.user_list,
    others.vocabulary_list,
    packages.current_package_list_with_resources,
    packages.package_autocomplete,
    packages.package_list,
    packages.package_search,
    packages.package_show,
    packages.resource_search,
    packages.resource_show,
    tables.datastore_info,
    tables.datastore_search,
    tables.datastore_search_sql,
)
WRITING: tuple[Action, ...] = (
    writing.package_create,
    writing.package_delete,
    writing.package_patch,
    writing.package_update,
    writing.resource_create,
    writing.resource_delete,
    writing.resource_patch,
    writing.resource_update,
)
ACTIONS: dict[str, Action] = {
    each.__name__: each for each in (*READING, *WRITING, *registered.REFUSED)
}
