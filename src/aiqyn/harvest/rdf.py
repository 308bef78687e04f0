"""RDF of strangers, read without asking anybody else: no entities, no remote contexts."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.parsers import expat

import msgspec
from rdflib import Graph

from aiqyn.harvest.model import BadPage

MOST_BYTES = 30_000_000  # of one page: a graph takes some thirty times as much memory
DEEPEST = 100  # mappings and lists in one another in JSON-LD
SYNTAXES = {  # media type → rdflib's name
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "text/n3": "turtle",
    "application/n-triples": "turtle",
    "application/ld+json": "json-ld",
    "application/json": "json-ld",
}
ACCEPT = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8"


class _Entity(Exception):
    """An entity is declared."""


def graph_of(content: bytes, address: str) -> Graph:
    """Read a document in whichever writing it is; relative addresses are of `address`.

    Raises BadPage: "too_large", "not_rdf", "entities", "remote_context" or "too_deep".
    """
    if len(content) > MOST_BYTES:
        raise BadPage("too_large", f"{len(content)} bytes")
    content = content.removeprefix(b"\xef\xbb\xbf")
    syntax = syntax_of(content)
    if syntax == "xml":
        _need_no_entities(content)
    if syntax == "json-ld":
        _need_own_contexts(content)
    graph = Graph(bind_namespaces="none")
    try:
        with _quiet():
            graph.parse(data=content, format=syntax, publicID=address)
    except RecursionError:
        raise BadPage("too_deep") from None
    except Exception as error:  # noqa: BLE001  # rdflib's parsers raise whatever they meet
        told = " ".join(f"{type(error).__name__}: {error}".split())  # in one line
        raise BadPage("not_rdf", told[:200]) from None
    return graph


@contextmanager
def _quiet() -> Iterator[None]:
    """Let rdflib not complain of dates that are none: they are read as texts here."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def syntax_of(content: bytes) -> str:
    """Tell the writing by the first bytes: a label lies more often than they do."""
    head = content.lstrip()[:500]
    if head[:1] in (b"{", b"["):
        return "json-ld"
    is_markup = head[:1] == b"<" and any(
        mark in head for mark in (b"<?xml", b"<rdf:", b"<!DOCTYPE", b"<RDF", b"xmlns")
    )
    return "xml" if is_markup else "turtle"


def _need_no_entities(content: bytes) -> None:
    parser = expat.ParserCreate()

    def declared(*_: object) -> None:
        raise _Entity

    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
    except _Entity:
        raise BadPage("entities") from None
    except expat.ExpatError as error:
        raise BadPage("not_rdf", str(error)) from None


def _need_own_contexts(content: bytes) -> None:
    """Refuse a document that would send us to another address for the meaning of its words."""
    try:
        waiting: list[tuple[Any, int]] = [(msgspec.json.decode(content), 0)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadPage("not_rdf", str(error)[:200]) from None
    except RecursionError:
        raise BadPage("too_deep") from None
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise BadPage("too_deep")
        if isinstance(node, dict):
            _need_own(node)
            waiting += [(each, depth + 1) for each in node.values()]
        elif isinstance(node, list):
            waiting += [(each, depth + 1) for each in node]


def _need_own(node: dict[str, Any]) -> None:
    context = node.get("@context")
    for each in context if isinstance(context, list) else [context, node.get("@import")]:
        if isinstance(each, str):
            raise BadPage("remote_context", each[:200])
