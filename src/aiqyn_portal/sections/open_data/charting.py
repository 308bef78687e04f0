"""A table summed up and drawn: bars for words, a line for numbers and dates in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from aiqyn.datastore import QueryRefused
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.grouping import Grouped, group
from aiqyn.errors import EvidenceError
from aiqyn_portal.base.charts import chart_svg
from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.sections.open_data.models import Column, File

MOST_BARS = 20
MOST_POINTS = 500  # of a line
LONGEST = 40  # letters of a label
NUMBERS = ("whole", "decimal")
ORDERED = (*NUMBERS, "date", "moment")
HOWS = {
    "count": pgettext_lazy("figure", "Number of rows"),
    "sum": pgettext_lazy("figure", "Sum"),
    "mean": pgettext_lazy("figure", "Mean"),
    "least": pgettext_lazy("figure", "Least"),
    "greatest": pgettext_lazy("figure", "Greatest"),
}


@dataclass(frozen=True)
class Asked:
    """What a reader wants drawn; columns by number."""

    by: int = 0  # 0: nothing has been asked yet
    how: str = "count"
    of: int = 0


@dataclass(frozen=True)
class Drawn:
    """A drawing with the figures it shows."""

    svg: SafeString
    groups: tuple[tuple[Any, Any], ...]
    total: int  # groups there are
    figure: str  # what the figures are
    by: str  # the column they are for
    is_line: bool  # else bars, which are drawn so that they fit a telephone


def asked_of(query: Mapping[str, str]) -> Asked:
    """Read an address; what makes no sense counts as not asked."""
    how = query.get("how", "count")
    return Asked(
        by=_number(query.get("by", "")),
        how=how if how in HOWS else "count",
        of=_number(query.get("of", "")),
    )


def query_of(asked: Asked) -> str:
    """The address of what was asked: what `asked_of` reads."""
    return urlencode({"by": asked.by, "how": asked.how, "of": asked.of})


def _number(said: str) -> int:
    return int(said[:6]) if said[:6].isdecimal() else 0


def drawn(file: File, asked: Asked) -> Drawn | None:
    """The drawing; None where the table has no such columns or the question was too hard."""
    columns = {column.number: column for column in file.dictionary.all()}
    by, of = columns.get(asked.by), columns.get(asked.of)
    if by is None or (asked.how != "count" and of is None) or not file.has_table:
        return None
    is_ordered = by.kind in ORDERED
    try:
        found = group(
            tables.plain_file(file.table_sha256),
            by.name,
            how=asked.how,
            of=of.name if of else "",
            limit=MOST_POINTS if is_ordered else MOST_BARS,
        )
    except (QueryRefused, QueryTooLong, EvidenceError):
        return None
    figure = str(HOWS[asked.how]) if of is None or asked.how == "count" else _of(asked.how, of)
    is_line = found.in_order and len(found.groups) > MOST_BARS
    spec = _spec(found, by, figure, str(file.version.dataset), is_line=is_line)
    return Drawn(chart_svg(spec), found.groups, found.total, figure, said(by), is_line)


def said(column: Column) -> str:
    """What a reader calls the column."""
    return str(column.title) or column.name


def _of(how: str, column: Column) -> str:
    return f"{HOWS[how]}: {said(column)}"


def _spec(found: Grouped, by: Column, figure: str, title: str, *, is_line: bool) -> dict[str, Any]:
    values = [{"label": _label(value), "figure": number} for value, number in found.groups]
    name = {"field": "label", "title": said(by), "sort": None}
    steps = {"tickMinStep": 1} if all(isinstance(number, int) for _, number in found.groups) else {}
    height = {"field": "figure", "type": "quantitative", "title": figure, "axis": steps}
    if is_line:
        drawing: dict[str, Any] = {
            "mark": {"type": "line", "point": False},
            "width": 640,
            "height": 320,
            "encoding": {
                "x": name | {"type": "ordinal", "axis": {"labelOverlap": True, "labelAngle": 0}},
                "y": height,
            },
        }
    else:
        drawing = {
            "mark": "bar",
            "width": 360,
            "height": {"step": 28},
            "encoding": {"y": name | {"type": "nominal"}, "x": height},
        }
    return {
        "title": f"{title}: {figure}",
        "description": _("The same figures stand in the table below."),
        "data": {"values": values},
        **drawing,
    }


def _label(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
