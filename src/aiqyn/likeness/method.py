"""How texts are grouped, as it is told to everybody."""

from functools import cache

from msgspec import Struct

from aiqyn import catalogue
from aiqyn.text import Text


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    text: Text


@cache
def method() -> tuple[Section, ...]:
    """Return the sections of the published method, in their order."""
    return catalogue.read(catalogue.ROOT / "likeness" / "method.yaml", tuple[Section, ...])
