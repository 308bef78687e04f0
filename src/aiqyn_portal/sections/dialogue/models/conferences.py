"""Conferences on the web: a head answers live, at an hour announced beforehand."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from aiqyn.text import say
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.sections.dialogue.models.heads import Head

PERSON = settings.AUTH_USER_MODEL


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def standing(self) -> "ConferenceQuerySet":
        """Those that were not called off."""
        return self.filter(called_off={})

    def to_come(self, moment: datetime) -> "ConferenceQuerySet":
        return self.standing().filter(starts_at__gt=moment).order_by("starts_at", "pk")

    def over(self, moment: datetime) -> "ConferenceQuerySet":
        return self.standing().filter(ends_at__lte=moment)


class Conference(models.Model):
    """One conference, from its announcement to its transcript; its page stays for ever."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="conferences")
    slug = models.SlugField(max_length=40, unique=True)  # "2026-0003"
    title = PhraseField(default=dict)
    agenda = PhraseField(default=dict)
    place = PhraseField(default=dict, blank=True)  # where one may also come in person
    stream = models.URLField(max_length=500, blank=True)  # on a host of base/streams.yaml
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    questions_until = models.DateTimeField()  # live questions are taken until then
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    notice_ends_on = models.DateField()  # the first day it could be held, so late announced
    called_off = PhraseField(default=dict, blank=True)  # why; empty while it stands
    transcript = PhraseField(default=dict, blank=True)
    results = PhraseField(default=dict, blank=True)  # what was decided, in short
    results_at = models.DateTimeField(null=True, blank=True)  # when transcript and results came out
    results_due_on = models.DateField(null=True, blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="dialogue_conference_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(questions_until__lte=F("ends_at")),
                name="dialogue_questions_end_with_the_conference",
            ),
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "") or self.slug

    @property
    def key(self) -> str:
        """How contributions and followers name it."""
        return f"conference:{self.slug}"

    @property
    def was_announced_in_time(self) -> bool:
        return self.notice_ends_on <= timezone.localdate(self.starts_at)

    @property
    def stands(self) -> bool:
        return not self.called_off

    def is_live(self, moment: datetime) -> bool:
        return self.stands and self.starts_at <= moment < self.ends_at

    def is_over(self, moment: datetime) -> bool:
        return self.stands and self.ends_at <= moment

    def takes_questions(self, moment: datetime) -> bool:
        return self.stands and moment < self.questions_until
