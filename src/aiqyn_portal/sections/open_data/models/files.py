"""The files of a version, their columns, and what is held because of personal data."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.sections.open_data.models.sets import Version

PERSON = settings.AUTH_USER_MODEL
LONGEST_LINK = 2000  # SQLite would keep any


class File(models.Model):
    """One file of a version: uploaded, or fetched from an address; its bytes are evidence."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("file", "Waiting to be read")
        READING = "reading", pgettext_lazy("file", "Being read")
        READ = "read", pgettext_lazy("file", "Read")
        FAILED = "failed", pgettext_lazy("file", "Could not be read")

    LIVE = (State.WAITING, State.READING)

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)  # last part of its address
    title = PhraseField(default=dict, blank=True)
    link = models.URLField(
        max_length=LONGEST_LINK, blank=True
    )  # where it was fetched; "": uploaded
    sha256 = models.CharField(max_length=64, blank=True)  # of the bytes, in the evidence store
    size = models.PositiveBigIntegerField(default=0)
    format = models.CharField(max_length=20, blank=True)  # `DataFile.format`: told by the bytes
    media_type = models.CharField(max_length=100, blank=True)
    # the largest table as Parquet, in the evidence store; "" where there is no table
    table_sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveBigIntegerField(default=0)
    columns = models.PositiveIntegerField(default=0)
    # `aiqyn.grading.Grade` as msgspec builtins: what was read, findings, stars
    grade = models.JSONField(null=True, blank=True)
    stars = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(5)])

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=30, blank=True)  # a cause, see wording.FAILURES
    task = models.CharField(max_length=64, blank=True)  # id in the queue

    class Meta:
        ordering = ["version", "pk"]
        indexes = [
            models.Index(fields=["format"], name="open_data_format"),
            models.Index(fields=["state"], name="open_data_file_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="open_data_file_names_differ"),
            models.CheckConstraint(
                condition=~Q(state="read") | ~Q(sha256=""), name="open_data_read_file_has_bytes"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether it waits or is being read."""
        return self.state in self.LIVE

    @property
    def has_table(self) -> bool:
        """Whether rows can be shown."""
        return bool(self.table_sha256)


class Column(models.Model):
    """One column of a file's table, as the dictionary explains it."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="dictionary")
    number = models.PositiveIntegerField()  # from 1
    name = models.CharField(max_length=300)  # as the header says it
    kind = models.CharField(max_length=10)  # as `datafile.model.Column.kind`
    title = PhraseField(default=dict, blank=True)
    description = PhraseField(default=dict, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    is_key = models.BooleanField(default=False)

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="open_data_columns_in_order")
        ]

    def __str__(self) -> str:
        return self.name


class Hold(models.Model):
    """Personal data found in a file: it stays unpublished until somebody decides."""

    class Decision(models.TextChoices):
        OPEN = "", pgettext_lazy("hold", "Waiting for a decision")
        PUBLISH = "publish", pgettext_lazy("hold", "May be published")
        KEEP = "keep", pgettext_lazy("hold", "Must not be published")

    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="hold")
    # what was found: list of {"kind", "column", "count", "examples"}, examples masked
    found = models.JSONField(default=list)
    held_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["held_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="")
                | (~Q(reason="") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="open_data_decision_says_who_and_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.decision}"

    @property
    def keeps(self) -> bool:
        """Whether the file must not be published as things stand."""
        return self.decision != self.Decision.PUBLISH
