"""XML as a stream of events, without entities, document types of others, or endless nesting."""

from collections.abc import Iterable
from xml.parsers import expat

from aiqyn.subjects.datafile.limits import Limits

LONGEST_ENTITY = 300  # characters
APART = " "  # between the namespace and the name of an element


class Refused(Exception):
    """The document is not read further; `kind` is a trouble, `detail` says where or what."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


class Events:
    """What happens while a document is read; readers override `start`, `end` and `text`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.depth = 0
        self.encoding = "utf-8"  # as declared, lower case

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `name` has its namespace before it where it has one."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text."""

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = (encoding or "utf-8").lower()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.limits.nesting:
            raise Refused("too_deep", str(self.limits.nesting))
        self.start(name, attributes)

    def closed(self, name: str) -> None:
        self.depth -= 1
        self.end(name)


def parse(pieces: Iterable[bytes], events: Events) -> None:
    """Read a document; raises Refused for a broken or hostile one, after what came before it."""
    parser = expat.ParserCreate(namespace_separator=APART)
    parser.buffer_text = True
    parser.XmlDeclHandler = events.declared
    parser.StartElementHandler = events.opened
    parser.EndElementHandler = events.closed
    parser.CharacterDataHandler = events.text
    parser.EntityDeclHandler = _entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise _told(problem) from problem
    except (LookupError, ValueError) as problem:  # an encoding nobody knows
        raise Refused("broken_format", str(problem)[:200]) from problem


def _entity(
    name: str, is_parameter: bool, value: str | None, base: str | None, *outside: str | None
) -> None:
    """Let in short entities that stand for plain text, as ontologies use them; refuse the rest.

    What they grow to is bounded by expat itself: a hundredfold from 8 MB on.
    """
    is_plain = value is not None and len(value) <= LONGEST_ENTITY and not set(value) & set("&%<")
    if is_parameter or any(outside) or not is_plain:
        raise Refused("entities", name)


def _told(problem: expat.ExpatError) -> Refused:
    """Say what is wrong and where; a document that ends too early is a cut one."""
    where = f"line {problem.lineno}, column {problem.offset + 1}"
    if problem.code in _ENDS_EARLY:
        return Refused("truncated", where)
    return Refused("broken_format", f"{where}: {expat.ErrorString(problem.code)}")


_ENDS_EARLY = frozenset(
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


def local(name: str) -> str:
    """Return the name of an element without its namespace."""
    return name.rpartition(APART)[2]
