"""Reading audits, and the catalogue of rules beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec
from django.db.models import Max, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from aiqyn import rules
from aiqyn.audit import Edition, Report, edition_on
from aiqyn.audit.drawn import NONE_DRAWN, NOT_ALL_DRAWN, NOT_RENDERED
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.fetch.addresses import BadAddress, normalise
from aiqyn.text import Text
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.base.alphabet import in_alphabet
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.closing import as_read_by
from aiqyn_portal.evidence.models import Audit, FindingRow, Tally
from aiqyn_portal.evidence.store import as_finding, as_findings
from aiqyn_portal.sections.site_audit.models import Job, Reply, Run

REGULATION = "sites"
ORDER = (
    Outcome.FAILED,
    Outcome.PARTLY,
    Outcome.CANNOT_TELL,
    Outcome.PASSED,
    Outcome.INAPPLICABLE,
)
BROKEN = (Outcome.FAILED, Outcome.PARTLY)
SEVERITIES = ("critical", "serious", "moderate", "minor")
SHOWN_AUDITS = 60  # of one body's history


@dataclass(frozen=True)
class Line:
    """One finding beside the rule it speaks of."""

    row: FindingRow
    finding: Finding
    rule: rules.Rule

    @property
    def how_many(self) -> int:
        """Places found, listed or not."""
        return len(self.finding.places) + self.finding.more

    @property
    def page(self) -> int:
        """The row whose page tells everything: the one the machine made."""
        return self.row.overrides_id or self.row.pk

    @property
    def is_ruled(self) -> bool:
        """Whether a person's ruling counts instead of what the machine found."""
        return self.row.overrides_id is not None

    @property
    def is_broken(self) -> bool:
        """Whether it counts against the body."""
        return self.finding.outcome in BROKEN

    @property
    def is_open(self) -> bool:
        """Whether nobody can tell yet."""
        return self.finding.outcome is Outcome.CANNOT_TELL

    @property
    def note(self) -> Text | None:
        """Why nothing can be said, in words."""
        return self._words(self.finding.note)

    @property
    def places(self) -> list[tuple[Place, Text | None]]:
        """The listed places, each with what is wrong there unless `note` says so of all."""
        said = self.finding.note
        return [
            (place, None if place.note == said else self._words(place.note))
            for place in self.finding.places
        ]

    @property
    def fix(self) -> Text:
        """What repairs what was found."""
        return self.rule.text.fix_of(self.finding)

    @property
    def urgency(self) -> tuple[int, int, str]:
        """What sorts a chapter: what is broken, by severity, first."""
        text = self.rule.text
        return ORDER.index(self.finding.outcome), SEVERITIES.index(text.severity), text.code

    def _words(self, key: str) -> Text | None:
        return self.rule.text.notes.get(key)


@dataclass(frozen=True)
class Chapter:
    """The findings of one family of rules, worst first."""

    code: str
    title: Text
    lines: list[Line]

    @property
    def broken(self) -> list[Line]:
        """What counts against the body."""
        return [line for line in self.lines if line.is_broken]

    @property
    def open(self) -> list[Line]:
        """What nobody could tell yet."""
        return [line for line in self.lines if line.is_open]

    @property
    def open_alike(self) -> list[list[Line]]:
        """`open`; rules that nobody could tell for one and the same reason stand together."""
        alike: dict[str, list[Line]] = {}
        for line in self.open:
            note = None if line.finding.places else line.note
            alike.setdefault(note["en"] if note else line.finding.rule, []).append(line)
        return list(alike.values())

    @property
    def quiet(self) -> list[Line]:
        """What is in order or does not apply."""
        return [line for line in self.lines if not (line.is_broken or line.is_open)]

    @property
    def share(self) -> int | None:
        """Percent of rules passed, see `share_passed`."""
        return share_of(line.finding for line in self.lines)


def undrawn(lines: Iterable[Line]) -> Text | None:
    """That pages were not drawn in the browser, and why, in words; None where all were."""
    notes = (NOT_RENDERED, NONE_DRAWN, NOT_ALL_DRAWN)
    return next((line.note for line in lines if line.finding.note in notes), None)


def share_passed(ended: Mapping[str, int]) -> int | None:
    """As `share_among`, from how many rules ended in which way.

    What does not apply and what nobody can tell yet is left out.
    """
    passed = ended.get(Outcome.PASSED, 0)
    told = passed + ended.get(Outcome.PARTLY, 0) + ended.get(Outcome.FAILED, 0)
    return share_among(passed, told)


