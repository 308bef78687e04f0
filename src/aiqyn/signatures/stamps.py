"""What the attributes of a signature and a certificate's extensions say."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from aiqyn.errors import InputError
from aiqyn.signatures import tlv
from aiqyn.signatures.algorithms import DIGESTS
from aiqyn.signatures.cms import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    Signer,
)
from aiqyn.signatures.tlv import OCTETS, SEQUENCE, Value
from aiqyn.signatures.trust import UNREADABLE

UTC_TIME, LONG_TIME = 0x17, 0x18
VERSION = 0xA0
_BINDING: dict[str, hashes.HashAlgorithm] = {  # the digest of each where none is named
    SIGNING_CERTIFICATE: hashes.SHA1(),  # noqa: S303  binds a certificate that is signed itself
    SIGNING_CERTIFICATE_V2: hashes.SHA256(),
}
_NAMES = {
    NameOID.SERIAL_NUMBER: "serialNumber",  # where the number of a person stands (IIN)
    NameOID.SURNAME: "SN",
    NameOID.GIVEN_NAME: "GN",
    NameOID.EMAIL_ADDRESS: "E",
}
EARLIEST, LATEST = 1900, 9998  # years that are believed; any zone can say a moment in them
CENTURY = 50  # two digits of a year: below it 20.., from it on 19.. (RFC 5280)


def signing_time(signer: Signer) -> datetime | None:
    """Return when the signer says it was signed; None where that is not said, or not readably."""
    value = _only(signer, SIGNING_TIME)
    if value is None or value.tag not in {UTC_TIME, LONG_TIME}:
        return None
    said = value.content.decode("ascii", "replace")
    if value.tag == UTC_TIME:
        said = ("20" if said[:2] < str(CENTURY) else "19") + said
    return moment(said)


def moment(said: str) -> datetime | None:
    """Read a time as DER writes it, with or without parts of a second.

    None for another one, and for a year outside EARLIEST to LATEST.
    """
    whole, dot, _ = said.removesuffix("Z").partition(".")
    if not said.endswith("Z") or (dot and not said[-2].isdigit()):
        return None
    try:
        read = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return read if EARLIEST <= read.year <= LATEST else None


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
    der = certificate.public_bytes(Encoding.DER)
    said = [name for name in _BINDING if name in signer.attributes]
    return all(_is_named(signer, name, der) for name in said) if said else None


def _is_named(signer: Signer, name: str, certificate: bytes) -> bool:
    try:
        first = tlv.part(tlv.part(_first(signer, name), 0, SEQUENCE), 0, SEQUENCE)
        digest: hashes.HashAlgorithm | None = _BINDING[name]
        place = 0
        if first.parts and first.parts[0].tag == SEQUENCE:
            digest = DIGESTS.get(tlv.oid(tlv.part(first.parts[0], 0, tlv.OID)))
            place = 1
        said = tlv.part(first, place, OCTETS).content
    except InputError:
        return False
    return digest is not None and said == hashlib.new(digest.name, certificate).digest()


def certificate_of(
    signer: Signer, certificates: Iterable[x509.Certificate]
) -> x509.Certificate | None:
    """Return the certificate a signer names, if it is among these."""
    return next((each for each in certificates if _is_of(signer, each)), None)


def _is_of(signer: Signer, certificate: x509.Certificate) -> bool:
    if signer.key:
        return signer.key == key_identifier(certificate)
    return signer.serial == certificate.serial_number and signer.issuer == issuer_of(certificate)


def name_of(name: x509.Name) -> str:
    """Return a name of a certificate as RFC 4514 writes it, numbers of people included."""
    return name.rfc4514_string(_NAMES)


def issuer_of(certificate: x509.Certificate) -> bytes:
    """Return the issuer's name byte for byte as it stands in the certificate."""
    named = tlv.part(tlv.read(certificate.public_bytes(Encoding.DER)), 0, SEQUENCE).parts
    return named[2 + (named[0].tag == VERSION)].raw


def key_identifier(certificate: x509.Certificate) -> bytes:
    """Return what the certificate calls its key; b"" where it does not."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, *UNREADABLE):
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
