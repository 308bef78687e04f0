"""A chain of certificates, and signatures made and judged by it."""

from aiqyn.signatures import CmsVerifier, Trust
from aiqyn.signatures.trust import read_list
from tests.aiqyn.signatures.paper import (
    CONTENT,
    NOW,
    cms,
    issue,
    revoked,
    signer_info,
    usual_attributes,
)

ROOT = issue("Root", ca=True)
MIDDLE = issue("Middle", ROOT, ca=True)
SIGNER = issue("Aigul", MIDDLE, serial=77)
LISTS = tuple(map(read_list, (revoked(MIDDLE), revoked(ROOT))))
TRUST = Trust((ROOT.certificate,), LISTS)
GOOD = ["content_same", "signature_holds", "certificate_named", "in_force"]
GOOD += ["chain_trusted", "not_revoked"]


def made(holder=SIGNER, content=CONTENT, certificates=None, inside=None, **said):
    """A detached CAdES-BES signature of `content`, as bytes."""
    attributes = said.pop("attributes", None)
    if attributes is None:
        attributes = usual_attributes(holder, content)
    info = signer_info(holder, attributes, content, **said)
    return cms([info], certificates or (holder, MIDDLE), inside=inside)


def judged(signature, content=CONTENT, *, trust=TRUST, at=NOW):
    return CmsVerifier(trust).verify(signature, content, at=at)


def codes(signature, content=CONTENT, **said):
    [only] = judged(signature, content, **said).signatures
    return [remark.code for remark in only.remarks]
