"""Who asks, and what every action knows of the request beside its parameters."""

from typing import Any

from msgspec import Struct

from aiqyn_portal.accounts.models import User


class Written:
    """A result that is JSON already."""

    def __init__(self, text: str) -> None:
        self.text = text


class Caller(Struct, frozen=True, kw_only=True):
    """One program asking."""

    origin: str  # "https://aiqyn.example.kz"
    language: str  # of words that come in one language only
    user: User | None = None  # who the token speaks for
    files: Any = None  # uploaded, by name

    def written(self, text: str) -> Written:
        """A result made before."""
        return Written(text)
