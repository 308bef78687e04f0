"""Judge what a browser saw of a sample of pages, from what was kept of it."""

from typing import Protocol

import msgspec

from aiqyn import rules
from aiqyn.audit.ledger import Ledger
from aiqyn.chain import Finding, Outcome
from aiqyn.fetch.manifest import Manifest
from aiqyn.regulations import Edition
from aiqyn.subjects.rendering import Rendering

# keys of rules.rendered_notes
NOT_RENDERED = "not_rendered"  # without a browser
NONE_DRAWN = "none_drawn"  # the browser was there
NOT_ALL_DRAWN = "not_all_drawn"


class Kept(Protocol):
    """Where the bytes are: `fetch.store.Store`, or a mapping in tests."""

    def get(self, sha256: str, /) -> bytes: ...


def findings_of_drawn(
    manifest: Manifest, store: Kept, edition: Edition, digest: str
) -> list[Finding]:
    """Return one finding per rule about drawn pages; without any such page they cannot tell.

    Where pages that were to be drawn were not, every finding says so.
    """
    asked = [each for each in edition.requires if rules.load()[each.rule].kind == "rendered"]
    if not asked:
        return []
    chosen = [each for each in manifest.evidence if each.role == "rendered"]
    drawn = [Rendering(store.get(each.sha256), each) for each in chosen if each.sha256]
    addresses = sorted(each.address for each in drawn)
    findings = []
    for requirement in asked:
        check = rules.load()[requirement.rule].check
        assert check is not None  # noqa: S101  # a rendered rule has its code beside it
        ledger = Ledger(requirement, check)
        passed = {each.address: ledger.judge(each) for each in drawn}
        good = sum(map(passed.__getitem__, addresses))
        findings.append(ledger.finding(addresses, good, digest))
    if not drawn:
        note = NONE_DRAWN if chosen else NOT_RENDERED
        unknown = {"outcome": Outcome.CANNOT_TELL, "note": note}
        return [msgspec.structs.replace(each, **unknown) for each in findings]
    if len(drawn) < len(chosen):
        return [msgspec.structs.replace(each, note=each.note or NOT_ALL_DRAWN) for each in findings]
    return findings
