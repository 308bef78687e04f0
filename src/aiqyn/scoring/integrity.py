"""Hold a published table against itself: what does not follow, said in three languages."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.errors import InputError
from aiqyn.scoring.claims import Slip
from aiqyn.scoring.methodology import Methodology
from aiqyn.scoring.published import open_table
from aiqyn.scoring.tables import Description, Table, read_table
from aiqyn.text import LANGUAGES, Text, say


class Note(Noun, frozen=True, kw_only=True):
    """One remark on a published table."""

    code: str  # "sum_does_not_follow"
    place: str  # "line 18, column total_2020_published"
    text: Text
    printed: str = ""  # the figure as printed
    computed: str = ""  # what follows from the other figures
    body: str = ""  # code of the body; "" when the note is about the table
    column: str = ""
    methodology: str = ""  # id of the round the column belongs to; "" when to none or to two
    holds: bool = False  # the figure was checked and is right


@lru_cache(maxsize=1)
def phrases() -> dict[str, Text]:
    """Return the phrases of all notes by code."""
    return read(ROOT / "scoring" / "notes.yaml", dict[str, Text])


def check_table(
    table: str | Path | Table, against: Methodology | Description | None = None
) -> list[Note]:
    """Check every claim of a table; figures that hold are notes with `holds`.

    `against` a methodology: the table must hold figures of that round, and each
    figure is checked against the methodology's maxima too. Against a
    description: the file is read as it says. Raises InputError with line,
    column and value when the table cannot be read at all.
    """
    if isinstance(against, Description):
        path = Path(table) if isinstance(table, str) else table
        opened = read_table(path, against) if isinstance(path, Path) else path
    else:
        opened = table if isinstance(table, Table) else open_table(table)
    notes = list(_notes(opened))
    if isinstance(against, Methodology):
        _need_round(opened, against)
    return notes


def _need_round(table: Table, method: Methodology) -> None:
    """Raise InputError unless the figures of the round fit the methodology."""
    columns = table.description.round_of(method.id)
    if columns is None:
        raise InputError(table.path, "", f"the table has no figures for {method.id}")
    for criterion in method.criteria:
        column = columns.criteria.get(criterion.code, "")
        for row in table.rows:
            value = row.numbers.get(column, Decimal(0))
            if criterion.maximum is not None and value > criterion.maximum:
                place = f"line {row.line}, column {column}"
                problem = f"{value} is over the maximum {criterion.maximum}"
                raise InputError(table.path, place, problem)


def _notes(table: Table) -> Iterator[Note]:
    figures = table.figures()
    for claim in table.description.claims:
        for slip in claim.check(figures):
            yield _note(slip, table.description)


def _note(slip: Slip, description: Description) -> Note:
    known = description.bodies.get(slip.key)
    return Note(
        code=slip.code,
        place=slip.place,
        text=_text(slip, description),
        printed=slip.printed,
        computed=slip.computed,
        body=known.code if known else "",
        column=slip.column,
        methodology=_round(slip.column, description),
        holds=slip.holds,
    )


def _round(column: str, description: Description) -> str:
    for each in description.rounds:
        if column == each.total or column in each.criteria.values():
            return each.methodology
    return ""


def _text(slip: Slip, description: Description) -> Text:
    phrase = phrases()[slip.code]
    result = {}
    for language in LANGUAGES:
        keys = slip.figures.get("keys", "").split("\n")
        result[language] = phrase[language].format(
            printed=_figure(slip.printed, language),
            computed=_figure(slip.computed, language),
            body=_title(slip.key, description, language),
            column=_column(slip.column, description, language),
            bodies=", ".join(_title(key, description, language) for key in keys),
            **{n: _figure(f, language) for n, f in slip.figures.items() if n != "keys"},
        )
    return Text(result)


def _figure(figure: str, language: str) -> str:
    """Write a figure as the language does: a decimal comma in Kazakh and Russian."""
    signed = figure.replace("-", "−")
    return signed if language == "en" else signed.replace(".", ",")


def _title(key: str, description: Description, language: str) -> str:
    known = description.bodies.get(key)
    return say(known.title, language) if known else key


def _column(name: str, description: Description, language: str) -> str:
    if name in description.columns:
        return say(description.columns[name].title, language)
    return say(description.absent.get(name, Text({"en": name})), language)
