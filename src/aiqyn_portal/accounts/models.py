from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person. A citizen is a user with no membership."""

    display_name = models.CharField(  # what other people see; chosen by the person
        _("Name shown to others"), max_length=60, blank=True
    )


class Membership(models.Model):
    """What a user may do for one body, or everywhere when `body` is empty."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("Officer of a body")
        EVALUATOR = "evaluator", _("Evaluator")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    body = models.ForeignKey("bodies.Body", null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "body"], name="accounts_one_membership_per_body"
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(body__isnull=True),
                name="accounts_one_membership_everywhere",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="officer") | models.Q(body__isnull=False),
                name="accounts_officer_has_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.body or '*'}"


class Vouched(models.Model):
    """How sure an identity provider was of who the person is, when it was asked last."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="vouched")
    provider = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()  # assurance.Level
    said = models.CharField(max_length=200, blank=True)  # in the provider's own word
    at = models.DateTimeField()

    class Meta:
        ordering = ["user", "provider"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "provider"], name="accounts_vouched_once_by_a_provider"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.provider} {self.level}"


class Token(models.Model):
    """A key by which a program acts for a person; only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)  # what the person calls it
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the key, in hex
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)  # last
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.name}"
