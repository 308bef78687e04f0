"""Who is told what. A notice stands in the cabinet at once; a letter about it may follow.

A `Letter` is one row and leaves at most once: how that is kept is in actions/posting.py and
docs/adr/0031.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.fields import PhraseField

LONGEST_TOPIC = 120


class Reader(models.Model):
    """Whoever is told: a person with an account, or an address that asked for letters."""

    class Often(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day, in one letter")
        WEEKLY = "weekly", _("Once a week, in one letter")
        HERE = "here", _("No letters: only here")

    class Language(models.TextChoices):
        BOTH = "", _("Kazakh and Russian together")
        KAZAKH = "kk", "Қазақша"
        RUSSIAN = "ru", "Русский"
        ENGLISH = "en", "English"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reader",
    )
    email = models.EmailField(blank=True)  # of a reader without an account
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the address, by its owner
    often = models.CharField(max_length=10, choices=Often, default=Often.AT_ONCE)
    language = models.CharField(max_length=2, choices=Language, blank=True, default=Language.BOTH)
    feed_key = models.CharField(max_length=43, unique=True, null=True, blank=True)
    refused = models.EmailField(blank=True)  # the address that refuses letters for good
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")),
                name="notices_reader_is_a_person_or_an_address",
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="notices_address_is_one_reader"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.email


class Subscription(models.Model):
    """A reader follows a topic: "body:kz-akm-shymkent", "draft:su-kodeksi"."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=LONGEST_TOPIC)
    since = models.DateTimeField()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "reader"], name="notices_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.topic}"


class Message(models.Model):
    """What is told, once for all it is told to."""

    key = models.CharField(max_length=200, unique=True)  # told again under it, nobody hears twice
    code = models.CharField(max_length=60)  # what kind of news it is: "draft.opened"
    topics = models.JSONField(default=list)
    apart = models.JSONField(default=list)  # numbers of users who are not told as followers
    title = PhraseField()
    text = PhraseField(default=dict)
    view = models.CharField(max_length=100, blank=True)  # name of the page to read on
    arguments = models.JSONField(default=dict)
    at = models.DateTimeField()
    is_spread = models.BooleanField(default=False)  # to all followers, when they are very many

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at"], condition=Q(is_spread=False), name="notices_to_spread")
        ]

    def __str__(self) -> str:
        return self.key


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime) -> "LetterQuerySet":
        return self.filter(state=Letter.State.WAITING, next_at__lte=at).order_by("next_at", "pk")


class Letter(models.Model):
    """One letter to one reader."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"  # by a worker; nothing has left yet
        HANDED = "handed"  # the mail server is being given it
        SENT = "sent"
        UNSURE = "unsure"  # handed, and nobody knows whether it arrived
        REFUSED = "refused"  # by the address, for good; or it came back later
        GIVEN_UP = "given_up"

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="letters")
    topic = models.CharField(max_length=LONGEST_TOPIC, blank=True)  # asks to confirm following it
    message_id = models.CharField(max_length=100, unique=True)  # the same at every attempt
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()  # not before
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)  # what the mail server said last

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="notices_letters_due"
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state__in=["claimed", "handed"]),
                name="notices_letters_in_hand",
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class Delivery(models.Model):
    """A notice in one reader's cabinet; `letter_due` says when a letter about it may leave."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="deliveries")
    topic = models.CharField(max_length=LONGEST_TOPIC, blank=True)  # followed; "": told in person
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    letter_due = models.DateTimeField(null=True, blank=True)  # None: no letter, or it is in one
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "reader"], name="notices_told_once")
        ]
        indexes = [
            models.Index(fields=["reader", "-at", "-id"], name="notices_of_reader"),
            models.Index(
                fields=["letter_due"],
                condition=Q(letter_due__isnull=False),
                name="notices_await_letters",
            ),
            models.Index(
                fields=["reader"], condition=Q(read_at__isnull=True), name="notices_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.reader}"
