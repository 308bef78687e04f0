"""Office documents: their parts, unpacked under caps, as trees without namespaces."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from zipfile import ZipFile

from aiqyn.acts.model import Trouble
from aiqyn.acts.troubles import Unreadable
from aiqyn.subjects.datafile.limits import Limits
from aiqyn.subjects.datafile.packed import DAMAGE, Bomb, Budget
from aiqyn.subjects.datafile.xml_events import Events, Refused, local, parse

LIMITS = Limits(unpacked=120_000_000, nesting=200)
MOST_ELEMENTS = 1_500_000  # of one part: about 400 MB of memory, a code of law has 200 000
_HOSTILE = ("entities", "too_deep")


class Package:
    """An opened document; `name` is for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except DAMAGE as problem:
            raise self._refusal("broken_format", str(problem)) from problem
        self._budget = Budget(LIMITS)

    def tree(self, part: str) -> Element | None:
        """Return the tree of a part; None when there is no such part.

        Raises Unreadable for what is damaged, hostile or too large.
        """
        if part not in self.names:
            return None
        try:
            return tree(self._pieces(part), self.name)
        except Bomb as problem:
            raise self._refusal("hostile", part) from problem
        except DAMAGE as problem:
            raise self._refusal("broken_format", str(problem)) from problem

    def text(self, part: str) -> str:
        """Return a short part as text, "" when there is none."""
        if part not in self.names or self._zip.getinfo(part).file_size > LIMITS.trusted:
            return ""
        try:
            return self._zip.read(part).decode("utf-8", "replace")
        except DAMAGE:
            return ""

    def _pieces(self, part: str) -> Iterator[bytes]:
        info = self._zip.getinfo(part)
        with self._zip.open(info) as file:
            yield from self._budget.pieces(file, info.compress_size)

    def _refusal(self, code: str, saw: str) -> Unreadable:
        return Unreadable(self.name, Trouble(code=code, where="", saw=saw[:200]))


class _Growing(Events):
    """Builds a tree of elements named without their namespaces."""

    def __init__(self) -> None:
        super().__init__(LIMITS)
        self.builder = TreeBuilder()
        self._left = MOST_ELEMENTS
        self._names: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1
        if not self._left:
            raise Refused("too_large")
        self.builder.start(
            self._bare(name), {self._bare(key): value for key, value in attributes.items()}
        )

    def end(self, name: str) -> None:
        self.builder.end(self._bare(name))

    def text(self, text: str) -> None:
        self.builder.data(text)

    def _bare(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = local(name)
        return self._names[name]


def tree(pieces: Iterator[bytes], name: str) -> Element:
    """Return the tree of an XML document; raises Unreadable, or Bomb from its pieces."""
    growing = _Growing()
    try:
        parse(pieces, growing)
    except Refused as problem:
        if problem.kind == "too_large":
            code = "too_large"
        else:
            code = "hostile" if problem.kind in _HOSTILE else "broken_format"
        trouble = Trouble(code=code, where="", saw=f"{problem.kind} {problem.detail}".strip())
        raise Unreadable(name, trouble) from problem
    return growing.builder.close()
