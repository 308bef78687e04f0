"""Which line of robots.txt closes an address to a reader, as RFC 9309 reads the file.

What the crawl obeys is `aiqyn.fetch.robots`; here is told to a body which of its lines it was.
"""

import re
from collections.abc import Sequence
from string import punctuation
from urllib.parse import quote, unquote

from msgspec import Struct

from aiqyn.subjects.parts import parts_of

MOST_LINES = 1_000  # rules for one reader; of a longer file nothing is told
EVERYBODY = "*"
_FIELD = re.compile(r"\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", re.IGNORECASE)


class Line(Struct, frozen=True, order=True):
    """One rule for a reader."""

    number: int  # of the line, from 1
    path: str  # as written, escapes read
    is_open: bool  # Allow

    @property
    def weight(self) -> int:
        """How many octets the rule has as it is sent: "ғ" is six."""
        return len(quote(self.path, safe=punctuation, errors="replace"))

    def speaks_of(self, path: str) -> bool:
        """Whether the rule is about a path with its query, escapes read."""
        told = self.path.removesuffix("$")
        first, *others = told.split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        last = others.pop() if others and told != self.path else ""
        for piece in others:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if told == self.path:
            return True
        return path.endswith(last) and len(path) - len(last) >= at if "*" in told else path == told


def lines_for(reader: str, text: str) -> list[Line]:
    """Return the rules of the groups that name a reader best, else of those for everybody."""
    groups: dict[str, list[Line]] = {}
    agents: list[str] = []
    has_begun = False  # rules of the group: a name after them begins another
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not (field := _FIELD.match(line)):
            continue
        name, value = field[1].lower(), field[2].strip()
        if name == "user-agent":
            agents = [value.lower()] if has_begun else [*agents, value.lower()]
            has_begun = False
            continue
        has_begun = True
        rule = [Line(number, unquote(value), name == "allow")] if value else []  # "Disallow:"
        for agent in agents:
            groups.setdefault(agent, []).extend(rule)
    named = [agent for agent in groups if agent and reader.lower().startswith(agent)]
    found = groups.get(max(named, key=len, default=EVERYBODY), [])
    return found if len(found) <= MOST_LINES else []


def closing(address: str, lines: Sequence[Line]) -> Line | None:
    """Return the line that closes an address; None where it is open. The heaviest rule counts."""
    parts = parts_of(address)
    path = unquote(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")
    told = [each for each in lines if each.speaks_of(path)]
    best = max(told, key=lambda each: (each.weight, each.is_open), default=None)
    return None if best is None or best.is_open else best
