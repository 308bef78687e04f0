"""One file as its page shows it: a page of rows, columns with their figures, the grade."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn.chain import Finding, Outcome
from aiqyn.datastore import Filter, Page, QueryRefused, Sort, largest_table, page
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.paging import NUMBER, OPERATIONS
from aiqyn.errors import EvidenceError
from aiqyn.grading import Grade
from aiqyn.grading.model import Stars
from aiqyn.grading.stars import Missing, said
from aiqyn.subjects.datafile.model import Column as Figures
from aiqyn.subjects.datafile.model import Table
from aiqyn.text import Text
from aiqyn_portal.sections.open_data import covering, tables
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
class Rows:
    """Some rows of a table, each with its number in the file; None where they have none."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    lines: list[tuple[int | None, tuple[Any, ...]]]
    total: int


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
    is_covered: bool = False  # what was seen at its places is not shown

    @property
    def how_many(self) -> int:
        """Places found, listed or not."""
        return len(self.finding.places) + self.finding.more

    @property
    def places(self) -> list[tuple[Any, Text | None]]:
        """The first places, each with what is wrong there."""
        notes, shown = self.rule.text.notes, self.finding.places[:SHOWN_PLACES]
        if self.is_covered:
            shown = tuple(msgspec.structs.replace(each, saw="", wants="") for each in shown)
        return [(each, notes.get(each.note)) for each in shown]

    @property
    def why(self) -> Text | None:
        """Why nobody could tell, where the rule has words for it."""
        return self.rule.text.notes.get(self.finding.note)

    @property
    def left(self) -> int:
        """Places not shown."""
        return max(0, self.how_many - SHOWN_PLACES)


class Next(NamedTuple):
    """What a list says of a grade."""

    missing: Missing | None  # what keeps the next star away


@dataclass(frozen=True)
class Graded:
    """What a page says of a grade."""

    grade: Grade
    broken: list[Line]
    open: list[Line]
    kept: list[Line]
    missing: Missing | None  # what keeps the next star away
    elsewhere: str  # stars are counted for data at this address; "" where it is the portal's own


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


def rows_of(file: File, view: View, *, is_covered: bool = False) -> Rows | None:
    """One page of the file's table; None where it has none or the question was too hard.

    While a hold stands, covered or not, it answers no filters and no order: what is masked could
    be guessed by them, and people looked for beyond the page that the journal keeps.
    """
    if not file.has_table:
        return None
    names = {column.number: column.name for column in file.dictionary.all()}
    hold = covering.stands(file)
    filters, sort = ([], []) if hold else _asked(view, names)
    try:
        found = page(
            tables.plain_file(file.table_sha256),
            filters=filters,
            sort=sort,
            offset=(view.page - 1) * ROWS,
            limit=ROWS,
            numbered=True,
        )
    except (QueryRefused, QueryTooLong, EvidenceError):
        return None
    if hold and is_covered:
        found = covering.rows(found, covering.named(hold, _table_of(file), list(names.values())))
    return _numbered(found)


def numbers(file: File, view: View) -> range:
    """Numbers of the rows a page shows of a table in its own order."""
    first = (view.page - 1) * ROWS + 1
    return range(first, min(first + ROWS - 1, file.rows) + 1)


def _asked(view: View, names: Mapping[int, str]) -> tuple[list[Filter], list[Sort]]:
    """The condition and the order of a view, where they name a column there is."""
    filters, sort = [], []
    if view.column in names and (view.value or view.operation == "is_empty"):
        condition = Filter(column=names[view.column], operation=view.operation, value=view.value)
        filters.append(condition)
    if abs(view.sort) in names:
        sort.append(Sort(column=names[abs(view.sort)], descending=view.sort < 0))
    return filters, sort


def _numbered(found: Page) -> Rows:
    """The numbers of the rows apart from their cells; a table may have an "_id" of its own."""
    if found.columns[:1] != (NUMBER,):
        return Rows(found.columns, found.kinds, [(None, row) for row in found.rows], found.total)
    lines = [(row[0], row[1:]) for row in found.rows]
    return Rows(found.columns[1:], found.kinds[1:], lines, found.total)


def first_rows(file: File) -> Rows | None:
    """The beginning of the file's table; None where it cannot be shown."""
    try:
        return _beginning(file.table_sha256) if file.has_table else None
    except (QueryRefused, QueryTooLong, EvidenceError):
        return None


@lru_cache(maxsize=512)
def _beginning(table_sha256: str) -> Rows:
    return _numbered(page(tables.plain_file(table_sha256), limit=FIRST_ROWS, numbered=True))


def _table_of(file: File) -> Table | None:
    grade = as_grade(file)
    return largest_table(grade.file) if grade else None


def columns_of(file: File, rows: Rows | None, *, is_covered: bool = False) -> list[Explained]:
    """The dictionary, each column with its figures and with how `rows` has its values."""
    table, columns = _table_of(file), list(file.dictionary.all())
    figures = {each.number: each for each in table.columns} if table else {}
    told = explained(columns, rows, figures)
    hold = covering.stands(file) if is_covered else None
    if not hold:
        return told
    hidden = covering.named(hold, table, [each.name for each in columns])
    whole = {each.number for each in columns if each.name in hidden}
    masked = {
        number: covering.figures(each, is_whole=number in whole) for number, each in figures.items()
    }
    for each in columns:
        each.name = str(covering.masked(each.name))
    return [replace(each, figures=masked.get(each.column.number)) for each in told]


def explained(
    columns: list[Column], rows: Rows | None, figures: Mapping[int, Figures]
) -> list[Explained]:
    """Columns with the figures there are of them and with how `rows` has their values."""
    kinds = dict(zip(rows.columns, rows.kinds, strict=True)) if rows else {}
    return [
        Explained(each, figures.get(each.number), kinds.get(each.name, "") in NUMBERS)
        for each in columns
    ]


def graded(file: File, *, is_covered: bool = False) -> Graded | None:
    """The grade in words; None before the file was read."""
    grade = as_grade(file)
    if grade is None:
        return None
    known = rules.load()
    found = (each for each in grade.findings if each.rule in known)
    lines = [Line(each, known[each.rule], is_covered) for each in found]
    lines.sort(key=lambda line: (SEVERITIES.index(line.rule.text.severity), line.finding.rule))
    return Graded(
        grade=grade,
        broken=[line for line in lines if line.finding.outcome is Outcome.FAILED],
        open=[line for line in lines if line.finding.outcome is Outcome.CANNOT_TELL],
        kept=[line for line in lines if line.finding.outcome is Outcome.PASSED],
        missing=next_of(grade.stars).missing,
        elsewhere="" if grade.address.startswith(f"{settings.PUBLIC_ADDRESS}/") else grade.address,
    )


def next_of(stars: Stars) -> Next:
    """The next step of a file."""
    step = stars.missing
    return Next(said().missing.get(step.note) if step else None)
