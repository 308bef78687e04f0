"""Due dates, and everything that ever happened to them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.fields import PhraseField


class HistoryIsAppendOnly(RuntimeError):
    """Somebody tried to change or delete what happened to a due date."""


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> "DeadlineQuerySet":
        """Running or standing: nobody has met them yet."""
        return self.filter(state__in=Deadline.OPEN)

    def by_due(self) -> "DeadlineQuerySet":
        """The nearest first; those whose clock stands come last."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "pk")


class Deadline(models.Model):
    """By when a body has to do something.

    `rule` keeps the term as it was when the clock began; a term changed later is not for it.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("The clock runs")
        SUSPENDED = "suspended", _("The clock stands")
        MET = "met", _("Done")
        WITHDRAWN = "withdrawn", _("No longer needed")

    OPEN = (State.RUNNING, State.SUSPENDED)

    subject = models.CharField(max_length=200)  # "comment:2026-000123"
    term = models.CharField(max_length=60)  # code of terms.yaml
    rule = models.JSONField(default=dict)  # aiqyn.calendar.Term, when the clock began
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="deadlines")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deadlines",
    )  # who answers for it, where somebody was named
    title = PhraseField()
    href = models.CharField(max_length=300, blank=True)  # the page of the subject
    is_public = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    starts_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)  # None while the clock stands
    met_at = models.DateTimeField(null=True, blank=True)
    lapsed_on = models.DateField(null=True, blank=True)  # the first day after, once it has come
    sequence = models.PositiveIntegerField(default=0)  # of changes, for calendars that follow

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("due date")
        indexes = [
            models.Index(fields=["subject"], name="deadlines_subject"),
            models.Index(fields=["body", "state", "due_on"], name="deadlines_of_body"),
            models.Index(fields=["state", "due_on"], name="deadlines_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "term"],
                condition=Q(state__in=("running", "suspended")),
                name="deadlines_one_open_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(due_on__isnull=False),
                name="deadlines_running_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state="met", met_at__isnull=False)
                | (~Q(state="met") & Q(met_at__isnull=True)),
                name="deadlines_met_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.term} {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Event(models.Model):
    """One thing that happened to a due date. Rows are added, never changed."""

    class What(models.TextChoices):
        STARTED = "started", _("The clock began")
        EXTENDED = "extended", _("Extended")
        SUSPENDED = "suspended", _("The clock was stopped")
        RESUMED = "resumed", _("The clock went on")
        HANDED_OVER = "handed_over", _("Handed over to another body")
        ASSIGNED = "assigned", _("An officer was named")
        RECOMPUTED = "recomputed", _("Moved because the calendar changed")
        MET = "met", _("Done")
        LAPSED = "lapsed", _("Not done in time")
        WITHDRAWN = "withdrawn", _("No longer needed")

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of this due date
    what = models.CharField(max_length=20, choices=What)
    at = models.DateTimeField()
    on = models.DateField()  # the day it counts from, local
    by = models.CharField(max_length=150)  # username, or "system"; outlives the account
    reason = models.CharField(max_length=1000, blank=True)
    details = models.JSONField(default=dict)
    due_before = models.DateField(null=True, blank=True)
    due_after = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["deadline", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "number"], name="deadlines_events_have_numbers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.number} {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise HistoryIsAppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise HistoryIsAppendOnly(str(self))


class EnteredDay(models.Model):
    """A day an administrator entered: an order published since our files were written."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday; on a day off, the next working day is free")
        RELIGIOUS = "religious", _("Religious day off")
        MOVED = "moved", _("Day off moved by an order")
        ORDINARY = "ordinary", _("Not a holiday after all")

    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()  # free, or ordinary
    worked = models.DateField(null=True, blank=True)  # the other day of a moved pair
    name = PhraseField(default=dict, blank=True)
    source = models.CharField(max_length=300)
    address = models.URLField(blank=True)
    is_verified = models.BooleanField(default=False)  # read in the act itself
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(withdrawn_at__isnull=True),
                name="deadlines_day_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(worked__isnull=True) | Q(kind="moved"),
                name="deadlines_only_moved_days_are_worked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class TermChange(models.Model):
    """A term as an administrator set it; the newest row of a code is the one in force."""

    class Unit(models.TextChoices):
        WORKING = "working", _("working days")
        CALENDAR = "calendar", _("calendar days")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")
        YEARS = "years", _("years")

    code = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=Unit)
    source = models.CharField(max_length=300)
    address = models.URLField(blank=True)
    is_verified = models.BooleanField(default=False)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.count} {self.unit}"


class Head(models.Model):
    """Who heads a body: what is late is told to them."""

    body = models.OneToOneField("bodies.Body", on_delete=models.CASCADE, related_name="head")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="heads"
    )

    class Meta:
        ordering = ["body"]

    def __str__(self) -> str:
        return f"{self.body} {self.user}"


class Reminder(models.Model):
    """That a stage of one due date was told: nothing is told twice."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()  # the date it spoke of; a moved one is spoken of anew
    stage = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "due_on", "stage"], name="deadlines_stage_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.stage}"


class Feed(models.Model):
    """The secret address of a person's own calendar; a new one ends the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deadline_feed"
    )
    key = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.user)
