"""One dcat:Dataset of a graph as a data set of ours.

What is a literal in one catalogue is an address in the next and a nameless node with a
label in the third; every property is read in all three. Where a property stands twice,
the first in the order of the alphabet is taken, so a page reads the same each time.
"""

from collections.abc import Iterator

from rdflib import RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, OWL
from rdflib.term import Node

from aiqyn.harvest import reading
from aiqyn.subjects.dataset import Contact, Dataset, Distribution, Publisher, Said

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
_ADMS = Namespace("http://www.w3.org/ns/adms#")
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_SCHEMA = (Namespace("http://schema.org/"), Namespace("https://schema.org/"))
_TIME = Namespace("http://www.w3.org/2006/time#")
_RDF_VALUE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
_LABELS = (SKOS.prefLabel, RDFS.label, DCT.title, FOAF.name, _RDF_VALUE)
_BEGINS = (DCAT.startDate, *(each.startDate for each in _SCHEMA), _TIME.hasBeginning)
_ENDS = (DCAT.endDate, *(each.endDate for each in _SCHEMA), _TIME.hasEnd)
_MOMENTS = (_TIME.inXSDDate, _TIME.inXSDDateTimeStamp, _TIME.inXSDDateTime, _TIME.inXSDgYear)


def identifier_of(graph: Graph, node: Node) -> str:
    """What the set is known by: its address, its identifier, its page; "" where it has none."""
    if isinstance(node, URIRef):
        return str(node)
    return _one(graph, node, DCT.identifier) or _one(graph, node, DCAT.landingPage)


def dataset_of(graph: Graph, node: Node) -> Dataset:
    """Read one data set."""
    since, until = _period(graph, node)
    return Dataset(
        id=identifier_of(graph, node),
        title=_said(graph, node, DCT.title),
        description=_said(graph, node, DCT.description),
        keywords=_keywords(graph, node),
        themes=tuple(_words(graph, node, DCAT.theme)),
        publisher=_publisher(graph, node),
        contact=_contact(graph, node),
        licence=_word(graph, node, DCT.license),
        rights=_rights(graph, node),
        frequency=reading.frequency(_word(graph, node, DCT.accrualPeriodicity)),
        issued=_moment(graph, node, DCT.issued),
        modified=_moment(graph, node, DCT.modified),
        since=reading.day(since),
        until=reading.day(until, last=True),
        places=tuple(_words(graph, node, DCT.spatial)),
        language=reading.languages(_all(graph, node, DCT.language)),
        page=_address(graph, node, DCAT.landingPage, FOAF.page),
        version=_one(graph, node, DCAT.version, OWL.versionInfo),
        version_note=_said(graph, node, _ADMS.versionNotes),
        conforms_to=tuple(_words(graph, node, DCT.conformsTo)),
        distributions=tuple(
            _distribution(graph, each) for each in _nodes(graph, node, DCAT.distribution)
        ),
    )


def _distribution(graph: Graph, node: Node) -> Distribution:
    if (node, None, None) not in graph:  # named and not described: its address is all there is
        return Distribution(id=str(node), access=reading.address(str(node)))
    download = _address(graph, node, DCAT.downloadURL)
    media = _word(graph, node, DCAT.mediaType)
    return Distribution(
        id=str(node) if isinstance(node, URIRef) else "",
        title=_said(graph, node, DCT.title),
        description=_said(graph, node, DCT.description),
        download=download,
        access=_address(graph, node, DCAT.accessURL),
        format=reading.file_format(_word(graph, node, DCT["format"]), media, download),
        media_type=reading.media_type(media),
        size=_size(graph, node),
        sha256=_sha256(graph, node),
        licence=_word(graph, node, DCT.license),
        issued=_moment(graph, node, DCT.issued),
        modified=_moment(graph, node, DCT.modified),
        language=reading.languages(_all(graph, node, DCT.language)),
    )


# Values


def _nodes(graph: Graph, node: Node, *keys: Node) -> list[Node]:
    """Objects in a fixed order; nameless nodes by what they say."""
    found = [each for key in keys for each in graph.objects(node, key)]
    return sorted(found, key=lambda each: (isinstance(each, BNode), _sign(graph, each)))


def _sign(graph: Graph, node: Node) -> str:
    if not isinstance(node, BNode):
        return str(node)
    said = graph.predicate_objects(node)
    return " ".join(sorted(f"{key} {each}" for key, each in said if not isinstance(each, BNode)))


def _all(graph: Graph, node: Node, *keys: Node) -> list[str]:
    return [str(each).strip() for each in _nodes(graph, node, *keys) if not isinstance(each, BNode)]


