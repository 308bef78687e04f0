"""What people propose to make of open data: the idea itself is a contribution, this is the rest."""

from django.db import models
from django.utils.translation import pgettext_lazy

from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.open_data.models.reuse import Reuse
from aiqyn_portal.sections.open_data.models.sets import Dataset
from aiqyn_portal.sections.open_data.models.titled import Titled

LONGEST_TITLE = 150


class Idea(Titled, models.Model):
    """An idea for one body. Its first line is its title; its life is that of a contribution."""

    longest_title = LONGEST_TITLE

    class Form(models.TextChoices):
        APPLICATION = "application", pgettext_lazy("idea", "Application")
        SERVICE = "service", pgettext_lazy("idea", "Service of the body")
        ANALYSIS = "analysis", pgettext_lazy("idea", "Analysis or map")
        OTHER = "other", pgettext_lazy("idea", "Something else")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="data_idea"
    )
    form = models.CharField(max_length=20, choices=Form, default=Form.OTHER)
    datasets = models.ManyToManyField(Dataset, blank=True, related_name="ideas")
    reuses = models.ManyToManyField(Reuse, blank=True, related_name="ideas")  # made of it

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.contribution.number
