"""Judge what a browser saw of a sample of pages, from what was kept of it."""

from typing import Protocol

import msgspec

from aiqyn import rules
from aiqyn.audit.ledger import Ledger
from aiqyn.chain import Finding, Outcome
from aiqyn.fetch.manifest import Manifest
from aiqyn.regulations import Edition
from aiqyn.subjects.rendering import Rendering

NOT_RENDERED = "not_rendered"  # a key of rules.rendered_notes


class Kept(Protocol):
    """Where the bytes are: `fetch.store.Store`, or a mapping in tests."""

    def get(self, sha256: str, /) -> bytes: ...


def findings_of_drawn(
    manifest: Manifest, store: Kept, edition: Edition, digest: str
) -> list[Finding]:
    """Return one finding per rule about drawn pages; without any such page they cannot tell."""
    asked = [each for each in edition.requires if rules.load()[each.rule].kind == "rendered"]
    if not asked:
        return []
    drawn = [
        Rendering(store.get(each.sha256), each)
        for each in manifest.evidence
        if each.role == "rendered" and each.sha256
    ]
    addresses = sorted(each.address for each in drawn)
    findings = []
    for requirement in asked:
        check = rules.load()[requirement.rule].check
        assert check is not None  # noqa: S101  # a rendered rule has its code beside it
        ledger = Ledger(requirement, check)
        for each in drawn:
            ledger.judge(each)
        findings.append(ledger.finding(addresses, digest))
    if drawn:
        return findings
    unknown = {"outcome": Outcome.CANNOT_TELL, "note": NOT_RENDERED}
    return [msgspec.structs.replace(each, **unknown) for each in findings]
