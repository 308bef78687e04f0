"""Why no secure connection came about: each cause is another repair."""

import re
import ssl

# What OpenSSL says of a certificate, <openssl/x509_vfy.h>.
OF_CERTIFICATE = {
    9: "not_yet",
    10: "expired",
    18: "self_signed",
    19: "unknown_issuer",  # its chain ends with somebody nobody knows
    20: "unknown_issuer",  # so, too, where certificates between are missing
    21: "unknown_issuer",
    62: "other_name",
    64: "other_name",  # an address in numbers
    66: "weak",  # the key
    67: "weak",  # the key of who signed
    68: "weak",  # the digest that is signed
}
# What it says of all else, <openssl/sslerr.h>.
OF_PROTOCOL = {
    "TLSV1_ALERT_PROTOCOL_VERSION": "old_protocol",
    "UNSUPPORTED_PROTOCOL": "old_protocol",
    "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED": "old_protocol",  # those of TLS 1.1
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": "old_protocol",
    "DH_KEY_TOO_SMALL": "weak",
    "EE_KEY_TOO_SMALL": "weak",
    "WRONG_VERSION_NUMBER": "no_tls",  # what came is nothing of TLS
    "HTTP_REQUEST": "no_tls",
    "PACKET_LENGTH_TOO_LONG": "no_tls",
    "RECORD_LAYER_FAILURE": "no_tls",
}


def why_no_tls(error: BaseException | None) -> str:
    """Return one of `chain.NO_TLS`; "" for a certificate that is wrong in some other way."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return OF_CERTIFICATE.get(error.verify_code, "")
    return OF_PROTOCOL.get(_reason_of(error), "handshake")


def _reason_of(error: BaseException | None) -> str:
    """Return the name OpenSSL gives; a Python older than the library knows its words only."""
    words = re.search(r"\] ([a-z][a-z0-9 ]+) \(", str(error))
    said = words[1].upper().replace(" ", "_") if words else ""
    return getattr(error, "reason", None) or said
