"""The catalogue of drafts as everybody reads it, drawn once while its facts are equal."""

from dataclasses import asdict
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from aiqyn_portal.base import formats
from aiqyn_portal.base.drawn import Asked as Address
from aiqyn_portal.base.drawn import Drawn
from aiqyn_portal.base.paging import asked_page
from aiqyn_portal.sections.drafts import shelves
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries import shelf
from aiqyn_portal.sections.drafts.queries.meetings import coming

LATEST_PAGE = 100_000
CHOICES = ("stands", "body", "type", "category")
NUMBERS_KEPT = 4096  # of less than 1 KB each


class Rested(NamedTuple):
    """All that a page of the catalogue rests on, but for the numbers of comments."""

    day: date
    rows: tuple[Any, ...]
    counted: tuple[Any, ...]
    meetings: tuple[Any, ...]


def catalogue(request: HttpRequest, work: SafeString) -> SafeString:
    """The page somebody asks for; `work` is what only some are led to."""
    wanted, today = shelves.asked(request.GET), timezone.localdate()
    page = asked_page(request.GET.get("page", ""), LATEST_PAGE)
    if wanted.q:  # hardly two people use the same words
        nothing = Rested(today, (), (), ())
        drawn = drawn_catalogue.__wrapped__(
            formats.language(), wanted, page, nothing, is_kept=False
        )
        return drawn.filled({"work": work}.__getitem__)
    chosen = {name: said for name, said in asdict(wanted).items() if name in CHOICES}
    skip = (page - 1) * shelves.PER_PAGE
    rows = shelf.listed(chosen, wanted.sort, today, skip=skip, most=shelves.PER_PAGE)
    # past the last page the last one is shown, of which nothing is known here
    is_kept = bool(rows) or page == 1
    draw = drawn_catalogue if is_kept else drawn_catalogue.__wrapped__
    meetings = shelf.meetings(timezone.now())
    rested = Rested(today, _without(rows), shelf.counted(chosen, today), meetings)
    drawn = draw(formats.language(), wanted, page, rested, is_kept=is_kept)
    totals = {f"said:{row[1]}": row[-2] for row in rows}
    return drawn.filled(partial(_filled, work, totals))


def _without(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """The rows without the numbers of comments: they change all the time."""
    return tuple((*row[:-2], row[-1]) for row in rows)


def _filled(work: SafeString, totals: dict[str, int], place: str) -> SafeString:
    return work if place == "work" else _number(formats.language(), totals[place])


@lru_cache(maxsize=NUMBERS_KEPT)
def _number(_language: str, comments: int) -> SafeString:
    return render_to_string("drafts/number_said.html", {"comments": comments})


@lru_cache(maxsize=settings.DRAFT_PAGES_KEPT)  # some 20 KB each
def drawn_catalogue(
    language: str, wanted: shelves.Asked, page: int, rested: Rested, *, is_kept: bool
) -> Drawn:
    """Draw a page of it. Places: "work", and where it is kept "said:<slug>"."""
    said = {"q": wanted.q, **{name: getattr(wanted, name) for name in CHOICES}}
    said["sort"] = "" if wanted.sort == ("best" if wanted.q else "closing") else wanted.sort
    said["page"] = str(page) if page > 1 else ""
    context = {
        "asked": wanted,
        "page": _rested_on(page, rested) if is_kept else _asked_for(page, wanted, rested.day),
        "facets": shelves.facets(wanted, rested.day),
        "sorts": [
            (code, words) for code, words in shelves.SORTS.items() if code != "best" or wanted.q
        ],
        "meetings": coming(timezone.now()),
        "today": rested.day,
        "request": Address("", urlencode({name: value for name, value in said.items() if value})),
        "is_kept": is_kept,
        "LANGUAGE_CODE": language,
    }
    return Drawn(render_to_string("drafts/catalogue_main.html", context))


def _rested_on(number: int, rested: Rested) -> Page[Any]:
    """The page of exactly the drafts it rests on, whatever has been published since."""
    in_all = rested.rows[0][-1] if rested.rows else 0
    keys = [row[0] for row in rested.rows]
    found = Draft.objects.select_related("body", "discussion", "newest").in_bulk(keys)
    drafts = [found[key] for key in keys if key in found]
    return Page(drafts, number, Paginator(range(in_all), shelves.PER_PAGE))


def _asked_for(number: int, wanted: shelves.Asked, day: date) -> Page[Any]:
    """The same where nothing is known of the rows; past the last page it is the last one."""
    return Paginator(shelves.found(wanted, day), shelves.PER_PAGE).get_page(number)
