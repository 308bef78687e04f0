"""All bodies by all families of rules: the share of rules passed in the newest audits."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

import msgspec

from aiqyn import rules
from aiqyn.chain import Outcome
from aiqyn.report.findings import harmless
from aiqyn.report.model import merit
from aiqyn.text import say
from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.formats import language
from aiqyn_portal.sections.site_audit.queries import (
    BROKEN,
    Ended,
    newest_ended,
    share_among,
)

HEAT = (40, 60, 80, 95)  # percent at which the next shade begins
MOST_BROKEN = 10  # rules
WHOLE = "all"  # the column of all families together


def heat_of(share: int | None) -> int:
    """The shade of a share: 0 (nothing to tell) or 1, the worst, to 5, the best."""
    return 0 if share is None else 1 + sum(share >= step for step in HEAT)


@dataclass(frozen=True)
class Cell:
    """One share."""

    family: str
    share: int | None

    @property
    def heat(self) -> int:
        return heat_of(self.share)


class Row(NamedTuple):
    """One body, and its newest audit."""

    pk: int
    code: str  # of the body
    is_example: bool
    as_of: date
    name: Phrase
    shares: Mapping[str, int | None]  # by family, and of all together

    def cells(self, families: Iterable[str]) -> list[Cell]:
        """The whole first, then the families in their order."""
        return [Cell(code, self.shares.get(code)) for code in (WHOLE, *families)]

    def share(self, family: str) -> int:
        """What a column sorts by; a share nobody can tell comes last."""
        found = self.shares.get(family)
        return -1 if found is None else found


@dataclass(frozen=True)
class Breach:
    """A rule, and how many bodies break it among those of whom it could be told."""

    rule: rules.Rule
    broken: int
    told: int


class Table:
    """All bodies; `families` are the columns that hold anything."""

    def __init__(self, rows: Sequence[Row], most_broken: list[Breach]) -> None:
        met = {family for row in rows for family in row.shares}
        self.rows = rows  # by the code of the body
        self.families = [code for code in rules.families() if code in met]
        self.most_broken = most_broken
        self._named: dict[str, list[tuple[str, Row]]] = {}

    def sorted(self, sort: str, words: str = "") -> list[Row]:
        """The bodies whose name here, or code, holds every word.

        `sort` is "body", "all" or a family, with "-" for the other way round; shares sort best
        first, and one that is the same by the name.
        """
        column, asked = sort.removeprefix("-"), words.casefold().split()
        rows = [row for name, row in self._in_alphabet() if all(word in name for word in asked)]
        if column in (WHOLE, *self.families):
            rows.sort(key=lambda row: -row.share(column))
        return rows[::-1] if sort.startswith("-") else rows

    def _in_alphabet(self) -> list[tuple[str, Row]]:
        """What a body is found by, and the body; put in order once for each language."""
        spoken = language()
        if spoken not in self._named:
            names = sorted(((str(row.name), row) for row in self.rows), key=_by_name)
            self._named[spoken] = [(f"{name} {row.code}".casefold(), row) for name, row in names]
        return self._named[spoken]


def _by_name(named: tuple[str, Row]) -> str:
    return in_alphabet(named[0])


def table() -> Table:
    """Build the table. One query, however many bodies and findings."""
    return _table(newest_ended())


@lru_cache(maxsize=1)  # 3 KB for each body, most of it the key
def _table(audits: tuple[Ended, ...]) -> Table:
    """What the audits come to; counted again only where one of them is another."""
    family_of = {code: rule.text.family for code, rule in rules.load().items()}
    ended = [each.rules for each in audits]
    rows = [
        Row(
            *each[:3],
            date.fromisoformat(each.as_of),
            Phrase(msgspec.json.decode(each.name)),
            _shares(told, family_of),
        )
        for each, told in zip(audits, ended, strict=True)
    ]
    real = [told for row, told in zip(rows, ended, strict=True) if not row.is_example]
    return Table(rows, _most_broken(real or ended))


def _shares(
    ended: Mapping[str, Sequence[str]], family_of: Mapping[str, str]
) -> dict[str, int | None]:
    """Percent of rules passed by family; rules no longer in the catalogue are left out."""
    kept = ended.get(Outcome.PASSED, ())
    broken = [code for outcome in BROKEN for code in ended.get(outcome, ())]
    passed, told = (Counter(map(family_of.get, codes)) for codes in (kept, [*kept, *broken]))
    for counts in (passed, told):
        counts.pop(None, None)
    shares = {str(code): share_among(passed[code], count) for code, count in told.items()}
    return shares | {WHOLE: share_among(passed.total(), told.total())}


def _most_broken(audits: Iterable[Mapping[str, Sequence[str]]]) -> list[Breach]:
    """The rules most bodies break; invented bodies count only where there are no others."""
    known = rules.load()
    broken, passed = Counter[str](), Counter[str]()
    for ended in audits:
        passed.update(ended.get(Outcome.PASSED, ()))
        for outcome in BROKEN:
            broken.update(ended.get(outcome, ()))
    found = [
        Breach(known[code], count, count + passed[code])
        for code, count in broken.items()
        if code in known
    ]
    return sorted(found, key=lambda each: (-each.broken, merit(each.rule.code)))[:MOST_BROKEN]


def as_csv(found: Table, spoken: str) -> str:
    """The table for a spreadsheet: percent, empty where nothing can be told."""
    titles = rules.families()
    out = StringIO()
    writer = csv.writer(out)
    columns = [
        "code",
        "body",
        "as_of",
        WHOLE,
        *(say(titles[code], spoken) for code in found.families),
    ]
    writer.writerow(columns)
    for row in found.sorted("body"):
        cells = row.cells(found.families)
        shares = ["" if cell.share is None else str(cell.share) for cell in cells]
        writer.writerow(harmless([row.code, str(row.name), row.as_of.isoformat(), *shares]))
    return out.getvalue()
