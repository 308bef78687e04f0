"""Findings of an audit as CSV, and as JSON without words."""

import csv
import io
from collections.abc import Iterator

from aiqyn.audit import Report
from aiqyn.chain import Place
from aiqyn.report.model import BROKEN, Entry, entries
from aiqyn.report.words import said_spot, word
from aiqyn.report.worth import Worth
from aiqyn.report.written import written_json
from aiqyn.rules import families
from aiqyn.text import inert, say

__all__ = ["COLUMNS", "findings_csv", "findings_json", "place_rows"]

COLUMNS = (
    "code", "rule", "family", "severity", "outcome", "good_of", "points",
    "clause", "address", "where", "saw", "note", "fix", "digest", "taken",
)  # fmt: skip


def findings_json(report: Report) -> str:
    """Return the whole report with the texts of its rules; `written.read_written` reads it."""
    return written_json(report)


def findings_csv(report: Report, language: str, worth: Worth | None = None) -> str:
    """Return one row per place, or per finding without places; the first row names the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([word(column, language) for column in COLUMNS])
    for entry in entries(report, language, worth):
        writer.writerows(map(harmless, place_rows(entry, report, language)))
    return out.getvalue()


def place_rows(entry: Entry, report: Report, language: str) -> Iterator[list[str]]:
    """Yield a row of COLUMNS per place, or one without a place."""
    taken = report.taken_until.isoformat() if report.taken_until else ""
    for place in entry.finding.places or (None,):
        yield [*_row(entry, place, language), taken]


def _row(entry: Entry, place: Place | None, language: str) -> Iterator[str]:
    finding = entry.finding
    count = finding.count
    yield from (finding.rule, entry.title, say(families()[entry.family], language))
    yield word(entry.severity, language)
    yield word(entry.group, language)
    yield f"{count.good}/{count.of}" if count else ""
    yield str(entry.gain) if entry.gain else ""
    yield entry.clause
    if place is None:
        yield from ("", "", "", entry.note)
    else:
        where = said_spot(place.where, language)
        yield from (place.address, where, place.saw, entry.note_of(place))
    yield entry.fix if entry.group in BROKEN else ""
    yield place.evidence if place else finding.evidence


def harmless(cells: list[str]) -> list[str]:
    """What a site wrote must not become a formula in somebody's spreadsheet."""
    return [inert(cell).replace("\r", " ") for cell in cells]
