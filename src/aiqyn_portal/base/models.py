from django.db import models


class Turn(models.Model):
    """Which period of a periodic job was begun last, by whom, and whether it came to its end."""

    code = models.CharField(max_length=60, unique=True)
    period = models.BigIntegerField()
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
