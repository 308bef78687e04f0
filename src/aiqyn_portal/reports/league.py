"""The league table of a round as plain values: columns, rows, sorting, notes."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from aiqyn.scoring.methodology import Methodology
from aiqyn.text import say
from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.reports import figures
from aiqyn_portal.reports.places import Place, RoundPlaces, method_of
from aiqyn_portal.reports.rows import Remark

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
KEPT = 4096  # lines, by each process
Marks = dict[str, dict[str, tuple[int, ...]]]  # body, column, numbers of notes
MarksOfBody = tuple[tuple[str, tuple[int, ...]], ...]


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
    cells: tuple[Cell, ...]
    total: Cell
    grade: str
    grade_code: str
    change: Cell | None  # None where no round before is compared
    direction: str  # "up", "down", "same", ""
    before: str  # points before objections, when they changed something
    is_corrected: bool


class League(NamedTuple):
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    averages: tuple[str, ...]
    average: Cell
    sort: str
    is_compared: bool  # with a round before: without one there is no column of changes


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
    return _in_alphabet(str(place.result.name))


_in_alphabet = lru_cache(maxsize=KEPT)(in_alphabet)


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


def build(found: RoundPlaces, *, sort: str = DEFAULT_SORT, kind: str = "") -> League:
    """The table of a round (of bodies of one kind, when `kind` says so) in the active language.

    Raises UnknownColumn.
    """
    code = found.round.methodology
    method = method_of(code)
    shown = [place for place in found.places if not kind or place.result.kind == kind]
    notes = number_notes(found.remarks, method)
    marks = _marks(notes)
    language = get_language() or ""
    is_compared = any(place.change is not None for place in found.places)
    return League(
        columns=tuple(
            column
            for column in _columns(code, sort, kind, _marks_of(marks, ""), language)
            if is_compared or column.key != "change"
        ),
        lines=tuple(
            _line(
                place,
                *(code, found.round.code),
                *(_marks_of(marks, place.result.body), language, is_compared),
            )
            for place in sorted_places(shown, sort, method)
        ),
        notes=notes,
        averages=_averages(shown, method),
        average=_average_total(shown, notes, marks.get("", {}).get(AVERAGE, ()), whole=not kind),
        sort=sort,
        is_compared=is_compared,
    )


@lru_cache(maxsize=KEPT)
def _address(round_code: str, _language: str) -> str:
    """Reverse once, fill in the body: 17 reversals a page are most of its cost."""
    return reverse("reports:why", args=[round_code, "BODY"])


@lru_cache(maxsize=KEPT)
def _bands(methodology: str, language: str) -> dict[str, str]:
    return {band.code: say(band.title, language) for band in method_of(methodology).bands}


@lru_cache(maxsize=KEPT)
def _columns(
    methodology: str, sort: str, kind: str, noted: MarksOfBody, language: str
) -> tuple[Column, ...]:
    method, marks, point = method_of(methodology), dict(noted), figures.separator()
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
    return tuple(
        Column(key, title, maximum, _sorting(key, sort, kind), _aria(key, sort), marks.get(key, ()))
        for key, title, maximum in titles
    )


def _aria(key: str, sort: str) -> str:
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "")


def _sorting(key: str, sort: str, kind: str) -> str:
    """Address that sorts by `key`; by a second click the other way round."""
    first = key if key in ASCENDING_FIRST else f"-{key}"
    second = f"-{key}" if first == key else key
    asked = {"sort": second if sort == first else first} | ({"kind": kind} if kind else {})
    return f"?{urlencode(asked)}#table"


@lru_cache(maxsize=KEPT)
def _line(
    place: Place,
    methodology: str,
    round_code: str,
    noted: MarksOfBody,
    language: str,
    is_compared: bool,
) -> Line:
    """A row of the table in the active language, which `language` names."""
    point, marks = figures.separator(), dict(noted)
    result = place.result
    tree = result.tree
    scores = {score.code: score.points for score in tree.criteria}
    return Line(
        rank=str(place.rank or figures.NOTHING),
        href=_address(round_code, language).replace("BODY", result.body),
        code=result.body,
        name=str(result.name),
        name_today=str(result.name_today or ""),
        cells=tuple(
            Cell(
                figures.figure(scores.get(criterion.code), point),
                say(criterion.title, language),
                marks.get(criterion.code, ()),
            )
            for criterion in method_of(methodology).criteria
        ),
        total=Cell(
            figures.figure(tree.points, point),
            "",
            marks.get("points", ()),
            "" if result.printed is None else figures.figure(result.printed, point),
        ),
        grade=_bands(methodology, language).get(tree.grade, tree.grade or figures.NOTHING),
        grade_code=tree.grade,
        change=(
            Cell(figures.signed(place.change, point), "", marks.get("change", ()))
            if is_compared
            else None
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


def _averages(shown: Sequence[Place], method: Methodology) -> tuple[str, ...]:
    """The mean of each criterion."""
    known: dict[str, list[Decimal | None]] = {criterion.code: [] for criterion in method.criteria}
    for place in shown:
        for score in place.result.tree.criteria:
            if score.code in known:
                known[score.code].append(score.points)
    point = figures.separator()
    return tuple(_average(values, point) for values in known.values())


def _average(values: Sequence[Decimal | None], point: str) -> str:
    known = [value for value in values if value is not None]
    mean = sum(known, Decimal(0)) / len(known) if known else None
    return figures.figure(mean, point)


def _average_total(
    shown: Sequence[Place], notes: Sequence[Note], marks: tuple[int, ...], *, whole: bool
) -> Cell:
    """The average of the totals; the printed one beside it, while the `whole` table is shown."""
    point = figures.separator()
    text = _average([place.result.points for place in shown], point)
    said = [n.printed for n in notes if n.column == AVERAGE and n.printed and not n.holds]
    printed = said[0].replace(".", point) if whole and said else ""
    other = printed if printed != text else ""
    return Cell(text, "", marks, other)


def number_notes(remarks: Sequence[Remark], method: Methodology) -> tuple[Note, ...]:
    """What does not add up first, single figures before whole columns; what holds comes last."""
    ordered = sorted(remarks, key=lambda remark: (_holds(remark), not remark.entry))
    return tuple(
        Note(
            number=number,
            text=str(remark.text),
            body=remark.body,
            column=_column_of(remark, method),
            holds=_holds(remark),
            printed=str(remark.details.get("printed", "")),
        )
        for number, remark in enumerate(ordered, start=1)
    )


def _holds(remark: Remark) -> bool:
    return bool(remark.details.get("holds"))


def _column_of(remark: Remark, method: Methodology) -> str:
    """Key of the column the note speaks of; AVERAGE for the row below; "" for the whole table."""
    for start, key in NOTED.items():
        if remark.code.startswith(start):
            return key
    column = str(remark.details.get("column", ""))
    for criterion in method.criteria:
        if column.startswith(criterion.code):
            return criterion.code
    return "points" if column.startswith("total") else ""


def _marks(notes: Sequence[Note]) -> Marks:
    found: Marks = {}
    for note in notes:
        of_body = found.setdefault(note.body, {})
        of_body[note.column] = (*of_body.get(note.column, ()), note.number)
    return found


def _marks_of(marks: Marks, body: str) -> MarksOfBody:
    return tuple(marks.get(body, {}).items())
