"""The address of the site is short and can be said over the telephone."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import is_local
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.site import Site

_ENDING = re.compile(r"(?:\.(?:gov|edu|org|com|mil|net))?\.[a-z-]{2,}$")
_HARD = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}")  # "zh" and "sh" are said as one
_ONE_SOUND = re.compile(r"shch|zh|sh|ch|kh|gh|ts")


def check(site: Site, *, letters: int = 20, hyphens: int = 1, digits: int = 0) -> Iterator[Place]:
    first = site.first
    address = first.address if first else site.start
    if is_local(address):
        raise CannotTell("not_its_address")
    host = (parts_of(address).hostname or "").removeprefix("www.")
    name = _ENDING.sub("", host)
    measured = (
        ("address_long", len(name) > letters),
        ("address_hyphens", name.count("-") > hyphens),
        ("address_digits", sum(map(str.isdigit, name)) > digits),
        ("address_hard", _HARD.search(_ONE_SOUND.sub("z", name)) is not None),
    )
    if name.startswith("xn--"):  # its own letters are said as they are read
        return
    for note, is_so in measured:
        if is_so:
            yield Place(
                where="host",
                saw=host,
                address=address,
                evidence=first.sha256 if first else "",
                note=note,
            )
