"""The first page comes with headers that guard its readers, and tells attackers no versions."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.page import shorten
from aiqyn.subjects.site import PageFacts, Site

_HEADER = re.compile(r"^([\w-]+):[ \t]*(.*)$", re.MULTILINE)
_TAKEN_BACK = re.compile(r"max-age\s*=\s*\"?0+\b", re.IGNORECASE)  # RFC 6797, 6.1.1
_VERSION = re.compile(r"\d+\.\d+")


def check(site: Site) -> Iterator[Place]:
    first = site.first
    seen = site.evidence.get(first.address) or site.evidence[first.url] if first else None
    if first is None or seen is None or not seen.headers:
        raise CannotTell("no_headers")
    headers = {name.lower(): value.strip() for name, value in _HEADER.findall(seen.headers)}
    for name, note in _missing(headers, first):
        yield Place(where="HTTP", saw=name, address=first.address, evidence=first.sha256, note=note)
    for saw in _versions(headers, first):
        yield Place(
            where="HTTP",
            saw=shorten(saw),
            address=first.address,
            evidence=first.sha256,
            note="version_told",
        )


def _missing(headers: dict[str, str], first: PageFacts) -> Iterator[tuple[str, str]]:
    if headers.get("x-content-type-options", "").lower() != "nosniff":
        yield "X-Content-Type-Options", "no_nosniff"
    policy = headers.get("content-security-policy", "").lower()
    if "frame-ancestors" not in policy and "x-frame-options" not in headers:
        yield "Content-Security-Policy: frame-ancestors", "may_be_framed"
    told = headers.get("strict-transport-security", "max-age=0")
    if first.address.startswith("https:") and _TAKEN_BACK.search(told):
        yield "Strict-Transport-Security", "no_hsts"


def _versions(headers: dict[str, str], first: PageFacts) -> Iterator[str]:
    for name in ("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version"):
        if _VERSION.search(headers.get(name, "")):
            yield f"{name}: {headers[name]}"
    if _VERSION.search(first.traits.health.made_by):
        yield f"generator: {first.traits.health.made_by}"
