"""Versions of a draft: two texts, and the paragraphs people comment on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.sections.drafts.models.drafts import Draft
from aiqyn_portal.sections.drafts.units import beginning, unit_said

PERSON = settings.AUTH_USER_MODEL


class Version(models.Model):
    """One edition of a draft's texts; it no longer changes once it is published."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # 1, 2, 3 …: part of its address
    note = PhraseField(default=dict, blank=True)  # what has changed
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    # list of contents: {"part", "key", "kk", "ru", "depth", "is_head"}, see contents.py
    contents = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["draft", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="drafts_versions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(published_at__isnull=True),
                name="drafts_one_version_in_preparation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} v{self.number}"

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None

    @property
    def before(self) -> int:
        """Number of the version it follows."""
        return self.number - 1


class Text(models.Model):
    """The text of a version in one language: the file as it came, and the act read from it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)  # "kk" or "ru"
    name = models.CharField(max_length=200)  # of the file
    sha256 = models.CharField(max_length=64)  # of the file, in the evidence store
    size = models.PositiveBigIntegerField()
    act_sha256 = models.CharField(max_length=64)  # `aiqyn.acts.Act` as JSON, in the same store
    title = models.CharField(max_length=1000, blank=True)  # as the text says it
    units = models.PositiveIntegerField(default=0)
    troubles = models.JSONField(default=list, blank=True)  # list of {"code", "where", "saw"}
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="drafts_one_text_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Paragraph(models.Model):
    """A pair of paragraphs, Kazakh and Russian, discussed as one; or one without its fellow."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="paragraphs")
    key = models.PositiveIntegerField()  # the same in every version the paragraph lives in
    position = models.PositiveIntegerField()  # reading order, from 1
    part = models.PositiveIntegerField()  # the page of the version it stands on
    kind = models.CharField(max_length=12)  # a value of acts.model.Kind
    depth = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=60, blank=True)
    marker_kk = models.CharField(max_length=200, blank=True)
    marker_ru = models.CharField(max_length=200, blank=True)
    eid_kk = models.CharField(max_length=500, blank=True)  # "": this language lacks it
    eid_ru = models.CharField(max_length=500, blank=True)
    text_kk = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    # in what the languages differ: list of {"code", "phrase", "kk", "ru"}
    divergences = models.JSONField(default=list, blank=True)
    fate = models.CharField(max_length=12, blank=True)  # since the version before; "" in the first

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="drafts_paragraph_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["version", "position"], name="drafts_paragraphs_in_order"
            ),
        ]
        indexes = [models.Index(fields=["version", "part"], name="drafts_version_part")]

    def __str__(self) -> str:
        said = unit_said(self.kind, self.number, self._words)
        return said or f"¶ {self.position}"

    @property
    def beginning(self) -> str:
        """Its first words in the reader's language."""
        return beginning(self._words)

    @property
    def beside_name(self) -> str:
        """The same, but nothing for a paragraph that is named by its first words itself."""
        first = self.beginning
        return "" if str(self) == first else first

    @property
    def _words(self) -> str:
        """Its words in the reader's language, or in the one it has."""
        return self.text((get_language() or "")[:2]) or self.text_kk or self.text_ru

    def text(self, language: str) -> str:
        """Its words in a language; "" where that text lacks it."""
        return self.text_ru if language == "ru" else self.text_kk


class Fate(models.Model):
    """What became of a paragraph of the version before that does not live on under its key."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="fates")
    key = models.PositiveIntegerField()
    became = models.JSONField(default=list)  # keys in this version; empty: an orphan
    what = models.CharField(max_length=12)  # merged, split, orphan
    likeness = models.FloatField(default=0.0)

    class Meta:
        ordering = ["version", "key"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="drafts_one_fate_a_paragraph")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.what}"


class Attachment(models.Model):
    """A file beside the text: a note, a table, an opinion, minutes."""

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("attachment", "Explanatory note")
        COMPARISON = "comparison", pgettext_lazy("attachment", "Comparative table")
        OPINION = "opinion", pgettext_lazy("attachment", "Expert opinion")
        MINUTES = "minutes", pgettext_lazy("attachment", "Minutes of a meeting")
        OTHER = "other", pgettext_lazy("attachment", "Other document")

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=2, blank=True)
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "name"], name="drafts_attachment_names_differ")
        ]

    def __str__(self) -> str:
        return self.title
