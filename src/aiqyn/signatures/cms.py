"""What a CMS signature holds (RFC 5652, CAdES attributes of RFC 5126), unjudged."""

import base64
import binascii
from dataclasses import dataclass

from cryptography import x509

from aiqyn.errors import InputError
from aiqyn.signatures import tlv
from aiqyn.signatures.tlv import OCTETS, SEQUENCE, SET, Value
from aiqyn.signatures.trust import UNREADABLE, readable

LARGEST = 20_000_000  # bytes of a signature, its content inside
MOST_SIGNERS = 20
MOST_CERTIFICATES = 100
MOST_LISTS = 20  # of revoked certificates
DATA = "1.2.840.113549.1.7.1"  # content of no kind in particular
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"  # either of the two makes it CAdES-BES
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
TIMESTAMP = "1.2.840.113549.1.9.16.2.14"
_OTHERS = {  # how files begin that hold signatures of other kinds
    b"%PDF": "a PDF: a signature inside it (PAdES) is not read here",
    b"PK\x03\x04": "a ZIP archive or a container (ASiC): unpack it, a file .p7s may lie inside",
    b"<": "XML or HTML: signatures in XML (XMLDSig, XAdES) are not read here",
    b"\xef\xbb\xbf<": "XML: signatures in XML (XMLDSig, XAdES) are not read here",
    b"{": "JSON: signatures in JSON (JWS) are not read here",
}
_SET_OF, _IN_CHOICE_0, _IN_CHOICE_1 = 0x31, 0xA0, 0xA1


@dataclass(frozen=True)
class Signer:
    """One signature among those of a file."""

    issuer: bytes  # name of the certificate's issuer as DER; b"" where the key is named instead
    serial: int
    key: bytes  # identifier of the signer's key; b"" where the certificate is named
    digest: str  # object identifiers of the algorithms
    algorithm: str
    signature: bytes
    signed: bytes  # the attributes as they were signed; b"" where there are none
    attributes: dict[str, tuple[Value, ...]]
    unsigned: dict[str, tuple[Value, ...]]  # attributes anybody may have added

    @property
    def timestamps(self) -> tuple[Value, ...]:
        return self.unsigned.get(TIMESTAMP, ())


@dataclass(frozen=True)
class Signed:
    """A file of signatures."""

    content: bytes | None  # None: detached
    content_type: str
    certificates: tuple[x509.Certificate, ...]
    unreadable: int  # certificates that could not be read
    lists: tuple[bytes, ...]  # of revoked certificates, as DER
    signers: tuple[Signer, ...]


def read(data: bytes) -> Signed:
    """Read DER, BER, PEM or bare base64. Raises InputError."""
    if len(data) > LARGEST:
        raise InputError("signature", "", f"more than {LARGEST} bytes")
    if not data.strip():
        raise InputError("signature", "", "the signature is empty")
    return of(tlv.read(_bytes(data)))


def of(outer: Value) -> Signed:
    """Read a signature among other values, as timestamps are. Raises InputError."""
    first = outer.parts[0] if outer.tag == SEQUENCE and outer.parts else outer
    if first.tag != tlv.OID or tlv.oid(first) != SIGNED_DATA:
        raise InputError("signature", "", "it is no signature in CMS")
    inner = tlv.part(tlv.part(outer, 1, _IN_CHOICE_0), 0, SEQUENCE)
    told = tlv.part(inner, 2, SEQUENCE)
    by_tag = {each.tag: each for each in inner.parts[3:]}
    if _SET_OF not in by_tag:
        raise InputError("signature", "", "it has no signers")
    signers = _at_most(MOST_SIGNERS, "signers", by_tag[_SET_OF])
    given = _at_most(MOST_CERTIFICATES, "certificates", by_tag.get(_IN_CHOICE_0))
    lists = _at_most(MOST_LISTS, "lists of revoked certificates", by_tag.get(_IN_CHOICE_1))
    certificates, unreadable = _certificates(given)
    return Signed(
        content=_content(told),
        content_type=tlv.oid(tlv.part(told, 0, tlv.OID)),
        certificates=certificates,
        unreadable=unreadable,
        lists=tuple(each.raw for each in lists if each.tag == SEQUENCE),
        signers=tuple(map(_signer, signers)),
    )


