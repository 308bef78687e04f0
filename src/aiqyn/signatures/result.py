"""What is said of a signature."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Protocol

import msgspec

from aiqyn.chain import Noun
from aiqyn.text import Text, say


class Outcome(StrEnum):
    GOOD = "good"
    CANNOT_TELL = "cannot_tell"  # nothing is wrong, but not everything could be verified
    BAD = "bad"
    NOTE = "note"  # told beside; the verdict is left to the rest


class Remark(Noun, frozen=True, kw_only=True):
    """One thing found out; `code` is a key of words.yaml, `detail` a value to show beside it."""

    code: str
    outcome: Outcome
    detail: str = ""

    def said(self, language: str) -> str:
        words = say(_words()[self.code], language)
        return f"{words} {self.detail}".strip()


class Signature(Noun, frozen=True, kw_only=True):
    """One person's signature among those of a file."""

    remarks: tuple[Remark, ...]
    signer: str = ""  # subject of the certificate, RFC 4514; "" without a certificate
    issuer: str = ""
    serial: str = ""  # hexadecimal
    algorithm: str = ""  # object identifier
    claimed_at: datetime | None = None  # what the signer says; nobody vouches for it

    @property
    def outcome(self) -> Outcome:
        return worst([remark.outcome for remark in self.remarks])


class Result(Noun, frozen=True, kw_only=True):
    """All signatures of a file: good only when every one is."""

    signatures: tuple[Signature, ...]

    @property
    def outcome(self) -> Outcome:
        return worst([each.outcome for each in self.signatures])


class Verifier(Protocol):
    """Whoever can verify signatures: this library's own, or a program with other algorithms."""

    def verify(self, signature: bytes, content: bytes | None, *, at: datetime) -> Result:
        """Judge a signature of `content` (None: it is inside) as of `at`.

        Raises InputError for bytes that are no signature.
        """
        ...


def worst(outcomes: Sequence[Outcome]) -> Outcome:
    """Bad if anything is; nothing to judge, or nothing but notes, is nothing known."""
    for outcome in (Outcome.BAD, Outcome.CANNOT_TELL, Outcome.GOOD):
        if outcome in outcomes:
            return outcome
    return Outcome.CANNOT_TELL


@cache
def _words() -> dict[str, Text]:
    said = files("aiqyn.signatures").joinpath("words.yaml").read_bytes()
    return msgspec.yaml.decode(said, type=dict[str, Text])
