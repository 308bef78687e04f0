"""DCAT-AP 3.0.1: the description European and many other catalogues harvest.

What the shapes of DCAT-AP call obligatory is always written: titles and descriptions in
every language there is, and what a thing is (`a dct:Frequency`) beside what it says.
"""

from collections.abc import Iterable
from urllib.parse import quote

from rdflib import DCTERMS, FOAF, RDF, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from aiqyn.exchange.catalogue import Catalogue, Page
from aiqyn.subjects.dataset import FREQUENCIES, Contact, Dataset, Distribution, Publisher, Said
from aiqyn.text import NOT_IN_XML

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
LANGUAGES = {"kk": "KAZ", "ru": "RUS", "en": "ENG"}
WRITINGS = {  # ending of the address: name of the writing, media type
    "ttl": ("turtle", "text/turtle"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
    "jsonld": ("json-ld", "application/ld+json"),
}
_PREFIXES = {"dcat": DCAT, "dct": DCTERMS, "vcard": VCARD, "spdx": SPDX, "hydra": HYDRA}


def write(graph: Graph, writing: str) -> bytes:
    """Return the graph as Turtle ("ttl"), RDF/XML ("rdf") or JSON-LD ("jsonld")."""
    return graph.serialize(format=WRITINGS[writing][0], encoding="utf-8")


def graph_of(datasets: Iterable[Dataset], catalogue: Catalogue, page: Page | None = None) -> Graph:
    """Describe a catalogue, or with `page` a part of it, with all these sets."""
    scribe = _Scribe()
    home = scribe.catalogue(catalogue)
    for dataset in datasets:
        scribe.add(home, DCAT.dataset, scribe.dataset(dataset))
    if page:
        scribe.page(page)
    return scribe.graph


def graph_of_one(dataset: Dataset) -> Graph:
    """Describe one set alone."""
    scribe = _Scribe()
    scribe.dataset(dataset)
    return scribe.graph


def _is_address(words: str) -> bool:
    return words.startswith(("http://", "https://")) and not any(
        each <= " " or each in '<>"{}|\\^`' or ord(each) in NOT_IN_XML for each in words
    )


def _in_xml(what: Node) -> Node:
    """The same node; a text without the characters one of the writings cannot hold."""
    if not isinstance(what, Literal) or (words := str(what).translate(NOT_IN_XML)) == str(what):
        return what
    return Literal(words, lang=what.language, datatype=what.datatype)


def _mailto(address: str) -> str:
    written = address.replace(" ", "").translate(NOT_IN_XML)
    return f"mailto:{quote(written, safe='@!$&*+/=?')}"


class _Scribe:
    """Adds statements to one graph; each method describes one thing and returns its node."""

    def __init__(self) -> None:
        self.graph = Graph()
        for prefix, space in _PREFIXES.items():
            self.graph.bind(prefix, space)

    def add(self, thing: Node, says: URIRef, what: Node) -> None:
        self.graph.add((thing, says, _in_xml(what)))

    def say(self, thing: Node, says: URIRef, words: Said) -> None:
        for language, text in words.items():
            if text:
                self.add(thing, says, Literal(text, lang=language or None))

    def day(self, thing: Node, says: URIRef, moment: str) -> None:
        if moment:
            kind = XSD.dateTime if "T" in moment else XSD.date
            self.add(thing, says, Literal(moment, datatype=kind))

    def link(self, thing: Node, says: URIRef, address: str, kind: URIRef | None = None) -> None:
        if not _is_address(address):
            return
        there = URIRef(address)
        self.add(thing, says, there)
        if kind is not None:
            self.add(there, RDF.type, kind)

    def of_list(self, thing: Node, says: URIRef, name: str, kind: URIRef) -> None:
        """Name an entry of one of the EU's authority tables, such as "language/KAZ"."""
        self.link(thing, says, EU + name, kind)

    def described(self, thing: Node, says: URIRef, words: str, kind: URIRef) -> None:
        """Say what a licence or a format is: by its address, or by its name."""
        if _is_address(words):
            self.link(thing, says, words, kind)
        elif words:
            it = BNode()
            self.add(thing, says, it)
            self.add(it, RDF.type, kind)
            self.add(it, DCTERMS.title, Literal(words))

    def catalogue(self, catalogue: Catalogue) -> URIRef:
        home = URIRef(catalogue.address)
        self.add(home, RDF.type, DCAT.Catalog)
        self.say(home, DCTERMS.title, catalogue.title)
        self.say(home, DCTERMS.description, catalogue.description)
        self.add(home, DCTERMS.publisher, self.publisher(catalogue.publisher))
        self.link(home, FOAF.homepage, catalogue.address, FOAF.Document)
        self.described(home, DCTERMS.license, catalogue.licence, DCTERMS.LicenseDocument)
        self.day(home, DCTERMS.issued, catalogue.issued)
        self.day(home, DCTERMS.modified, catalogue.modified)
        self.languages(home, catalogue.language)
        return home

    def page(self, page: Page) -> None:
        here = URIRef(page.address)
        self.add(here, RDF.type, HYDRA.PartialCollectionView)
        self.add(here, HYDRA.totalItems, Literal(page.total))
        self.add(here, HYDRA.itemsPerPage, Literal(page.per_page))
        neighbours = {
            "first": page.first, "last": page.last, "next": page.next, "previous": page.previous,
        }  # fmt: skip
        for name, address in neighbours.items():
            self.link(here, HYDRA[name], address)

    def dataset(self, dataset: Dataset) -> URIRef:
        it = URIRef(dataset.page)
        self.add(it, RDF.type, DCAT.Dataset)
        self.add(it, DCTERMS.identifier, Literal(dataset.id))
        self.say(it, DCTERMS.title, dataset.title)
        self.say(it, DCTERMS.description, dataset.description or dataset.title)
        self.add(it, DCTERMS.publisher, self.publisher(dataset.publisher))
        self.contact(it, dataset.contact)
        self.link(it, DCAT.landingPage, dataset.page, FOAF.Document)
        self.day(it, DCTERMS.issued, dataset.issued)
        self.day(it, DCTERMS.modified, dataset.modified)
        self.languages(it, dataset.language)
        self.about(it, dataset)
        for distribution in dataset.distributions:
            self.add(it, DCAT.distribution, self.distribution(distribution, dataset))
        return it

    def about(self, it: URIRef, dataset: Dataset) -> None:
        """Words, themes, places, period, frequency, version, standards."""
        self.keywords(it, dataset.keywords)
        for theme in dataset.themes:
            self.theme(it, theme)
        for place in dataset.places:
            self.place(it, place)
        if dataset.since or dataset.until:
            self.add(it, DCTERMS.temporal, self.period(dataset))
        for right in dataset.rights.values():
            self.link(it, DCTERMS.accessRights, right, DCTERMS.RightsStatement)
        if dataset.frequency:
            code = FREQUENCIES[dataset.frequency]
            self.of_list(it, DCTERMS.accrualPeriodicity, f"frequency/{code}", DCTERMS.Frequency)
        if dataset.version:
            self.add(it, DCAT.version, Literal(dataset.version))
        self.say(it, URIRef("http://www.w3.org/ns/adms#versionNotes"), dataset.version_note)
        for standard in dataset.conforms_to:
            self.link(it, DCTERMS.conformsTo, standard, DCTERMS.Standard)

    def keywords(self, it: URIRef, keywords: dict[str, tuple[str, ...]]) -> None:
        for language, words in keywords.items():
            for word in words:
                self.add(it, DCAT.keyword, Literal(word, lang=language or None))

    def publisher(self, publisher: Publisher) -> Node:
        it = URIRef(publisher.address) if _is_address(publisher.address) else BNode()
        self.add(it, RDF.type, FOAF.Agent)
        self.say(it, FOAF.name, publisher.name or {"": publisher.id})
        return it

    def contact(self, thing: Node, contact: Contact) -> None:
        if not (contact.email or contact.phone or contact.address or contact.name):
            return
        it = BNode()
        self.add(thing, DCAT.contactPoint, it)
        self.add(it, RDF.type, VCARD.Kind)
        self.add(it, RDF.type, VCARD.Organization)
        self.say(it, VCARD.fn, contact.name)
        if contact.email:
            self.add(it, VCARD.hasEmail, URIRef(_mailto(contact.email)))
        if contact.phone:
            digits = "".join(each for each in contact.phone if each in "+0123456789")
            self.add(it, VCARD.hasTelephone, URIRef(f"tel:{digits}"))
        self.link(it, VCARD.hasURL, contact.address)

    def languages(self, thing: Node, languages: Iterable[str]) -> None:
        for code in languages:
            if code in LANGUAGES:
                name = f"language/{LANGUAGES[code]}"
                self.of_list(thing, DCTERMS.language, name, DCTERMS.LinguisticSystem)

    def theme(self, thing: Node, theme: str) -> None:
        it: Node = URIRef(theme) if _is_address(theme) else BNode()
        self.add(thing, DCAT.theme, it)
        self.add(it, RDF.type, SKOS.Concept)
        self.add(it, SKOS.prefLabel, Literal(theme.rsplit("/", 1)[-1]))

    def place(self, thing: Node, place: str) -> None:
        it: Node = URIRef(place) if _is_address(place) else BNode()
        self.add(thing, DCTERMS.spatial, it)
        self.add(it, RDF.type, DCTERMS.Location)
        if isinstance(it, BNode):
            self.add(it, DCTERMS.identifier, Literal(place))

    def period(self, dataset: Dataset) -> BNode:
        it = BNode()
        self.add(it, RDF.type, DCTERMS.PeriodOfTime)
        self.day(it, DCAT.startDate, dataset.since.isoformat() if dataset.since else "")
        self.day(it, DCAT.endDate, dataset.until.isoformat() if dataset.until else "")
        return it

    def distribution(self, each: Distribution, dataset: Dataset) -> URIRef:
        it = URIRef(f"{dataset.page}#{each.id}")
        self.add(it, RDF.type, DCAT.Distribution)
        self.say(it, DCTERMS.title, each.title)
        self.say(it, DCTERMS.description, each.description)
        self.link(it, DCAT.accessURL, each.access or each.download or dataset.page)
        self.link(it, DCAT.downloadURL, each.download)
        licence = each.licence or dataset.licence
        self.described(it, DCTERMS.license, licence, DCTERMS.LicenseDocument)
        self.day(it, DCTERMS.issued, each.issued)
        self.day(it, DCTERMS.modified, each.modified)
        self.languages(it, each.language)
        if each.format:
            name = f"file-type/{each.format.upper()}"
            self.of_list(it, DCTERMS["format"], name, DCTERMS.MediaTypeOrExtent)
        if each.media_type:
            self.link(it, DCAT.mediaType, IANA + each.media_type, DCTERMS.MediaType)
        if each.size is not None:
            self.add(it, DCAT.byteSize, Literal(each.size, datatype=XSD.nonNegativeInteger))
        if each.sha256:
            self.checksum(it, each.sha256)
        return it

    def checksum(self, thing: Node, sha256: str) -> None:
        it = BNode()
        self.add(thing, SPDX.checksum, it)
        self.add(it, RDF.type, SPDX.Checksum)
        self.add(it, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        self.add(SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm)
        self.add(it, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary))
