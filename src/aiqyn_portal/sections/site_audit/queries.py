"""Reading audits, and the catalogue of rules beside them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from aiqyn import rules
from aiqyn.audit import Edition, Report, edition_on
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.text import Text
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.evidence.store import as_findings

REGULATION = "sites"
ORDER = (
    Outcome.FAILED,
    Outcome.PARTLY,
    Outcome.CANNOT_TELL,
    Outcome.PASSED,
    Outcome.INAPPLICABLE,
)


@dataclass(frozen=True)
class Line:
    """One finding beside the rule it speaks of."""

    finding: Finding
    rule: rules.Rule

    @property
    def how_many(self) -> int:
        """Places found, listed or not."""
        return len(self.finding.places) + self.finding.more

    @property
    def note(self) -> Text | None:
        """Why nothing can be said, in words."""
        return self._words(self.finding.note)

    @property
    def places(self) -> list[tuple[Place, Text | None]]:
        """The listed places, each with what is wrong there."""
        return [(place, self._words(place.note)) for place in self.finding.places]

    def _words(self, key: str) -> Text | None:
        return self.rule.text.notes.get(key)


@dataclass(frozen=True)
class Group:
    """The findings that ended the same way."""

    outcome: Outcome
    lines: list[Line]


def newest_audits() -> list[Audit]:
    """The newest audit of every body, newest first."""
    newest: dict[int, Audit] = {}
    for audit in Audit.objects.select_related("body").order_by("-finished_at"):
        newest.setdefault(audit.body_id, audit)
    return list(newest.values())


def audit_within(body: Body, *, since: date, until: date) -> Audit | None:
    """The newest audit that judged the site of `body` on a day of the period."""
    return body.audits.filter(as_of__gte=since, as_of__lte=until).first()


def findings_of(audit: Audit) -> list[Finding]:
    """The findings of one audit, by rule."""
    return list(as_findings(audit.findings.order_by("rule", "pk")))


def tally(audits: Iterable[Audit]) -> dict[int, Counter[str]]:
    """How many findings of each outcome every audit has; one query."""
    counts: dict[int, Counter[str]] = {audit.pk: Counter() for audit in audits}
    rows = FindingRow.objects.filter(audit__in=list(counts)).values_list("audit_id", "outcome")
    for audit_id, outcome in rows:
        counts[audit_id or 0][outcome] += 1
    return counts


def edition_of(audit: Audit) -> Edition:
    """The edition the site was held against."""
    return edition_on(audit.regulation, audit.edition)


def report_of(audit: Audit) -> Report:
    """The audit as the library reports it."""
    return Report(
        start=audit.start,
        regulation=audit.regulation,
        in_force=audit.edition,
        as_of=audit.as_of,
        manifest_sha256=audit.manifest_sha256,
        pages=audit.pages,
        documents=audit.documents,
        was_cut=audit.was_cut,
        findings=tuple(findings_of(audit)),
        body=audit.body.code,
    )


def groups(audit: Audit) -> list[Group]:
    """The findings grouped by outcome, what needs repair first."""
    known = rules.load()
    lines = [Line(finding, known[finding.rule]) for finding in findings_of(audit)]
    return [
        Group(outcome, chosen)
        for outcome in ORDER
        if (chosen := [line for line in lines if line.finding.outcome is outcome])
    ]


def failing_now(code: str) -> "QuerySet[FindingRow]":
    """Findings of the newest audits in which the rule failed."""
    newest = [audit.pk for audit in newest_audits()]
    return FindingRow.objects.filter(
        audit__in=newest, rule=code, outcome=Outcome.FAILED.value
    ).select_related("body", "audit")
