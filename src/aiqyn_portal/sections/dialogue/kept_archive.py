"""The archive of questions as everybody reads it, drawn once while its facts are equal."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base import formats, paging
from aiqyn_portal.base.drawn import Asked
from aiqyn_portal.sections.dialogue.queries import lists, standing

PER_PAGE = 20
STATES = {
    "": _("All"),
    "waiting": _("Waiting for an answer"),
    "answered": pgettext_lazy("questions", "Answered"),
    "not_satisfied": _("Asker is not satisfied"),
}


def archive(state: str, page: str) -> SafeString:
    """Questions of one state, a code of STATES; `page` as the reader has asked for it."""
    number = paging.asked_page(page, paging.MOST // PER_PAGE + 1)
    rows = standing.listed(state, skip=(number - 1) * PER_PAGE, most=PER_PAGE)
    # past the last page the last one is shown, of which nothing is known here
    draw = drawn_archive if rows or number == 1 else drawn_archive.__wrapped__
    return draw(formats.language(), state, number, rows, standing.counted(state, paging.MOST))


@lru_cache(maxsize=settings.DRAFT_PAGES_KEPT)  # some 15 KB each
def drawn_archive(
    language: str, state: str, number: int, rows: tuple[Any, ...], counted: int
) -> SafeString:
    """Draw it in the active language, which `language` names."""
    paginator = Paginator(range(counted), PER_PAGE)
    is_known = number <= paginator.num_pages and (bool(rows) or number == 1)
    chosen = {"state": state, "page": str(number) if number > 1 else ""}
    context = {
        "page": _rested_on(paginator, number, rows) if is_known else _last(number, state),
        "state": state,
        "states": STATES.items(),
        "request": Asked("", urlencode({name: said for name, said in chosen.items() if said})),
        "LANGUAGE_CODE": language,
    }
    return render_to_string("dialogue/questions_main.html", context)


def _rested_on(paginator: Paginator[int], number: int, rows: tuple[Any, ...]) -> Page[Any]:
    """The page of those questions it rests on that are still public, and of no others."""
    keys = [row[0] for row in rows[: len(paginator.page(number))]]
    found = lists.public_questions().in_bulk(keys)
    return Page([found[key] for key in keys if key in found], number, paginator)


def _last(number: int, state: str) -> Page[Any]:
    """The last page, where nothing is known of its rows."""
    rows = lists.public_questions().filter(lists.of_state(state))
    return paging.BoundedPaginator(rows, PER_PAGE).get_page(number)
