"""What every page needs besides its own content."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.sections import sections

MENU = [
    # (view, label); a view that is not installed is left out
    ("reports:ratings", _("Ratings")),
    ("reports:bodies", _("State bodies")),
    ("reports:methodologies", _("Methodologies")),
    ("reports:indices", _("Indices")),
    ("site_audit:rules", _("Rules")),
    ("search:results", pgettext_lazy("menu", "Search")),
]


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    href: str
    label: str
    language: str = ""
    is_current: bool = False


def page(request: HttpRequest) -> dict[str, Any]:
    """`navigation`, `language_links`, `origin` and `home_address` of the page."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "navigation": navigation(request, language),
        "language_links": language_links(request, language),
        "home_address": f"/{language}/",
        "origin": origin(request),
    }


def navigation(request: HttpRequest, language: str) -> list[Link]:
    """The menu with the entry one is in: by the address, else the section the page belongs to."""
    entries = menu(language)
    current = next((link.href for link in entries if request.path.startswith(link.href)), "")
    if not current and request.resolver_match is not None:
        with override(language):
            current = _address(f"{request.resolver_match.namespace}:home")
    return [Link(link.href, link.label, is_current=link.href == current) for link in entries]


def origin(request: HttpRequest) -> str:
    """Scheme and host of our own; "" where the host is refused, as on the page that says so."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


@lru_cache(maxsize=8)
def menu(language: str) -> tuple[Link, ...]:
    """The main menu in `language`: the fixed entries, then sections with a view `<label>:home`."""
    entries = [*MENU, *((f"{section.label}:home", section.title) for section in sections())]
    with override(language):
        found = [(_address(view), str(label)) for view, label in entries]
    return tuple(Link(href, label) for href, label in found if href)


def language_links(request: HttpRequest, language: str) -> list[Link]:
    """The same page in every language of the portal, the query kept."""
    return [
        Link(same_page(request, code), name, language=code, is_current=code == language)
        for code, name in settings.LANGUAGES
    ]


def same_page(request: HttpRequest, language: str) -> str:
    """The address of this page in `language`; the first page when the address has no language."""
    first, *rest = request.path.lstrip("/").split("/", 1)
    if first not in dict(settings.LANGUAGES):
        return f"/{language}/"
    query = request.META.get("QUERY_STRING", "")
    return f"/{language}/{''.join(rest)}" + (f"?{query}" if query else "")


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
