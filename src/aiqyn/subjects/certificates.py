"""For how long a certificate of a site holds."""

from datetime import date
from typing import NamedTuple


class Lifetime(NamedTuple):
    """First and last day on which a certificate is valid, in UTC."""

    since: date
    until: date


def lifetime_of(pem: str) -> Lifetime | None:
    """Return when a certificate, given as PEM, is valid; None where it is none."""
    from cryptography import x509  # noqa: PLC0415  # takes longer to load than many pages to read

    try:
        read = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        return None
    return Lifetime(read.not_valid_before_utc.date(), read.not_valid_after_utc.date())
