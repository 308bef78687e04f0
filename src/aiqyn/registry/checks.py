"""What a single cell of the registry must look like."""

import re
from datetime import date
from urllib.parse import urlsplit

FIRST_WEIGHTS = tuple(range(1, 12))
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KATO = re.compile(r"[1-9][0-9]{8}")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def bin_digit(first_eleven: str) -> int | None:
    """The twelfth digit of a business identification number; None when there can be none.

    Eleven digits are weighted 1 … 11; a remainder of 10 modulo 11 asks for a second pass
    weighted 3 … 11, 1, 2; a remainder of 10 again means the number is never given out.
    """
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        remainder = sum(w * int(d) for w, d in zip(weights, first_eleven, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def is_bin(text: str) -> bool:
    """Twelve digits of which the last one follows from the others."""
    if len(text) != 12 or not (text.isascii() and text.isdigit()):
        return False
    return bin_digit(text[:11]) == int(text[11])


def is_kato(text: str) -> bool:
    """Nine digits, the first of them not zero; whether the territory exists is not asked."""
    return KATO.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Lower-case Latin words joined by hyphens, 50 letters at most: "kz-akm-kyzylorda"."""
    return len(text) <= 50 and CODE.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """An absolute http or https address with a host, 200 letters at most."""
    if len(text) > 200 or any(letter.isspace() for letter in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None


def day_of(text: str) -> date | None:
    """The day "2022-06-08" says; None when it says none."""
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
