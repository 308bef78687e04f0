"""What is good about a site and what to repair first, from the findings of one audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aiqyn.audit import Report
from aiqyn.errors import ScoringError
from aiqyn.report.model import merit
from aiqyn.report.worth import Worth, worth
from aiqyn.scoring.methodology import methodology, methodology_ids
from aiqyn_portal.sections.site_audit.queries import SEVERITIES, Chapter, Line

PROFILE = "aiqyn-site-"  # methodologies of ours for one site; the newest that was in force counts
SHOWN = 5


@dataclass(frozen=True)
class Repair:
    """A broken rule and the points its repair adds; None where no methodology counts it."""

    line: Line
    gain: Decimal | None


@dataclass(frozen=True)
class Advice:
    """The top of an audit's page."""

    good: list[Chapter]  # families without a broken rule
    strengths: list[Line]  # the weightiest rules that are kept
    repairs: list[Repair]  # all of them, the most urgent first
    worth: Worth | None

    @property
    def first(self) -> list[Repair]:
        """What to repair first."""
        return self.repairs[:SHOWN]

    @property
    def gains(self) -> dict[str, Decimal]:
        """Points a repair adds, by rule."""
        return self.worth.gains if self.worth else {}


def advise(report: Report, chapters: Sequence[Chapter]) -> Advice:
    """Sort what an audit found into strengths and repairs."""
    value = valued(report)
    gains = value.gains if value else {}
    lines = [line for chapter in chapters for line in chapter.lines]
    repairs = [Repair(line, gains.get(line.finding.rule)) for line in lines if line.is_broken]
    kept = [line for line in lines if line.finding.outcome == "passed"]
    return Advice(
        good=[chapter for chapter in chapters if chapter.share == 100],
        strengths=sorted(kept, key=lambda line: merit(line.finding.rule))[:SHOWN],
        repairs=sorted(repairs, key=_urgency),
        worth=value,
    )


def valued(report: Report) -> Worth | None:
    """The audit scored by the newest profile in force on its day; None when it cannot be."""
    started = [
        (methodology(name).in_force_from, name)
        for name in methodology_ids()
        if name.startswith(PROFILE) and methodology(name).in_force_from <= report.as_of
    ]
    if not started:
        return None
    try:
        return worth(report, max(started)[1])
    except ScoringError:  # the rows hold a figure the methodology refuses: no points, no page lost
        return None


def _urgency(repair: Repair) -> tuple[Decimal, int, str]:
    """Most points first, then severity, as in the reports of the command line."""
    text = repair.line.rule.text
    return -(repair.gain or Decimal()), SEVERITIES.index(text.severity), text.code
