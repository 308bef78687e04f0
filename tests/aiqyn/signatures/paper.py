"""Keys, certificates and signatures made for tests: nothing here is anybody's."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
CONTENT = "Жобаға пікір".encode()
SHA256 = "2.16.840.1.101.3.4.2.1"
DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
ATTRIBUTE = "1.2.840.113549.1.9."
BOUND = ATTRIBUTE + "16.2.47"


class Holder(NamedTuple):
    """Somebody with a key and a certificate."""

    key: object
    certificate: x509.Certificate


@lru_cache(maxsize=32)
def key_of(kind, label):
    """A key; the same label is the same key."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, int(kind))


def name(common):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def issue(common, by=None, *, kind="ec", days=365, begins=NOW - timedelta(days=30), **said):
    """Make a certificate: `by` its issuer (None: itself); `ca`, `usage` as they are said."""
    key = key_of(kind, common)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(by.certificate.subject if by else name(common))
        .public_key(key.public_key())
        .serial_number(said.get("serial", abs(hash(common)) % 10**9 + 1))
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    is_ca = said.get("ca", False)
    if is_ca is not None:
        constraints = x509.BasicConstraints(ca=is_ca, path_length=said.get("longest"))
        builder = builder.add_extension(constraints, critical=True)
    usage = said.get("usage", ["key_cert_sign", "crl_sign"] if is_ca else ["digital_signature"])
    if usage is not None:
        builder = builder.add_extension(key_usage(usage), critical=True)
    if "purpose" in said:
        purposes = x509.ExtendedKeyUsage(said["purpose"])
        builder = builder.add_extension(purposes, critical=said.get("critical", True))
    for extension in said.get("more", ()):
        builder = builder.add_extension(extension, critical=False)
    return Holder(key, builder.sign((by or Holder(key, None)).key, hashes.SHA256()))


def key_usage(allowed):
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{each: each in allowed for each in every})


def revoked(by, *serials, at=NOW - timedelta(days=1), until=NOW + timedelta(days=7), **said):
    """A list of revoked certificates as DER; extensions `of_list` and `of_entries` with marks."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(NOW - timedelta(days=2))
        .next_update(until)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
        for extension, critical in said.get("of_entries", ()):
            entry = entry.add_extension(extension, critical=critical)
        builder = builder.add_revoked_certificate(entry.build())
    for extension, critical in said.get("of_list", ()):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)


# writing DER


def tlv(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def unsaid(tag, *parts):
    """A value whose length is not said, as programs that stream write it."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    made = b""
    for number in (40 * first + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.insert(0, number & 0x7F | 0x80)
        made += bytes(groups)
    return tlv(6, made)


def attribute(dotted, *values):
    return tlv(0x30, oid(dotted), tlv(0x31, *values))


def digest(content, algorithm=None):
    made = hashes.Hash(algorithm or hashes.SHA256())
    made.update(content)
    return made.finalize()


def usual_attributes(holder, content, *, at=NOW, certificate=None, kind=DATA):
    """The attributes of CAdES-BES; `certificate` is the one named."""
    named = (certificate or holder.certificate).public_bytes(Encoding.DER)
    return [
        attribute(ATTRIBUTE + "3", oid(kind)),
        attribute(ATTRIBUTE + "4", tlv(4, digest(content))),
        attribute(ATTRIBUTE + "5", tlv(0x17, f"{at:%y%m%d%H%M%S}Z".encode())),
        attribute(BOUND, tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, digest(named)))))),
    ]


def signer_info(holder, attributes, content, **said):
    """One signer; with no attributes the content itself is signed."""
    signed = tlv(0x31, *attributes) if attributes else content
    algorithm = "1.2.840.10045.4.3.2"
    if isinstance(holder.key, rsa.RSAPrivateKey):
        algorithm = "1.2.840.113549.1.1.1"
        made = holder.key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    else:
        made = holder.key.sign(signed, ec.ECDSA(hashes.SHA256()))
    certificate = holder.certificate
    serial = certificate.serial_number
    numbered = tlv(2, serial.to_bytes(serial.bit_length() // 8 + 1))
    named = tlv(0x30, certificate.issuer.public_bytes(), numbered)
    if said.get("by_key"):
        extension = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        named = tlv(0x80, extension.value.digest)
    return tlv(
        0x30,
        tlv(2, b"\1"),
        named,
        tlv(0x30, oid(said.get("digest", SHA256))),
        *([tlv(0xA0, *attributes)] if attributes else []),
        tlv(0x30, oid(said.get("algorithm", algorithm))),
        tlv(4, said.get("signature", made)),
        *([tlv(0xA1, *said["unsigned"])] if "unsigned" in said else []),
    )


def cms(signers, certificates=(), *, inside=None, lists=(), wrap=tlv, kind=DATA):
    """A file of signatures; `inside` is the content, None for a detached signature."""
    told = [oid(kind)]
    if inside is not None:
        told.append(wrap(0xA0, inside))
    certified = [each.certificate.public_bytes(Encoding.DER) for each in certificates]
    return wrap(
        0x30,
        oid(SIGNED_DATA),
        wrap(
            0xA0,
            wrap(
                0x30,
                tlv(2, b"\1"),
                tlv(0x31, tlv(0x30, oid(SHA256))),
                wrap(0x30, *told),
                *([tlv(0xA0, *certified)] if certified else []),
                *([tlv(0xA1, *lists)] if lists else []),
                tlv(0x31, *signers),
            ),
        ),
    )
