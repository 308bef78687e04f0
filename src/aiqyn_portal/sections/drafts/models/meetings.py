"""Hours of online discussion and hearings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.sections.drafts.models.drafts import Draft
from aiqyn_portal.sections.drafts.models.texts import Attachment


class Meeting(models.Model):
    """People meet over a draft: in a hall, or on the web at an hour told beforehand."""

    class Kind(models.TextChoices):
        HOURS = "hours", pgettext_lazy("meeting", "Online discussion hour")
        HEARING = "hearing", pgettext_lazy("meeting", "Public hearing")

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    place = PhraseField(default=dict, blank=True)
    stream = models.URLField(max_length=500, blank=True)  # on a host of base/streams.yaml
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    called_off = models.CharField(max_length=500, blank=True)  # why; "" while it stands
    minutes = models.OneToOneField(
        Attachment, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting"
    )

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="drafts_meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.starts_at:%Y-%m-%d %H:%M}"
