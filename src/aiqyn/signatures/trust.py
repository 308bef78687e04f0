"""Whom a signature is believed by: roots, lists at hand, and the way up to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import verification
from cryptography.x509.verification import Criticality, ExtensionPolicy, PolicyBuilder, Store

from aiqyn.errors import InputError
from aiqyn.signatures.result import Outcome, Remark

LONGEST_CHAIN = 8
UNREADABLE = (  # what reading a certificate or a list, or a part of one, may raise
    ValueError,
    TypeError,  # of a name whose value is of a kind its attribute cannot have
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
_PEM = b"-----BEGIN"
LIST = ".crl"
_CERTIFICATES = {".pem", ".crt", ".cer", ".der"}


@dataclass(frozen=True)
class Trust:
    """Roots believed without proof, and lists of revoked certificates at hand."""

    roots: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()

    @classmethod
    def load(cls, *places: Path) -> "Trust":
        """Read certificates (.pem .crt .cer .der) and lists (.crl), files or folders of them.

        A folder's other files are passed over; a file that is named is read as what its name
        says, a certificate where that says nothing.
        Raises InputError for a file that is not what its name says, or a folder without any.
        """
        roots: list[x509.Certificate] = []
        lists: list[x509.CertificateRevocationList] = []
        for path in (each for place in places for each in _files(place)):
            try:
                if path.suffix.lower() == LIST:
                    lists.append(read_list(path.read_bytes()))
                else:
                    roots += _certificates(path.read_bytes())
            except UNREADABLE:
                is_list = path.suffix.lower() == LIST
                what = "a list of revoked certificates" if is_list else "a certificate"
                raise InputError(path, "", f"it cannot be read as {what}") from None
            except OSError as problem:
                raise InputError(path, "", problem.strerror or "cannot be read") from None
        return cls(tuple(roots), tuple(lists))


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    known = {*_CERTIFICATES, LIST}
    found = sorted(each for each in place.iterdir() if each.suffix.lower() in known)
    if not found:
        raise InputError(place, "", f"no file {' '.join(sorted(known))} in this folder")
    return found


def _certificates(data: bytes) -> list[x509.Certificate]:
    if _PEM in data:
        return [readable(each) for each in x509.load_pem_x509_certificates(data)]
    return [readable(x509.load_der_x509_certificate(data))]


def readable(certificate: x509.Certificate) -> x509.Certificate:
    """Return a certificate whose names can be read. Raises one of UNREADABLE."""
    certificate.subject.rfc4514_string()  # read only when asked for: ask now
    certificate.issuer.rfc4514_string()
    return certificate


def read_list(data: bytes) -> x509.CertificateRevocationList:
    """Read a list of revoked certificates, DER or PEM. Raises one of UNREADABLE."""
    load = x509.load_pem_x509_crl if data.startswith(_PEM) else x509.load_der_x509_crl
    found = load(data)
    found.issuer.rfc4514_string()  # read only when asked for: ask now
    return found


def chain(
    leaf: x509.Certificate, between: Sequence[x509.Certificate], trust: Trust, at: datetime
) -> tuple[list[x509.Certificate], Remark]:
    """Return the way from a certificate to a trusted root, and what is to be said of it."""
    if not trust.roots:
        return [], Remark(code="no_roots", outcome=Outcome.CANNOT_TELL)
    verifier = (
        PolicyBuilder()
        .store(Store(list(trust.roots)))
        .time(at)
        .max_chain_depth(LONGEST_CHAIN)
        .extension_policies(ca_policy=_OF_AUTHORITIES, ee_policy=ExtensionPolicy.permit_all())
        .build_client_verifier()
    )
    try:
        found = verifier.verify(leaf, list(between)).chain
    except (verification.VerificationError, *UNREADABLE):  # the latter of what nobody can read
        return [], Remark(code="chain_unknown", outcome=Outcome.CANNOT_TELL)
    return list(found), Remark(
        code="chain_trusted", outcome=Outcome.GOOD, detail=found[-1].subject.rfc4514_string()
    )


def _may_sign_certificates(
    policy: verification.Policy, certificate: x509.Certificate, usage: x509.KeyUsage | None
) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("the key signs no certificates")


_OF_AUTHORITIES = (  # that a constraint says "an authority" is seen to by the library
    ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, Criticality.AGNOSTIC, None)
    .may_be_present(x509.KeyUsage, Criticality.AGNOSTIC, _may_sign_certificates)
)
