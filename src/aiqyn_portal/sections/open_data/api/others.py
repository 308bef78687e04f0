"""CKAN's actions about everything beside packages: bodies, categories, tags, licences, help."""

import inspect
from collections.abc import Callable
from typing import Any

from django.db.models import Q

from aiqyn import __version__
from aiqyn.exchange.ckan import organization
from aiqyn.text import say
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import tally
from aiqyn_portal.sections.open_data.api import described, facets
from aiqyn_portal.sections.open_data.api.asking import Asked
from aiqyn_portal.sections.open_data.api.caller import Caller
from aiqyn_portal.sections.open_data.api.envelope import NotFound
from aiqyn_portal.sections.open_data.models import Dataset, Standing
from aiqyn_portal.sections.open_data.vocabulary import categories, licences

CKAN = "2.11.0"  # the version whose answers these are: clients ask for it
MOST = 1000


def status_show(asked: Asked, caller: Caller) -> Any:
    """What answers here."""
    return {
        "ckan_version": CKAN,
        "site_url": caller.origin,
        "site_title": "Aiqyn",
        "site_description": f"Aiqyn {__version__}",
        "locale_default": "kk",
        "error_emails_to": None,
        "extensions": ["datastore", "dcat"],
    }


def site_read(asked: Asked, caller: Caller) -> Any:
    """Whether the catalogue may be read: always."""
    return True


def organization_list(asked: Asked, caller: Caller) -> Any:
    """Bodies that have published sets; `all_fields` for more than their codes."""
    counted = _counted("body")
    rows = Body.objects.filter(pk__in=counted).order_by("code")
    offset = asked.number("offset", 0, most=10**6)
    limit = asked.number("limit", MOST, most=MOST)
    page = rows[offset : offset + limit]
    if not asked.flag("all_fields"):
        return [row.code for row in page]
    return [_organization(row, counted[row.pk], caller.language) for row in page]


def _counted(column: str) -> dict[tally.Value, int]:
    """How many published sets have each value."""
    return dict(tally.counted(tally.everything(Standing.now()), column))


def organization_show(asked: Asked, caller: Caller) -> Any:
    """One body by `id`; `include_datasets` for its packages."""
    row = Body.objects.filter(code=asked.needed("id")).first()
    sets = row.datasets.published().count() if row else 0
    if row is None or not sets:
        raise NotFound("organization")
    told = _organization(row, sets, caller.language)
    if asked.flag("include_datasets"):
        told["packages"] = _packages(Q(body=row), caller)
    return told | {"users": [], "groups": [], "tags": [], "extras": []}


def _organization(row: Body, sets: int, language: str) -> dict[str, Any]:
    told = organization(row.code, dict(row.name), language)
    return told | {"display_name": told["title"], "package_count": sets}


def _packages(condition: Q, caller: Caller) -> list[dict[str, Any]]:
    rows = Dataset.objects.published().filter(condition).order_by("name")
    pks = list(rows.values_list("pk", flat=True)[:MOST])
    return described.packages(pks, origin=caller.origin, language=caller.language)


def group_list(asked: Asked, caller: Caller) -> Any:
    """Categories; `all_fields` for more than their codes."""
    counted = _counted("category")
    if not asked.flag("all_fields"):
        return list(categories())
    return [_group(code, counted.get(code, 0), caller.language) for code in categories()]


def group_show(asked: Asked, caller: Caller) -> Any:
    """One category by `id`; `include_datasets` for its packages."""
    code = asked.needed("id")
    if code not in categories():
        raise NotFound("group")
    found = Dataset.objects.published().filter(category=code)
    told = _group(code, found.count(), caller.language)
    if asked.flag("include_datasets"):
        told["packages"] = _packages(Q(category=code), caller)
    return told | {"users": [], "groups": [], "tags": [], "extras": []}


def group_package_show(asked: Asked, caller: Caller) -> Any:
    """Packages of a category."""
    code = asked.needed("id")
    if code not in categories():
        raise NotFound("group")
    return _packages(Q(category=code), caller)


def _group(code: str, sets: int, language: str) -> dict[str, Any]:
    known = categories()[code]
    title = say(known.title, language)
    return {
        "id": code,
        "name": code,
        "type": "group",
        "state": "active",
        "is_organization": False,
        "title": title,
        "title_translated": dict(known.title),
        "display_name": title,
        "description": "",
        "image_url": "",
        "package_count": sets,
    }


def tag_list(asked: Asked, caller: Caller) -> Any:
    """Keywords of published sets in order, those that contain `query`."""
    wanted = asked.text("query").casefold()
    words = facets.words_of_everything(Standing.now())
    return [word for word in words if wanted in word.casefold()]


def license_list(asked: Asked, caller: Caller) -> Any:
    """Licences a passport may name."""
    return [
        {
            "id": code,
            "title": say(known.title, caller.language),
            "url": known.address,
            "status": "active",
            "domain_data": True,
            "domain_content": False,
            "domain_software": False,
            "od_conformance": "approved" if known.is_open else "not reviewed",
            "is_okd_compliant": known.is_open,
        }
        for code, known in licences().items()
    ]


def user_list(asked: Asked, caller: Caller) -> Any:
    """Nobody: people are not published."""
    return []


def vocabulary_list(asked: Asked, caller: Caller) -> Any:
    """Tags are free words here."""
    return []


def help_of(actions: dict[str, Callable[[Asked, Caller], Any]], name: str) -> str:
    """What an action does; raises NotFound."""
    if name not in actions:
        raise NotFound("Action name not known")
    return inspect.getdoc(actions[name]) or ""
