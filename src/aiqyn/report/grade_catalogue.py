"""A whole catalogue graded: what it has, how good that is, and which rules most sets break."""

import csv
import io
from collections.abc import Iterator

import msgspec

from aiqyn import rules
from aiqyn.chain import Fact
from aiqyn.grading.catalogue import CatalogueReport
from aiqyn.harvest.telling import reconciled
from aiqyn.report.findings import harmless
from aiqyn.report.grade_model import drawn
from aiqyn.report.ratings import rating_text
from aiqyn.report.words import spaced, word
from aiqyn.scoring.methodology import methodology
from aiqyn.text import say

COLUMNS = ("code", "rule", "severity", "passed", "failed", "cannot_tell", "inapplicable")


def catalogue_text(report: CatalogueReport, address: str, language: str) -> str:
    """Return the report as lines for a terminal."""
    return "\n".join(_lines(report, address, language)) + "\n"


def _lines(report: CatalogueReport, address: str, language: str) -> Iterator[str]:
    yield word("catalogue_title", language)
    yield f"{word('catalogue', language)}: {address}"
    yield f"{word('as_of', language)}: {report.as_of.isoformat()}"
    if report.summary:
        yield from reconciled(report.summary, language)
    yield word("sets_said", language).format(spaced(report.sets), spaced(report.refused))
    if report.stars:
        yield ""
        yield word("stars", language)
        yield from (f"  {drawn(star)}  {spaced(count)}" for star, count in report.stars.items())
    for rating in report.ratings:
        yield ""
        method = methodology(rating.methodology)
        # The rating is of no body: the name of the methodology stands alone.
        yield rating_text(rating, (), method, language).removeprefix(" · ").rstrip()
    yield ""
    yield word("worst_rules", language)
    for fact in report.worst():
        title = say(rules.load()[fact.rule].text.title, language)
        yield f"  ✗ {fact.rule}  {title}: {spaced(fact.failed)} / {spaced(_judged(fact))}"


def _judged(fact: Fact) -> int:
    return fact.passed + fact.partly + fact.failed


def catalogue_json(report: CatalogueReport) -> str:
    """Return the report as JSON, one key a line."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def catalogue_csv(report: CatalogueReport, language: str) -> str:
    """Return a row per rule: how many sets hold it; the first row names the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([word(column, language) for column in COLUMNS])
    for fact in report.facts:
        text = rules.load()[fact.rule].text
        counts = (fact.passed, fact.failed, fact.cannot_tell, fact.inapplicable)
        row = [fact.rule, say(text.title, language), word(text.severity, language)]
        writer.writerow(harmless([*row, *map(str, counts)]))
    return out.getvalue()
