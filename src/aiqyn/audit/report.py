"""What an audit says."""

from datetime import date

import msgspec

from aiqyn.chain import Finding, Noun
from aiqyn.errors import FetchError
from aiqyn.fetch.manifest import Manifest


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


def report_of(result: bytes) -> Report:
    """Read the result of a live reading back."""
    return msgspec.json.decode(result, type=Report)


def answered(report: Report, manifest: Manifest) -> Report:
    """Return `report`, or raise FetchError when no page of the site could be read.

    A site that kept silent is told as such, never as one that breaks the rules.
    """
    if report.pages:
        return report
    first = next((each for each in manifest.evidence if each.url == manifest.start), None)
    if first is None:
        raise FetchError(manifest.start, "not asked")
    raise FetchError(manifest.start, first.failure or f"HTTP {first.status}", "no page was read")
