"""Conditions of a search as the address has them, made into filters."""

from collections.abc import Mapping

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.search import answers
from aiqyn_portal.search.queries import LOWEST, Filters

FILTERS = ("kind", "body", "year", "status", "language")


def filters_of(given: Mapping[str, str], *, after: int = LOWEST) -> Filters:
    """Return the filters of what stands in an address; a body nobody knows has nothing."""
    code = given.get("body", "")
    body = Body.objects.filter(code=code).values_list("pk", flat=True).first() if code else None
    language = given.get("language", "")
    return Filters(
        kind=given.get("kind", ""),
        body_id=-1 if code and body is None else body,
        year=number(given.get("year", ""), highest=9999),
        status=given.get("status", ""),
        languages=language if language in answers.NAMES else "",
        after=after,
    )


def number(said: str, *, highest: int) -> int:
    """Return a number somebody typed; 0 for anything else."""
    is_number = said.isascii() and said.isdecimal() and len(said) <= len(str(highest))
    return min(int(said), highest) if is_number else 0
