"""Rounds, answers, ratings, objections. A published rating is a frozen row."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aiqyn.chain import Outcome
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body


class RatingIsFrozen(RuntimeError):
    """A published rating cannot be changed; publish a correction that names it."""


class Round(models.Model):
    """One evaluation: a methodology held against a list of bodies over a period."""

    class State(models.TextChoices):
        # evidence is gathered, questions are answered
        OPEN = "open", pgettext_lazy("round", "Open")
        PRELIMINARY = "preliminary", _("Preliminary")  # bodies see their result and may object
        FINAL = "final", _("Final")  # published and frozen

    code = models.SlugField(unique=True)  # "kz-openness-2020"
    title = PhraseField()
    methodology = models.CharField(max_length=60)  # id of aiqyn.methodologies
    methodology_sha256 = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    objections_until = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    source = PhraseField(default=dict)  # who published the figures, when they are not ours
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["-until", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="evaluation_round_has_a_period",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class Entry(models.Model):
    """One body in one round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="entries")
    gathered = models.JSONField(default=list)  # what the sections said, as msgspec builtins
    gathered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "body"]
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="evaluation_body_entered_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.body_id}"


class Answer(models.Model):
    """What an evaluator decided on a question only a person can judge. Newest row counts."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="answers")
    rule = models.CharField(max_length=100)  # code of a person rule, or of an open finding
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Outcome])
    count_good = models.PositiveBigIntegerField(null=True, blank=True)
    count_of = models.PositiveBigIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    reason = models.TextField()
    link = models.URLField(max_length=2000, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)  # in the evidence store
    file_name = models.CharField(max_length=200, blank=True)
    record_sha256 = models.CharField(max_length=64, default="")  # of this decision, in the store
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["entry", "rule", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule} {self.outcome}"


class Rating(models.Model):
    """A frozen `aiqyn.chain.Rating`. A correction is a new row that names the old one."""

    class Stage(models.TextChoices):
        PRELIMINARY = "preliminary", _("Preliminary")
        FINAL = "final", _("Final")
        CORRECTION = "correction", _("Correction")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="ratings")
    stage = models.CharField(max_length=12, choices=Stage)
    points = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    max_points = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    grade = models.CharField(max_length=30, blank=True)
    rank = models.PositiveIntegerField(null=True)
    tree = models.JSONField()  # the whole noun, as msgspec builtins
    findings = models.JSONField(default=list)  # every finding it rests on, as msgspec builtins
    replaced = models.JSONField(default=list)  # findings a person's answer stands in for
    tree_sha256 = models.CharField(max_length=64)
    methodology_sha256 = models.CharField(max_length=64)
    library_version = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = PhraseField(default=dict)  # of a correction

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(stage="correction") | models.Q(corrects__isnull=False),
                name="evaluation_correction_names_the_old",
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(stage="final"), name="evaluation_one_final"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.stage} {self.points}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RatingIsFrozen(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RatingIsFrozen(str(self))


class Objection(models.Model):
    """A body disagrees with a part of its preliminary result; the evaluator answers."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Accepted in part")
        DECLINED = "declined", _("Declined")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="objections")
    item = models.CharField(max_length=100)  # code of a criterion, indicator or rule
    text = models.TextField()
    link = models.URLField(max_length=2000, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="objections"
    )
    filed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "item"],
                condition=models.Q(decision=""),
                name="evaluation_one_open_objection",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.item}"


class FigureNote(models.Model):
    """A remark on published figures: what `aiqyn.scoring.integrity` found in them."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notes")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="notes")
    code = models.CharField(max_length=60)  # "sum_does_not_follow"
    text = PhraseField()
    details = models.JSONField(
        default=dict
    )  # {"place": …, "printed": "53.66", "computed": "55.66"}

    class Meta:
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
