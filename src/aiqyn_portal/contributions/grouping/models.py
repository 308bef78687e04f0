"""Near copies as the machine sees them: folds that officers may make into groups."""

from django.db import models
from django.db.models import QuerySet

from aiqyn_portal.contributions.models import Contribution


class Fold(models.Model):
    """Contributions about one thing that are copies of one another. A proposal, no decision.

    The row of one that was merged stays: somebody posting at that moment still finds it.
    """

    kind = models.CharField(max_length=30)
    about_key = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "about_key"], name="grouping_fold_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_key} {self.pk}"


class MemberQuerySet(models.QuerySet["Member"]):
    def about(self, kind: str, key: str) -> "MemberQuerySet":
        return self.filter(fold__kind=kind, fold__about_key=key)

    def public(self) -> "MemberQuerySet":
        return self.filter(contribution__shown=Contribution.Shown.PUBLIC)


class Member(models.Model):
    """A contribution in its fold; each is in one, most of them alone."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="folded"
    )
    fold = models.ForeignKey(Fold, on_delete=models.CASCADE, related_name="members")
    is_face = models.BooleanField(default=False)  # it has keys, new ones are compared with it
    words = models.BigIntegerField(null=True)  # `same.key_of_words`; none: not worked out yet

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["words", "-fold", "contribution"], name="grouping_member_words")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} in {self.fold_id}"


class Key(models.Model):
    """What copies share (`aiqyn.likeness.keys`): candidates are found by equal numbers."""

    number = models.BigIntegerField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["number", "member"], name="grouping_key_number")]

    def __str__(self) -> str:
        return f"{self.number}"


def faces_of(folds: set[int]) -> QuerySet[Member]:
    """Return the members of folds that new contributions are compared with."""
    faces = Member.objects.public().filter(fold__in=folds, is_face=True)
    return faces.select_related("contribution").order_by("pk")
