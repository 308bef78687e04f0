"""Judging signatures in CMS, each step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain as together

from cryptography import x509

from aiqyn.signatures import algorithms, cms, purposes, stamps, timestamps, tlv
from aiqyn.signatures.cms import Signed, Signer
from aiqyn.signatures.result import Outcome, Remark, Result, Signature
from aiqyn.signatures.revoking import lists_in, revocation
from aiqyn.signatures.trust import Trust, chain

GOOD, CANNOT_TELL, BAD = Outcome.GOOD, Outcome.CANNOT_TELL, Outcome.BAD


@dataclass(frozen=True)
class CmsVerifier:
    """Verifies CMS and CAdES-BES with RSA (PKCS #1 v1.5) and ECDSA against given roots."""

    trust: Trust
    asks_revocation: bool = True  # False: nobody wants to know; for those without lists at hand

    def verify(self, signature: bytes, content: bytes | None, *, at: datetime) -> Result:
        """Judge a signature of `content` (None: it is inside) as of `at`, an aware moment.

        Raises InputError for bytes that are no signature.
        """
        signed = cms.read(signature)
        cases = (_Case(signed, signer, content, self, at) for signer in signed.signers)
        return Result(signatures=tuple(case.judged() for case in cases))


@dataclass(frozen=True)
class _Case:
    signed: Signed
    signer: Signer
    given: bytes | None  # content from beside the signature
    by: CmsVerifier
    at: datetime

    def judged(self) -> Signature:
        certificate = stamps.certificate_of(self.signer, self.signed.certificates)
        remarks = together(self.about_content(), self.about_certificate(certificate))
        return Signature(
            remarks=tuple(remarks),
            signer=stamps.name_of(certificate.subject) if certificate else "",
            issuer=stamps.name_of(certificate.issuer) if certificate else "",
            serial=f"{certificate.serial_number:x}" if certificate else "",
            algorithm=self.signer.algorithm,
            claimed_at=stamps.signing_time(self.signer),
        )

    def content(self) -> bytes | None:
        return self.given if self.signed.content is None else self.signed.content

    def about_content(self) -> Iterator[Remark]:
        """Whether what was signed is what is at hand."""
        inside, digest = self.signed.content, algorithms.digest_of(self.signer)
        if inside is not None and self.given is not None and inside != self.given:
            yield Remark(code="content_other", outcome=BAD)
        content = self.content()
        if not self.signer.signed and self.signed.content_type != cms.DATA:
            yield Remark(code="attributes_missing", outcome=BAD)
        if content is None:
            yield Remark(code="content_missing", outcome=CANNOT_TELL)
        elif not self.signer.signed and tlv.begins_attributes(content):
            # whoever has a signature with attributes could pass these off as its document
            yield Remark(code="content_attributes", outcome=BAD)
        elif self.signer.signed and digest is not None:
            is_same = stamps.names_content(self.signer, content, self.signed.content_type, digest)
            yield Remark(
                code="content_same" if is_same else "content_changed",
                outcome=GOOD if is_same else BAD,
            )

    def about_certificate(self, certificate: x509.Certificate | None) -> Iterator[Remark]:
        if certificate is None:
            code = "certificate_unreadable" if self.signed.unreadable else "certificate_missing"
            yield Remark(code=code, outcome=CANNOT_TELL)
            return
        yield from self.about_signature(certificate)
        yield from self.about_binding(certificate)
        kept_from = purposes.of_documents(certificate)
        if kept_from is not None:
            yield kept_from
        yield from (remark for _, remark in self.stamps)
        moment, remark = self.about_time(certificate)
        yield remark
        if not algorithms.is_gost(self.signer, certificate):
            way, remark = chain(certificate, self.signed.certificates, self.by.trust, moment)
            yield remark
            if self.by.asks_revocation:
                lists = [*self.by.trust.lists, *lists_in(self.signed.lists)]
                yield revocation(way, lists, self.at, self.stamped_at or self.at)

    @cached_property
    def stamps(self) -> list[tuple[datetime | None, Remark]]:
        """The time stamps on the signature, judged."""
        asked_at = self.at if self.by.asks_revocation else None
        near = self.signed.certificates
        return list(timestamps.stamped(self.signer, near, self.by.trust, asked_at))

    @property
    def stamped_at(self) -> datetime | None:
        """The earliest moment by which the signature is proven to have been there."""
        return min((at for at, _ in self.stamps if at is not None and at <= self.at), default=None)

    def about_signature(self, certificate: x509.Certificate) -> Iterator[Remark]:
        """Whether the key of the certificate made the signature."""
        signer, content = self.signer, self.content()
        if algorithms.is_gost(signer, certificate):
            yield Remark(code="algorithm_gost", outcome=CANNOT_TELL, detail=signer.algorithm)
            return
        if algorithms.digest_of(signer) is None:
            yield Remark(code="algorithm_unknown", outcome=CANNOT_TELL, detail=signer.algorithm)
            return
        if algorithms.is_weak(signer, certificate):
            yield Remark(code="algorithm_weak", outcome=BAD, detail=signer.algorithm)
        if not signer.signed and content is None:
            return
        is_good = algorithms.is_made_by(certificate, signer, signer.signed or content or b"")
        yield Remark(
            code="signature_holds" if is_good else "signature_broken",
            outcome=GOOD if is_good else BAD,
        )

    def about_binding(self, certificate: x509.Certificate) -> Iterator[Remark]:
        """Whether the signer named this very certificate in what was signed (CAdES-BES)."""
        is_bound = stamps.names_certificate(self.signer, certificate)
        if is_bound is not None:
            yield Remark(
                code="certificate_named" if is_bound else "certificate_other",
                outcome=GOOD if is_bound else BAD,
            )

    def about_time(self, certificate: x509.Certificate) -> tuple[datetime, Remark]:
        """Return the moment the chain is to be judged at, and what is said of the time."""
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if begins <= self.at <= ends:
            return self.at, Remark(code="in_force", outcome=GOOD)
        stamped, day = self.stamped_at, f"{ends:%Y-%m-%d}"
        if stamped is not None and begins <= stamped <= ends:
            return stamped, Remark(code="in_force_then", outcome=GOOD, detail=day)
        claimed = stamps.signing_time(self.signer)
        if self.at > ends and claimed is not None and begins <= claimed <= ends:
            return claimed, Remark(code="expired_since", outcome=CANNOT_TELL, detail=day)
        code = "expired" if self.at > ends else "not_yet"
        return self.at, Remark(code=code, outcome=BAD)
