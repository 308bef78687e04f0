"""The grade of one file, ready to be laid out in one language."""

from collections.abc import Callable, Iterable
from functools import cached_property

from msgspec import Struct

from aiqyn.calendar.saying import SpokenDate
from aiqyn.chain import Place
from aiqyn.grading import Grade, Step
from aiqyn.grading.stars import said
from aiqyn.report.bunches import by_note
from aiqyn.report.grade_saw import encoding
from aiqyn.report.model import BROKEN, Entry, edition_of, entries
from aiqyn.report.words import spaced, word
from aiqyn.subjects.datafile.columns_order import LEAST
from aiqyn.subjects.datafile.grid import address
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.datafile.model import Column, Table
from aiqyn.subjects.formats import format_of
from aiqyn.text import say

FULL, HOLLOW = "★", "☆"
MOST_COLUMNS = 6  # named in one line


class Fault(Struct, frozen=True, kw_only=True):
    """Places of one finding with the same fault, and what to do about it."""

    wrong: str
    repair: str
    is_mended: bool  # `--fix` does it
    places: tuple[Place, ...]


class Told(Struct, frozen=True, kw_only=True, dict=True):
    """A grade in one language."""

    grade: Grade
    language: str

    @cached_property
    def entries(self) -> list[Entry]:
        """The findings, worst first."""
        return sorted(entries(self.grade, self.language), key=lambda entry: entry.urgency)

    @property
    def broken(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.group in BROKEN]

    @property
    def doubtful(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.group in ("cannot_tell", "question")]

    def of_group(self, group: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.group == group]

    @property
    def stars(self) -> str:
        return drawn(self.grade.stars.count)

    @property
    def stars_ahead(self) -> str:
        """The stars, and how many there would be once the next step is made."""
        reach = self.grade.stars.reach
        return self.stars if reach == self.grade.stars.count else f"{self.stars} → {drawn(reach)}"

    @property
    def steps(self) -> list[tuple[Step, str]]:
        """The five stars and what each asks."""
        asked = said().stars
        return [(step, say(asked[step.star], self.language)) for step in self.grade.stars.steps]

    @property
    def missing(self) -> tuple[str, str]:
        """What keeps the next star away, and its repair; empty with five stars."""
        step = self.grade.stars.missing
        return self.lacks(step) if step else ("", "")

    @property
    def next_step(self) -> str:
        """In one line what to do next: first what holds the file back; empty where nothing does."""
        held = self.word("holds") if self.grade.holds else ""
        return " ".join(filter(None, (held, self.missing[1])))

    def lacks(self, step: Step) -> tuple[str, str]:
        """What keeps one star away, and its repair; empty where it is there."""
        if not step.note:
            return "", ""
        missing = said().missing[step.note]
        return say(missing.wrong, self.language), say(missing.repair, self.language)

    @property
    def facts(self) -> dict[str, str]:
        """What the report is about, by key of the words; in order."""
        file, grade = self.grade.file, self.grade
        facts = {
            "file": f"{file.inside} › {file.name}" if file.inside else file.name,
            "address": grade.address,
            "format": self._format(),
            "tables": self._tables(),
            "keys": self._of_tables(self._keys),
            "order": self._of_tables(self._order),
            "licence": grade.licence.title or grade.licence.said or self.word("no_licence"),
            "regulation": say(edition_of(grade).act, self.language),
            "as_of": f"{SpokenDate(grade.as_of, self.language)}",
            "digest": file.sha256,
        }
        return {key: value for key, value in facts.items() if value}

    @property
    def personal(self) -> list[tuple[str, int]]:
        """Kinds of personal data by title, and how many places have them."""
        return [
            (say(kinds()[kind].title, self.language), count)
            for kind, count in self.grade.personal.items()
        ]

    def faults(self, entry: Entry) -> list[Fault]:
        """The places of a finding, the most frequent fault first."""
        keys = {place.note for place in entry.finding.places}
        grouped = by_note(entry.finding.places, lambda place: place.note)
        return [self._fault(entry, key, places) for key, places in grouped.items() if key in keys]

    def _fault(self, entry: Entry, key: str, places: Iterable[Place]) -> Fault:
        kind = kinds().get(key)
        return Fault(
            wrong=entry.notes.get(key, ""),
            repair=say(kind.repair, self.language) if kind else entry.fix,
            is_mended=kind is not None and kind.mended and self.grade.file.is_whole,
            places=tuple(places),
        )

    def word(self, key: str) -> str:
        return word(key, self.language)

    def _format(self) -> str:
        file = self.grade.file
        title = format_of(file.format).title
        named = title if file.format != "unknown" else self.word("not_found")
        size = self.word("bytes_said").format(spaced(file.size))
        return ", ".join(filter(None, (named, encoding(file.encoding), size)))

    def _of_tables(self, tell: Callable[[Table], str]) -> str:
        """What there is to tell of each table, beside its name where there are several."""
        tables = self.grade.file.tables
        told = [(called(table), tell(table)) for table in tables if table.rows >= LEAST]
        said = [f"{name}: {each}" if len(tables) > 1 else each for name, each in told if each]
        return "; ".join(said[:10]) + ("; …" if len(said) > 10 else "")

    def _keys(self, table: Table) -> str:
        """The columns that tell all rows apart; "" where that was not counted."""
        names = [named(each) for each in table.columns if each.is_key and each.kind != "decimal"]
        if not names and any(each.distinct is None for each in table.columns):
            return ""
        return few(names) or self.word("no_keys")

    def _order(self, table: Table) -> str:
        said = []
        for each in table.columns:
            if each.order:
                told = self.word("order_broken" if each.breaks else each.order)
                order, first = self.word(each.order), spaced(each.break_row)
                told = told.format(order=order, breaks=spaced(each.breaks), row=first)
                said.append(f"{named(each)} {told}")
        return few(said) or self.word("no_order")

    def _tables(self) -> str:
        told = []
        for table in self.grade.file.tables:
            columns = self.word("columns_said").format(spaced(len(table.columns)))
            rows = self.word("rows_said").format(spaced(table.rows))
            name = called(table)
            told.append(f"{name}: {columns}, {rows}" if name else f"{columns}, {rows}")
        if triples := self.grade.file.links.triples:
            told.append(self.word("triples_said").format(spaced(triples)))
        return "; ".join(told[:10]) + ("; …" if len(told) > 10 else "")


def called(table: Table) -> str:
    """Return what people find a table by: its sheet, and "A11:F24" where it shares that."""
    if not (area := table.area):
        return table.name
    begin, end = address(area.top - 1, area.left - 1), address(area.bottom - 1, area.right - 1)
    return ", ".join(filter(None, (table.name, f"{begin}:{end}")))


def named(column: Column) -> str:
    """Return a column as people find it: its name, or its number where it has none."""
    return f"«{column.name}»" if column.name.strip() else f"№ {column.number}"


def few(said: list[str]) -> str:
    """Return the first of what is said."""
    return ", ".join(said[:MOST_COLUMNS]) + (", …" if len(said) > MOST_COLUMNS else "")


def drawn(count: int) -> str:
    """Return stars as people know them: "★★★☆☆"."""
    return FULL * count + HOLLOW * (5 - count)
