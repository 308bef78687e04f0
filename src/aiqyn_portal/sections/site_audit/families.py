"""All bodies by all families of rules: the share of rules passed in the newest audits."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from aiqyn import rules
from aiqyn.chain import Outcome
from aiqyn.report.findings import harmless
from aiqyn.report.model import merit
from aiqyn.text import say
from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit.queries import (
    BROKEN,
    newest_audits,
    share_passed,
    tally_by_family,
    tally_by_rule,
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

    audit: Audit
    cells: list[Cell]  # the whole first, then the families in their order

    def share(self, family: str) -> int:
        """What a column sorts by; a share nobody can tell comes last."""
        found = [cell.share for cell in self.cells if cell.family == family]
        return -1 if not found or found[0] is None else found[0]


@dataclass(frozen=True)
class Table:
    """The whole table; `families` are the columns that hold anything."""

    families: list[str]
    rows: list[Row]


def table(sort: str = "") -> Table:
    """Build the table; `sort` is "body", "all" or a family, with "-" for the other way round.

    Shares sort best first. Two queries, however many bodies.
    """
    audits = newest_audits()
    counts = tally_by_family(audits)
    met = {
        family
        for by_family in counts.values()
        for family, ended in by_family.items()
        if share_passed(ended) is not None
    }
    families = [code for code in rules.families() if code in met]
    rows = [Row(audit, _cells(families, counts[audit.pk])) for audit in audits]
    return Table(families, _sorted(rows, sort))


def _cells(families: Iterable[str], counts: dict[str, Counter[str]]) -> list[Cell]:
    whole: Counter[str] = Counter()
    for each in counts.values():
        whole.update(each)
    shares = [Cell(code, share_passed(counts.get(code, Counter()))) for code in families]
    return [Cell(WHOLE, share_passed(whole)), *shares]


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    column = sort.removeprefix("-")
    rows = sorted(rows, key=lambda row: in_alphabet(str(row.audit.body)))
    if column and column != "body":
        rows = sorted(rows, key=lambda row: -row.share(column))
    return rows[::-1] if sort.startswith("-") else rows


@dataclass(frozen=True)
class Breach:
    """A rule, and how many bodies break it among those of whom it could be told."""

    rule: rules.Rule
    broken: int
    told: int


def most_broken(audits: Iterable[Audit]) -> list[Breach]:
    """The rules most bodies break in these audits, one of each body; one query."""
    known = rules.load()
    found = []
    for code, ended in tally_by_rule(audits).items():
        broken = sum(ended[outcome] for outcome in BROKEN)
        told = broken + ended[Outcome.PASSED]
        if broken:
            found.append(Breach(known[code], broken, told))
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
        body = row.audit.body
        shares = ["" if cell.share is None else str(cell.share) for cell in row.cells]
        writer.writerow(harmless([body.code, str(body), row.audit.as_of.isoformat(), *shares]))
    return out.getvalue()
