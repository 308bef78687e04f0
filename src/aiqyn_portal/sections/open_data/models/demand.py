"""Who reads sets, and what a body has promised to publish."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.models.sets import Dataset

PERSON = settings.AUTH_USER_MODEL


class Use(models.Model):
    """How often a set was asked for on one day; robots are not counted."""

    class Kind(models.TextChoices):
        VIEW = "view", pgettext_lazy("use", "Views")
        DOWNLOAD = "download", pgettext_lazy("use", "Downloads")
        API = "api", pgettext_lazy("use", "Requests by programs")

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["dataset", "day", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "day", "kind"], name="open_data_one_count_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.day} {self.kind} {self.count}"


class Approved(models.Model):
    """One line of the approved list: a set a body must publish, by when, by which act."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="approved_data")
    number = models.CharField(max_length=20, blank=True)  # in the list
    title = PhraseField()
    frequency = models.CharField(max_length=20, blank=True)  # as the list demands it
    source = models.CharField(max_length=300)  # the act that approved the list
    source_link = models.URLField(max_length=2000, blank=True)
    due = models.DateField(null=True, blank=True)  # published by; None: the list names no day
    dataset = models.ForeignKey(  # what fulfils it
        Dataset, null=True, blank=True, on_delete=models.SET_NULL, related_name="fulfils"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["body", "due", "number", "pk"]

    def __str__(self) -> str:
        return str(self.title)
