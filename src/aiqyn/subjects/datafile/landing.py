"""A page that is about data and not the data: what it leads to.

Known are descriptions by schema.org inside the page, links to RDF, pages of CKAN and of
data.egov.kz. A page that only holds tables is none of these; neither is one that holds a table
and a description or a link that names no file: its table is the data.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import msgspec
from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from aiqyn.subjects import charset

MOST_NODES = 100_000  # of descriptions that are looked at
MOST_FILES = 200
EGOV = "data.egov.kz"
_RDF = ("application/rdf+xml", "text/turtle", "application/ld+json", "application/n-triples")
_OF_FILES = {"DataDownload", "Distribution"}  # types of nodes
_OF_CKAN = "a.resource-url-analytics, a[href*='/resource/'][href*='/download/']"
_SET_OF_CKAN = re.compile(r"^(.*?)/dataset/(?!groups/|activity/)[^/]+")

Node = dict[str, Any]  # of a description


class Landing(Struct, frozen=True, kw_only=True):
    """What a page about data leads to."""

    files: tuple[str, ...] = ()  # addresses of the data, each once
    catalogue: str = ""  # address of the catalogue it is of, as far as it shows
    licence: str = ""  # as the page declares it
    is_set: bool = False  # it describes one data set, whether it names its files or not


def landing_of(content: bytes, address: str) -> Landing | None:
    """Return what the page at `address` leads to; None where it is not about data."""
    text, _ = charset.sniff(content)
    page = LexborHTMLParser(text)
    nodes = [node for each in _described(page) for node in _nodes(each)]
    described = _of_schema(nodes, address)
    if described and described.files:
        return described
    known = _of_ckan(page, address) or _of_egov(address)
    if known or _has_table(page):
        return known
    return described or _of_links(page, address)


def _has_table(page: LexborHTMLParser) -> bool:
    """Whether the page holds rows of cells; a table that holds tables is layout."""
    return any(
        sum(len(row.css("td, th")) > 1 for row in table.css("tr")) > 1
        for table in page.css("table")
        if len(table.css("table")) == 1
    )


def _described(page: LexborHTMLParser) -> Iterator[Any]:
    for script in page.css("script[type='application/ld+json']"):
        try:
            yield msgspec.json.decode(script.text())
        except (msgspec.DecodeError, RecursionError):
            continue


def _nodes(described: Any) -> Iterator[Node]:
    """Yield every node of a description, names without the prefix of their vocabulary."""
    waiting = [described]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            plain = _plain(node)
            yield plain
            waiting += plain.values()
        elif isinstance(node, list):
            waiting += reversed(node)


def _plain(node: Node) -> Node:
    return {_bare(key): value for key, value in node.items()}


def _bare(name: str) -> str:
    return re.split(r"[:/#]", name)[-1]


def _types(node: Node) -> set[str]:
    said = node.get("@type")
    named = said if isinstance(said, list) else [said]
    return {_bare(each) for each in named if isinstance(each, str)}


def _said(value: Any) -> str:
    """Return the address or the words a value of a description is."""
    if isinstance(value, list):
        return next(filter(None, map(_said, value)), "")
    if isinstance(value, dict):
        names = ("@id", "@value", "url", "name")
        return next((value[name] for name in names if isinstance(value.get(name), str)), "")
    return value if isinstance(value, str) else ""


def _of_schema(nodes: list[Node], address: str) -> Landing | None:
    sets = [node for node in nodes if "Dataset" in _types(node)]
    if len(sets) != 1:
        is_catalogue = sets or any("DataCatalog" in _types(node) for node in nodes)
        return Landing(catalogue=_catalogue(address)) if is_catalogue else None
    return Landing(
        files=_whole(map(_file, _distributions(sets[0], nodes)), address),
        catalogue=_catalogue(address),
        licence=_said(sets[0].get("license")),
        is_set=True,
    )


def _distributions(described: Node, nodes: list[Node]) -> Iterator[Node]:
    """Yield the nodes of the files of a set: those it names, then those that say they are one."""
    by_id: dict[str, Node] = {}
    for node in nodes:
        if isinstance(name := node.get("@id"), str):
            by_id.setdefault(name, {}).update(node)
    named = described.get("distribution")
    for each in named if isinstance(named, list) else [named]:
        own = _plain(each) if isinstance(each, dict) else {"@id": each}
        name = own.get("@id")
        yield by_id.get(name, own) if isinstance(name, str) else own
    yield from (node for node in nodes if _types(node) & _OF_FILES)


def _file(node: Node) -> str:
    """Return the address of the data that a node of a file gives; "" where it gives none."""
    given = _said(node.get("contentUrl") or node.get("downloadURL"))
    return given or (_said(node.get("url")) if "DataDownload" in _types(node) else "")


def _of_ckan(page: LexborHTMLParser, address: str) -> Landing | None:
    generator = page.css_first("meta[name='generator'][content^='ckan' i]")
    if not generator and not page.css_first("a[href*='/api/3/action'], a[href$='/api/3']"):
        return None
    hrefs = (link.attributes.get("href") or "" for link in page.css(_OF_CKAN))
    is_of_set = _SET_OF_CKAN.match(urlsplit(address).path)
    rights = page.css_first("a[rel='dc:rights']") if is_of_set else None
    return Landing(
        files=_whole(hrefs, address) if is_of_set else (),
        catalogue=_catalogue(address),
        licence=(rights.attributes.get("href") or rights.text(strip=True)) if rights else "",
    )


def _of_egov(address: str) -> Landing | None:
    parts = urlsplit(address)
    is_there = (parts.hostname or "").removeprefix("www.") == EGOV
    is_about_data = parts.path.startswith("/datasets") or "index" in parse_qs(parts.query)
    return Landing(catalogue=f"https://{EGOV}") if is_there and is_about_data else None


def _of_links(page: LexborHTMLParser, address: str) -> Landing | None:
    for link in page.css("link[rel~='alternate'][href]"):
        if (link.attributes.get("type") or "").partition(";")[0].strip().lower() in _RDF:
            whole = _joined(address, link.attributes["href"] or "")
            if whole:
                return Landing(catalogue=whole)
    return None


def _catalogue(address: str) -> str:
    """Return the address of the catalogue that a page of a set, or a page beside, is of."""
    parts = urlsplit(address)
    known = re.match(r"(.*?)/(?:dataset|group|organization)s?(?:/|$)", parts.path)
    return f"{parts.scheme}://{parts.netloc}{known[1] if known else ''}"


def _whole(hrefs: Iterator[str], address: str) -> tuple[str, ...]:
    found = (_joined(address, href.strip()) for href in hrefs if href.strip())
    kept = dict.fromkeys(each for each in found if each.startswith(("http://", "https://")))
    return tuple(each for each in kept if each != address)[:MOST_FILES]


def _joined(address: str, href: str) -> str:
    """Return where `href` leads from `address`; "" where it is no address at all."""
    try:
        return urljoin(address, href)
    except ValueError:
        return ""
