"""Questions to heads, their answers, and what the askers make of them.

What was asked and how it was decided is in the contributions; here is what only questions have.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from aiqyn.text import first_sentence
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.dialogue.models.conferences import Conference
from aiqyn_portal.sections.dialogue.models.heads import Head

PERSON = settings.AUTH_USER_MODEL
LONGEST_SUBJECT = 150


class Answer(models.Model):
    """One answer, to one question or to all that asked the same."""

    text = PhraseField(default=dict)  # in the languages it was written in
    outcome = models.CharField(max_length=10, choices=Contribution.Outcome)
    responsible = PhraseField(default=dict, blank=True)  # who prepared it: name and post
    made_at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    # what the check before sending said: a copy of other answers, nothing of the question in it
    is_template = models.BooleanField(default=False)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return str(self.text)[:60]


class AnswerFile(models.Model):
    """A file sent with an answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "name"], name="dialogue_names_of_files_differ"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """A question to a head, asked on the head's page or to a conference."""

    class Said(models.TextChoices):
        NOTHING = "", pgettext_lazy("question", "Not marked yet")
        ANSWERED = "answered", pgettext_lazy("question", "Answered")
        PARTLY = "partly", pgettext_lazy("question", "Partly answered")
        NOT = "not", pgettext_lazy("question", "Not answered")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="question"
    )
    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="questions")
    conference = models.ForeignKey(
        Conference, null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    answers = models.ManyToManyField(Answer, related_name="questions", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # the newest answer
    first_answered_at = models.DateTimeField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)  # by when that answer was due
    said = models.CharField(max_length=10, choices=Said, default=Said.NOTHING, blank=True)
    satisfaction = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5
    was_reopened = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)),
                name="dialogue_satisfaction_is_one_to_five",
            )
        ]
        indexes = [
            models.Index(fields=["head", "-id"], name="dialogue_of_head"),
            models.Index(fields=["conference", "-id"], name="dialogue_of_conference"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What it is about: its first sentence, while everybody may read it."""
        asked = self.contribution
        said = first_sentence(asked.text).replace("\n", " ") if asked.is_public else ""
        if len(said) <= LONGEST_SUBJECT:
            return said or f"№ {asked.number}"
        return said[:LONGEST_SUBJECT].rpartition(" ")[0] + " …"


class Mark(models.Model):
    """What the asker makes of one answer; said once and never changed."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="marks")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="marks")
    said = models.CharField(max_length=10, choices=Question.Said)
    satisfaction = models.PositiveSmallIntegerField()  # 1 to 5
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "answer"], name="dialogue_an_answer_is_marked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.said} {self.satisfaction}"
