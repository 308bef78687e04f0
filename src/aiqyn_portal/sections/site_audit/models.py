"""Audits that are asked for, and what bodies and evaluators say about their findings."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from aiqyn.chain import Outcome
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import AppendOnly, Audit, FindingRow

PERSON = settings.AUTH_USER_MODEL
OUTCOMES = [(each.value, each.value) for each in Outcome]


class Job(models.Model):
    """Work that waits in the queue, and how far it has come."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("job", "Waiting its turn")
        RUNNING = "running", pgettext_lazy("job", "Under way")
        DONE = "done", pgettext_lazy("job", "Finished")
        FAILED = "failed", pgettext_lazy("job", "Did not succeed")
        CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")

    LIVE = (State.QUEUED, State.RUNNING)

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(  # None: the schedule
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    task = models.CharField(max_length=64, blank=True)  # id in the queue
    held_by = models.CharField(max_length=100, blank=True)  # the worker, see actions.holding
    beat_at = models.DateTimeField(null=True, blank=True)  # the worker's last sign of life
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=30, blank=True)  # a cause, see wording.FAILURES
    detail = models.CharField(max_length=300, blank=True)  # what the program said

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        """Whether it waits or runs."""
        return self.state in self.LIVE


class Run(Job):
    """One audit, from the moment somebody asks for it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="audit_runs")
    start = models.URLField(max_length=2000)
    as_of = models.DateField()  # the day the site is judged on: the day it was asked for
    # fetch.Limits of the worker that began, so that a resumed crawl keeps its manners
    limits = models.JSONField(default=dict)
    is_cancel_asked = models.BooleanField(default=False)
    cancelled_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deaths = models.PositiveSmallIntegerField(
        default=0
    )  # of workers, one after another, without progress
    read_at_death = models.PositiveIntegerField(default=0)  # the most that was read at any
    began_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    documents = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)  # addresses met and not yet asked for
    findings = models.PositiveIntegerField(default=0)  # rules broken by what was read so far
    per_second = models.FloatField(default=0)  # pages and documents read
    audit = models.OneToOneField(
        Audit, null=True, blank=True, on_delete=models.PROTECT, related_name="run"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(state__in=["queued", "running"]),
                name="site_audit_one_live_run",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.state}"

    @property
    def read(self) -> int:
        """Pages and documents together."""
        return self.pages + self.documents

    @property
    def known(self) -> int:
        """Pages and documents read, and addresses that wait."""
        return self.read + self.waiting

    @property
    def seconds_left(self) -> int | None:
        """A guess from the speed so far; None while there is nothing to guess from."""
        if not self.per_second:
            return None
        return round(self.waiting / self.per_second)


class Schedule(models.Model):
    """How often the site of one body is audited."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="audit_schedule")
    every_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    hour = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(23)])
    is_paused = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["body__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every_days__gte=1, every_days__lte=366, hour__lte=23),
                name="site_audit_schedule_is_possible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} every {self.every_days} days"


class Reply(AppendOnly):
    """What a body says to one finding: agrees and repairs, or disputes."""

    class Kind(models.TextChoices):
        AGREE = "agree", pgettext_lazy("reply", "Agrees and will repair it")
        DISPUTE = "dispute", pgettext_lazy("reply", "Disputes it")

    finding = models.ForeignKey(FindingRow, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of this finding
    kind = models.CharField(max_length=10, choices=Kind)
    fix_by = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    link = models.URLField(max_length=2000, blank=True)
    replied_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField()

    class Meta:
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "number"], name="site_audit_replies_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(kind="agree", fix_by__isnull=False)
                | (Q(kind="dispute", fix_by__isnull=True) & ~Q(text="")),
                name="site_audit_reply_says_when_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind}"


class Ruling(AppendOnly):
    """The evaluator's answer to a dispute."""

    class Decision(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("ruling", "The body is right")
        REJECTED = "rejected", pgettext_lazy("ruling", "The finding stands")

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="ruling")
    decision = models.CharField(max_length=10, choices=Decision)
    reason = models.TextField()
    record_sha256 = models.CharField(max_length=64)  # of this ruling, in the evidence store
    row = models.OneToOneField(  # the finding that counts from now on
        FindingRow, null=True, blank=True, on_delete=models.PROTECT, related_name="ruling"
    )
    ruled_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="rejected", row__isnull=True)
                | Q(decision="upheld", row__isnull=False),
                name="site_audit_upheld_dispute_has_a_new_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.decision}"


class Recheck(Job):
    """The places of one finding, read once more."""

    class Result(models.TextChoices):
        REPAIRED = "repaired", pgettext_lazy("recheck", "Repaired")
        PARTLY = "partly", pgettext_lazy("recheck", "Repaired in part")
        STILL = "still", pgettext_lazy("recheck", "Still there")
        UNKNOWN = "unknown", pgettext_lazy("recheck", "Could not be told")

    finding = models.ForeignKey(FindingRow, on_delete=models.PROTECT, related_name="rechecks")
    result = models.CharField(max_length=10, choices=Result, blank=True)
    places = models.JSONField(default=list)  # of queries.Seen: address, outcome, sha256, failure

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"],
                condition=Q(state__in=["queued", "running"]),
                name="site_audit_one_live_recheck",
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state} {self.result}"


class ReviewIsPublished(RuntimeError):
    """A published review cannot be changed."""


class Review(models.Model):
    """An expert's own look at an audited site, aspect by aspect; a draft until published."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="reviews")
    expert = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict)  # aspect → {"mark": "good"…, "remark": "…"}
    saved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["audit", F("published_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "expert"], name="site_audit_one_review_each")
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.expert_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and Review.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise ReviewIsPublished(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ReviewIsPublished(str(self))
