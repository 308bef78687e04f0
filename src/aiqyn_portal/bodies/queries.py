"""Reading the registry."""

from collections.abc import Iterable
from datetime import date

from aiqyn.registry.bodies import BodyRow
from aiqyn.registry.sheet import Complaints, Problem
from aiqyn_portal.bodies.models import Body, BodyQuerySet


def found_bodies(
    text: str = "", *, kind: str = "", day: date | None = None, language: str = "kk"
) -> BodyQuerySet:
    """Bodies by name or code, of one kind, in force on a day; in the order of the alphabet."""
    found = Body.objects.named_like(text)
    if kind:
        found = found.filter(kind=kind)
    if day:
        found = found.in_force_on(day)
    return found.select_related("parent").in_alphabet(language)


def parents_by_code() -> dict[str, str]:
    """Code of every body → code of the body above it, "" at the top."""
    pairs = Body.objects.values_list("code", "parent__code")
    return {code: above or "" for code, above in pairs}


def contradictions(rows: Iterable[BodyRow]) -> list[Problem]:
    """What of `rows` does not go together with the registry as it is."""
    complaints = Complaints()
    known = {body.code: body for body in Body.objects.all()}
    owner_of = {body.bin: body.code for body in known.values() if body.bin}
    for row in rows:
        body = known.get(row.code)
        if body and dict(row.name) != dict(body.name):
            complaints.add(row.line, "code", row.code, "other_name", other=body.name)
        if owner_of.get(row.bin, row.code) != row.code:
            complaints.add(row.line, "bin", row.bin, "taken", other=owner_of[row.bin])
    return complaints.found


def is_above(body: Body, other: Body) -> bool:
    """Whether `body` is `other`, or stands somewhere above it."""
    above = parents_by_code()
    code = other.code
    seen: set[str] = set()
    while code and code not in seen:
        if code == body.code:
            return True
        seen.add(code)
        code = above.get(code, "")
    return False
