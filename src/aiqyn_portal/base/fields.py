"""A model field that holds one phrase in every language of the portal."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import get_language, override

from aiqyn.text import LANGUAGES, Text, say


class Phrase(dict[str, str]):
    """The languages of one phrase; prints itself in the active one."""

    def __str__(self) -> str:
        return say(Text(self), get_language() or "")


def in_all(words: Callable[[], str]) -> Phrase:
    """Say the same in every language of the portal."""
    said = Phrase()
    for language in LANGUAGES:
        with override(language):
            said[language] = words()
    return said


class PhraseField(models.JSONField):
    """Store {"kk": …, "ru": …, "en": …}; a new language needs no migration."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Phrase:
        return Phrase(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Phrase:
        return Phrase(super().to_python(value) or {})
