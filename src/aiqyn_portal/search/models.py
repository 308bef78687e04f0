"""What can be found. The words themselves are in a table of the database's own kind.

`search_words` is an FTS5 table on SQLite and a column of tsvector on PostgreSQL; both are
made by a migration and written by engines/, and both hold the same words.
"""

from django.db import models

from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body


class Shelf(models.Model):
    """What things are filtered by, together: thousands of entries share one shelf."""

    kind = models.CharField(max_length=30)  # "body", "rule", "data_set": see kinds.py
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE)
    year = models.PositiveSmallIntegerField(default=0)  # 0 where there is none
    status = models.CharField(max_length=30, blank=True)
    languages = models.CharField(max_length=20, blank=True)  # of the title: "kk ru en"

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Entry(models.Model):
    """One thing the platform can find. Narrow on purpose: a common word reads many of these."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=200)  # what the kind itself knows the thing by
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE)
    day = models.PositiveIntegerField(default=0)  # date.toordinal(); 0 where there is none
    title_words = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)  # of everything indexed: nothing is written twice

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "id"], name="search_latest_of_a_kind")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_thing_is_entered_once"),
            models.CheckConstraint(
                condition=models.Q(title_words__gte=1), name="search_title_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Shown(models.Model):
    """What is shown of an entry once it is found."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.CASCADE, related_name="shown"
    )
    title = PhraseField()
    summary = PhraseField(default=dict)
    view = models.CharField(max_length=100)  # name of its page; the language is the reader's
    arguments = models.JSONField(default=dict)

    class Meta:
        ordering = ["entry"]

    def __str__(self) -> str:
        return str(self.title)


class SavedSearch(models.Model):
    """A question people follow: what is new for it is told once a day, under its digest."""

    digest = models.CharField(max_length=32, unique=True)  # of the question and its conditions
    typed = models.CharField(max_length=300)
    conditions = models.JSONField(default=dict)  # parameter of the address → value, those set
    seen = models.BigIntegerField()  # number of the newest entry there was when it looked last

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.typed


class Word(models.Model):
    """A word of some title, to complete and to correct what people type."""

    word = models.CharField(max_length=40, unique=True)
    folded = models.CharField(max_length=40, db_index=True)  # Kazakh letters as Russian ones

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
