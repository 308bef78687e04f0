"""An audit that waits its turn, and one that is done."""

from datetime import UTC, date, datetime

from aiqyn.chain import Finding, Outcome, Place
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.manifest import Manifest, to_lines
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import keep_findings, store
from aiqyn_portal.sections.site_audit import actions as site_audit
from aiqyn_portal.sections.site_audit.models import Run
from tests.portal.evaluation.trial import AT


def asked_for(body: Body, evaluator: User) -> Run:
    """An audit that waits its turn."""
    body.site = "https://example.kz/"
    body.save()
    return site_audit.ask_for_run(body, by=evaluator, at=AT)


def audited(body: Body, sha256: str) -> Audit:
    moment = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    led = Manifest(
        start="https://example.kz/",
        agent="aiqyn",
        started_at=moment,
        finished_at=moment,
        limits=Limits(),
    )
    audit = Audit.objects.create(
        body=body,
        start="https://example.kz/",
        regulation="sites",
        edition=date(2025, 3, 31),
        as_of=date(2026, 11, 20),
        started_at=moment,
        finished_at=moment,
        pages=1,
        manifest_sha256=store().put(to_lines(led)),
        library_version="0.1.0",
    )
    broken = Place(where="img", address="https://example.kz/", evidence=sha256)
    found = [
        Finding(rule="P001", outcome=Outcome.PASSED, evidence=sha256),
        Finding(rule="P004", outcome=Outcome.FAILED, evidence=sha256, places=(broken,)),
        Finding(rule="P009", outcome=Outcome.FAILED, evidence=sha256, places=(broken,)),
    ]
    keep_findings(found, body=body, audit=audit, found_on=audit.as_of)
    return audit
