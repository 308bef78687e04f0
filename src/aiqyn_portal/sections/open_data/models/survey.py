"""A body asks people which data they need, and says what came of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data.models.asking import Request

PERSON = settings.AUTH_USER_MODEL


class Survey(models.Model):
    """What people ask a body for between two days, both counted, belongs to it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="data_surveys")
    title = PhraseField()
    text = PhraseField(default=dict, blank=True)  # what the body wants to know
    opens_on = models.DateField()
    closes_on = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    results = PhraseField(default=dict, blank=True)  # what follows from it; {} until published
    # how it stood when the results were published: {"asked", "votes", "planned", "published",
    # "refused", "open"}
    counted = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="open_data_survey_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(results={}),
                name="open_data_survey_results_have_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def runs_on(self, day: date) -> bool:
        """Whether people are asked on `day`."""
        return self.opens_on <= day <= self.closes_on

    def requests(self) -> QuerySet[Request]:
        """What the body was asked for while it ran, but what was taken away undecided."""
        days = (self.opens_on, self.closes_on)
        asked = Request.objects.filter(
            contribution__about_key=self.body.code, contribution__made_at__date__range=days
        )
        return asked.exclude(~Q(contribution__shown="public"), contribution__outcome="")
