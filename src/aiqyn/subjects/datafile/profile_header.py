"""Where a table begins: what stands above it, its header of one or more rows, its first record."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice, zip_longest

from msgspec import Struct

from aiqyn.subjects.datafile.counted import Counted
from aiqyn.subjects.datafile.profile import kind_of
from aiqyn.subjects.datafile.values import DAYS, NUMBERS, Value, bare, cell_value, words

HEAD = 60  # rows among which a table begins
BODY = 60  # rows of data that are looked at to know it
YEARS = range(1990, 2101)

Row = Sequence[object]


class Layout(Struct, kw_only=True):
    """Rows of a table by what they are, counted from 0 as they stand in the sequence given."""

    width: int
    preamble: tuple[int, ...] = ()
    header: tuple[int, ...] = ()
    numbering: int = -1  # the row "1 2 3 …" below a header; -1: there is none
    first: int = 0  # of data
    names: tuple[str, ...] = ()
    named: int = 0  # cells of a header of one row, where it is wider than the table


def is_blank(row: Row) -> bool:
    for cell in row:  # noqa: SIM110  # most rows are told by their first cell, at no cost
        if cell is not None and (type(cell) is not str or cell.strip()):
            return False
    return True


def lay_out(rows: Sequence[Row], body: Sequence[Row] = ()) -> Layout:
    """Return what the first rows of a table are; `body` are rows further down, where known."""
    width = usual_width([*rows[HEAD // 2 :], *body] if len(rows) > HEAD else [*rows, *body])
    sample = _body(rows, body, width)
    kinds = _kinds(sample, width)
    first = _first_of_group(rows, _first_record(rows[:HEAD], kinds, sample), width)
    above = [place for place in range(first) if not is_blank(rows[place])]
    numbering = -1
    if len(above) > 1 and _is_numbering(rows[above[-1]]):
        numbering = above.pop()
    header = _header_of(rows, above, width)
    reached = reach(rows[header[0]]) if len(header) == 1 else 0
    return Layout(
        width=width,
        preamble=tuple(place for place in above if place not in header),
        header=header,
        numbering=numbering,
        first=first,
        names=_names([rows[place] for place in header], width),
        named=reached if reached > width else 0,
    )


def usual_width(rows: Sequence[Row]) -> int:
    """Return how many cells most rows have; of equals the greater."""
    widths = set(map(len, rows))
    if len(widths) == 1 and not is_blank(rows[0]):
        return widths.pop()
    counted = Counter(len(row) for row in rows if not is_blank(row))
    return max(counted, key=lambda width: (counted[width], width), default=0)


def _body(rows: Sequence[Row], body: Sequence[Row], width: int) -> list[Row]:
    """Return rows that are most likely data: from the later half, of the usual width."""
    later = [*rows[max(1, min(len(rows) // 2, HEAD)) :], *body]
    step = max(1, len(later) // BODY)
    few = 2 if width > 2 else 1
    return [row for row in later[::step] if len(row) == width and _fills(row, few)]


def reach(row: Row) -> int:
    """Return the number of the row's last cell that is not blank."""
    if row and type(row[-1]) is str and row[-1].strip():  # as in most rows
        return len(row)
    return next((at for at in range(len(row), 0, -1) if not is_blank(row[at - 1 : at])), 0)


def filled(row: Row) -> int:
    """Return how many cells of a row say something."""
    return sum(map(_says, row))


def _fills(row: Row, least: int) -> bool:
    """Whether so many cells of a row say something."""
    return len(list(islice(filter(_says, row), least))) == least


def _says(cell: object) -> bool:
    if type(cell) is str:
        return bool(cell.strip().strip("\ufeff\0"))
    return cell_value(cell).kind != "blank"


def _kinds(sample: Sequence[Row], width: int) -> list[str]:
    columns = zip(*sample, strict=True) if sample else [()] * width
    return [kind_of("", Counted(column)) for column in columns]


def _fits(value: Value, kind: str) -> bool:
    if kind in NUMBERS:
        return value.kind in NUMBERS or value.kind == "code"
    if kind in DAYS:
        return value.kind in DAYS
    if kind == "code":
        return any(letter.isdigit() for letter in value.plain)
    return value.kind == kind


