"""A receipt: what a citizen keeps of a contribution, and what it proves years later.

It holds every step as it was chained, the salts that open the commitments, and for each step a
path to the root of its day. The roots are published; whoever keeps a copy of them can verify a
receipt without the portal and without anybody else's records.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from aiqyn.chain import Noun, prepare
from aiqyn.errors import InputError
from aiqyn.ledger import commitments, trees
from aiqyn.ledger.chain import GENESIS, link

Paper = TypeVar("Paper", "Receipt", "Roots")

VERSION = 1
MOST_BYTES = 20_000_000  # of a receipt or a list of roots
_HEX = frozenset("0123456789abcdef")


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A value the receipt shows, with the salt under which the ledger committed to it."""

    salt: str
    value: Any


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The way from a step to the root of the day it was sealed on."""

    day: date
    first: int  # position of the day's first step in the chain
    size: int  # steps of the day
    path: tuple[str, ...]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step as it was chained. `link` is "" and `proof` None until both exist."""

    record: dict[str, Any]
    previous: str = ""
    link: str = ""
    opened: dict[str, Opened] = {}
    proof: Proof | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True, tag_field="aiqyn", tag="receipt"):
    """Everything that happened to one contribution up to a moment."""

    version: int
    portal: str  # address
    contribution: str  # number
    issued_at: str
    steps: tuple[Step, ...]


class Root(msgspec.Struct, frozen=True, kw_only=True):
    """The published root of one day."""

    day: date
    first: int
    size: int
    root: str
    link: str  # chained to the root before

    def as_record(self) -> dict[str, Any]:
        """What its link commits to."""
        return {
            "day": self.day.isoformat(),
            "first": self.first,
            "size": self.size,
            "root": self.root,
        }


class Roots(msgspec.Struct, frozen=True, kw_only=True, tag_field="aiqyn", tag="roots"):
    """All roots of a portal, oldest first."""

    version: int
    portal: str
    roots: tuple[Root, ...]


class Claim(Noun, frozen=True, kw_only=True):
    """One thing that was checked. `holds` None: it cannot be told yet."""

    code: str  # a key of cli/verify_words.yaml
    holds: bool | None
    step: int = 0  # of the contribution; 0: the whole receipt
    detail: str = ""


prepare(Receipt, Roots)


def read_receipt(content: bytes, name: str) -> Receipt:
    """Read a receipt; raises InputError for what is none."""
    return _read(content, name, Receipt, "receipt of a contribution")


def read_roots(content: bytes, name: str) -> Roots:
    """Read a list of roots; raises InputError for what is none."""
    return _read(content, name, Roots, "list of published roots")


def _read(content: bytes, name: str, shape: type[Paper], what: str) -> Paper:
    if len(content) > MOST_BYTES:
        raise InputError(name, "", f"larger than {MOST_BYTES} bytes")
    try:
        found = msgspec.json.decode(content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise InputError(name, "", f"this is no {what} ({problem})") from None
    if found.version != VERSION:
        raise InputError(name, "version", f"{found.version} is not known here")
    return found


def verify(receipt: Receipt, copies: Sequence[Roots]) -> list[Claim]:
    """Return what was checked, in the order in which it is to be told.

    `copies` are lists of roots from different places or times; each must hold in itself, and
    they must agree about every day they share.
    """
    claims = [Claim(code="in_order", holds=_is_in_order(receipt))]
    for copy in copies:
        broken = first_broken_root(copy.roots)
        claims.append(
            Claim(code="roots_hold", holds=broken is None, detail=str(broken or copy.portal))
        )
    if len(copies) > 1:
        days = list(_disagreements(copies))
        claims.append(Claim(code="roots_agree", holds=not days, detail=", ".join(days)))
    known = {root.day: root for copy in reversed(copies) for root in copy.roots}
    for number, step in enumerate(receipt.steps, 1):
        claims += _claims_of(number, step, known)
    return claims


def verdict(claims: Iterable[Claim]) -> str:
    """Return "broken" where anything fails, "not_yet" where something waits, else "proven"."""
    found = {claim.holds for claim in claims}
    if False in found:
        return "broken"
    return "not_yet" if None in found else "proven"


def first_broken_root(roots: Iterable[Root]) -> date | None:
    """Return the day of the first root that does not follow from those before it, or None.

    Each is chained to the one before, days go on, and positions have no gap.
    """
    previous, position, day = GENESIS, 1, date.min
    for root in roots:
        follows = root.link == link(previous, root.as_record())
        if not follows or root.first != position or root.size < 1 or root.day <= day:
            return root.day
        previous, position, day = root.link, root.first + root.size, root.day
    return None


def _disagreements(copies: Sequence[Roots]) -> Iterator[str]:
    """Days about which the copies say different things."""
    said: dict[date, str] = {}
    for copy in copies:
        for root in copy.roots:
            if said.setdefault(root.day, root.link) != root.link:
                yield root.day.isoformat()


def _is_in_order(receipt: Receipt) -> bool:
    """Whether the steps are those of one contribution, from the first, none left out."""
    numbers = [(step.record.get("contribution"), step.record.get("step")) for step in receipt.steps]
    wanted = [(receipt.contribution, number) for number in range(1, len(numbers) + 1)]
    return bool(numbers) and numbers == wanted


def _claims_of(number: int, step: Step, known: Mapping[date, Root]) -> Iterator[Claim]:
    held = step.record.get("commitments")
    held = held if isinstance(held, dict) else {}
    for name, opened in step.opened.items():
        yield Claim(code="opens", holds=_opens(held.get(name), opened), step=number, detail=name)
    hidden = sorted(set(held) - set(step.opened))
    if hidden:
        yield Claim(code="not_shown", holds=True, step=number, detail=", ".join(hidden))
    if not step.link:
        yield Claim(code="sealed", holds=None, step=number)
        return
    yield Claim(code="follows", holds=step.link == link(step.previous, step.record), step=number)
    if step.proof is None:
        yield Claim(code="under_root", holds=None, step=number)
        return
    yield _under_root(number, step, step.proof, known.get(step.proof.day))


def _opens(commitment: Any, opened: Opened) -> bool:
    if not isinstance(commitment, str) or not set(opened.salt) <= _HEX:
        return False
    try:
        return commitments.opens(commitment, opened.salt, opened.value)
    except (UnicodeEncodeError, TypeError):  # halves of characters; letters in a digest
        return False


def _under_root(number: int, step: Step, proof: Proof, root: Root | None) -> Claim:
    day = proof.day.isoformat()
    if root is None:
        return Claim(code="root_published", holds=None, step=number, detail=day)
    position = step.record.get("position")
    if not isinstance(position, int) or (proof.first, proof.size) != (root.first, root.size):
        return Claim(code="under_root", holds=False, step=number, detail=day)
    reached = trees.climb(step.link, position - root.first, root.size, proof.path)
    return Claim(code="under_root", holds=reached == root.root, step=number, detail=day)


def encode(value: Receipt | Roots) -> bytes:
    """Return the bytes of a receipt or of a list of roots."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
