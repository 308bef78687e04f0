"""Heads of bodies: whom one may ask."""

from django.db import models
from django.utils.translation import get_language

from aiqyn.text import say
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body


class Head(models.Model):
    """A head of a body, or a deputy, while in office: questions are addressed to the post."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="heads")
    slug = models.SlugField(max_length=60, unique=True)  # part of every address
    name = PhraseField(default=dict)
    post = PhraseField(default=dict)  # "Аудан әкімінің орынбасары"
    hours = PhraseField(default=dict, blank=True)  # when citizens are received in person
    place = models.PositiveSmallIntegerField(default=0)  # among the heads of the body; 0: the first
    takes_questions = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day in office

    class Meta:
        ordering = ["body", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="dialogue_head_leaves_after_coming",
            )
        ]

    def __str__(self) -> str:
        language = get_language() or ""
        return f"{say(self.name, language)}, {say(self.post, language)}".strip(", ")

    @property
    def topic(self) -> str:
        """What those follow who want to hear of this head's conferences."""
        return f"body:{self.body.code}"
