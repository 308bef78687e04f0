"""Findings of an audit as JSON and CSV, and what every other shape of the report shares."""

import csv
import io
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from aiqyn import rules
from aiqyn.audit import Report
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.errors import CatalogueError
from aiqyn.regulations import Edition, editions
from aiqyn.report.words import said_place, word
from aiqyn.text import say

# What needs work first; questions to people after what machines left open.
ORDER = ("failed", "partly", "cannot_tell", "question", "passed", "inapplicable")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run these


class Entry(Struct, frozen=True, kw_only=True):
    """One finding with everything a reader needs, in one language."""

    finding: Finding
    group: str  # one of ORDER
    title: str
    clause: str
    why: str
    fix: str
    note: str  # why we cannot tell; the question itself
    notes: dict[str, str]

    def note_of(self, place: Place) -> str:
        """What is wrong at one place."""
        return self.notes.get(place.note, "")


def entries(report: Report, language: str) -> list[Entry]:
    """Return the findings in order of ORDER, then of rule code."""
    found = [_entry(finding, edition_of(report), language) for finding in report.findings]
    return sorted(found, key=lambda each: (ORDER.index(each.group), each.finding.rule))


def edition_of(report: Report) -> Edition:
    """Return the edition the report was held against.

    Raises CatalogueError when this version of Aiqyn does not know the regulation.
    """
    for edition in editions(report.regulation):
        if edition.in_force == report.in_force:
            return edition
    raise CatalogueError(f"regulations/{report.regulation}", f"no edition of {report.in_force}")


def _entry(finding: Finding, edition: Edition, language: str) -> Entry:
    rule = rules.load()[finding.rule]
    asked = [each.clause for each in edition.requires if each.rule == finding.rule]
    notes = {key: say(text, language) for key, text in rule.text.notes.items()}
    return Entry(
        finding=finding,
        group=_group(finding),
        title=say(rule.text.title, language),
        clause="; ".join(say(clause, language) for clause in asked),
        why=say(rule.text.why, language),
        fix=say(rule.text.fix, language),
        note=notes.get(finding.note, ""),
        notes=notes,
    )


def _group(finding: Finding) -> str:
    is_question = finding.outcome is Outcome.CANNOT_TELL and finding.note == "question"
    return "question" if is_question else finding.outcome.value


def findings_json(report: Report) -> str:
    """Return the whole report; decoding it with `audit.report_of` gives it back."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def findings_csv(report: Report, language: str) -> str:
    """Return one row per place, or per finding without places; the first row names the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = ("code", "rule", "outcome", "good_of", "clause", "address", "where", "saw", "note")
    writer.writerow(
        [*(word(column, language) for column in columns), word("fix", language), "sha256"]
    )
    for entry in entries(report, language):
        for place in entry.finding.places or (None,):
            writer.writerow(_harmless(_row(entry, place, language)))
    return out.getvalue()


def _row(entry: Entry, place: Place | None, language: str) -> Iterator[str]:
    finding = entry.finding
    count = finding.count
    yield from (finding.rule, entry.title, word(entry.group, language))
    yield f"{count.good}/{count.of}" if count else ""
    yield entry.clause
    if place is None:
        yield from ("", "", "", entry.note)
    else:
        where = said_place(place.where, language)
        yield from (place.address, where, place.saw, entry.note_of(place))
    yield entry.fix if entry.group == "failed" else ""
    yield place.evidence if place else finding.evidence


def _harmless(cells: Iterator[str]) -> list[str]:
    """What a site wrote must not become a formula in somebody's spreadsheet."""
    safe = (f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return [cell.replace("\r", " ") for cell in safe]
