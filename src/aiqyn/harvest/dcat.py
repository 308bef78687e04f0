"""DCAT in RDF/XML, Turtle or JSON-LD, with Hydra's pages, old (`nextPage`) and new (`next`)."""

from urllib.parse import urljoin

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from aiqyn.harvest import rdf, reading
from aiqyn.harvest.dcat_set import DCAT, DCT, dataset_of, identifier_of
from aiqyn.harvest.model import BadRecord, Known, Page, Record, Request
from aiqyn.subjects.dataset import Dataset

_HYDRA = "http://www.w3.org/ns/hydra/core#"
_NEXT = (URIRef(_HYDRA + "next"), URIRef(_HYDRA + "nextPage"))
_TOTAL = URIRef(_HYDRA + "totalItems")


class Dcat:
    """A catalogue written as RDF at `address`."""

    kind = "dcat"
    narrows = False

    def __init__(self, address: str) -> None:
        self.address = address

    def first(self, since: str) -> Request:
        return Request(url=self.address, accept=rdf.ACCEPT)

    def read(self, asked: Request, content: bytes) -> Page:
        graph = rdf.graph_of(content, asked.url)
        records = tuple(
            Record(id=identifier_of(graph, node), content=(graph, node)) for node in _sets(graph)
        )
        url = next_of(graph, asked.url)
        following = Request(url=url, accept=asked.accept) if url else None
        total = _total(graph)
        is_whole = following is None and asked.url == self.address
        return Page(
            records=records,
            next=following,
            total=len(records) if total is None and is_whole else total,
        )

    def dataset(self, record: Record, content: bytes | None) -> Dataset:
        graph, node = record.content
        try:
            return dataset_of(graph, node)
        except (RecursionError, ValueError) as error:
            raise BadRecord("wrong_field", detail=str(error)[:200]) from None

    def at(self, asked: Request, start: int, rows: int) -> Request:
        return asked

    def instead(self, asked: Request) -> Request | None:
        return None

    def after(self, last: Request, known: Known) -> Request | None:
        return None


def _sets(graph: Graph) -> list[Node]:
    """Nodes that are data sets: by type, or named as one by a catalogue; in a fixed order.

    A set that is only named here is described on another page.
    """
    typed = set(graph.subjects(RDF.type, DCAT.Dataset))
    named = {node for node in graph.objects(None, DCAT.dataset) if (node, None, None) in graph}
    catalogues = set(graph.subjects(RDF.type, DCAT.Catalog))
    found = typed | (named - catalogues)
    return sorted(found, key=lambda node: (identifier_of(graph, node), _title(graph, node)))


def _title(graph: Graph, node: Node) -> str:
    return min(map(str, graph.objects(node, DCT.title)), default="")


def next_of(graph: Graph, here: str) -> str:
    """Address of the following page; "" on the last one.

    Merged pages hold several views: the one that names this page decides, if any does.
    A page whose next is itself is the last.
    """
    found = sorted(
        (str(node), urljoin(here, str(target)))
        for key in _NEXT
        for node, target in graph.subject_objects(key)
    )
    own = [target for node, target in found if urljoin(here, node) == here]
    targets = own or [target for _, target in found]
    return next((each for each in targets if each != here and reading.address(each)), "")


def _total(graph: Graph) -> int | None:
    counts = [int(str(each)) for each in graph.objects(None, _TOTAL) if str(each).isdigit()]
    return max(counts, default=None)
