"""The page of a set but for what counts or belongs to one reader, drawn once for equal rows."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn_portal.sections.open_data import quality, queries, rated, showing
from aiqyn_portal.sections.open_data.models import Dataset, Version

SHOWN_PROBLEMS = 20
SHOWN_REPAIRS = 3


class DrawnSet(NamedTuple):
    """The pieces between which the live parts stand."""

    title: str
    crumbs: SafeString
    head: SafeString
    main: SafeString


@lru_cache(maxsize=settings.OPEN_DATA_PAGES_KEPT)  # some 15 KB each
def drawn_set(
    language: str, origin: str, standing: queries.Standing, *, day: date, may_answer: bool
) -> DrawnSet:
    """Draw a set in the active language, which `language` names.

    `standing` is every row the page rests on: while it is equal, so is the page of one `day`,
    today. `may_answer`: problems have links to answer them.
    """
    row = queries.judgeable().get(pk=standing.pk)
    released = Version.objects.filter(pk=standing.version or 0).first()
    context = _context(row, released) | {
        **(_quality(row, day) if standing.is_newest else {}),
        "origin": origin,
        "is_newest": standing.is_newest,
        "is_late": row.next_due is not None and row.next_due < day,
        "may_prepare": may_answer,
        "LANGUAGE_CODE": language,
    }
    return DrawnSet(
        title=str(row),
        crumbs=render_to_string("open_data/crumbs.html", {"of": row.body}),
        head=render_to_string("open_data/set_head.html", context),
        main=render_to_string("open_data/set_main.html", context),
    )


def _context(row: Dataset, released: Version | None) -> dict[str, object]:
    files = queries.free_files(released) if released else []
    first = next((file for file in files if file.has_table), None)
    rows = showing.first_rows(first) if first else None
    return {
        "set": row,
        "version": released,
        "files": [(file, showing.graded(file)) for file in files],
        "first": first,
        "rows": rows,
        "columns": showing.columns_of(first, rows) if first else (),
        "versions": row.versions.filter(state=Version.State.RELEASED),
        "problems": row.problems.all()[:SHOWN_PROBLEMS],
        "reuses": row.reuses.shown(),
    }


def _quality(row: Dataset, day: date) -> dict[str, object]:
    one = quality.judged(row, day)
    return {
        "ratings": rated.rated(one.ratings, set()),
        "repairs": rated.first_repairs(one)[:SHOWN_REPAIRS],
    }