def _one(graph: Graph, node: Node, *keys: Node) -> str:
    """The first text, of the first key that has any."""
    return next((text for key in keys for text in _all(graph, node, key) if text), "")


def _said(graph: Graph, node: Node, *keys: Node) -> Said:
    """Texts by language; of a node its labels."""
    result: Said = {}
    for each in _nodes(graph, node, *keys):
        if isinstance(each, BNode):
            result = reading.merged(result, _said(graph, each, *_LABELS))
        elif str(each).strip():
            language = each.language if isinstance(each, Literal) else ""
            result.setdefault(reading.tag(language or ""), str(each).strip())
    return result


def _words(graph: Graph, node: Node, *keys: Node) -> Iterator[str]:
    """Addresses and literals as they are; of a nameless node its first label."""
    for each in _nodes(graph, node, *keys):
        text = _label(graph, each) if isinstance(each, BNode) else str(each).strip()
        if text:
            yield text


def _label(graph: Graph, node: Node) -> str:
    return _one(graph, node, *_LABELS) or _one(graph, node, DCT.type)


def _word(graph: Graph, node: Node, *keys: Node) -> str:
    return next(_words(graph, node, *keys), "")


def _address(graph: Graph, node: Node, *keys: Node) -> str:
    found = (reading.address(each) for key in keys for each in _all(graph, node, key))
    return next(filter(None, found), "")


def _moment(graph: Graph, node: Node, *keys: Node) -> str:
    """The latest that can be understood."""
    return max((reading.moment(each) for each in _all(graph, node, *keys)), default="")


# Parts of a passport


def _keywords(graph: Graph, node: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for each in _nodes(graph, node, DCAT.keyword):
        if isinstance(each, Literal):
            language = reading.tag(each.language or "")
            found.setdefault(language, []).extend(reading.words(str(each)))
    return {language: tuple(dict.fromkeys(words)) for language, words in found.items() if words}


def _publisher(graph: Graph, node: Node) -> Publisher:
    for each in _nodes(graph, node, DCT.publisher):
        if isinstance(each, Literal):
            return Publisher(name={reading.tag(each.language or ""): str(each)})
        return Publisher(
            id=str(each) if isinstance(each, URIRef) else _one(graph, each, DCT.identifier),
            name=_said(graph, each, FOAF.name, SKOS.prefLabel, RDFS.label),
            address=_address(graph, each, FOAF.homepage),
        )
    return Publisher()


def _contact(graph: Graph, node: Node) -> Contact:
    for each in _nodes(graph, node, DCAT.contactPoint):
        if isinstance(each, Literal):
            return Contact(name={"": str(each)})
        return Contact(
            name=_said(graph, each, _VCARD.fn, _VCARD["organization-name"]),
            email=reading.email(_reached(graph, each, _VCARD.hasEmail, _VCARD.email)),
            phone=_reached(graph, each, _VCARD.hasTelephone, _VCARD.tel).removeprefix("tel:"),
            address=_address(graph, each, _VCARD.hasURL),
        )
    return Contact()


def _reached(graph: Graph, node: Node, *keys: Node) -> str:
    """A value, or the value of the node in its place (`vcard:hasValue`)."""
    for each in _nodes(graph, node, *keys):
        inner = _one(graph, each, _VCARD.hasValue, _VCARD.value, _RDF_VALUE)
        if inner or not isinstance(each, BNode):
            return inner or str(each)
    return ""


def _rights(graph: Graph, node: Node) -> Said:
    """Words of rights; an address stands under no language."""
    return _said(graph, node, DCT.accessRights) or _said(graph, node, DCT.rights)


def _period(graph: Graph, node: Node) -> tuple[str, str]:
    for each in _nodes(graph, node, DCT.temporal):
        if isinstance(each, Literal):
            since, _, until = str(each).partition("/")
            return since, until
        return _border(graph, each, *_BEGINS), _border(graph, each, *_ENDS)
    return "", ""


def _border(graph: Graph, node: Node, *keys: Node) -> str:
    for each in _nodes(graph, node, *keys):
        return str(each) if isinstance(each, Literal) else _one(graph, each, *_MOMENTS)
    return ""


def _size(graph: Graph, node: Node) -> int | None:
    return reading.size(_one(graph, node, DCAT.byteSize))


def _sha256(graph: Graph, node: Node) -> str:
    for each in _nodes(graph, node, _SPDX.checksum):
        if _one(graph, each, _SPDX.algorithm).lower().endswith("sha256"):
            return _one(graph, each, _SPDX.checksumValue).lower()
    return ""
