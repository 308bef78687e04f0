"""A draft of an act, and each time it is put up for discussion."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy

from aiqyn.text import say
from aiqyn_portal.base.fields import PhraseField
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution

PERSON = settings.AUTH_USER_MODEL


class DraftQuerySet(models.QuerySet["Draft"]):
    def public(self) -> "DraftQuerySet":
        """Drafts with a page everybody may read."""
        return self.exclude(state=Draft.State.PREPARATION)

    def open_on(self, day: date) -> "DraftQuerySet":
        """Drafts that can be commented on `day`."""
        return self.filter(
            state=Draft.State.DISCUSSION,
            discussion__opens_on__lte=day,
            discussion__closes_on__gte=day,
        )

    def waiting_on(self, day: date) -> "DraftQuerySet":
        """Drafts whose term is over and whose report is still to come."""
        return self.filter(state=Draft.State.DISCUSSION, discussion__closes_on__lt=day)


class Draft(models.Model):
    """One draft of one body. Its page stays for ever, whatever becomes of it."""

    class State(models.TextChoices):
        PREPARATION = "preparation", pgettext_lazy("draft act", "In preparation")
        DISCUSSION = "discussion", pgettext_lazy("draft act", "In discussion")
        REPORTED = "reported", pgettext_lazy("draft act", "Discussion is over")
        ADOPTED = "adopted", pgettext_lazy("draft act", "Adopted")
        WITHDRAWN = "withdrawn", pgettext_lazy("draft act", "Withdrawn")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="drafts")
    slug = models.SlugField(max_length=40, unique=True)  # "2026-0012": part of every address
    title = PhraseField(default=dict, blank=True)
    summary = PhraseField(default=dict, blank=True)  # what changes, and for whom
    type = models.CharField(max_length=40, blank=True, db_index=True)  # a code of types.yaml
    category = models.CharField(max_length=40, blank=True, db_index=True)
    responsible = PhraseField(default=dict, blank=True)  # who prepares it
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)

    state = models.CharField(max_length=12, choices=State, default=State.PREPARATION)
    discussion = models.OneToOneField(  # the newest
        "Discussion", null=True, blank=True, on_delete=models.SET_NULL, related_name="newest_of"
    )
    newest = models.OneToOneField(  # the published version a reader is shown
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="newest_of"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_index=True)
    edition = models.PositiveIntegerField(default=1)  # grows with every change of the passport
    ended_at = models.DateTimeField(null=True, blank=True)  # adopted or withdrawn
    ended_number = models.CharField(max_length=100, blank=True)  # of the adopted act
    ended_link = models.URLField(max_length=500, blank=True)
    reason = PhraseField(default=dict, blank=True)  # why it was withdrawn

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["body", "state"], name="drafts_body_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preparation")
                | (Q(discussion__isnull=False) & Q(newest__isnull=False)),
                name="drafts_public_draft_was_discussed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "withdrawn"]) | Q(ended_at__isnull=False),
                name="drafts_end_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return say(self.title, get_language() or "") or self.slug

    @property
    def is_public(self) -> bool:
        """Whether it has a page everybody may read."""
        return self.state != self.State.PREPARATION

    @property
    def is_over(self) -> bool:
        """Whether nothing will become of it any more."""
        return self.state in (self.State.ADOPTED, self.State.WITHDRAWN)


class Discussion(models.Model):
    """One public discussion of one version, from its notice to its report."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="discussions")
    number = models.PositiveIntegerField()  # 1, and more where it is repeated
    version = models.ForeignKey("Version", on_delete=models.PROTECT, related_name="discussions")
    term = models.CharField(max_length=60)  # a code of the deadlines' terms.yaml
    # aiqyn.calendar.Term, when the notice was published: a term changed later is not for it
    rule = models.JSONField(default=dict)
    noticed_at = models.DateTimeField()  # when the notice of its start was published
    noticed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField(db_index=True)
    due_on = models.DateField()  # the last day of the legal term
    closes_on = models.DateField(db_index=True)  # the last day comments are taken
    reason = PhraseField(default=dict, blank=True)  # why it is repeated
    closed_at = models.DateTimeField(null=True, blank=True)  # the report is published
    closed_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report_due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["draft", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="drafts_discussions_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="drafts_discussion_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("due_on")),
                name="drafts_discussion_keeps_its_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.number}"

    def is_open_on(self, day: date) -> bool:
        """Whether comments are taken on `day`."""
        return self.closed_at is None and self.opens_on <= day <= self.closes_on

    def days_left(self, day: date) -> int:
        """Calendar days left after `day`; 0 on the last day."""
        return max((self.closes_on - day).days, 0)


class Announcement(models.Model):
    """Where a body has told of a discussion: a post in a social network, a newspaper, its site."""

    discussion = models.ForeignKey(
        Discussion, on_delete=models.PROTECT, related_name="announcements"
    )
    channel = models.CharField(max_length=30)  # a code of channels.yaml
    link = models.URLField(max_length=500)
    told_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["told_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["discussion", "link"], name="drafts_announcement_listed_once"
            )
        ]

    def __str__(self) -> str:
        return self.link


class CategoryReport(models.Model):
    """Somebody holds the category of a draft to be wrong; nobody has to sign in to say so.

    Who, when and what the body answers is the contribution; why somebody thinks so is the part of
    it that the body alone reads.
    """

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="category_report"
    )
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="category_reports")
    said = models.CharField(max_length=40)  # the category it had
    meant = models.CharField(max_length=40)  # the category it should have
    is_strangers = models.BooleanField(default=False)  # of somebody who was not signed in

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "said", "meant"],
                condition=Q(is_strangers=True),
                name="drafts_category_reported_once_by_strangers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.said} → {self.meant}"
