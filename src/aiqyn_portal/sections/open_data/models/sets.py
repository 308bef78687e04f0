"""A set of data as its passport describes it, and its versions."""

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy

from aiqyn.text import say
from aiqyn_portal.base.alphabet import fold
from aiqyn_portal.base.drawn import facts
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body

PERSON = settings.AUTH_USER_MODEL
FREQUENCIES = [
    # codes of aiqyn.subjects.dataset.FREQUENCIES, in the order a form offers them
    ("continuous", pgettext_lazy("frequency", "Continuously")),
    ("daily", pgettext_lazy("frequency", "Every day")),
    ("weekly", pgettext_lazy("frequency", "Every week")),
    ("monthly", pgettext_lazy("frequency", "Every month")),
    ("quarterly", pgettext_lazy("frequency", "Every quarter")),
    ("half_yearly", pgettext_lazy("frequency", "Every half-year")),
    ("yearly", pgettext_lazy("frequency", "Every year")),
    ("on_change", pgettext_lazy("frequency", "When something changes")),
    ("never", pgettext_lazy("frequency", "It is not updated")),
    ("unknown", pgettext_lazy("frequency", "Not said")),
]


# what facets count by, as columns
COUNTED_BY = ("body", "category", "licence", "frequency", "stars", "formats")


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def published(self) -> "DatasetQuerySet":
        """Sets a reader is offered."""
        return self.filter(state=Dataset.State.PUBLISHED)

    def public(self) -> "DatasetQuerySet":
        """Sets with a page of their own: offered, or withdrawn with a reason."""
        return self.filter(state__in=Dataset.PUBLIC)

    def overdue_on(self, day: date) -> "DatasetQuerySet":
        """Published sets whose next version was due before `day`."""
        return self.published().filter(next_due__lt=day)


class CountedAside(models.PositiveIntegerField):  # type: ignore[type-arg]  # its stub
    """A number that only statements of its own change: saving a row writes what stands there."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return 0 if add else F(self.attname)


class Dataset(models.Model):
    """One set of open data of one body. Withdrawn sets keep their page for ever."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("set", "Draft")
        REVIEW = "review", pgettext_lazy("set", "Under review")
        RETURNED = "returned", pgettext_lazy("set", "Returned for correction")
        PUBLISHED = "published", pgettext_lazy("set", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("set", "Withdrawn")

    PUBLIC = (State.PUBLISHED, State.WITHDRAWN)
    # made of the others when it is saved
    KEPT = ("search_text", "released_at", "modified_at", "stars", "formats")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="datasets")
    name = models.SlugField(max_length=100, unique=True)  # stable: part of every address
    title = PhraseField(default=dict, blank=True)
    description = PhraseField(default=dict, blank=True)
    keywords = models.JSONField(default=dict, blank=True)  # language → list of words
    category = models.CharField(max_length=40, blank=True, db_index=True)  # see categories.yaml
    licence = models.CharField(max_length=40, blank=True)  # a code of licences.yaml
    frequency = models.CharField(max_length=20, choices=FREQUENCIES, default="unknown")
    responsible = PhraseField(default=dict, blank=True)  # who answers for the set
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    since = models.DateField(null=True, blank=True)  # the period the data speak of
    until = models.DateField(null=True, blank=True)
    places = models.JSONField(default=list, blank=True)  # KATO codes
    languages = models.JSONField(default=list, blank=True)  # of the data themselves

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reason = models.TextField(blank=True)  # why it was returned or withdrawn
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_index=True)
    changed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)  # the first time
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    next_due = models.DateField(null=True, blank=True)  # see deadlines.next_due
    edition = models.PositiveIntegerField(default=1)  # grows with every change of the passport
    newest = models.OneToOneField(  # the released version a reader is shown
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="newest_of"
    )
    search_text = models.TextField(blank=True, editable=False)  # folded words, all languages
    # what the catalogue is put in order by, kept by save(): a sort of all sets reads an index
    released_at = models.DateTimeField(null=True, editable=False)  # of the newest version
    modified_at = models.DateTimeField(null=True, editable=False)  # of data or passport
    used = CountedAside(default=0, editable=False)  # all of its uses: actions.count_use
    # what the catalogue is counted by, of the newest version: one index has all of it
    stars = models.PositiveSmallIntegerField(default=0, editable=False)
    formats = models.TextField(blank=True, editable=False)  # each once, in order, parted by gaps

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="open_data_state_published"),
            models.Index(fields=["body", "state"], name="open_data_body_state"),
            models.Index(
                fields=["state", "-released_at", "-id", "newest"], name="open_data_released"
            ),
            models.Index(fields=["state", "-modified_at", "id"], name="open_data_modified"),
            models.Index(fields=["state", "-used", "-id"], name="open_data_used"),
            models.Index(fields=["state", *COUNTED_BY], name="open_data_counted"),
            models.Index(fields=["state", "name"], name="open_data_named"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="open_data_period_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(reason=""),
                name="open_data_return_and_withdrawal_have_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(published_at__isnull=False),
                name="open_data_published_set_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "") or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self._searched()
        released = self.newest.released_at if self.newest else None
        self.released_at = released or self.published_at
        self.modified_at = max(self.changed_at, released or self.changed_at)
        self.stars = self.newest.stars if self.newest else 0
        self.formats = self._formats()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.KEPT}
        super().save(*args, **kwargs)
        if self.is_public:
            Standing.change()

    def _searched(self) -> str:
        words = [*self.title.values(), *self.description.values(), self.name]
        for said in self.keywords.values():
            words += said
        return fold("\n".join(words))

    def _formats(self) -> str:
        files = self.newest.files.order_by().values_list("format", flat=True) if self.newest else ()
        return " ".join(sorted(set(files)))

    @property
    def is_public(self) -> bool:
        """Whether it has a page everybody may read."""
        return self.state in self.PUBLIC


