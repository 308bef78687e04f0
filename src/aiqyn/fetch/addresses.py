"""One address, one spelling; what kind of thing it leads to; where endless series begin."""

import hashlib
import re
from urllib.parse import quote, urljoin, urlsplit

import idna

MAX_LENGTH = 4_000  # characters; longer ones are traps or mistakes
DEFAULT_PORTS = {"http": 80, "https": 443}

DOCUMENT_NAME = re.compile(
    r"\.(?:pdf|do[ct][xm]?|rtf|od[tsp]|xls[xmb]?|csv|tsv|pp[ts]x?|txt|djvu)", re.IGNORECASE
)
ASSET_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|bmp|ico|tiff?|css|m?js|map|woff2?|ttf|otf|eot"
    r"|mp[34]|m4[av]|avi|mov|wmv|mkv|webm|og[gv]|wav|flv|zip|rar|7z|gz|tar|tgz|bz2|xz"
    r"|exe|msi|apk|dmg|iso|json|geojson|xml|rss|atom|ics|km[lz]|p7s|cms|sig)",
    re.IGNORECASE,
)
DOCUMENT_TYPES = re.compile(
    r"application/(?:pdf|msword|rtf|vnd\.ms-|vnd\.openxmlformats|vnd\.oasis\.opendocument)"
    r"|text/(?:csv|plain|rtf|tab-separated-values)"
)
MARKS = (  # with which files begin that are no pages, and what they are
    (b"%PDF-", "document"),
    (b"PK\x03\x04", "document"),  # DOCX, XLSX, ODT
    (b"\xd0\xcf\x11\xe0", "document"),  # DOC, XLS
    (b"{\\rtf", "document"),
    (b"\x89PNG", "link"),
    (b"\xff\xd8\xff", "link"),
    (b"GIF8", "link"),
)
PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml"})

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_INVISIBLE = re.compile(r"[\t\r\n]")
_EDGES = "".join(map(chr, range(0x21)))  # C0 controls and space, as browsers strip them
_CLEAN_PATH = re.compile(r"/|(?:/(?!\.)[A-Za-z0-9\-._~!$&'*+,=:@]+)+/?")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._\-]*[a-z0-9_])?")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEEP = "!$&'()*+,;=:@/?%-._~[]|"
_SESSION_QUERY = re.compile(
    r"(?i)(?:^|(?<=[&;]))"
    r"(?:phpsessid|jsessionid|aspsessionid\w*|session_?id|sid|cfid|cftoken)=[^&;]*(?:[&;]|$)"
)
_SESSION_PATH = re.compile(r"(?i);jsessionid=[^/;]*|/\((?:[asf]\([0-9a-z]+\))+\)(?=/)")

_DATE = re.compile(
    r"(?<!\d)(?:(?:19|2\d)\d\d([-/._])(?:0?[1-9]|1[0-2])(?:\1(?:0?[1-9]|[12]\d|3[01]))?"
    r"|(?:0?[1-9]|[12]\d|3[01])([-._])(?:0?[1-9]|1[0-2])\2(?:19|2\d)\d\d"
    r"|(?:19|2\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
    r"|(?<=[?&])(?:year|month|day|week|date|y|m|d)=\d+(?=&|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")


class BadAddress(ValueError):
    """A link that leads nowhere because it is not an address."""


def normalise(url: str) -> str:
    """Return the one spelling of an absolute http(s) address.

    Lower-case scheme and host (IDN as ASCII), no default port, user, fragment,
    dot segments or session id; percent-encoding in one form. The order of query
    parameters is the site's own business and stays.

    Raises BadAddress when it is not an http(s) address.
    """
    url = _INVISIBLE.sub("", url.strip(_EDGES))
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        port = parts.port
    except ValueError as error:
        raise BadAddress(f"{url[:200]}: {error}") from None
    if scheme not in DEFAULT_PORTS or len(url) > MAX_LENGTH:
        raise BadAddress(f"{url[:200]}: not an http address")
    netloc = _host(parts.hostname or "")
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    try:
        path, query = _path(parts.path), _query(parts.query)
    except UnicodeEncodeError:  # bytes of a command line that are no text
        raise BadAddress(f"{url[:200]!r}: not text") from None
    return f"{scheme}://{netloc}{path}?{query}" if query else f"{scheme}://{netloc}{path}"


