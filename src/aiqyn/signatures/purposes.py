"""What a certificate is for: whether its key may sign documents, or time stamps."""

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from aiqyn.signatures.result import Outcome, Remark
from aiqyn.signatures.trust import UNREADABLE

DOCUMENTS = {  # purposes a signature of a document is within
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.CLIENT_AUTH,
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),  # signing of documents (RFC 9336)
}
OTHERS = {  # purposes of RFC 5280 and the names people know them by
    ExtendedKeyUsageOID.SERVER_AUTH: "serverAuth",
    ExtendedKeyUsageOID.CODE_SIGNING: "codeSigning",
    ExtendedKeyUsageOID.TIME_STAMPING: "timeStamping",
    ExtendedKeyUsageOID.OCSP_SIGNING: "OCSPSigning",
}


def of_documents(certificate: x509.Certificate) -> Remark | None:
    """Say what keeps the key from signing documents; None where nothing does.

    A certificate that does not say what it is for is believed.
    """
    try:
        usage = _key_usage(certificate)
        purposes = _purposes(certificate)
    except UNREADABLE:
        return Remark(code="key_not_for_signing", outcome=Outcome.BAD)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        return Remark(code="key_not_for_signing", outcome=Outcome.BAD)
    if purposes is None or not DOCUMENTS.isdisjoint(purposes.value):
        return None
    named = ", ".join(OTHERS.get(each, each.dotted_string) for each in purposes.value)
    if OTHERS.keys() >= set(purposes.value):
        return Remark(code="purpose_other", outcome=Outcome.BAD, detail=named)
    if purposes.critical:
        return Remark(code="purpose_unknown", outcome=Outcome.CANNOT_TELL, detail=named)
    return None


def is_of_stamps(certificate: x509.Certificate) -> bool:
    """Whether the certificate is for time stamps and says so (RFC 3161, 2.3)."""
    try:
        purposes = _purposes(certificate)
    except UNREADABLE:
        return False
    return purposes is not None and ExtendedKeyUsageOID.TIME_STAMPING in purposes.value


def is_of_lists(certificate: x509.Certificate) -> bool:
    """Whether the key may sign lists of what was revoked; one that does not say is believed."""
    try:
        usage = _key_usage(certificate)
    except UNREADABLE:
        return False
    return usage is None or usage.crl_sign


def _key_usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _purposes(certificate: x509.Certificate) -> x509.Extension[x509.ExtendedKeyUsage] | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return None
