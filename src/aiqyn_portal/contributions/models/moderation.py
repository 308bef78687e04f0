"""What people report, and what authors do not accept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from aiqyn_portal.contributions.models.contributions import Contribution
from aiqyn_portal.contributions.models.steps import Step

PERSON = settings.AUTH_USER_MODEL


class Complaint(models.Model):
    """Somebody says that a contribution breaks the rules; it waits for a moderator."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="complaints"
    )
    by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # None: the platform itself, or somebody who has left
    rule = models.CharField(max_length=30)  # code of rules.yaml
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "by"], name="contributions_one_complaint_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["at"],
                name="contributions_complaint_open",
                condition=Q(closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.rule}"


class Appeal(models.Model):
    """The author does not accept that a contribution was removed; another moderator decides."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="appeals")
    against = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField()
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    upheld = models.BooleanField(default=False)  # the appeal was right: published again

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.at:%Y-%m-%d}"
