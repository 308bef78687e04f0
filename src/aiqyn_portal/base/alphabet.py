"""Kazakh order of letters and letters without case, the same on every database."""

from typing import Any

from django.db.backends.signals import connection_created

COLLATION = "kk-x-icu"  # PostgreSQL's own; SQLite is given one of the same name
LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"  # the Russian alphabet lies within it
LATIN = "abcdefghijklmnopqrstuvwxyz"  # after Cyrillic, as in PostgreSQL's order
ORDER = str.maketrans(
    {letter: chr(0x10000 + place) for place, letter in enumerate(LETTERS + LATIN)}
)


def fold(text: str) -> str:
    """`text` as search compares it: without case, ё as е, spaces single.

    Neither SQLite's LIKE nor its lower() knows that "А" is "а".
    """
    return " ".join(text.casefold().replace("ё", "е").split())


def in_alphabet(text: str) -> str:
    """Sort key: code points alone would put Қ after Я and І before А."""
    return f"{text.casefold().translate(ORDER)}\0{text}"


def _compare(one: str, other: str) -> int:
    first, second = in_alphabet(one), in_alphabet(other)
    return (first > second) - (first < second)


def teach_sqlite(connection: Any, **kwargs: Any) -> None:
    """Give a new SQLite connection the Kazakh order."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)


def listen() -> None:
    connection_created.connect(teach_sqlite, dispatch_uid="aiqyn-alphabet")