MARK = "SELECT mark FROM open_data_standing WHERE id = %(only)s"


class Standing(models.Model):
    """One row that differs once anything a reader of the catalogue may count has changed.

    It is written in the transaction of the change itself: whoever reads the mark of before
    cannot have seen the change, in whatever order the transactions end.
    """

    ONLY = 1

    mark = models.CharField(max_length=32)  # by chance, so that none comes back

    def __str__(self) -> str:
        return self.mark

    @classmethod
    def change(cls) -> None:
        """Have everything counted anew."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"mark": secrets.token_hex(16)})

    @classmethod
    def now(cls) -> str:
        """The mark of what stands; "" while nothing has ever changed."""
        found = facts(MARK, {"only": cls.ONLY})
        return str(found[0][0]) if found else ""


class Version(models.Model):
    """One release of a set: files that no longer change once it is out."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("version", "In preparation")
        REVIEW = "review", pgettext_lazy("version", "Under review")
        RETURNED = "returned", pgettext_lazy("version", "Returned for correction")
        RELEASED = "released", pgettext_lazy("version", "Released")

    OPEN = (State.DRAFT, State.RETURNED)  # may still be changed

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # 1, 2, 3 …: part of the version's address
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    note = PhraseField(default=dict, blank=True)  # what is new
    reason = models.TextField(blank=True)  # why it was returned
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # the best of its files, as rules count them: a set is as good as its best file
    stars = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(5)])

    class Meta:
        ordering = ["dataset", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "number"], name="open_data_versions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=~Q(state="released"),
                name="open_data_one_version_in_preparation",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False),
                name="open_data_release_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset.name} v{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether its files and note may still be changed."""
        return self.state in self.OPEN

    @property
    def before(self) -> int:
        """Number of the version it follows."""
        return self.number - 1

    @property
    def is_released(self) -> bool:
        """Whether everybody may read it."""
        return self.state == self.State.RELEASED
