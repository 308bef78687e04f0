"""What a catalogue speaks, told from its address and, where that is silent, from its answers."""

import re
from urllib.parse import urlsplit

from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.limits import Limits
from aiqyn.harvest import rdf
from aiqyn.harvest.ckan import Ckan, result_of
from aiqyn.harvest.data_json import DataJson, raws
from aiqyn.harvest.dcat import Dcat
from aiqyn.harvest.door import Door
from aiqyn.harvest.egov import Egov, form
from aiqyn.harvest.model import BadPage, Catalogue, Request

KINDS = ("ckan", "dcat", "data_json", "egov")
_API = re.compile(r"(.*?)/api(?:/\d+)?(?:/action(?:/\w*)?)?/?$")
_CKAN_PAGE = re.compile(r"(.*?)/(?:dataset|organization|group)/?$")
_RDF_NAME = re.compile(r"\.(?:rdf|xml|ttl|n3|nt|jsonld)$", re.IGNORECASE)


def speaking(kind: str, address: str) -> Catalogue:
    """Return the protocol of that kind for `address`. Raises InputError for an unknown kind."""
    if kind == "ckan":
        return Ckan(home_of(address))
    if kind == "dcat":
        return Dcat(address)
    if kind == "data_json":
        return DataJson(address)
    if kind == "egov":
        parts = urlsplit(address)
        return Egov(f"{parts.scheme}://{parts.netloc}")
    raise InputError(address, "", f"no protocol {kind}; there are {', '.join(KINDS)}")


def told(address: str) -> str:
    """Return the kind an address names by itself; "" when it must be asked."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if parts.hostname == urlsplit(form().home).hostname:
        return "egov"
    if path.endswith("data.json") or "/dcat-us/" in path:
        return "data_json"
    if _RDF_NAME.search(path):
        return "dcat"
    return "ckan" if _API.match(path) else ""


def home_of(address: str) -> str:
    """Return where the `/api/` of a CKAN stands, of any address of it a person may copy."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    found = _API.match(path) or _CKAN_PAGE.match(path)
    return f"{parts.scheme}://{parts.netloc}{found[1] if found else path}"


def detect(address: str, limits: Limits, *, key: str = "") -> Catalogue:
    """Return the protocol that answers at `address`, asking at most four questions.

    Raises FetchError when nothing answers, InputError when nothing there is a catalogue.
    """
    if kind := told(address):
        return speaking(kind, address)
    with Door(limits, key=key) as door:
        if _is_ckan(door, address):
            return speaking("ckan", address)
        answer = door.ask(Request(url=address, accept=rdf.ACCEPT))
        kind = _of_bytes(answer.content, address) if answer.status == 200 else ""
        if kind:
            return speaking(kind, address)
        for name in ("data.json", "catalog.ttl"):
            beside = f"{address.rstrip('/')}/{name}"
            answer = door.ask(Request(url=beside))
            if answer.status == 200 and (kind := _of_bytes(answer.content, beside)):
                return speaking(kind, beside)
    raise InputError(address, "", "no catalogue that Aiqyn can read answers here")


def _is_ckan(door: Door, address: str) -> bool:
    """Whether the smallest question of the Action API is understood there."""
    url = f"{home_of(address)}/api/3/action/package_search?rows=0"
    try:
        result = result_of(door.ask(Request(url=url, accept="application/json")).content)
    except (BadPage, FetchError):
        return False
    return isinstance(result, dict) and "count" in result


def _of_bytes(content: bytes, address: str) -> str:
    try:
        if raws(content):
            return "data_json"
    except BadPage:
        """Not that; perhaps the other."""
    try:
        return "dcat" if Dcat(address).read(Request(url=address), content).records else ""
    except BadPage:
        return ""
