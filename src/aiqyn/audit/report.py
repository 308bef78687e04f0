"""What an audit says."""

from datetime import date, datetime

import msgspec

from aiqyn.chain import Evidence, Finding, Noun, prepare
from aiqyn.errors import NothingRead
from aiqyn.fetch.manifest import Manifest
from aiqyn.subjects.completeness import SectionState

HAPPENED = {  # by code of chain.FAILURES: what a person can make of it
    "dns": "there is no site of this name",
    "network": "our own network or name server failed, which says nothing about the site",
    "refused": "the server refused the connection",
    "tls": "no secure connection, the certificate is not valid",
    "timeout": "the server did not answer in time",
    "broken": "the answer broke off",
    "redirect_loop": "redirects go round in a circle",
    "empty": "the server sent nothing at all",
    "too_large": "the page is larger than we read",
    "bomb": "the page unpacks into more than we read",
    "robots": "robots.txt asks programs to stay away, or could not be had",
    "forbidden_address": "a private address, which --allow-private lets through",
    "bad_address": "this is not an address",
    "blocked": "the server keeps us out",
    "budget": "our time or number of pages ran out first",
    "crash": "our parser broke on this page",
}
NO_SECURITY = {  # by code of chain.NO_TLS
    "expired": "the certificate has expired and has to be renewed",
    "not_yet": (
        "the certificate is not valid yet: check its first day and the clock of the server"
    ),
    "other_name": "the certificate belongs to another name: it has to hold all names of the site",
    "self_signed": (
        "the server has signed its certificate itself: one of an authority that "
        "browsers trust is needed"
    ),
    "unknown_issuer": (
        "nobody we trust has issued the certificate, or the server does not "
        "send the certificates in between"
    ),
    "weak": (
        "the key or the signature of the certificate is too weak: a new certificate is needed"
    ),
    "old_protocol": (
        "the server knows only an outdated version of TLS: 1.2 and 1.3 have to be switched on"
    ),
    "no_tls": (
        "the server answers there without encryption: TLS has to be switched on, "
        "or ask for the http address"
    ),
    "handshake": "no secure connection could be agreed on with the server",
}


class Report(Noun, frozen=True, kw_only=True):
    """One finding per requirement of the edition, in order of rule code."""

    start: str
    regulation: str
    in_force: date
    as_of: date
    manifest_sha256: str
    pages: int
    documents: int
    findings: tuple[Finding, ...]
    body: str = ""  # registry code of the state body, when said
    was_cut: bool = False  # a limit of ours was reached before all pages were read
    sections: tuple[SectionState, ...] = ()  # that are expected of the body, in their own order
    taken_from: datetime | None = None  # when the evidence was gathered: the first of it
    taken_until: datetime | None = None  # and the last


def report_of(result: bytes) -> Report:
    """Read the result of a live reading back."""
    return msgspec.json.decode(result, type=Report)


def answered(report: Report, manifest: Manifest) -> Report:
    """Return `report`, or raise NothingRead saying why no page of the site could be read.

    A site that kept silent is told as such, never as one that breaks the rules.
    """
    if report.pages:
        return report
    first = next((each for each in manifest.evidence if each.url == manifest.start), None)
    if first is None:
        raise NothingRead(manifest.start, "not asked")
    cause = first.failure or f"HTTP {first.status}"
    told = f"{_happened(first, manifest.limits.max_redirects)}; no page was read"
    raise NothingRead(manifest.start, cause, told, tls=first.tls)


def _happened(first: Evidence, most: int) -> str:
    """Say in words how the first request ended; `most` redirects are followed."""
    if first.failure == "tls" and first.tls in NO_SECURITY:
        return NO_SECURITY[first.tls]
    if first.failure == "redirect_loop" and first.hops > most:
        return f"the chain of redirects is too long: {first.hops} were followed without an end"
    if first.failure in HAPPENED:
        return HAPPENED[first.failure]
    if first.status >= 500:
        return "the server answered with an error"
    if first.status >= 400:
        return "the server says that there is no such page"
    return f"what is there is no page but {first.media_type or 'something else'}"


prepare(Report)
