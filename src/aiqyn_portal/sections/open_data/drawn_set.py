"""The page of a set but for what counts or belongs to one reader, drawn once for equal rows.

The page is kept whole, and each part of it is kept by the rows that part rests on: whoever tells
of a mistake has the list of mistakes drawn anew, and neither the table nor the passport.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aiqyn.grading.model import Stars
from aiqyn_portal.base.drawn import Kept
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.sections.open_data import quality, queries, rated, showing
from aiqyn_portal.sections.open_data.models import Column, Dataset, File, Reuse, Version
from aiqyn_portal.sections.open_data.models.ideas import LONGEST_TITLE
from aiqyn_portal.sections.open_data.models.titled import shortened
from aiqyn_portal.sections.open_data.ready import Ready

SHOWN_PROBLEMS = 20
SHOWN_REPAIRS = 3
SHOWN_IDEAS = 10
SHOWN_REUSES = 6
PARTS = 11  # of a page, a few KB each
SETS = Ready(
    Dataset,
    "JOIN bodies_body body ON body.id = t.body_id WHERE t.id = %(set)s",
    beside={"body": Body},
)
VERSIONS = Ready(
    Version, "WHERE t.dataset_id = %(set)s AND t.state = 'released' ORDER BY t.number DESC"
)
# of a grade the stars alone: the rest of it may be a hundred times as long
FILES = Ready(
    File,
    "WHERE t.version_id = %(version)s AND t.state = 'read' ORDER BY t.id",
    but=("grade",),
    said=("stars_said", "CAST(t.grade -> 'stars' AS TEXT)"),
)
COLUMNS = Ready(Column, "WHERE t.file_id = %(file)s ORDER BY t.number")
REUSES = Ready(
    Reuse,
    """JOIN open_data_reuse_datasets s ON s.reuse_id = t.id
WHERE s.dataset_id = %(set)s AND t.state = 'shown' ORDER BY t.told_at DESC, t.id DESC""",
)
parts: Kept[SafeString] = Kept(PARTS * settings.OPEN_DATA_PAGES_KEPT)


class DrawnSet(NamedTuple):
    """The pieces between which the live parts stand."""

    title: str
    crumbs: SafeString
    head: SafeString
    main: SafeString


class Seen(NamedTuple):
    """How a set is looked at."""

    language: str  # the active one
    origin: str
    day: date  # today
    may_answer: bool  # problems have links to answer them


@lru_cache(maxsize=settings.OPEN_DATA_PAGES_KEPT)  # some 15 KB each
def drawn_set(seen: Seen, standing: queries.Standing) -> DrawnSet:
    """Draw a set. `standing` is every row the page rests on: while it is equal, so is the page."""
    return _Drawing(seen, standing).all()


class _Drawing:
    """Draws the parts that are not kept; asks the database for no more than these need."""

    def __init__(self, seen: Seen, standing: queries.Standing) -> None:
        self._seen = seen
        self._standing = standing
        self._passport = (standing.pk, standing.version, standing.is_newest, standing.passport)

    def all(self) -> DrawnSet:
        own = self._passport
        of, seen = self._standing.of, self._seen
        files, versions, problems = of("file"), of("version"), of("problem")
        told = {
            "files": self._part("files", self._files_shown, own, files),
            "table": self._part(
                "table", self._table, own, files, of("column"), self._standing.is_newest
            ),
            "quality": self._part(
                "quality", self._quality, own, files, of("column"), versions, seen.day
            ),
            "reuses": self._part("reuses", self._reuses, own, of("reuse")),
            "ideas": self._part("ideas", self._ideas, own, of("idea")),
            "problems": self._part("problems", self._problems, problems, seen.may_answer),
            "passport": self._part("passport", dict, own, versions, seen.origin),
            "versions": self._part("versions", self._versions, own, versions, seen.origin),
        }
        return DrawnSet(
            title=self._part("title", dict, own),
            crumbs=self._part("crumbs", dict, own),
            head=self._part("head", self._head, own, seen.day),
            main=SafeString(render_to_string("open_data/set_main.html", told)),
        )

    def _part(
        self, name: str, read: Callable[[], dict[str, object]], *rests_on: object
    ) -> SafeString:
        """The part `name`, kept by what it rests on; `read` gives what only it needs."""
        return parts.get(
            (name, self._seen.language, rests_on),
            lambda: SafeString(
                render_to_string(f"open_data/set_{name}.html", self._common | read())
            ),
        )

    @cached_property
    def _row(self) -> Dataset:
        [row] = SETS.rows(set=self._standing.pk)
        row.newest = next((each for each in self._released if each.pk == row.newest_id), None)
        return row

    @cached_property
    def _common(self) -> dict[str, object]:
        return {
            "set": self._row,
            "version": self._version,
            "origin": self._seen.origin,
            "LANGUAGE_CODE": self._seen.language,
        }

    @cached_property
    def _released(self) -> list[Version]:
        return VERSIONS.rows(set=self._standing.pk)

    @cached_property
    def _version(self) -> Version | None:
        return next((each for each in self._released if each.pk == self._standing.version), None)

    @cached_property
    def _files(self) -> list[File]:
        """Those everybody may have."""
        held = self._standing.held
        files = FILES.rows(version=self._standing.version)
        return [file for file in files if file.pk not in held]

    def _head(self) -> dict[str, object]:
        due = self._row.next_due
        return {
            "is_newest": self._standing.is_newest,
            "is_late": due is not None and due < self._seen.day,
        }

    def _files_shown(self) -> dict[str, object]:
        return {"files": [(file, _next_step(file)) for file in self._files]}

    def _table(self) -> dict[str, object]:
        first = next((file for file in self._files if file.has_table), None)
        rows = showing.first_rows(first) if first else None
        columns = COLUMNS.rows(file=first.pk) if first else []
        return {
            "first": first,
            "rows": rows,
            "columns": showing.explained(columns, rows, {}),
            "is_newest": self._standing.is_newest,
        }

    def _quality(self) -> dict[str, object]:
        if not self._standing.is_newest:
            return {}
        one = quality.judged_as(self._standing, self._seen.day)
        return {
            "ratings": rated.totals(one.ratings),
            "repairs": rated.first_repairs(one)[:SHOWN_REPAIRS],
        }

    def _reuses(self) -> dict[str, object]:
        is_any = bool(self._standing.of("reuse"))
        reuses = REUSES.rows(set=self._standing.pk) if is_any else []
        return {"reuses": reuses[:SHOWN_REUSES], "many": len(reuses)}

    def _ideas(self) -> dict[str, object]:
        newest = reversed(self._standing.of("idea"))
        said = [(number, shortened(str(text), LONGEST_TITLE)) for _, _, number, text, *_ in newest]
        return {"ideas": said[:SHOWN_IDEAS]}

    def _problems(self) -> dict[str, object]:
        if not self._standing.of("problem"):  # to put the query together would cost, too
            return {"problems": ()}
        rows = list(queries.problems().filter(dataset=self._standing.pk)[:SHOWN_PROBLEMS])
        answers = contributions.answers(each.contribution for each in rows)
        return {
            "problems": [(each, answers.get(each.contribution_id)) for each in rows],
            "may_prepare": self._seen.may_answer,
        }

    def _versions(self) -> dict[str, object]:
        return {"versions": self._released}


def _next_step(file: File) -> showing.Next | None:
    """What keeps the next star away, of a grade's stars as JSON."""
    said: str | None = file.stars_said  # type: ignore[attr-defined]  # FILES has it said
    return showing.next_of(msgspec.json.decode(said, type=Stars)) if said else None
