from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Collate
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.alphabet import COLLATION, fold
from aiqyn_portal.base.fields import Phrase, PhraseField


class BodyQuerySet(models.QuerySet["Body"]):
    def in_force_on(self, day: date) -> "BodyQuerySet":
        """Bodies that existed on `day`; an unknown beginning counts as always."""
        return self.in_force_between(day, day)

    def in_force_between(self, since: date, until: date) -> "BodyQuerySet":
        """Bodies that existed on some day of a period; an unknown beginning counts as always."""
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=until)
        not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=since)
        return self.filter(began & not_ended)

    def named_like(self, text: str) -> "BodyQuerySet":
        """Bodies whose names, codes or numbers contain every word of `text`, in any case."""
        found = self
        for word in fold(text).split():
            found = found.filter(search_text__contains=word)
        return found

    def in_alphabet(self, language: str) -> "BodyQuerySet":
        """By name in `language`, in the order of the Kazakh alphabet."""
        name = Coalesce(KT(f"name__{language}"), KT("name__kk"))
        return self.order_by(Collate(name, COLLATION), "code")


class Body(models.Model):
    """A state body, or an organisation under one. Kept for ever; history stays true."""

    class Kind(models.TextChoices):
        AKIMAT_REGION = "akimat_region", _("Akimat of a region")
        AKIMAT_CITY = "akimat_city", _("Akimat of a city of republican significance")
        AKIMAT_DISTRICT = "akimat_district", _("Akimat of a district or town")
        MINISTRY = "ministry", _("Ministry")
        AGENCY = "agency", _("Agency")
        SUBORDINATE = "subordinate", _("Subordinate organisation")

    code = models.SlugField(unique=True)  # "kz-akm-kyzylorda"
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = PhraseField()  # the newest name; older ones are in `names`
    bin = models.CharField(max_length=12, blank=True)  # business identification number
    kato = models.CharField(max_length=9, blank=True)  # territory code
    site = models.URLField(blank=True)
    contacts = models.JSONField(
        default=dict, blank=True
    )  # {"phone": …, "email": …, "address": {kk, ru, en}}
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)  # invented, for demonstration
    search_text = models.TextField(blank=True, editable=False)  # casefolded names, all languages

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("state body")
        verbose_name_plural = _("state bodies")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="subordinate") | Q(parent__isnull=False),
                name="bodies_subordinate_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="bodies_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["bin"], condition=~Q(bin=""), name="bodies_bin_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self._searched()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def _searched(self) -> str:
        """Every name the body bears or bore, its code and its number."""
        former = [old.name for old in self.names.all()] if self.pk else []
        said = [words for name in (self.name, *former) for words in name.values()]
        return fold("\n".join([*said, self.code, self.bin]))

    def name_on(self, day: date) -> Phrase:
        """The name the body bore on `day`; the newest when no older one covers it."""
        for old in self.names.all():
            if (old.valid_from or date.min) <= day <= (old.valid_to or date.max):
                return Phrase(old.name)
        return Phrase(self.name)


class BodyName(models.Model):
    """A name a body bears or bore."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="names")
    name = PhraseField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["body", "valid_from"]

    def __str__(self) -> str:
        return str(self.name)


class Account(models.Model):
    """An official account of a body on a social network."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="accounts")
    network = models.CharField(max_length=20)  # "facebook", "instagram", "telegram", …
    address = models.URLField()

    class Meta:
        ordering = ["body", "network"]
        constraints = [
            models.UniqueConstraint(fields=["body", "address"], name="bodies_account_listed_once")
        ]

    def __str__(self) -> str:
        return self.address
