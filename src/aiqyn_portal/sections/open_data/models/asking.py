"""What people ask of bodies: data that are not there, and what is wrong with those that are."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.models.sets import Dataset

PERSON = settings.AUTH_USER_MODEL


class Request(models.Model):
    """Data somebody asks a body to publish; it ends in a set or in a refusal with its reason."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "Waiting for an answer")
        PLANNED = "planned", pgettext_lazy("request", "Will be published")
        PUBLISHED = "published", pgettext_lazy("request", "Published")
        REFUSED = "refused", pgettext_lazy("request", "Refused")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="data_requests")
    title = models.CharField(max_length=200)
    text = models.TextField()  # what it is needed for
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    dataset = models.ForeignKey(
        Dataset, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    answered_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["body", "state"], name="open_data_request_body")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(dataset__isnull=False),
                name="open_data_published_request_names_its_set",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "planned"]) | ~Q(answer=""),
                name="open_data_answer_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether an answer, or a better one, may still come."""
        return self.state in (self.State.OPEN, self.State.PLANNED)


class Vote(models.Model):
    """A person who needs the same data."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["request", "at"]
        constraints = [
            models.UniqueConstraint(fields=["request", "user"], name="open_data_one_vote_each")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.user_id}"


class Problem(models.Model):
    """What somebody has found wrong with a set, or with one row of it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("problem", "Waiting for an answer")
        MENDED = "mended", pgettext_lazy("problem", "Mended")
        REFUSED = "refused", pgettext_lazy("problem", "Not a mistake")

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="problems")
    version = models.PositiveIntegerField()  # its number when the problem was met
    row = models.CharField(max_length=100, blank=True)  # which row, as the person says it
    text = models.TextField()
    told_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer=""), name="open_data_problem_is_answered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.state}"