def _first_of_group(rows: Sequence[Row], first: int, width: int) -> int:
    """Return where data begins: a title of a group under the header is data.

    So are those further down, which stand alone in their rows as well.
    """
    begin = first
    while begin and filled(rows[begin - 1]) == 1:
        begin -= 1
    header = begin - 1
    if header > 0 and _is_numbering(rows[header]):
        header -= 1
    return begin if header >= 0 and _is_of_names(rows[header], width) else first


def _is_of_names(row: Row, width: int) -> bool:
    """Whether a row has a name, each another one, for every column."""
    values = [cell_value(cell) for cell in row]
    are_texts = all(value.kind not in NUMBERS | DAYS for value in values)
    return are_texts and filled(row) >= max(2, width) and len({*row}) == len(row)


_TELLING = NUMBERS | DAYS | {"code", "yes_no", "address"}


def _first_record(head: Sequence[Row], kinds: list[str], sample: Sequence[Row]) -> int:
    telling = [place for place, kind in enumerate(kinds) if kind in _TELLING]
    if not telling:
        return _after_first_full(head, sample, len(kinds))
    for place, row in enumerate(head):
        cells = [(cell_value(row[at]), kinds[at]) for at in telling if at < len(row)]
        is_title = _is_title(row, kinds, head[:place])
        fits = 0 if is_title else sum(_fits(value, kind) for value, kind in cells)
        said = sum(value.kind not in ("blank", "missing") for value, _ in cells)
        if (
            fits
            and fits * 2 >= said
            and not _is_numbering(row)
            and not _is_of_years(row, place, head)
        ):
            return place
    return _after_first_full(head, sample, len(kinds))


def _is_title(row: Row, kinds: Sequence[str], above: Sequence[Row]) -> bool:
    """Whether a row above the header, «на 01.10.2026», is a title that looks like a code.

    A title stands alone in its row and has no header above it; a record does not.
    """
    said = [cell_value(cell) for cell in row if _says(cell)]
    if len(said) != 1 or len(kinds) < 2 or "code" not in kinds:
        return False
    if any(_fills(each, 2) for each in above):
        return False
    return " " in said[0].plain or said[0].kind in DAYS


def _is_numbering(row: Row) -> bool:
    """1, 2, 3 … one under each name, as official forms have it; the first may be a letter."""
    said = [cell_value(cell).plain for cell in row]
    if len(said) < 3:
        return False
    plain = [str(number) for number in range(1, len(said) + 1)]
    return said == plain or (said[0] in ("А", "A", "а", "a", "Б") and said[1:] == plain[:-1])


def _is_of_years(row: Row, place: int, head: Sequence[Row]) -> bool:
    """A header may have years as names: 2023, 2024, 2025 above numbers that are no years."""
    years = [at for at, cell in enumerate(row) if _is_year(cell)]
    numbers = sum(cell_value(cell).kind in NUMBERS for cell in row)
    if len(years) < 2 or numbers != len(years) or len({row[at] for at in years}) < len(years):
        return False
    below = next((each for each in head[place + 1 :] if len(each) == len(row)), None)
    return below is not None and not any(_is_year(below[at]) for at in years)


def _is_year(cell: object) -> bool:
    value = cell_value(cell)
    return value.kind == "whole" and len(value.plain) == 4 and int(value.plain) in YEARS


def _after_first_full(head: Sequence[Row], sample: Sequence[Row], width: int) -> int:
    """Return the row after the first full one: among texts alone that one is the header.

    No row has to be fuller than most are wide: one of them may be of another table.
    """
    most = min(width, max(map(filled, head), default=0))
    for place, row in enumerate(head):
        if filled(row) >= max(1, 0.6 * most):
            return place if _is_met_below(row, sample) else _past_numbering(head, place + 1)
    return 0


def _past_numbering(head: Sequence[Row], place: int) -> int:
    return place + (place < len(head) and _is_numbering(head[place]))


def _is_met_below(row: Row, sample: Sequence[Row]) -> bool:
    """Whether the cells of a would-be header are common values of their columns."""
    if len(sample) < 5:
        return False
    met = sum(
        any(cell == other[at] for other in sample)
        for at, cell in enumerate(row)
        if at < len(sample[0])
    )
    return met * 2 >= len(row)


