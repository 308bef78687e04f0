"""A body's audits as a time line, and two of them beside each other."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from aiqyn import rules
from aiqyn.audit import Report
from aiqyn.chain import Place, prepare
from aiqyn.errors import AiqynError, InputError
from aiqyn.fetch.scope import place_of
from aiqyn.report.comparing import STATUSES, Change, Changes, Status, compare
from aiqyn.report.model import merit
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.evidence.closing import Tell, told_to
from aiqyn_portal.evidence.models import Audit, FindingRow
from aiqyn_portal.evidence.store import as_findings, store
from aiqyn_portal.sections.site_audit.places import Noted
from aiqyn_portal.sections.site_audit.queries import (
    BROKEN,
    report_with,
    rules_by_outcome,
    share_of,
    share_passed,
)

SHOWN_STATUSES: tuple[Status, ...] = ("new", "fixed", "still", "not_comparable")


@dataclass(frozen=True)
class Step:
    """One audit on the time line, beside the one before it where that was of the same site."""

    audit: Audit
    share: int | None  # percent of rules passed
    broken: int
    before: Audit | None
    fixed: int = 0  # rules broken then and kept now
    new: int = 0  # rules kept then and broken now
    unlike: int = 0  # rules broken in one of the two, which the other could not tell


def time_line(audits: Sequence[Audit]) -> list[Step]:
    """The audits of one body, newest first, each with what changed; no query of its own."""
    outcomes = {
        audit.pk: {
            rule: outcome for outcome, told in rules_by_outcome(audit).items() for rule in told
        }
        for audit in audits
    }
    older = [*audits[1:], None] if audits else []
    return [
        _step(audit, before if before and _are_of_one_site(audit, before) else None, outcomes)
        for audit, before in zip(audits, older, strict=True)
    ]


def _are_of_one_site(audit: Audit, other: Audit) -> bool:
    return place_of(audit.start) == place_of(other.start)


def step_of(audit: Audit) -> Step:
    """One audit beside the one before it."""
    before = Audit.objects.before(audit).first()
    return time_line([audit, before] if before else [audit])[0]


def _step(audit: Audit, before: Audit | None, outcomes: dict[int, dict[str, str]]) -> Step:
    now = outcomes[audit.pk]
    then = outcomes[before.pk] if before else {}
    counts: dict[str, int] = {}
    for outcome in now.values():
        counts[outcome] = counts.get(outcome, 0) + 1
    return Step(
        audit=audit,
        share=share_passed(counts),
        broken=sum(outcome in BROKEN for outcome in now.values()),
        before=before,
        fixed=_turned(then, now, BROKEN, ("passed",)),
        new=_turned(then, now, ("passed",), BROKEN),
        unlike=_untold(then, now) + _untold(now, then) if before else 0,
    )


def _untold(here: dict[str, str], there: dict[str, str]) -> int:
    """Count the rules broken here of which nothing was told there."""
    told = {rule for rule, outcome in there.items() if outcome in (*BROKEN, "passed")}
    return sum(outcome in BROKEN and rule not in told for rule, outcome in here.items())


def _turned(
    then: dict[str, str], now: dict[str, str], once: Collection[str], today: Collection[str]
) -> int:
    return sum(then.get(rule) in once and outcome in today for rule, outcome in now.items())


@dataclass(frozen=True)
class Turn:
    """One rule in both audits."""

    change: Change
    rule: rules.Rule
    row: int | None  # finding of the newer audit, whose page tells more

    @property
    def is_as_before(self) -> bool:
        """Whether the rule is broken in both, at the same places."""
        return self.change.status == "still" and not (self.change.new or self.change.fixed)

    @property
    def places(self) -> list[tuple[Status, list[Noted]]]:
        """What became of the places, where any are known, each with what is wrong there."""
        found: list[tuple[Status, tuple[Place, ...]]] = [
            ("new", self.change.new),
            ("still", self.change.still),
            ("fixed", self.change.fixed),
            ("not_comparable", self.change.not_comparable),
        ]
        notes = self.rule.text.notes
        return [
            (status, [(place, notes.get(place.note)) for place in places])
            for status, places in found
            if places
        ]


@dataclass(frozen=True)
class Group:
    """The rules of which the same thing became."""

    status: Status
    turns: list[Turn]

    @property
    def turned(self) -> list[Turn]:
        """Those that are told with their places."""
        return [turn for turn in self.turns if not turn.is_as_before]

    @property
    def as_before(self) -> list[Turn]:
        """Those of which nothing new is to be told."""
        return [turn for turn in self.turns if turn.is_as_before]


@dataclass(frozen=True)
class Comparison:
    """What became of the earlier audit, by what became of its rules."""

    turns: dict[Status, list[Turn]]
    shares: tuple[int | None, int | None]  # percent of rules passed, then and now

    @property
    def groups(self) -> list[Group]:
        """What has changed before what has not."""
        return [Group(status, self.turns[status]) for status in SHOWN_STATUSES]


def compared(older: Audit, newer: Audit, reader: Person | None = None) -> Comparison | None:
    """Compare two audits; None when they speak of two different sites.

    Quotes `reader`, or everybody, may not read are taken out of what is told, not of what is
    compared.
    """
    rows = list(newer.findings.counting().order_by("rule", "pk"))
    before, after = (
        report_with(each, as_findings(each.findings.counting().order_by("rule", "pk")))
        for each in (older, newer)
    )
    try:
        changes = compare(before, after, _read(newer, after))
    except InputError:
        return None
    shares = share_of(before.findings), share_of(after.findings)
    tell = told_to(reader, [older, newer], [*before.findings, *after.findings])
    return Comparison(_by_status(changes, rows, tell), shares)


def _by_status(
    changes: Changes, rows: Iterable[FindingRow], tell: Tell
) -> dict[Status, list[Turn]]:
    known = rules.load()
    pages = {row.rule: row.overrides_id or row.pk for row in rows}
    turns = [
        Turn(_told(change, tell), known[change.rule], pages.get(change.rule))
        for change in changes.rules
        if change.rule in known
    ]
    turns.sort(key=_turned_most)
    return {status: [turn for turn in turns if turn.change.status == status] for status in STATUSES}


def _told(change: Change, tell: Tell) -> Change:
    listed = {status: tuple(map(tell, getattr(change, status))) for status in STATUSES}
    return msgspec.structs.replace(change, **listed)


def _turned_most(turn: Turn) -> tuple[int, int, tuple[int, int, str]]:
    """What changed comes first: places broken anew, then repaired, then the weight of the rule."""
    return -len(turn.change.new), -len(turn.change.fixed), merit(turn.change.rule)


class _Address(Struct, frozen=True):
    """The parts of a manifest's line that say what was read."""

    url: str = ""
    final_url: str = ""


prepare(_Address)


def _read(audit: Audit, report: Report) -> frozenset[str] | None:
    """Addresses the audit has read; None where it read everything or its list is lost."""
    if not report.was_cut:
        return None
    try:
        lines = store().get(audit.manifest_sha256).splitlines()[1:]
        seen = [msgspec.json.decode(line, type=_Address) for line in lines]
    except (AiqynError, msgspec.DecodeError):
        return None
    return frozenset(address for each in seen for address in (each.url, each.final_url) if address)