def _at_most(most: int, what: str, found: Value | None) -> tuple[Value, ...]:
    """Return the parts; more of them than anybody needs is an attack, and an error."""
    if found is None:
        return ()
    if len(found.parts) > most:
        raise tlv.wrong(found.place, f"{len(found.parts)} {what}, more than {most}")
    return found.parts


def _bytes(data: bytes) -> bytes:
    """Return the bytes behind PEM or base64; programs in browsers write the latter."""
    if data[:1] == b"\x30":
        return data
    for begins, what in _OTHERS.items():
        if data.startswith(begins):
            raise InputError("signature", "", f"it is {what}")
    plain = data.replace(b"\r", b"")
    if plain.startswith(b"-----BEGIN "):
        plain = plain.partition(b"-----\n")[2].partition(b"-----")[0]
    try:
        return base64.b64decode(b"".join(plain.split()), validate=True)
    except binascii.Error:
        raise InputError("signature", "", "it is neither binary, nor PEM, nor base64") from None


def _content(told: Value) -> bytes | None:
    if len(told.parts) < 2:
        return None
    return b"".join(tlv.octets(piece) for piece in told.parts[1].parts)


def _certificates(found: tuple[Value, ...]) -> tuple[tuple[x509.Certificate, ...], int]:
    made, unreadable = [], 0
    for each in found:
        try:
            if not _is_numbered(each):
                raise ValueError("the number of a certificate is positive (RFC 5280)")
            made.append(readable(x509.load_der_x509_certificate(each.raw)))
        except UNREADABLE:
            unreadable += 1
    return tuple(made), unreadable


def _is_numbered(certificate: Value) -> bool:
    """Whether the serial number is what it has to be; else the library would warn of it."""
    said = certificate.parts[0].parts if certificate.parts else ()
    numbers = [each for each in said[:2] if each.tag == tlv.INTEGER]
    return bool(numbers) and tlv.integer(numbers[0]) > 0


def _signer(value: Value) -> Signer:
    named = value.parts[1] if len(value.parts) > 1 else value
    issuer, serial, key = b"", 0, b""
    if named.tag == SEQUENCE:
        issuer = tlv.part(named, 0, SEQUENCE).raw
        serial = tlv.integer(tlv.part(named, 1, tlv.INTEGER))
    else:
        key = named.content
    rest = list(value.parts[3:])
    attributes = rest.pop(0) if rest and rest[0].tag == _IN_CHOICE_0 else None
    if len(rest) < 2 or rest[0].tag != SEQUENCE or rest[1].tag != OCTETS:
        raise tlv.wrong(value.place, "a signer without an algorithm or a signature")
    unsigned = rest[2] if len(rest) > 2 else None
    return Signer(
        issuer=issuer,
        serial=serial,
        key=key,
        digest=_algorithm(tlv.part(value, 2, SEQUENCE)),
        algorithm=_algorithm(rest[0]),
        signature=rest[1].content,
        # what is signed is the set itself, without the mark of its place (RFC 5652, 5.4)
        signed=bytes([SET]) + attributes.raw[1:] if attributes else b"",
        attributes=_attributes(attributes),
        unsigned=_attributes(unsigned),
    )


def _algorithm(value: Value) -> str:
    return tlv.oid(tlv.part(value, 0, tlv.OID))


def _attributes(found: Value | None) -> dict[str, tuple[Value, ...]]:
    """Return the values of each attribute; of one named twice nothing is believed."""
    made: dict[str, tuple[Value, ...]] = {}
    for each in found.parts if found else ():
        name = tlv.oid(tlv.part(each, 0, tlv.OID))
        made[name] = () if name in made else tlv.part(each, 1, SET).parts
    return made
