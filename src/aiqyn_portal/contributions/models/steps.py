"""The ledger: steps in the life of contributions, sealed into one chain, a root for every day."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models.contributions import Contribution, LedgerIsAppendOnly

PERSON = settings.AUTH_USER_MODEL


class _AddedOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsAppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise LedgerIsAppendOnly(str(self))


class Step(_AddedOnly):
    """One thing that happened to a contribution. Never edited: triggers refuse it.

    Names and words of people are not here but in `Erasable`; the step holds commitments to
    them (`aiqyn.ledger.commitments`), so they can be erased and the chain still holds.
    """

    class What(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("step", "Received")
        REGISTERED = "registered", pgettext_lazy("step", "Registered")
        GROUPED = "grouped", pgettext_lazy("step", "Put together with others that say the same")
        UNGROUPED = "ungrouped", pgettext_lazy("step", "Taken out of its group")
        DECIDED = "decided", pgettext_lazy("step", "Decided")
        PASSED_ON = "passed_on", pgettext_lazy("step", "Passed on to another body")
        REFLECTED = "reflected", pgettext_lazy("step", "Reflected")
        DONE = "done", pgettext_lazy("step", "Done")
        MODERATED = "moderated", pgettext_lazy("step", "Removed by a moderator")
        MASKED = "masked", pgettext_lazy("step", "Part of the text masked by a moderator")
        APPEALED = "appealed", pgettext_lazy("step", "The author appealed")
        RESTORED = "restored", pgettext_lazy("step", "Published again")
        UPHELD = "upheld", pgettext_lazy("step", "The appeal was declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("step", "Withdrawn by the author")
        VOTED = "voted", pgettext_lazy("step", "Votes counted")
        RATED = "rated", pgettext_lazy("step", "The author rated the answer")
        REOPENED = "reopened", pgettext_lazy("step", "Opened again")
        PERSON_ERASED = "person_erased", pgettext_lazy("step", "The author left the platform")
        TEXT_ERASED = "text_erased", pgettext_lazy("step", "Text erased")

    class Role(models.TextChoices):
        AUTHOR = "author", pgettext_lazy("step", "the author")
        OFFICER = "officer", pgettext_lazy("step", "an officer of the body")
        MODERATOR = "moderator", pgettext_lazy("step", "a moderator")
        SYSTEM = "system", pgettext_lazy("step", "the platform")

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of this contribution
    at = models.DateTimeField()
    what = models.CharField(max_length=15, choices=What)
    role = models.CharField(max_length=10, choices=Role)  # in which somebody acted
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # for which an officer acted
    outcome = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=30, blank=True)  # code of reasons.yaml or rules.yaml
    details = models.JSONField(default=dict)  # nothing personal; plain values only
    commitments = models.JSONField(default=dict)  # {"text": digest, "by": digest, …}

    class Meta:
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"], name="contributions_step_has_its_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}/{self.number} {self.what}"

    @property
    def link(self) -> str:
        """Its link in the chain; "" until it is sealed, shortly after it was written."""
        seal = getattr(self, "seal", None)
        return seal.link if seal else ""

    @property
    def words(self) -> Any:
        """What was said with the step: a phrase; empty where nothing was, or once erased."""
        erasable = getattr(self, "erasable", None)
        return erasable.words if erasable else {}

    @property
    def by(self) -> Any:
        """Who acted: None for the platform itself and for people who have left."""
        erasable = getattr(self, "erasable", None)
        return erasable.by if erasable else None

    def as_record(self, number: str, body_code: str) -> dict[str, Any]:
        """What a link commits to, with the contribution's number and the code of `body`."""
        return {
            "contribution": number,
            "step": self.number,
            "at": self.at.astimezone(UTC).isoformat(),
            "what": str(self.what),
            "role": str(self.role),
            "body": body_code,
            "outcome": str(self.outcome),
            "reason": self.reason,
            "details": self.details,
            "commitments": self.commitments,
        }


class Erasable(models.Model):
    """What of a step may be taken away without breaking the chain: people and their words."""

    step = models.OneToOneField(
        Step, primary_key=True, on_delete=models.PROTECT, related_name="erasable"
    )
    by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = PhraseField(default=dict)  # of whoever acted; "" as a language: nobody knows which
    salts = models.JSONField(default=dict)  # {"text": salt, …}; a salt goes with its value

    class Meta:
        ordering = ["step"]

    def __str__(self) -> str:
        return str(self.step_id)


class Pending(models.Model):
    """A step that waits for its seal, for a moment."""

    step = models.OneToOneField(
        Step, primary_key=True, on_delete=models.PROTECT, related_name="pending"
    )

    class Meta:
        ordering = ["step"]

    def __str__(self) -> str:
        return str(self.step_id)


class Seal(_AddedOnly):
    """The place of a step in the one chain of all steps."""

    position = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without gaps
    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="seal")
    day = models.DateField()  # on which it was sealed, in the portal's time zone; never goes back
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["day", "position"], name="contributions_seal_day")]

    def __str__(self) -> str:
        return f"{self.position} {self.link[:8]}"


class Root(_AddedOnly):
    """One digest for all that was sealed on a day; published, and chained to the root before."""

    day = models.DateField(primary_key=True)
    first = models.PositiveBigIntegerField()  # position of the day's first seal
    size = models.PositiveIntegerField()  # seals of the day
    root = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.root[:8]}"

    def as_record(self) -> dict[str, Any]:
        """What the link of the root commits to."""
        return {
            "day": self.day.isoformat(),
            "first": self.first,
            "size": self.size,
            "root": self.root,
        }