def resolve(base: str, href: str) -> str | None:
    """Return where the raw `href` on the page `base` (normalised) leads, normalised.

    None for what is not a link to fetch: mail, telephone, scripts, a place on the
    same page, nothing at all. Raises BadAddress for a broken http address.
    """
    if _CLEAN_PATH.fullmatch(href):  # nine links of ten
        return f"{origin(base)}{href}"
    href = _INVISIBLE.sub("", href.strip(_EDGES)).replace("\\", "/")
    if not href or href[0] == "#":
        return None
    if _SCHEME.match(href):
        return normalise(href) if href[:4].lower() == "http" else None
    try:
        joined = urljoin(base, href)
    except ValueError as error:
        raise BadAddress(f"{href[:200]}: {error}") from None
    return normalise(joined)


def is_rooted(href: str) -> bool:
    """Whether `href` means the same on every page of a host: "/x", "https://…", "mailto:…"."""
    return href[:1] == "/" or _SCHEME.match(href) is not None


def origin(url: str) -> str:
    """Scheme, host and port: "https://www.gov.kz"."""
    return url[: url.find("/", 8)] if "/" in url[8:] else url


def host(url: str) -> str:
    """Host and port of a normalised address."""
    return origin(url).partition("//")[2]


def site_of(url: str) -> str:
    """The host without "www.": two addresses of one site have the same."""
    return host(url).removeprefix("www.")


def nobodys(home: str, part: str = "") -> str:
    """An address of the site that nobody has, the same for every crawl of the same site.

    `part` is the path under which all addresses of the site lie.
    """
    digest = hashlib.sha256(home.encode()).hexdigest()[:16]
    return f"{origin(home)}{part}/aiqyn-{digest}"


def kind(url: str) -> str:
    """What the address promises by its extension: "page", "document" or "asset"."""
    name = url.partition("?")[0].rpartition("/")[2]
    extension = name[name.rfind(".") :] if "." in name else ""
    if DOCUMENT_NAME.fullmatch(extension):
        return "document"
    return "asset" if ASSET_NAME.fullmatch(extension) else "page"


def role_by_type(role: str, media_type: str, content: bytes) -> str:
    """What an answered address is: a "page" by name may be a "document", or only a "link".

    The first bytes say more than the type, which servers often get wrong.
    """
    if role == "document":
        return role
    if media_type in PAGE_TYPES:
        return next((told for mark, told in MARKS if content.startswith(mark)), role)
    return "document" if DOCUMENT_TYPES.match(media_type) else "link"


def shape(url: str) -> tuple[str, bool]:
    """Return the address with dates and numbers blotted out, and whether dates alone were.

    Endless series differ by nothing else: /events?year=2031&month=7, /page/912.
    """
    start = len(origin(url))
    dated = _DATE.sub("{date}", url[start:])  # braces never stand in a normalised address
    blotted = _NUMBER.sub("{n}", dated)
    return url[:start] + blotted, "{date}" in blotted and "{n}" not in blotted


def _host(name: str) -> str:
    name = name.rstrip(".").lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise BadAddress(f"{name[:200]}: {error}") from None
    if ":" in name:
        return f"[{name}]"
    if len(name) > 253 or _HOST.fullmatch(name) is None:
        raise BadAddress(f"{name[:200]!r}: not a host name")
    return name


def _path(path: str) -> str:
    if not path:
        return "/"
    if _CLEAN_PATH.fullmatch(path):
        return path
    return _without_dots(_escape(_SESSION_PATH.sub("", path.replace("\\", "/"))))


def _query(query: str) -> str:
    return _escape(_SESSION_QUERY.sub("", query).rstrip("&;")) if query else ""


def _escape(text: str) -> str:
    """Percent-encode what must be, decode what need not be, in capitals."""
    return quote(_ESCAPE.sub(_one_escape, text), safe=_KEEP)


def _one_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    byte = int(match[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
