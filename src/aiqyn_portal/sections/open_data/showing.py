"""One file as its page shows it: a page of rows, columns with their figures, the grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn.chain import Finding, Outcome
from aiqyn.datastore import Filter, Page, QueryRefused, Sort, largest_table, page
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.paging import OPERATIONS
from aiqyn.errors import EvidenceError
from aiqyn.grading import Grade
from aiqyn.grading.stars import Missing, said
from aiqyn.subjects.datafile.model import Column as Figures
from aiqyn.text import Text
from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.sections.open_data.models import Column, File
from aiqyn_portal.sections.open_data.nouns import as_grade

ROWS = 50  # of one page
FIRST_ROWS = 10  # of the table on the page of a set
LAST_PAGE = 200  # further on a filter is of more use than a page
SEVERITIES = ("critical", "serious", "moderate", "minor")
SHOWN_PLACES = 10
NUMBERS = ("BIGINT", "HUGEINT", "DOUBLE", "INTEGER")
TABLE_FORMATS = [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"), ("parquet", "Parquet")]
OPERATION_WORDS = {
    "contains": _("contains"),
    "is": _("is"),
    "is_not": _("is not"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "is_empty": _("is empty"),
}


@dataclass(frozen=True)
class View:
    """What a reader asks of a table: one condition, one order, one page; columns by number."""

    column: int = 0  # of the condition; 0: none
    operation: str = "contains"
    value: str = ""
    sort: int = 0  # number of a column, negative for descending; 0: as in the file
    page: int = 1


@dataclass(frozen=True)
class Explained:
    """A column of the dictionary beside what its cells show."""

    column: Column
    figures: Figures | None
    is_number: bool = False  # in the table: its values stand on the right


@dataclass(frozen=True)
class Line:
    """A finding beside its rule."""

    finding: Finding
    rule: rules.Rule

    @property
    def how_many(self) -> int:
        """Places found, listed or not."""
        return len(self.finding.places) + self.finding.more

    @property
    def places(self) -> list[tuple[Any, Text | None]]:
        """The first places, each with what is wrong there."""
        notes = self.rule.text.notes
        return [(each, notes.get(each.note)) for each in self.finding.places[:SHOWN_PLACES]]

    @property
    def why(self) -> Text | None:
        """Why nobody could tell, where the rule has words for it."""
        return self.rule.text.notes.get(self.finding.note)

    @property
    def left(self) -> int:
        """Places not shown."""
        return max(0, self.how_many - SHOWN_PLACES)


@dataclass(frozen=True)
class Graded:
    """What a page says of a grade."""

    grade: Grade
    broken: list[Line]
    open: list[Line]
    kept: list[Line]
    missing: Missing | None  # what keeps the next star away


def view_of(query: Mapping[str, str]) -> View:
    """Read an address; what makes no sense counts as not asked."""
    operation = query.get("op", "contains")
    return View(
        column=_number(query.get("c", "")),
        operation=operation if operation in OPERATIONS else "contains",
        value=query.get("v", "")[:200].replace("\0", ""),
        sort=_number(query.get("sort", "")),
        page=min(max(_number(query.get("page", "1")), 1), LAST_PAGE),
    )


def query_of(view: View) -> str:
    """The address of a view but for its page: what `view_of` reads."""
    return urlencode(
        {"c": view.column, "op": view.operation, "v": view.value, "sort": view.sort}
        if view.column
        else {"sort": view.sort}
    )


def _number(said: str) -> int:
    try:
        return int(said[:9])
    except ValueError:
        return 0


def rows_of(file: File, view: View) -> Page | None:
    """One page of the file's table; None where it has none or the question was too hard."""
    if not file.has_table:
        return None
    names = {column.number: column.name for column in file.dictionary.all()}
    filters = []
    if view.column in names and (view.value or view.operation == "is_empty"):
        condition = Filter(column=names[view.column], operation=view.operation, value=view.value)
        filters.append(condition)
    sort = []
    if abs(view.sort) in names:
        sort.append(Sort(column=names[abs(view.sort)], descending=view.sort < 0))
    try:
        return page(
            tables.plain_file(file.table_sha256),
            filters=filters,
            sort=sort,
            offset=(view.page - 1) * ROWS,
            limit=ROWS,
        )
    except (QueryRefused, QueryTooLong, EvidenceError):
        return None


def first_rows(file: File) -> Page | None:
    """The beginning of the file's table; None where it cannot be shown."""
    try:
        return _beginning(file.table_sha256) if file.has_table else None
    except (QueryRefused, QueryTooLong, EvidenceError):
        return None


@lru_cache(maxsize=512)
def _beginning(table_sha256: str) -> Page:
    return page(tables.plain_file(table_sha256), limit=FIRST_ROWS)


def columns_of(file: File, rows: Page | None) -> list[Explained]:
    """The dictionary, each column with its figures and with how `rows` has its values."""
    grade = as_grade(file)
    table = largest_table(grade.file) if grade else None
    figures = {each.number: each for each in table.columns} if table else {}
    kinds = dict(zip(rows.columns, rows.kinds, strict=True)) if rows else {}
    return [
        Explained(each, figures.get(each.number), kinds.get(each.name, "") in NUMBERS)
        for each in file.dictionary.all()
    ]


def graded(file: File) -> Graded | None:
    """The grade in words; None before the file was read."""
    grade = as_grade(file)
    if grade is None:
        return None
    known = rules.load()
    lines = [Line(each, known[each.rule]) for each in grade.findings if each.rule in known]
    lines.sort(key=lambda line: (SEVERITIES.index(line.rule.text.severity), line.finding.rule))
    step = grade.stars.missing
    return Graded(
        grade=grade,
        broken=[line for line in lines if line.finding.outcome is Outcome.FAILED],
        open=[line for line in lines if line.finding.outcome is Outcome.CANNOT_TELL],
        kept=[line for line in lines if line.finding.outcome is Outcome.PASSED],
        missing=said().missing.get(step.note) if step else None,
    )
