"""Lists of revoked certificates: which of them speak of a certificate, and what they say."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID

from aiqyn.signatures.purposes import is_of_lists
from aiqyn.signatures.result import Outcome, Remark
from aiqyn.signatures.trust import UNREADABLE, read_list

Kind = TypeVar("Kind", bound=x509.ExtensionType)
_WEAK = (hashes.SHA1, hashes.MD5)  # not every version of the library refuses them itself
_READ_OF_LISTS = {  # extensions whose being critical is no hindrance: they are understood here
    ExtensionOID.ISSUING_DISTRIBUTION_POINT,
    ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    ExtensionOID.CRL_NUMBER,
}
_READ_OF_ENTRIES = {CRLEntryExtensionOID.CRL_REASON, CRLEntryExtensionOID.INVALIDITY_DATE}


def lists_in(found: Iterable[bytes]) -> list[x509.CertificateRevocationList]:
    """Return the lists a signature brings along; what cannot be read is no list."""
    made = []
    for data in found:
        with suppress(*UNREADABLE):
            made.append(read_list(data))
    return made


def revocation(
    way: Sequence[x509.Certificate],
    lists: Iterable[x509.CertificateRevocationList],
    at: datetime,
    signed_by: datetime | None = None,
) -> Remark:
    """Say whether any certificate of the way, but the root, was revoked by `signed_by` (`at`).

    A list counts when the issuer signed it, it is there at `at`, and it covers the moment or
    what came after. One that counts may revoke; that a certificate is missing from it is proof
    only of a whole list. Servers are not asked: nothing here goes to the network.
    """
    at_hand, by = list(lists), signed_by or at
    is_known = len(way) > 1
    for certificate, issuer in pairwise(way):
        current = [each for each in at_hand if _counts(each, certificate, issuer, at, by)]
        for each in current:
            entry = _entry(each, certificate)
            if entry is not None and entry.revocation_date_utc <= by:
                day = f"{entry.revocation_date_utc:%Y-%m-%d}"
                return Remark(code="revoked", outcome=Outcome.BAD, detail=day)
        is_known = is_known and any(_is_whole(each, certificate) for each in current)
    if is_known:
        return Remark(code="not_revoked", outcome=Outcome.GOOD)
    return Remark(code="revocation_unknown", outcome=Outcome.CANNOT_TELL)


def _counts(
    said: x509.CertificateRevocationList,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    at: datetime,
    by: datetime,
) -> bool:
    if said.issuer != issuer.subject or said.last_update_utc > at:
        return False
    if said.next_update_utc is None or said.next_update_utc < by:
        return False
    if said.last_update_utc > certificate.not_valid_after_utc:
        return False  # what has expired is left out of later lists, revoked or not
    return is_of_lists(issuer) and _is_signed_by(said, issuer)


def _is_signed_by(said: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        if isinstance(said.signature_hash_algorithm, _WEAK):
            return False
        return said.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except UNREADABLE:  # algorithms and keys nobody here can compute
        return False


def _entry(
    said: x509.CertificateRevocationList, certificate: x509.Certificate
) -> x509.RevokedCertificate | None:
    """Return the entry that revokes the certificate; None where it is another's, or lifts it."""
    found = said.get_revoked_certificate_by_serial_number(certificate.serial_number)
    try:
        point = _told(said, x509.IssuingDistributionPoint)
        if point is not None and point.only_contains_attribute_certs:
            return None
        if point is not None and point.indirect_crl:
            return _of_this_issuer(said, certificate)
        reason = _told(found, x509.CRLReason) if found is not None else None
        is_lifted = reason is not None and reason.reason == x509.ReasonFlags.remove_from_crl
        is_delta = _told(said, x509.DeltaCRLIndicator) is not None
    except UNREADABLE:
        return found
    return None if is_lifted and is_delta else found


def _of_this_issuer(
    said: x509.CertificateRevocationList, certificate: x509.Certificate
) -> x509.RevokedCertificate | None:
    """Return the entry among those of many authorities: each holds until another is named."""
    owner: x509.Name | None = said.issuer
    for entry in said:
        named = _told(entry, x509.CertificateIssuer)
        if named is not None:
            owner = next(iter(named.get_values_for_type(x509.DirectoryName)), None)
        if owner == certificate.issuer and entry.serial_number == certificate.serial_number:
            return entry
    return None


def _is_whole(said: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether the certificate would stand in the list, were it revoked (RFC 5280, 5.2, 5.3)."""
    try:
        extensions = list(said.extensions)
        entries = (each for entry in said for each in entry.extensions)
        if _has_unknown(extensions, _READ_OF_LISTS) or _has_unknown(entries, _READ_OF_ENTRIES):
            return False
        if _told(said, x509.DeltaCRLIndicator) is not None:
            return False
        point = _told(said, x509.IssuingDistributionPoint)
        return point is None or _is_point_of(point, certificate)
    except UNREADABLE:
        return False


def _has_unknown(
    extensions: Iterable[x509.Extension[x509.ExtensionType]], known: set[x509.ObjectIdentifier]
) -> bool:
    return any(each.critical and each.oid not in known for each in extensions)


def _is_point_of(point: x509.IssuingDistributionPoint, certificate: x509.Certificate) -> bool:
    """Whether a list of this restricted kind is of all that may befall the certificate."""
    restricted = (point.indirect_crl, point.only_contains_attribute_certs, point.only_some_reasons)
    if any(restricted):
        return False
    constraints = _told(certificate, x509.BasicConstraints)
    is_authority = constraints is not None and constraints.ca
    if point.only_contains_user_certs if is_authority else point.only_contains_ca_certs:
        return False
    if point.full_name is None and point.relative_name is None:
        return True
    named = _told(certificate, x509.CRLDistributionPoints) or ()
    return any(_is_same(point, each) for each in named)


def _is_same(point: x509.IssuingDistributionPoint, named: x509.DistributionPoint) -> bool:
    if named.crl_issuer is not None:
        return False
    if point.relative_name is not None:
        return point.relative_name == named.relative_name
    return not set(point.full_name or ()).isdisjoint(named.full_name or ())


def _told(
    owner: x509.CertificateRevocationList | x509.RevokedCertificate | x509.Certificate,
    kind: type[Kind],
) -> Kind | None:
    """Return what an extension says; None where there is none. Raises one of UNREADABLE."""
    try:
        return owner.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
