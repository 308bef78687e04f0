"""`{% load pieces %}`: parts of a page that are drawn once for equal values and kept.

`{% piece "base/menu.html" navigation=navigation %}` draws a template of the values named and of
nothing else: it knows no request, no reader and no token of a form. So a piece that was drawn for
one reader says nothing to another that the values it is kept by did not say.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 4096  # by each process; most are under a kilobyte
PLAIN = {str, int, bool, type(None)}

register = template.Library()


class NotPlain(TypeError):
    """A value that may say another thing tomorrow, or that is equal to one that looks otherwise."""


@register.simple_tag
def piece(name: str, **values: Any) -> SafeString:
    return drawn(name, get_language(), tuple(values.items()))


@register.simple_tag
def each_piece(name: str, given: str, values: Iterable[Any]) -> SafeString:
    """`{% each_piece "reports/league_line.html" "line" lines %}`: one piece for each value."""
    language = get_language()
    return SafeString("".join(drawn(name, language, ((given, value),)) for value in values))


@lru_cache(maxsize=KEPT)
def drawn(name: str, _language: str | None, values: tuple[tuple[str, Any], ...]) -> SafeString:
    """Draw the template `name` in the active language. Raises NotPlain."""
    for given, value in values:
        if not is_plain(value):
            raise NotPlain(f"{name}: {given} is a {type(value).__name__}")
    return SafeString(get_template(name).render(dict(values)))


def is_plain(value: Any) -> bool:
    """Whether a value stays what it is: text that is to be escaped, numbers, tuples of these."""
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return type(value) in PLAIN
