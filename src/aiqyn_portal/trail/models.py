from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrailIsAppendOnly(RuntimeError):
    """Somebody tried to change or delete what has been written to the trail."""


class Event(models.Model):
    """One act of an officer, evaluator or administrator, chained to the act before it.

    `link` commits to this row and to the link of the row before (`aiqyn.ledger`);
    `python manage.py verify_trail` recomputes the chain.
    """

    number = models.PositiveBigIntegerField(unique=True)  # 1, 2, 3 … without gaps
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)  # username, or "system"; outlives the account
    action = models.CharField(max_length=60)  # "rating.published"
    subject = models.CharField(max_length=200)  # "round:kz-2020/body:kz-akm-shymkent"
    details = models.JSONField(default=dict)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        verbose_name = _("event")

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TrailIsAppendOnly(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly(str(self))
