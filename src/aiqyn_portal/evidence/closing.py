"""What a finding quotes of bytes that are not for everybody is not for everybody either.

Where it stands is told, the list of everything read names the address too; not what it says.
"""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from aiqyn.chain import Finding, Place
from aiqyn.fetch.addresses import site_of
from aiqyn_portal.accounts.permissions import Person
from aiqyn_portal.evidence.inner import is_inner
from aiqyn_portal.evidence.models import Audit, Snapshot
from aiqyn_portal.evidence.permissions import works_with

CLOSED = "closed"  # in place of a spot; `aiqyn.report.words.said_place` says it
ASKED_AT_ONCE = 500  # digests

Tell = Callable[[Place], Place]


def as_read_by(reader: Person | None, audit: Audit, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one audit without quotes `reader` may not read; None is everybody."""
    found = list(findings)
    tell = told_to(reader, [audit], found)
    return _told(found, tell)


def as_everybody_reads(findings: Iterable[Finding]) -> list[Finding]:
    """As `as_read_by` everybody, of findings that were kept apart from their audit.

    Which site was audited is not told there: every inner address is closed.
    """
    found = list(findings)
    shut = shut_digests(place for each in found for place in each.places)
    return _told(found, lambda place: closed(place) if _is_shut(place, shut, set()) else place)


def told_to(reader: Person | None, audits: Sequence[Audit], findings: Iterable[Finding]) -> Tell:
    """How a place of the findings of some audits of one body is told to `reader`."""
    if reader is not None and works_with(reader, audits[0].body):
        return _in_full
    shut = shut_digests(place for finding in findings for place in finding.places)
    own = {site_of(audit.start) for audit in audits}
    return lambda place: closed(place) if _is_shut(place, shut, own) else place


def _told(findings: Iterable[Finding], tell: Tell) -> list[Finding]:
    return [replace(each, places=tuple(map(tell, each.places))) for each in findings]


def closed(place: Place) -> Place:
    """A place that tells its address and what is wrong there alone."""
    return Place(where=CLOSED, address=place.address, note=place.note)


def shut_digests(places: Iterable[Place]) -> frozenset[str]:
    """Digests among the places whose bytes were seen, but never where anybody may look."""
    named = {digest for place in places for digest in (place.evidence, place.picture) if digest}
    asked = sorted(named)
    starts = range(0, len(asked), ASKED_AT_ONCE)
    return frozenset().union(*(_shut_of(asked[at : at + ASKED_AT_ONCE]) for at in starts))


def _shut_of(digests: Sequence[str]) -> set[str]:
    seen = Snapshot.objects.filter(sha256__in=digests, origin=Snapshot.Origin.ELSEWHERE)
    shut = set(seen.values_list("sha256", flat=True))
    if not shut:  # nearly always
        return shut
    opened = Snapshot.objects.public().filter(sha256__in=shut)
    return shut - set(opened.values_list("sha256", flat=True))


def _is_shut(place: Place, shut: frozenset[str], own: set[str]) -> bool:
    """By the bytes where they are named, else by the machine the address names."""
    if place.evidence or place.picture:
        return _rests_on(place, shut)
    return bool(place.address) and is_inner(place.address) and site_of(place.address) not in own


def _rests_on(place: Place, digests: frozenset[str]) -> bool:
    return place.evidence in digests or place.picture in digests


def _in_full(place: Place) -> Place:
    return place
