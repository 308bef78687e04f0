"""What the attributes of a signature and a certificate's extensions say."""

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from aiqyn.errors import InputError
from aiqyn.signatures import tlv
from aiqyn.signatures.algorithms import DIGESTS
from aiqyn.signatures.cms import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    Signer,
)
from aiqyn.signatures.tlv import OCTETS, SEQUENCE, Value

UTC_TIME, LONG_TIME = 0x17, 0x18
VERSION = 0xA0
CENTURY = 50  # two digits of a year: below it 20.., from it on 19.. (RFC 5280)


def signing_time(signer: Signer) -> datetime | None:
    """Return when the signer says it was signed; None where that is not said, or not readably."""
    value = _only(signer, SIGNING_TIME)
    if value is None or value.tag not in {UTC_TIME, LONG_TIME}:
        return None
    said = value.content.decode("ascii", "replace")
    if value.tag == UTC_TIME:
        said = ("20" if said[:2] < str(CENTURY) else "19") + said
    try:
        return datetime.strptime(said, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def names_content(
    signer: Signer, content: bytes, content_type: str, digest: hashes.HashAlgorithm
) -> bool:
    """Whether what was signed is this content: its digest and its type stand in the attributes."""
    said, kind = _only(signer, MESSAGE_DIGEST), _only(signer, CONTENT_TYPE)
    if said is None or kind is None or kind.tag != tlv.OID:
        return False
    real = hashlib.new(digest.name, content).digest()
    return tlv.octets(said) == real and tlv.oid(kind) == content_type


def names_certificate(signer: Signer, certificate: x509.Certificate) -> bool | None:
    """Whether the attributes name this certificate; None where they name none (plain CMS)."""
    if SIGNING_CERTIFICATE_V2 not in signer.attributes:
        return None
    try:
        named = tlv.part(_first(signer, SIGNING_CERTIFICATE_V2), 0, SEQUENCE)
        first = tlv.part(named, 0, SEQUENCE)
        digest: hashes.HashAlgorithm | None = hashes.SHA256()  # where none is named
        place = 0
        if first.parts and first.parts[0].tag == SEQUENCE:
            digest = DIGESTS.get(tlv.oid(tlv.part(first.parts[0], 0, tlv.OID)))
            place = 1
        said = tlv.part(first, place, OCTETS).content
    except InputError:
        return False
    if digest is None:
        return False
    return said == hashlib.new(digest.name, certificate.public_bytes(Encoding.DER)).digest()


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the key is for signatures; a certificate that does not say is believed."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:  # extensions nobody can read
        return False
    return usage.digital_signature or usage.content_commitment


def issuer_of(certificate: x509.Certificate) -> bytes:
    """Return the issuer's name byte for byte as it stands in the certificate."""
    named = tlv.part(tlv.read(certificate.public_bytes(Encoding.DER)), 0, SEQUENCE).parts
    return named[2 + (named[0].tag == VERSION)].raw


def key_identifier(certificate: x509.Certificate) -> bytes:
    """Return what the certificate calls its key; b"" where it does not."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, ValueError):
        return b""
    return found.value.digest


def _only(signer: Signer, name: str) -> Value | None:
    """Return the value of an attribute that has one and only one."""
    values = signer.attributes.get(name, ())
    return values[0] if len(values) == 1 else None


def _first(signer: Signer, name: str) -> Value:
    value = _only(signer, name)
    if value is None:
        raise InputError("signature", name, "an attribute with other than one value")
    return value