def share_among(passed: int, told: int) -> int | None:
    """Percent passed among the rules that could be told, rounded down; None without any."""
    return 100 * passed // told if told else None


def share_of(findings: Iterable[Finding]) -> int | None:
    """Percent of rules passed among some findings, see `share_passed`."""
    return share_passed(Counter(finding.outcome.value for finding in findings))


def address_of(body: Body) -> str:
    """The address of the body's site: only the registry says it."""
    return body.site


def is_elsewhere(body: Body, address: str) -> bool:
    """Whether the registry names a site of the body, and `address` is not it."""
    return bool(body.site) and _bare(address) != _bare(body.site)


def _bare(address: str) -> str:
    """Without scheme, "www." and the last slash: those make no other site, nor does punycode."""
    with suppress(BadAddress):  # a crawl will refuse it
        address = normalise(address.strip())
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def newest_audits() -> "QuerySet[Audit]":
    """The newest audit of every body, by the code of the body."""
    return _newest().select_related("body").order_by("body__code")


class Ended(NamedTuple):
    """How the newest audit of one body ended, as it is kept: thousands are read for one page."""

    pk: int
    code: str  # of the body
    is_example: bool
    as_of: str  # YYYY-MM-DD
    name: str  # JSON of a Phrase
    told: str | None  # JSON of a Tally

    @property
    def rules(self) -> Mapping[str, Sequence[str]]:
        """By outcome."""
        return msgspec.json.decode(self.told, type=dict[str, list[str]]) if self.told else {}


def newest_ended() -> tuple[Ended, ...]:
    """How the newest audit of every body ended, by the code of the body; one query."""
    columns = ("pk", "body__code", "body__is_example")
    as_text = (Cast(name, TextField()) for name in ("as_of", "body__name", "tally__ended"))
    rows = _newest().order_by("body__code").values_list(*columns, *as_text)
    return tuple(map(Ended._make, rows))


def _newest() -> "QuerySet[Audit]":
    of_one = Audit.objects.counting().filter(body=OuterRef("pk"))
    of_all = Body.objects.annotate(newest=Subquery(of_one.values("pk")[:1]))
    return Audit.objects.filter(pk__in=of_all.values("newest"))


def audit_within(body: Body, *, since: date, until: date) -> Audit | None:
    """The audit an evaluation of the period counts: judged on its latest day, finished last.

    It makes no difference who asked for the audit, a person or the schedule.
    """
    return body.audits.counting().filter(as_of__gte=since, as_of__lte=until).first()


def audits_of(body: Body) -> list[Audit]:
    """The audits of the body's site, newest first."""
    return list(body.audits.counting().select_related("tally")[:SHOWN_AUDITS])


def audits_elsewhere(body: Body) -> list[Audit]:
    """Audits of addresses the registry did not name, newest first: they count nowhere."""
    return list(body.audits.filter(is_elsewhere=True)[:SHOWN_AUDITS])


def findings_of(audit: Audit, reader: Person | None = None) -> list[Finding]:
    """The findings of one audit that count, by rule, as `reader` may read them, or everybody."""
    rows = audit.findings.counting().order_by("rule", "pk")
    return as_read_by(reader, audit, as_findings(rows))


def rules_by_outcome(audit: Audit) -> Mapping[str, Sequence[str]]:
    """How the findings that count ended: outcome → rules; no query where the tally was joined."""
    tally: Tally | None = getattr(audit, "tally", None)
    return tally.ended if tally else {}


def edition_of(audit: Audit) -> Edition:
    """The edition the site was held against."""
    return edition_on(audit.regulation, audit.edition)


def report_of(audit: Audit) -> Report:
    """The audit as the library reports it to everybody, rulings included."""
    return report_with(audit, findings_of(audit))


def report_with(audit: Audit, findings: Iterable[Finding]) -> Report:
    """The audit as the library reports it, from findings already read."""
    return Report(
        start=audit.start,
        regulation=audit.regulation,
        in_force=audit.edition,
        as_of=audit.as_of,
        manifest_sha256=audit.manifest_sha256,
        pages=audit.pages,
        documents=audit.documents,
        was_cut=audit.was_cut,
        findings=tuple(findings),
        body=audit.body.code,
        taken_from=audit.started_at,
        taken_until=audit.finished_at,
    )


