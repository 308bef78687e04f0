"""The league table of a round as plain values: columns, rows, sorting, notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from aiqyn.scoring.methodology import Methodology
from aiqyn.text import say
from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.evaluation.models import FigureNote, Round
from aiqyn_portal.reports import figures
from aiqyn_portal.reports.places import Place

DEFAULT_SORT = "rank"
ASCENDING_FIRST = {"rank", "name"}
AVERAGE = "average"
NOTED = {
    # how the code of a note begins: the column it is about, where its place does not say it
    "fell_like_for_like": "change",
    "growth": "change",
    "tie": "rank",
    "average": AVERAGE,
}
Marks = dict[tuple[str, str], tuple[int, ...]]


class UnknownColumn(ValueError):
    """The address asks to sort by a column this table does not have."""


class Note(NamedTuple):
    """A remark on a published figure, numbered in order of appearance."""

    number: int
    text: str
    body: str  # registry code; "" when it concerns a whole column or the table
    column: str  # key of the column it concerns
    holds: bool  # the figure was checked and is right
    printed: str  # the figure in question as its source printed it


class Column(NamedTuple):
    key: str
    title: str
    maximum: str
    href: str
    aria_sort: str  # "", "ascending", "descending"
    marks: tuple[int, ...]  # numbers of the notes on the whole column


class Cell(NamedTuple):
    text: str
    label: str
    marks: tuple[int, ...]  # numbers of the notes on this figure
    printed: str = ""  # what the source printed, when that is another figure


class Line(NamedTuple):
    """One row of the table, ready to print."""

    rank: str
    href: str
    code: str
    name: str
    name_today: str
    cells: list[Cell]
    total: Cell
    grade: str
    grade_code: str
    change: Cell
    direction: str  # "up", "down", "same", ""
    before: str  # points before objections, when they changed something
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class League:
    columns: list[Column]
    lines: list[Line]
    notes: list[Note]
    averages: list[str]
    average: Cell
    sort: str


def sorted_places(places: Sequence[Place], sort: str, method: Methodology) -> list[Place]:
    """Sort by a column key, "-key" for descending; unknown values come last either way.

    Raises UnknownColumn.
    """
    key = sort.removeprefix("-")
    value = _column_values(method).get(key)
    if value is None:
        raise UnknownColumn(sort)
    by_name = sorted(places, key=_name)
    known = [place for place in by_name if value(place) is not None]
    unknown = [place for place in by_name if value(place) is None]
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown


def sort_keys(method: Methodology) -> list[str]:
    """Every key `?sort=` understands."""
    return list(_column_values(method))


def _name(place: Place) -> str:
    return in_alphabet(str(place.result.name))


def _column_values(method: Methodology) -> dict[str, Callable[[Place], Any]]:
    values: dict[str, Callable[[Place], Any]] = {
        "rank": lambda place: place.rank,
        "name": _name,
        "points": lambda place: place.result.points,
        "grade": lambda place: place.percent,
        "change": lambda place: place.change,
    }
    for criterion in method.criteria:
        values[criterion.code] = _criterion_value(criterion.code)
    return values


def _criterion_value(code: str) -> Callable[[Place], Decimal | None]:
    def value(place: Place) -> Decimal | None:
        return next((c.points for c in place.result.tree.criteria if c.code == code), None)

    return value


def build(
    round_: Round,
    places: Sequence[Place],
    method: Methodology,
    *,
    notes: Sequence[FigureNote] = (),
    sort: str = DEFAULT_SORT,
    kind: str = "",
) -> League:
    """The table of `places` (of one kind, when `kind` says so) in the active language."""
    point = figures.separator()
    shown = [place for place in places if not kind or place.result.kind == kind]
    numbered = number_notes(notes, method)
    marks = _marks(numbered)
    bands = _bands(method)
    rows = sorted_places(shown, sort, method)
    sample = _addresses(round_)
    codes = [criterion.code for criterion in method.criteria]
    return League(
        columns=_columns(method, sort, kind, marks),
        lines=[_line(place, method, marks, bands, sample, point) for place in rows],
        notes=numbered,
        averages=[_average([_criterion_value(code)(p) for p in shown], point) for code in codes],
        average=_average_total(shown, numbered, marks, whole=not kind),
        sort=sort,
    )


def _addresses(round_: Round) -> str:
    """Reverse once, fill in the body: 17 reversals a page are most of its cost."""
    return reverse("reports:why", args=[round_.code, "BODY"])


def _bands(method: Methodology) -> dict[str, str]:
    language = get_language() or ""
    return {band.code: say(band.title, language) for band in method.bands}


def _columns(method: Methodology, sort: str, kind: str, marks: Marks) -> list[Column]:
    language, point = get_language() or "", figures.separator()
    titles = [("rank", _("Rank"), ""), ("name", _("State body"), "")]
    titles += [
        (c.code, say(c.title, language), figures.short(c.maximum, point)) for c in method.criteria
    ]
    top = method.maximum
    titles += [
        ("points", _("Total"), figures.short(top, point)),
        ("grade", _("Grade"), ""),
        ("change", pgettext("of the score", "Change"), ""),
    ]
    return [
        Column(
            key,
            title,
            maximum,
            _sorting(key, sort, kind),
            _aria(key, sort),
            marks.get(("", key), ()),
        )
        for key, title, maximum in titles
    ]


def _aria(key: str, sort: str) -> str:
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "")


def _sorting(key: str, sort: str, kind: str) -> str:
    """Address that sorts by `key`; by a second click the other way round."""
    first = key if key in ASCENDING_FIRST else f"-{key}"
    second = f"-{key}" if first == key else key
    asked = {"sort": second if sort == first else first} | ({"kind": kind} if kind else {})
    return f"?{urlencode(asked)}#table"


def _line(
    place: Place,
    method: Methodology,
    marks: Marks,
    bands: dict[str, str],
    address: str,
    point: str,
) -> Line:
    result = place.result
    tree = result.tree
    language = get_language() or ""
    scores = {score.code: score.points for score in tree.criteria}
    return Line(
        rank=str(place.rank or figures.NOTHING),
        href=address.replace("BODY", result.body),
        code=result.body,
        name=str(result.name),
        name_today=str(result.name_today or ""),
        cells=[
            Cell(
                figures.figure(scores.get(criterion.code), point),
                say(criterion.title, language),
                marks.get((result.body, criterion.code), ()),
            )
            for criterion in method.criteria
        ],
        total=Cell(
            figures.figure(tree.points, point),
            "",
            marks.get((result.body, "points"), ()),
            "" if result.printed is None else figures.figure(result.printed, point),
        ),
        grade=bands.get(tree.grade, tree.grade or figures.NOTHING),
        grade_code=tree.grade,
        change=Cell(
            figures.signed(place.change, point), "", marks.get((result.body, "change"), ())
        ),
        direction=direction(place.change),
        before=figures.figure(result.preliminary, point) if result.was_changed else "",
        is_corrected=result.is_correction,
    )


def direction(change: Decimal | None) -> str:
    """Which way a change goes, as it is shown: "same" when it rounds to 0,0."""
    if change is None:
        return ""
    if abs(change) < Decimal("0.05"):
        return "same"
    return "up" if change > 0 else "down"


def _average(values: Sequence[Decimal | None], point: str) -> str:
    known = [value for value in values if value is not None]
    mean = sum(known, Decimal(0)) / len(known) if known else None
    return figures.figure(mean, point)


def _average_total(
    shown: Sequence[Place], notes: Sequence[Note], marks: Marks, *, whole: bool
) -> Cell:
    """The average of the totals; the printed one beside it, while the `whole` table is shown."""
    point = figures.separator()
    text = _average([place.result.points for place in shown], point)
    said = [n.printed for n in notes if n.column == AVERAGE and n.printed and not n.holds]
    printed = said[0].replace(".", point) if whole and said else ""
    other = printed if printed != text else ""
    return Cell(text, "", marks.get(("", AVERAGE), ()), other)


def number_notes(notes: Sequence[FigureNote], method: Methodology) -> list[Note]:
    """What does not add up first, single figures before whole columns; what holds comes last."""
    ordered = sorted(notes, key=lambda note: (_holds(note), note.entry_id is None))
    return [
        Note(
            number=number,
            text=str(note.text),
            body=note.entry.body.code if note.entry else "",
            column=_column_of(note, method),
            holds=_holds(note),
            printed=str(note.details.get("printed", "")),
        )
        for number, note in enumerate(ordered, start=1)
    ]


def _holds(note: FigureNote) -> bool:
    return bool(note.details.get("holds"))


def _column_of(note: FigureNote, method: Methodology) -> str:
    """Key of the column the note speaks of; AVERAGE for the row below; "" for the whole table."""
    for start, key in NOTED.items():
        if note.code.startswith(start):
            return key
    column = str(note.details.get("column", ""))
    for criterion in method.criteria:
        if column.startswith(criterion.code):
            return criterion.code
    return "points" if column.startswith("total") else ""


def _marks(notes: Sequence[Note]) -> Marks:
    found: Marks = {}
    for note in notes:
        key = (note.body, note.column)
        found[key] = (*found.get(key, ()), note.number)
    return found
