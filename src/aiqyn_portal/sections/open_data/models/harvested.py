"""Catalogues kept elsewhere, and the sets that were seen in them; nothing here is published."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy

from aiqyn.text import say
from aiqyn_portal.base.alphabet import fold
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body

PERSON = settings.AUTH_USER_MODEL
KINDS = [
    # codes of aiqyn.harvest.KINDS; "": found out by asking
    ("", pgettext_lazy("catalogue", "Find out")),
    ("ckan", "CKAN"),
    ("dcat", "DCAT"),
    ("data_json", "data.json"),
    ("egov", "data.egov.kz"),
]
RHYTHMS = [
    # days between two harvests
    (1, pgettext_lazy("harvest", "Every day")),
    (7, pgettext_lazy("harvest", "Every week")),
    (30, pgettext_lazy("harvest", "Every month")),
]


class Source(models.Model):
    """A catalogue of one body on another site; its passports are harvested, never its bytes."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="data_sources")
    name = models.CharField(max_length=120)  # as readers are told where a set comes from
    address = models.URLField(max_length=500)
    kind = models.CharField(max_length=20, choices=KINDS, blank=True)
    days = models.PositiveSmallIntegerField(choices=RHYTHMS, default=1)
    is_active = models.BooleanField(default=True)
    next_at = models.DateTimeField()  # it is harvested from then on
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["body", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "address"], name="open_data_sources_differ")
        ]

    def __str__(self) -> str:
        return self.name


class Harvest(models.Model):
    """One harvest of a source, from its first question until its totals were reconciled."""

    MOST_ATTEMPTS = 3

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="harvests")
    began_at = models.DateTimeField()
    turn_at = models.DateTimeField()  # when a worker last took it up
    ended_at = models.DateTimeField(null=True, blank=True)
    turns = models.PositiveSmallIntegerField(default=1)  # workers have had at it
    attempts = models.PositiveSmallIntegerField(default=0)  # turns that brought nothing
    failure = models.CharField(max_length=30, blank=True)  # a cause, see wording.FAILURES
    place = models.CharField(max_length=500, blank=True)  # the address that failed
    detail = models.CharField(max_length=300, blank=True)  # as `aiqyn.harvest.blame` reads it
    summary = models.JSONField(null=True, blank=True)  # `aiqyn.harvest.Summary`
    # records that could not be read: `aiqyn.harvest.Refused`, the first of them
    refused = models.JSONField(default=list, blank=True)
    fresh = models.PositiveIntegerField(default=0)  # sets met for the first time
    changed = models.PositiveIntegerField(default=0)  # sets whose passport differs
    left_out = models.PositiveIntegerField(default=0)  # sets beyond as many as we keep

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(ended_at__isnull=True),
                name="open_data_one_harvest_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.began_at:%Y-%m-%d}"


class HarvestedQuerySet(models.QuerySet["Harvested"]):
    def offered(self) -> "HarvestedQuerySet":
        """Sets their source still has, of sources that are harvested."""
        return self.filter(gone_at__isnull=True, source__is_active=True)


class Harvested(models.Model):
    """A set of another catalogue as its passport tells it. Gone sets keep their page a year."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="sets")
    identity = models.CharField(max_length=500)  # in the source
    other_name = models.CharField(max_length=500, blank=True)  # it goes by there
    title = PhraseField(default=dict, blank=True)
    description = PhraseField(default=dict, blank=True)
    frequency = models.CharField(max_length=20, blank=True)
    formats = models.JSONField(default=list, blank=True)  # as declared
    passport = models.JSONField()  # `aiqyn.subjects.dataset.Dataset`: its source and evidence too
    digest = models.CharField(max_length=64)  # of the passport
    broken = models.JSONField(default=list, blank=True)  # codes of rules about passports
    points = models.JSONField(default=dict, blank=True)  # methodology → [points, of], as text
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    objects = HarvestedQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["source", "gone_at", "-changed_at"], name="open_data_harvested_of")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "identity"], name="open_data_harvested_sets_differ"
            )
        ]

    def __str__(self) -> str:
        known = say(self.title, get_language() or "")
        return known or next((words for words in self.title.values() if words), self.identity)

    def save(self, *args: Any, **kwargs: Any) -> None:
        said = [*self.title.values(), *self.description.values(), self.identity]
        self.search_text = fold("\n".join(said))
        super().save(*args, **kwargs)
