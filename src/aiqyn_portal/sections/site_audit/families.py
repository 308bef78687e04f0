"""All bodies by all families of rules: the share of rules passed in the newest audits."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from aiqyn import rules
from aiqyn.chain import Outcome
from aiqyn.report.findings import harmless
from aiqyn.report.model import merit
from aiqyn.text import say
from aiqyn_portal.base.alphabet import in_alphabet
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


@dataclass(frozen=True)
class Row:
    """One body."""

    newest: Ended
    shares: dict[str, int | None]  # by family, and of all together
    families: list[str]  # the columns

    @property
    def cells(self) -> list[Cell]:
        """The whole first, then the families in their order."""
        return [Cell(code, self.shares.get(code)) for code in (WHOLE, *self.families)]

    def share(self, family: str) -> int:
        """What a column sorts by; a share nobody can tell comes last."""
        found = self.shares.get(family)
        return -1 if found is None else found


@dataclass(frozen=True)
class Table:
    """The whole table; `families` are the columns that hold anything."""

    families: list[str]
    rows: list[Row]


def named(rows: Iterable[Row], words: str) -> list[Row]:
    """The bodies whose name here, or code, holds every word."""
    asked = words.casefold().split()
    return [row for row in rows if all(word in _name(row.newest) for word in asked)]


def _name(newest: Ended) -> str:
    return f"{newest.name} {newest.code}".casefold()


def table(sort: str = "") -> Table:
    """Build the table; `sort` is "body", "all" or a family, with "-" for the other way round.

    Shares sort best first. One query, however many bodies and findings.
    """
    family_of = {code: rule.text.family for code, rule in rules.load().items()}
    shares = [(newest, _shares(newest.rules, family_of)) for newest in newest_ended()]
    met = {family for _, told in shares for family in told}
    families = [code for code in rules.families() if code in met]
    return Table(families, _sorted([Row(newest, told, families) for newest, told in shares], sort))


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


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    column = sort.removeprefix("-")
    rows = sorted(rows, key=lambda row: in_alphabet(str(row.newest.name)))
    if column and column != "body":
        rows = sorted(rows, key=lambda row: -row.share(column))
    return rows[::-1] if sort.startswith("-") else rows


@dataclass(frozen=True)
class Breach:
    """A rule, and how many bodies break it among those of whom it could be told."""

    rule: rules.Rule
    broken: int
    told: int


def most_broken(rows: Iterable[Row]) -> list[Breach]:
    """The rules most bodies break in their newest audits; no query of its own.

    Invented bodies count only where there are no others.
    """
    known = rules.load()
    broken, passed = Counter[str](), Counter[str]()
    audits = [row.newest for row in rows]
    for newest in [each for each in audits if not each.is_example] or audits:
        ended = newest.rules
        passed.update(ended.get(Outcome.PASSED, ()))
        for outcome in BROKEN:
            broken.update(ended.get(outcome, ()))
    found = [
        Breach(known[code], count, count + passed[code])
        for code, count in broken.items()
        if code in known
    ]
    return sorted(found, key=lambda each: (-each.broken, merit(each.rule.code)))[:MOST_BROKEN]


def as_csv(found: Table, language: str) -> str:
    """The table for a spreadsheet: percent, empty where nothing can be told."""
    titles = rules.families()
    out = StringIO()
    writer = csv.writer(out)
    columns = [
        "code",
        "body",
        "as_of",
        WHOLE,
        *(say(titles[code], language) for code in found.families),
    ]
    writer.writerow(columns)
    for row in found.rows:
        body = row.newest
        shares = ["" if cell.share is None else str(cell.share) for cell in row.cells]
        writer.writerow(harmless([body.code, str(body.name), body.as_of.isoformat(), *shares]))
    return out.getvalue()
