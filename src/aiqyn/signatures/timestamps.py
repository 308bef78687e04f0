"""Time stamps on signatures (RFC 3161): who vouches that a signature was there by then."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from aiqyn.errors import InputError
from aiqyn.signatures import algorithms, cms, purposes, stamps, tlv
from aiqyn.signatures.algorithms import DIGESTS
from aiqyn.signatures.cms import Signed, Signer
from aiqyn.signatures.result import Outcome, Remark
from aiqyn.signatures.revoking import lists_in, revocation
from aiqyn.signatures.tlv import OCTETS, SEQUENCE, Value
from aiqyn.signatures.trust import Trust, chain

STAMPED = "1.2.840.113549.1.9.16.1.4"  # what a time stamp says, as a kind of content
MOST_STAMPS = 5
GOOD, CANNOT_TELL, BAD, NOTE = Outcome.GOOD, Outcome.CANNOT_TELL, Outcome.BAD, Outcome.NOTE


def stamped(
    signer: Signer, near: Iterable[x509.Certificate], trust: Trust, at: datetime | None
) -> Iterator[tuple[datetime | None, Remark]]:
    """Judge each time stamp: the moment it proves (None: nothing proven), and what is said.

    Anybody may add a time stamp to a signature: one that proves nothing is noted, and takes
    nothing away. `near` are certificates beside the signature; `at` is the day revocation is
    asked for, None where it is not.
    """
    tokens = signer.timestamps
    if len(tokens) > MOST_STAMPS:
        problem = f"{len(tokens)} time stamps, more than {MOST_STAMPS}"
        raise tlv.wrong(tokens[0].place, problem)
    for token in tokens:
        try:
            yield _judged(token, signer, tuple(near), trust, at)
        except InputError:
            yield None, Remark(code="stamp_broken", outcome=NOTE)


def _judged(
    token: Value,
    signer: Signer,
    near: tuple[x509.Certificate, ...],
    trust: Trust,
    at: datetime | None,
) -> tuple[datetime | None, Remark]:
    signed = cms.of(token)
    moment, imprint, digest = _said(signed)
    if imprint != hashlib.new(digest.name, signer.signature).digest():
        return None, Remark(code="stamp_other", outcome=NOTE)
    if len(signed.signers) != 1:
        raise InputError("signature", "", "a time stamp has one signer")
    at_hand = (*signed.certificates, *near)
    certificate = stamps.certificate_of(signed.signers[0], at_hand)
    if certificate is None:
        return None, Remark(code="stamp_unknown", outcome=NOTE)
    refused = _refused(signed, certificate, digest)
    if refused is not None:
        return None, refused
    way, led = chain(certificate, at_hand, trust, moment)
    if led.outcome != GOOD:
        return None, Remark(code="stamp_unknown", outcome=NOTE)
    asked = GOOD
    if at is not None:
        asked = revocation(way, [*trust.lists, *lists_in(signed.lists)], at).outcome
    detail = f"{moment:%Y-%m-%d %H:%M:%S} UTC"
    if asked == BAD:
        return None, Remark(code="stamp_revoked", outcome=NOTE, detail=detail)
    code = "stamped" if asked == GOOD else "stamped_unrevoked_unknown"
    return moment, Remark(code=code, outcome=asked, detail=detail)


def _refused(
    signed: Signed, certificate: x509.Certificate, imprint: hashes.HashAlgorithm
) -> Remark | None:
    """Say why a time stamp with this certificate's name is none by itself; None if it is one."""
    [authority] = signed.signers
    if algorithms.is_gost(authority, certificate):
        return Remark(code="stamp_gost", outcome=NOTE, detail=authority.algorithm)
    if not (purposes.is_of_stamps(certificate) and _is_whole(signed, authority, certificate)):
        return Remark(code="stamp_broken", outcome=NOTE)
    if isinstance(imprint, algorithms.WEAK) or algorithms.is_weak(authority, certificate):
        return Remark(code="stamp_weak", outcome=NOTE)
    return None


def _said(signed: Signed) -> tuple[datetime, bytes, hashes.HashAlgorithm]:
    """Return the moment and the digest that are stamped, and its kind. Raises InputError."""
    if signed.content_type != STAMPED or signed.content is None:
        raise InputError("signature", "", "no time stamp where one was expected")
    told = tlv.read(signed.content)
    imprint = tlv.part(told, 2, SEQUENCE)
    digest = DIGESTS.get(tlv.oid(tlv.part(tlv.part(imprint, 0, SEQUENCE), 0, tlv.OID)))
    moment = stamps.moment(tlv.part(told, 4, stamps.LONG_TIME).content.decode("ascii", "replace"))
    if digest is None or moment is None:
        raise InputError("signature", "", "a time stamp with a digest or a time nobody knows")
    return moment, tlv.part(imprint, 1, OCTETS).content, digest


def _is_whole(signed: Signed, authority: Signer, certificate: x509.Certificate) -> bool:
    """Whether this certificate's key stamped what the time stamp says."""
    digest = algorithms.digest_of(authority)
    if digest is None or signed.content is None or not authority.signed:
        return False
    return (
        stamps.names_content(authority, signed.content, STAMPED, digest)
        and algorithms.is_made_by(certificate, authority, authority.signed)
        and stamps.names_certificate(authority, certificate) is True
    )
