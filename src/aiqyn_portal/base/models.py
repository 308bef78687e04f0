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


class Purse(models.Model):
    """How much of something limited one place has taken, see `rates`."""

    key = models.CharField(max_length=64, primary_key=True)
    taken = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)  # seconds since 1970: then it is full again

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.taken}"
