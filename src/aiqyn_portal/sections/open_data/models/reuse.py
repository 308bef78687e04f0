"""What people make of data: an application, a drawing, an article; shown once it was looked at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from aiqyn_portal.sections.open_data.models.sets import Dataset

PERSON = settings.AUTH_USER_MODEL


class ReuseQuerySet(models.QuerySet["Reuse"]):
    def shown(self) -> "ReuseQuerySet":
        """What everybody may see."""
        return self.filter(state=Reuse.State.SHOWN)

    def waiting(self) -> "ReuseQuerySet":
        """What a moderator has to look at."""
        return self.filter(state=Reuse.State.WAITING)


class Reuse(models.Model):
    """Something made of one or more sets."""

    class Kind(models.TextChoices):
        APPLICATION = "application", pgettext_lazy("reuse", "Application or service")
        DRAWING = "drawing", pgettext_lazy("reuse", "Chart or map")
        ARTICLE = "article", pgettext_lazy("reuse", "Article")
        RESEARCH = "research", pgettext_lazy("reuse", "Research")
        LESSON = "lesson", pgettext_lazy("reuse", "Lesson")
        OTHER = "other", pgettext_lazy("reuse", "Other")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("reuse", "Waiting for a moderator")
        SHOWN = "shown", pgettext_lazy("reuse", "Shown")
        REFUSED = "refused", pgettext_lazy("reuse", "Not shown")
        TAKEN_BACK = "taken_back", pgettext_lazy("reuse", "Taken back by its author")

    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=150)
    text = models.TextField()
    link = models.URLField(max_length=2000)
    picture = models.CharField(max_length=64, blank=True)  # SHA-256 in the evidence store
    picture_type = models.CharField(max_length=20, blank=True)  # "image/png", "image/jpeg"
    datasets = models.ManyToManyField(Dataset, related_name="reuses")
    display_name = models.CharField(max_length=100)  # as the author wants to be named
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(blank=True)  # why it is not shown
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReuseQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [models.Index(fields=["state", "-told_at"], name="open_data_reuse_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="open_data_refused_reuse_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(picture="", picture_type="") | ~Q(picture_type=""),
                name="open_data_picture_has_a_type",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shown(self) -> bool:
        """Whether everybody may see it."""
        return self.state == self.State.SHOWN
