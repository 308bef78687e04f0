"""What was seen and what it means, as rows that are only ever added."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from aiqyn.chain import Outcome
from aiqyn_portal.bodies.models import Body


class EvidenceIsAppendOnly(RuntimeError):
    """Somebody tried to change or delete kept evidence or a finding."""


class AppendOnly(models.Model):
    """A row that is added once and never edited."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EvidenceIsAppendOnly(f"{self._meta.label} {self.pk}")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EvidenceIsAppendOnly(f"{self._meta.label} {self.pk}")


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def public(self) -> "SnapshotQuerySet":
        """What anybody may open: uploads are shown by what they were handed in for."""
        return self.exclude(origin__in=[Snapshot.Origin.UPLOAD, Snapshot.Origin.ELSEWHERE])


class Snapshot(AppendOnly):
    """Exact bytes seen at one address at one moment; the bytes lie in the store."""

    class Origin(models.TextChoices):
        CRAWL = "crawl"
        ELSEWHERE = "elsewhere"  # the crawl of an audit that is_elsewhere
        TABLE = "table"
        UPLOAD = "upload"
        SECTION = "section"

    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="snapshots")
    origin = models.CharField(max_length=10, choices=Origin)
    address = models.CharField(max_length=2000)
    taken_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "address"]

    def __str__(self) -> str:
        return f"{self.address} {self.sha256[:8]}"


AGE = ("as_of", "finished_at", "pk")  # the newest: judged on the latest day, then finished last


class AuditQuerySet(models.QuerySet["Audit"]):
    def counting(self) -> "AuditQuerySet":
        """Audits of the bodies' own sites, the newest first; the first of a body is its newest."""
        return self.filter(is_elsewhere=False)

    def before(self, audit: "Audit") -> "AuditQuerySet":
        """The audits of the same body that count and are older, the newest first."""
        as_of, finished_at, pk = audit.age
        is_older = Q(as_of__lt=as_of) | Q(as_of=as_of, finished_at__lt=finished_at)
        is_older |= Q(as_of=as_of, finished_at=finished_at, pk__lt=pk)
        return self.counting().filter(is_older, body=audit.body_id)


class Audit(AppendOnly):
    """One audit of one site: the crawl, the edition it was held against, when."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="audits")
    start = models.URLField(max_length=2000)
    # somebody named an address that was not the body's site in the registry, be it a test stand
    # or a machine of an inner network: it counts nowhere, and is not for everybody to read
    is_elsewhere = models.BooleanField(default=False)
    regulation = models.CharField(max_length=60)  # "sites"
    edition = models.DateField()  # in force from
    as_of = models.DateField()  # the day the site was judged on
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    pages = models.PositiveIntegerField()
    documents = models.PositiveIntegerField(default=0)
    was_cut = models.BooleanField(default=False)  # a limit of ours was reached before the end
    manifest_sha256 = models.CharField(max_length=64)
    library_version = models.CharField(max_length=20)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = [f"-{name}" for name in AGE]

    def __str__(self) -> str:
        return f"{self.body_id} {self.as_of}"

    @property
    def age(self) -> tuple[date, datetime, int]:
        """What audits of a body are put in order by, see AGE."""
        return self.as_of, self.finished_at, self.pk


class FindingQuerySet(models.QuerySet["FindingRow"]):
    def counting(self) -> "FindingQuerySet":
        """Findings that count: those no later row overrides."""
        return self.filter(overridden_by__isnull=True)

    def as_found(self) -> "FindingQuerySet":
        """Findings as the machine made them, whatever was ruled afterwards."""
        return self.filter(overrides__isnull=True)


class FindingRow(AppendOnly):
    """`aiqyn.chain.Finding` as a row. A ruling is a new row that names the one it overrides."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="findings")
    audit = models.ForeignKey(Audit, null=True, on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=100, db_index=True)
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Outcome])
    evidence = models.CharField(max_length=64, blank=True)  # SHA-256
    found_on = models.DateField()
    finding = models.JSONField()  # the whole noun, as msgspec builtins
    overrides = models.OneToOneField(  # a person has ruled otherwise; the old row stays
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="overridden_by"
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["rule", "pk"]
        indexes = [models.Index(fields=["body", "found_on"], name="evidence_body_day")]

    def __str__(self) -> str:
        return f"{self.rule} {self.outcome}"


class Tally(models.Model):
    """How the findings of one audit that count ended: "failed" → rules, a rule for each finding.

    `store` writes it anew with every finding it adds, so that a table of all bodies reads one
    row of each and not all their findings.
    """

    audit = models.OneToOneField(
        Audit, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    ended = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.audit_id} {sum(map(len, self.ended.values()))}"