def _header_of(rows: Sequence[Row], above: list[int], width: int) -> tuple[int, ...]:
    """Return the rows of the header: the last above the data, and those it is merged with."""
    if not above:
        return ()
    steps = _steps(rows, above)
    above = above[: len(above) - len(steps)]
    last = above[-1]
    if filled(rows[last]) < min(2, width) or _is_note(rows[last], width):
        return ()
    header = [last]
    for place in reversed(above[:-1]):
        if place != header[0] - 1 or not _is_upper(rows[place], rows[header[0]], width):
            break
        header.insert(0, place)
    return (*header, *steps)


def _steps(rows: Sequence[Row], above: list[int]) -> list[int]:
    """Return the last rows of a header in steps, as budgets have it, without the row they end.

    Each has one name, under the merged cell of the first: category, then class, then subclass.
    """
    steps: list[int] = []
    for place in reversed(above[1:]):
        if filled(rows[place]) != 1 or place - 1 not in above:
            break
        steps.insert(0, place)
    if not steps:
        return []
    base = rows[steps[0] - 1]
    begin = next((at for at, cell in enumerate(base) if _says(cell)), len(base))
    under = range(begin + 1, begin + 1 + len(steps))
    are_steps = all(reach(rows[place]) == at + 1 for place, at in zip(steps, under, strict=True))
    has_room = reach(base) > under.stop and not any(map(_says, base[under.start : under.stop]))
    return steps if are_steps and has_room else []


def _is_note(row: Row, width: int) -> bool:
    return width > 2 and filled(row) == 1


def _is_upper(row: Row, below: Row, width: int) -> bool:
    """Whether `row` continues a header upwards: several cells, with gaps here or below."""
    said = filled(row)
    if said < 2 or len(row) > width:
        return False
    return said < width or filled(below) < width


def _names(header: list[Row], width: int) -> tuple[str, ...]:
    if not header:
        return ("",) * width
    lowest = max((at for at, row in enumerate(header) if filled(row) > 1), default=0)
    columns = zip_longest(*header[lowest:], fillvalue="")  # the steps under it fill its gaps
    header = [*header[:lowest], [next(filter(_text, cells), "") for cells in columns]]
    levels = [_spread(row, header[at + 1 :]) for at, row in enumerate(header[:-1])]
    levels.append([_text(cell) for cell in header[-1]])
    return tuple(_joined([level[at] for level in levels if at < len(level)]) for at in range(width))


def _spread(row: Row, lower: Sequence[Row]) -> list[str]:
    """Return the names of an upper row, each over the cells it was merged across."""
    names: list[str] = []
    for at, cell in enumerate(row):
        said = _text(cell)
        has_below = any(at < len(below) and _text(below[at]) for below in lower)
        names.append(said or (names[-1] if names and has_below else ""))
    return names


def _text(cell: object) -> str:
    return cell if type(cell) is str else cell_value(cell).plain


def _joined(parts: list[str]) -> str:
    said = [part for part in parts if part.strip()]
    if len(said) < 2:
        return said[0] if said else ""
    once = [part.strip() for at, part in enumerate(said) if at == 0 or part != said[at - 1]]
    return " / ".join(once)


def notes_below(rows: Sequence[Row], width: int) -> int:
    """Return how many of the last rows are notes under the table: one text, or a blank row."""
    if width < 2:
        return 0
    count = deepest = 0
    for row in reversed(rows):
        if is_blank(row):
            count += 1
            continue
        if not _is_footnote(row):
            break
        count += 1
        deepest = count
    return deepest


def _is_footnote(row: Row) -> bool:
    said = [value for cell in row if (value := cell_value(cell)).kind != "blank"]
    if len(said) > 1 and any(set(value.plain) == {"_"} for value in said):
        return {value.kind for value in said} == {"text"}  # a place to sign at
    if len(said) != 1 or said[0].kind not in ("text", "address", "date"):
        return False
    text = bare(said[0].plain)
    return len(text.split()) > 2 or text.startswith((*words().notes, "*"))
