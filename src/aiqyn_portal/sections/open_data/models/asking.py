"""What people ask of bodies: data that are not there, and what is wrong with those that are.

What was said, by whom, and what became of it is a contribution; here is the rest.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data.models.sets import Dataset
from aiqyn_portal.sections.open_data.models.titled import Titled

LONGEST_TITLE = 200
Outcome = Contribution.Outcome


class Request(Titled, models.Model):
    """Data somebody asks a body to publish; it ends in a set or in a refusal with its reason."""

    longest_title = LONGEST_TITLE
    # how they are told apart: each by its name in the address, its words and its condition
    STATES: dict[str, tuple[StrOrPromise, Q]] = {
        "open": (
            pgettext_lazy("request", "Waiting for an answer"),
            Q(contribution__outcome="", contribution__shown=Contribution.Shown.PUBLIC),
        ),
        "planned": (
            pgettext_lazy("request", "Will be published"),
            Q(
                contribution__outcome__in=[Outcome.ACCEPTED.value, Outcome.PARTLY.value],
                dataset__isnull=True,
            ),
        ),
        "published": (pgettext_lazy("request", "Published"), Q(dataset__isnull=False)),
        "refused": (
            pgettext_lazy("request", "Refused"),
            Q(contribution__outcome=Outcome.DECLINED.value),
        ),
    }

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="data_request"
    )
    dataset = models.ForeignKey(
        Dataset, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.contribution.number

    @property
    def body(self) -> Body:
        """The body that answers, or has answered."""
        return self.contribution.body

    @property
    def wanted(self) -> int:
        """People who need the data: who asked, and who said so too."""
        return self.contribution.votes_for + 1

    @property
    def is_open(self) -> bool:
        """Whether an answer, or a better one, may still come."""
        row = self.contribution
        is_refused = row.outcome not in ("", Outcome.ACCEPTED, Outcome.PARTLY)
        return row.is_public and self.dataset_id is None and not is_refused


class Problem(models.Model):
    """What somebody has found wrong with a set, or with one row of it."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="data_problem"
    )
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="problems")
    version = models.PositiveIntegerField()  # its number when the problem was met

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.contribution.number
