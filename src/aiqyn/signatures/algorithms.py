"""Which algorithms there are, and which of them can be computed here."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from aiqyn.signatures.cms import Signer
from aiqyn.signatures.trust import UNREADABLE

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "1.3.14.3.2.26": hashes.SHA1(),  # noqa: S303  known in order to be called weak
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
SIGNATURES = {  # the digest each is made of; "": the one the signer names beside it
    "1.2.840.113549.1.1.1": "",
    "1.2.840.113549.1.1.5": "1.3.14.3.2.26",
    "1.2.840.113549.1.1.11": "2.16.840.1.101.3.4.2.1",
    "1.2.840.113549.1.1.12": "2.16.840.1.101.3.4.2.2",
    "1.2.840.113549.1.1.13": "2.16.840.1.101.3.4.2.3",
    "1.2.840.10045.4.1": "1.3.14.3.2.26",
    "1.2.840.10045.4.3.2": "2.16.840.1.101.3.4.2.1",
    "1.2.840.10045.4.3.3": "2.16.840.1.101.3.4.2.2",
    "1.2.840.10045.4.3.4": "2.16.840.1.101.3.4.2.3",
}
RSA, ECDSA = "1.2.840.113549.1.1.", "1.2.840.10045.4."
# the arcs of the Kazakh authorities' algorithms, of Russian GOST, and an older number of both
GOST = ("1.2.398.3.10.1.", "1.2.643.", "1.3.6.1.4.1.6801.")
WEAK = hashes.SHA1  # of the digests that are known; MD5 and older ones are not
SMALLEST_RSA = 2048  # bits
SMALLEST_CURVE = 256


def digest_of(signer: Signer) -> hashes.HashAlgorithm | None:
    """Return the digest a signature is made of; None where it is not known here.

    A signer that names one digest and uses another is not understood: None as well.
    """
    own = SIGNATURES.get(signer.algorithm)
    if own is None or (own and own != signer.digest):
        return None
    return DIGESTS.get(own or signer.digest)


def is_gost(signer: Signer, certificate: x509.Certificate) -> bool:
    """Whether GOST stands anywhere between the signer and the certificate's issuer."""
    used = (
        signer.algorithm,
        signer.digest,
        certificate.signature_algorithm_oid.dotted_string,
        certificate.public_key_algorithm_oid.dotted_string,
    )
    return any(each.startswith(GOST) for each in used)


def named(algorithm: str) -> str:
    """Return an algorithm as people call it, with its number."""
    for begin, name in ((RSA, "RSA"), (ECDSA, "ECDSA"), *((arc, "GOST") for arc in GOST)):
        if algorithm.startswith(begin):
            return f"{name} ({algorithm})"
    return algorithm


def is_weak(signer: Signer, certificate: x509.Certificate) -> bool:
    """Whether the digest or the key is too weak to prove anything; False for unknown kinds."""
    if isinstance(digest_of(signer), WEAK):
        return True
    key = _key_of(certificate)
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size < SMALLEST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < SMALLEST_CURVE


def is_made_by(certificate: x509.Certificate, signer: Signer, signed: bytes) -> bool:
    """Whether the certificate's key made the signer's signature of these bytes."""
    key, digest, algorithm = _key_of(certificate), digest_of(signer), signer.algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and digest and algorithm.startswith(RSA):
            key.verify(signer.signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest and algorithm.startswith(ECDSA):
            key.verify(signer.signature, signed, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _key_of(certificate: x509.Certificate) -> object:
    try:
        return certificate.public_key()
    except UNREADABLE:
        return None
