"""Promises made in answers, followed until they are kept."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy

from aiqyn.text import say
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.dialogue.models.conferences import Conference
from aiqyn_portal.sections.dialogue.models.heads import Head
from aiqyn_portal.sections.dialogue.models.questions import Question

PERSON = settings.AUTH_USER_MODEL


class StepsAreKept(RuntimeError):
    """Somebody tried to change what has become of a commitment."""


class Commitment(models.Model):
    """What a body has promised, through a head of it or not, and by when."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("commitment", "Under way")
        KEPT = "kept", pgettext_lazy("commitment", "Kept")
        DROPPED = "dropped", pgettext_lazy("commitment", "Given up")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="commitments")
    head = models.ForeignKey(
        Head, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )  # None: the question was asked of another body's head and passed on
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    text = PhraseField(default=dict)
    made_on = models.DateField()
    due_on = models.DateField(db_index=True)  # as it stands now
    first_due_on = models.DateField()  # as it was promised
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_on = models.DateField(null=True, blank=True)  # kept or given up

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(ended_on__isnull=False),
                name="dialogue_ended_commitment_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=False) | Q(conference__isnull=False),
                name="dialogue_commitment_was_made_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="dialogue_commitments_due")]

    def __str__(self) -> str:
        return say(self.text, get_language() or "")

    @property
    def subject(self) -> str:
        """How deadlines, followers and the trail name it."""
        return f"commitment:{self.pk}"


class CommitmentStep(models.Model):
    """What became of a commitment; steps are added and never changed."""

    class What(models.TextChoices):
        MADE = "made", pgettext_lazy("commitment", "Promised")
        MOVED = "moved", pgettext_lazy("commitment", "New date")
        TOLD = "told", pgettext_lazy("commitment", "News")
        KEPT = "kept", pgettext_lazy("commitment", "Kept")
        DROPPED = "dropped", pgettext_lazy("commitment", "Given up")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    words = PhraseField(default=dict, blank=True)
    link = models.URLField(max_length=500, blank=True)  # where it can be seen
    due_on = models.DateField()  # as it stood after this step
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise StepsAreKept(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise StepsAreKept(str(self))
