"""The only bridge between the portal's tables and the library's nouns and store."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from aiqyn.chain import Evidence, Finding
from aiqyn.fetch.addresses import site_of
from aiqyn.fetch.store import Store
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.inner import is_inner
from aiqyn_portal.evidence.models import Audit, FindingRow, Snapshot, Tally

ROWS_AT_ONCE = 500
LONGEST_ADDRESS = 2000  # as the columns of Snapshot have it
LONGEST_MEDIA_TYPE = 100
_NUL = re.compile(rb"(\\+)u0000")


@cache
def _store_at(address: str) -> Store:
    return Store(address)


def store() -> Store:
    """The portal's evidence store, at `settings.EVIDENCE_STORE`."""
    return _store_at(str(settings.EVIDENCE_STORE))


def keep(
    content: bytes,
    *,
    body: Body | None,
    origin: Snapshot.Origin,
    address: str,
    taken_at: datetime,
    media_type: str = "",
) -> Snapshot:
    """Store `content` and describe it; the same bytes seen again are a new description."""
    return Snapshot.objects.create(
        body=body,
        origin=origin,
        address=address,
        taken_at=taken_at,
        sha256=store().put(content),
        media_type=media_type,
        size=len(content),
    )


def keep_bytes(seen: Iterable[Evidence], bytes_from: Store) -> None:
    """Copy what a crawl kept into the portal's store; what is there already stays."""
    kept = store()
    for evidence in seen:
        if evidence.sha256 and evidence.sha256 not in kept:
            kept.put(bytes_from.get(evidence.sha256))


def keep_crawl(
    seen: Iterable[Evidence],
    bytes_from: Store,
    body: Body,
    *,
    start: str,
    origin: Snapshot.Origin = Snapshot.Origin.CRAWL,
) -> None:
    """Copy what a crawl kept into the portal's store and describe each address.

    `start`: where the crawl began. A machine of an inner network that an open site leads to
    is not for everybody, unless it is the one the crawl began at.
    """
    seen = tuple(seen)
    keep_bytes(seen, bytes_from)
    rows = []
    for evidence in seen:
        if not evidence.sha256:
            continue
        rows.append(
            Snapshot(
                body=body,
                origin=Snapshot.Origin.ELSEWHERE if _is_inside(evidence, start) else origin,
                # a site says what it likes; the manifest keeps it in full
                address=evidence.url[:LONGEST_ADDRESS],
                taken_at=evidence.taken_at,
                sha256=evidence.sha256,
                media_type=evidence.media_type[:LONGEST_MEDIA_TYPE],
                size=evidence.size,
            )
        )
    Snapshot.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def _is_inside(evidence: Evidence, start: str) -> bool:
    """Whether the bytes are those of an inner machine other than the one of `start`."""
    at = evidence.final_url or evidence.url
    return is_inner(at) and site_of(at) != site_of(start)


def _as_json(finding: Finding) -> Any:
    """The noun for a JSON column; a site may quote NUL, which PostgreSQL refuses to keep."""
    written = msgspec.json.encode(finding)
    return msgspec.json.decode(_NUL.sub(_without_nul, written))


def _without_nul(escapes: re.Match[bytes]) -> bytes:
    r"""Backslashes come in pairs: an odd one before `u0000` makes it a NUL."""
    slashes = escapes[1]
    return slashes[:-1] + b"\\ufffd" if len(slashes) % 2 else escapes[0]


@transaction.atomic
def keep_findings(
    findings: Iterable[Finding], *, body: Body, audit: Audit | None, found_on: date
) -> None:
    """Add the findings as rows."""
    FindingRow.objects.bulk_create(
        [
            FindingRow(
                body=body,
                audit=audit,
                rule=finding.rule,
                outcome=finding.outcome.value,
                evidence=finding.evidence,
                found_on=found_on,
                finding=_as_json(finding),
            )
            for finding in findings
        ],
        batch_size=ROWS_AT_ONCE,
    )
    _count(audit)


def _count(audit: Audit | None) -> None:
    """Write down how the findings that count have ended; who counts at once waits for the other."""
    if audit is None:
        return
    tally, _ = Tally.objects.select_for_update().get_or_create(audit=audit)
    tally.ended = {}
    rows = audit.findings.counting().order_by("rule", "pk")
    for rule, outcome in rows.values_list("rule", "outcome"):
        tally.ended.setdefault(outcome, []).append(rule)
    tally.save(update_fields=["ended"])


@transaction.atomic
def overrule(row: FindingRow, finding: Finding, *, found_on: date) -> FindingRow:
    """Add a finding that counts instead of `row`, which stays as it is.

    Raises IntegrityError when `row` has been overruled already.
    """
    added = FindingRow.objects.create(
        body=row.body,
        audit=row.audit,
        rule=row.rule,
        outcome=finding.outcome.value,
        evidence=finding.evidence,
        found_on=found_on,
        finding=_as_json(finding),
        overrides=row,
    )
    _count(row.audit)
    return added


def as_finding(row: FindingRow) -> Finding:
    """Turn a row back into the noun."""
    return msgspec.convert(row.finding, Finding)


def as_findings(rows: Iterable[FindingRow]) -> Iterator[Finding]:
    """Turn rows back into nouns."""
    for row in rows:
        yield as_finding(row)
