"""What every page needs besides its own content."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.base.sections import sections

# (view, label); a view that is not installed is left out. Sections stand between the two.
FIRST = [
    ("reports:ratings", _("Ratings")),
    ("reports:bodies", pgettext_lazy("menu", "State bodies")),
]
# how everything is measured: one entry of the menu, and a row below it once one is there
MEASURING = [
    ("reports:methodologies", _("Methodologies")),
    ("reports:indices", _("Indices")),
    ("site_audit:rules", _("Rules")),
]
# what every page leads to at its end: how days are counted, by what rules, what proves it
AT_THE_END = [
    ("deadlines:calculator", _("Work out a due date")),
    ("contributions:rules", _("Rules of moderation")),
    ("contributions:roots", _("Checksums of the ledger")),
    ("contributions:personal_data", _("What is kept about you")),
    ("reports:api_guide", _("For programs: the API")),
]
SEARCH = "search:results"
MENUS_KEPT = 256


class Link(NamedTuple):
    """One entry of a menu."""

    href: str
    label: str
    language: str = ""
    is_current: bool = False


def page(request: HttpRequest) -> dict[str, Any]:
    """What the header of every page says, and `origin`."""
    language = get_language() or settings.LANGUAGE_CODE
    below = marked(measuring(language), current(request, measuring(language), language))
    is_below = any(link.is_current for link in below)
    return {
        "navigation": navigation(request, language, is_below=is_below),
        "below_navigation": below if is_below else (),
        "footer_navigation": menu(language),
        "at_the_end": at_the_end(language),
        "search_address": "" if _view(request) == SEARCH else search_address(language),
        "language_links": language_links(request, language),
        "home_address": f"/{language}/",
        "origin": origin(request),
    }


def navigation(request: HttpRequest, language: str, *, is_below: bool) -> tuple[Link, ...]:
    """The menu with the entry one is in: by the address, else the section the page belongs to."""
    entries = menu(language)
    if is_below:
        return marked(entries, measuring(language)[0].href)
    return marked(entries, current(request, entries, language))


def current(request: HttpRequest, entries: tuple[Link, ...], language: str) -> str:
    """The address of the entry that leads to this page, or to the first page of its section."""
    found = next((link.href for link in entries if request.path.startswith(link.href)), "")
    if not found and request.resolver_match is not None:
        return _home_of(request.resolver_match.namespace, language)
    return found


@lru_cache(maxsize=MENUS_KEPT)
def marked(entries: tuple[Link, ...], href: str) -> tuple[Link, ...]:
    """Entries of a menu, the one with this address marked as the one the reader is in."""
    return tuple(link._replace(is_current=link.href == href) for link in entries)


@lru_cache(maxsize=MENUS_KEPT)
def _home_of(namespace: str, language: str) -> str:
    with override(language):
        return _address(f"{namespace}:home")


def _view(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def origin(request: HttpRequest) -> str:
    """Scheme and host of our own; "" where the host is refused, as on the page that says so."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


@lru_cache(maxsize=8)
def menu(language: str) -> tuple[Link, ...]:
    """The main menu: ratings and bodies, sections with a view `<label>:home`, methods."""
    rooms = [(f"{section.label}:home", section.title) for section in sections()]
    return links(language, *FIRST, *rooms, MEASURING[0])


@lru_cache(maxsize=8)
def measuring(language: str) -> tuple[Link, ...]:
    """Where it is told how everything is measured."""
    return links(language, *MEASURING)


@lru_cache(maxsize=8)
def at_the_end(language: str) -> tuple[Link, ...]:
    """What the footer leads to beside the main menu."""
    return links(language, *AT_THE_END)


def links(language: str, *entries: tuple[str, StrOrPromise]) -> tuple[Link, ...]:
    """Entries of a menu in `language`, those left out whose view is not installed."""
    with override(language):
        found = [(_address(view), str(label)) for view, label in entries]
    return tuple(Link(href, label) for href, label in found if href)


@lru_cache(maxsize=8)
def search_address(language: str) -> str:
    """Where words typed into the header go; "" where search is not installed."""
    with override(language):
        return _address(SEARCH)


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
