"""What somebody said, as it stands now. How it came to stand so is in the steps."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from aiqyn_portal.bodies.models import Body

PERSON = settings.AUTH_USER_MODEL


class LedgerIsAppendOnly(RuntimeError):
    """Somebody tried to change or delete what has been written to the ledger."""


class Group(models.Model):
    """Contributions that say the same; they get one decision."""

    kind = models.CharField(max_length=30)
    about_key = models.CharField(max_length=120)
    method = models.CharField(max_length=20)  # "likeness": found by the machine; "officer": by hand
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "about_key"], name="contributions_group_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_key} {self.pk}"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def public(self) -> "ContributionQuerySet":
        """Those whose text everybody may read."""
        return self.filter(shown=Contribution.Shown.PUBLIC)

    def undecided(self) -> "ContributionQuerySet":
        """Those that wait for a decision: removed and withdrawn ones need none."""
        return self.filter(outcome="", shown=Contribution.Shown.PUBLIC)


class Contribution(models.Model):
    """A comment, a question, an idea: one record with one life."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("contribution", "Received")
        REGISTERED = "registered", pgettext_lazy("contribution", "Registered")
        GROUPED = "grouped", pgettext_lazy("contribution", "Grouped")
        DECIDED = "decided", pgettext_lazy("contribution", "Decided")
        REFLECTED = "reflected", pgettext_lazy("contribution", "Reflected")
        DONE = "done", pgettext_lazy("contribution", "Done")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("contribution", "Accepted")
        PARTLY = "partly", pgettext_lazy("contribution", "Partly accepted")
        DECLINED = "declined", pgettext_lazy("contribution", "Declined")
        PASSED_ON = "passed_on", pgettext_lazy("contribution", "Passed on")

    class Shown(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("contribution", "Published")
        REMOVED = "removed", pgettext_lazy("contribution", "Removed by a moderator")
        WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "Withdrawn by the author")
        ERASED = "erased", pgettext_lazy("contribution", "Text erased")

    class Stance(models.TextChoices):
        NONE = "", pgettext_lazy("contribution", "No stance")
        FOR = "for", pgettext_lazy("contribution", "For")
        AGAINST = "against", pgettext_lazy("contribution", "Against")

    # year and the row's own number: 2026-000123. Numbers may have gaps; the ledger has none
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=30)
    about_key = models.CharField(max_length=120)
    anchor = models.CharField(max_length=200, blank=True)  # which paragraph; "": the whole
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="contributions")
    author = models.ForeignKey(
        PERSON, null=True, on_delete=models.SET_NULL, related_name="contributions"
    )  # None once the person has left
    display_name = models.CharField(max_length=80, blank=True)  # all that others see of the author
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)  # as published
    # with the personal data the author agreed to have masked; for the author and the body only
    original_text = models.TextField(blank=True)
    stance = models.CharField(max_length=10, choices=Stance, default=Stance.NONE, blank=True)
    wording = models.TextField(blank=True)  # how the author would write the paragraph
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=30, blank=True)  # of the decision: reasons.yaml
    shown = models.CharField(max_length=10, choices=Shown, default=Shown.PUBLIC)
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    votes_for = models.PositiveIntegerField(default=0)
    votes_against = models.PositiveIntegerField(default=0)
    # as the ledger tells them: counted once a day (`actions.seal_votes`)
    sealed_for = models.PositiveIntegerField(default=0)
    sealed_against = models.PositiveIntegerField(default=0)
    steps_made = models.PositiveSmallIntegerField(default=0)
    form_key = models.CharField(max_length=64)  # of the form it was written in: posted once only
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # of the decision, where there is a term

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_key"], name="contributions_form_is_posted_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(decided_at__isnull=False),
                name="contributions_decision_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "about_key", "-id"], name="contributions_about"),
            models.Index(
                fields=["kind", "about_key", "-votes_for", "-id"], name="contributions_supported"
            ),
            models.Index(
                fields=["kind", "about_key", "anchor", "-votes_for", "-id"],
                name="contributions_in_part",
            ),
            models.Index(fields=["author", "-id"], name="contributions_author"),
            models.Index(
                fields=["body", "due_on", "id"],
                name="contributions_queue",
                condition=Q(outcome="", shown="public"),
            ),
            models.Index(
                fields=["kind", "about_key", "-votes_for", "-id"],
                name="contributions_waiting",
                include=["anchor", "group", "parent"],  # what a desk groups them by
                condition=Q(outcome="", shown="public"),
            ),
            models.Index(fields=["parent", "id"], name="contributions_replies"),
            models.Index(
                fields=["id"],
                name="contributions_votes_to_seal",
                condition=~(Q(votes_for=F("sealed_for")) & Q(votes_against=F("sealed_against"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """How deadlines and the trail name it."""
        return f"contribution:{self.number}"

    @property
    def is_public(self) -> bool:
        return self.shown == self.Shown.PUBLIC

    @property
    def is_decided(self) -> bool:
        return bool(self.outcome)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """People and their words are erased (`actions.leave`, `actions.erase_text`); rows stay."""
        raise LedgerIsAppendOnly(str(self))


class Count(models.Model):
    """Contributions about one thing, counted: kept by every action, never by reading them all."""

    kind = models.CharField(max_length=30)
    about_key = models.CharField(max_length=120)
    total = models.PositiveIntegerField(default=0)  # public ones
    waiting = models.PositiveIntegerField(default=0)  # of these: without a decision
    accepted = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    passed_on = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)  # removed, withdrawn or erased
    people = models.PositiveIntegerField(default=0)  # authors, each once

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_key"], name="contributions_are_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_key}: {self.total}"


TOGETHER = "*"  # anchor of the part that grows with every change of a group or a reply


class Part(models.Model):
    """What is said of one part of a thing, a paragraph of a draft; "" as anchor: of the whole.

    Pages that show it are kept while its edition is the same: whatever changes what is shown of a
    contribution makes the edition grow, in the same transaction.
    """

    kind = models.CharField(max_length=30)
    about_key = models.CharField(max_length=120)
    anchor = models.CharField(max_length=200, blank=True)
    total = models.PositiveIntegerField(default=0)  # public ones, replies too
    edition = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_key", "anchor"], name="contributions_part_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_key} {self.anchor}: {self.total}"


class Participant(models.Model):
    """Somebody who has contributed to one thing: counted once, told when it is discussed again."""

    kind = models.CharField(max_length=30)
    about_key = models.CharField(max_length=120)
    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about_key", "user"], name="contributions_participant_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_key} {self.user_id}"


class Vote(models.Model):
    """Somebody for a contribution, or against it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="votes")
    user = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    value = models.SmallIntegerField()  # 1 for, -1 against
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "user"], name="contributions_one_vote_each"
            ),
            models.CheckConstraint(
                condition=Q(value__in=[1, -1]), name="contributions_vote_is_for_or_against"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.value:+}"
