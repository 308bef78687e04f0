"""Turtle, TriG and RDF/XML through rdflib, whose statements are counted and not kept."""

import logging
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from rdflib import BNode, Graph, URIRef
from rdflib.exceptions import Error, ParserError
from rdflib.store import Store

from aiqyn.subjects.datafile.graph import Statements, TooMany
from aiqyn.subjects.datafile.grid import Asking
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.datafile.refusal import CUTS, refused
from aiqyn.subjects.datafile.xml_events import Events, Refused, parse
from aiqyn.subjects.datafile.xml_text import pieces

MOST = 30_000_000  # bytes: rdflib reads about 30 000 statements a second
_SYNTAXES = {"turtle": "turtle", "trig": "trig", "rdf": "xml"}
_BREAKS = (  # what rdflib raises for a text that breaks the rules
    SyntaxError, ValueError, KeyError, IndexError, AttributeError, TypeError, AssertionError,
    SAXException, Error, ParserError, OverflowError,
)  # fmt: skip
logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it tells every odd address by itself


def read(path: Path, asking: Asking) -> DataFile:
    """Parse the file and count its statements."""
    size = path.stat().st_size
    if size > MOST:
        return refused(asking, "too_large", str(size))
    if asking.format == "rdf":
        try:
            parse(pieces(path), Events(asking.limits))
        except Refused as problem:
            return refused(asking, problem.kind, problem.detail)
    return parsed(path.read_bytes(), _SYNTAXES[asking.format], asking)


def parsed(content: bytes | str, syntax: str, asking: Asking) -> DataFile:
    """Return the file whose statements `content` makes in rdflib's `syntax`."""
    statements = Statements(asking.limits)
    graph = Graph(_Counting(statements))
    trouble: tuple[str, str] | None = None
    try:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            # rdflib 7 warns of what it does itself
            graph.parse(data=content, format=syntax, publicID=_NOWHERE)
    except TooMany:
        trouble = ("too_large", str(asking.limits.triples))
    except RecursionError:
        trouble = ("too_deep", "")
    except _BREAKS as problem:
        trouble = ("broken_format", _plain(problem))
    kind, detail = trouble or ("", "")
    return DataFile(
        name=asking.name,
        format=asking.format,
        encoding="utf-8",
        links=statements.links(is_graph=trouble is None and statements.count > 0),
        troubles=(Trouble(kind=kind, detail=detail),) if kind else (),
        was_cut=kind in CUTS,
    )


_NOWHERE = "about:blank"  # what addresses without a beginning are resolved against


def _plain(problem: Exception) -> str:
    """Return the first telling lines of an error, without our own paths."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    return " ".join(lines)[:200] or type(problem).__name__


class _Counting(Store):
    """A store that counts what it is given and keeps nothing."""

    context_aware = True
    formula_aware = True
    graph_aware = True

    def __init__(self, statements: Statements) -> None:
        super().__init__()
        self.statements = statements
        self._prefixes: dict[str, URIRef] = {}

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        subject, predicate, target = triple
        name = "" if isinstance(subject, BNode) else str(subject)
        leads = str(target) if type(target) is URIRef else ""
        self.statements.add(name or f"_:{subject}", str(predicate), leads)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        return iter(())

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:
        yield from ()

    def add_graph(self, graph: Any) -> None:
        """Nothing is kept."""

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        self._prefixes[prefix] = namespace

    def namespace(self, prefix: str) -> URIRef | None:
        return self._prefixes.get(prefix)

    def prefix(self, namespace: URIRef) -> str | None:
        return next((key for key, each in self._prefixes.items() if each == namespace), None)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        return iter(self._prefixes.items())