def lines_of(audit: Audit, reader: Person | None = None) -> list[Line]:
    """As `findings_of`, beside their rules; rules of old editions may be gone."""
    known = rules.load()
    rows = [row for row in audit.findings.counting().order_by("rule", "pk") if row.rule in known]
    found = as_read_by(reader, audit, as_findings(rows))
    return [Line(row, each, known[row.rule]) for row, each in zip(rows, found, strict=True)]


def line_of(row: FindingRow, rule: rules.Rule, reader: Person) -> Line:
    """One finding of an audit beside its rule, as `reader` may read it."""
    assert row.audit is not None  # noqa: S101  findings shown here come from audits
    (found,) = as_read_by(reader, row.audit, [as_finding(row)])
    return Line(row, found, rule)


def chapters(lines: Iterable[Line]) -> list[Chapter]:
    """The findings grouped by family, in the families' own order."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.rule.text.family].append(line)
    return [
        Chapter(code, title, sorted(found[code], key=lambda line: line.urgency))
        for code, title in rules.families().items()
        if code in found
    ]


def ended(lines: Iterable[Line]) -> list[tuple[Outcome, int]]:
    """How many findings ended in which way, what needs repair first."""
    counts = Counter(line.finding.outcome for line in lines)
    return [(outcome, counts[outcome]) for outcome in ORDER if counts[outcome]]


class Breaker(NamedTuple):
    """A body whose newest audit breaks a rule; no model, as thousands are put in order."""

    finding: int  # whose page tells more
    as_of: date
    name: Phrase


def breaking_now(code: str) -> list[Breaker]:
    """Who breaks the rule by the newest audits, in whole or in part, in the alphabet; one query."""
    rows = FindingRow.objects.counting().filter(
        audit__in=_newest().order_by(), rule=code, outcome__in=BROKEN
    )
    columns = (Coalesce("overrides_id", "pk"), "audit__as_of", "body__name")
    found = map(Breaker._make, rows.order_by().values_list(*columns))
    return sorted(found, key=lambda each: in_alphabet(str(each.name)))


def finding_rows() -> "QuerySet[FindingRow]":
    """Findings of audits as the machine made them, with what a page of one finding shows."""
    return (
        FindingRow.objects.as_found()
        .filter(audit__isnull=False)
        .select_related("audit__body", "overridden_by")
    )


def replies_to(row: FindingRow) -> "QuerySet[Reply]":
    """What was said to one finding, in order, each dispute with its ruling."""
    return row.replies.select_related("ruling").order_by("number")


def newest_beside(audit: Audit) -> Audit | None:
    """The newest audit of the same body's site; None where `audit` itself is the newest."""
    newest = Audit.objects.counting().filter(body=audit.body_id).first()
    return newest if newest != audit else None


def newer(row: FindingRow) -> dict[str, Audit | FindingRow | None]:
    """The newest audit where the finding is not of it, and what it has found by the same rule."""
    newest = newest_beside(row.audit) if row.audit else None
    again = newest and newest.findings.as_found().filter(rule=row.rule).first()
    return {"newest": newest, "again": again}


def is_newest(audit: Audit) -> bool:
    """Whether it is of the body's own site, and no later audit of that is there."""
    return not audit.is_elsewhere and newest_beside(audit) is None


def disputes_waiting() -> "QuerySet[Reply]":
    """Disputes without a ruling, the oldest first."""
    return (
        Reply.objects.filter(kind=Reply.Kind.DISPUTE, ruling__isnull=True)
        .select_related("finding__audit__body")
        .order_by("replied_at", "pk")
    )


def live_run(body: Body) -> Run | None:
    """The audit of the body that waits or runs now."""
    return Run.objects.filter(body=body, state__in=Job.LIVE).first()


def newest_run(body: Body) -> Run | None:
    """The audit asked for last, whatever became of it."""
    return Run.objects.filter(body=body).first()


def newest_runs(bodies: Iterable[Body]) -> "QuerySet[Run]":
    """The audit asked for last of each body, whatever became of it."""
    of_each = Run.objects.filter(body__in=bodies).order_by().values("body")
    return Run.objects.filter(pk__in=of_each.annotate(newest=Max("pk")).values("newest"))


def place_in_queue(run: Run) -> int:
    """How many audits wait before this one."""
    return Run.objects.filter(state=Job.State.QUEUED, pk__lt=run.pk).count()
