"""What earlier runs judged of the same bytes by the same rules, kept in a folder of one's own.

One file per shard, named after its evidence, whose site it is and the code that reads pages:
any change to that code is another name. Inside, the verdicts of each rule stand under the digest
of the rule's own code and of what the edition sets for it. So a new or a changed rule is judged
alone, and the rest is taken from here. The folder is trusted as the program itself is: do not
take one from others. What lies in the store is compared with its digests all the same.
"""

import hashlib
import os
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from aiqyn import rules
from aiqyn.audit.ledger import Verdict
from aiqyn.audit.reader import ENCODER, Partial, Passed, Reader, numbers_of
from aiqyn.catalogue import ROOT
from aiqyn.chain import Evidence
from aiqyn.regulations import Edition, Requirement
from aiqyn.subjects.site import About

SHARED = (
    *("subjects", "audit", "fetch"),
    *("chain.py", "catalogue.py", "plain.py", "compiled.py", "text.py", "errors.py", "parent.py"),
)
PARSERS = ("selectolax", "pypdfium2")
KINDS = ("page", "document")


class Column(Struct, frozen=True):
    """How one rule ended on all addresses."""

    passed: bytes  # 1 where it did, in order of `facts.rank`
    verdicts: dict[str, Verdict]


class Kept(Struct, frozen=True):
    """What is known of one shard; in `facts` no verdicts."""

    facts: Partial
    verdicts: dict[str, Column]  # by digest of the rule and its parameters


class Known:
    """The folder, for one edition and one body."""

    def __init__(self, folder: str, edition: Edition, about: About) -> None:
        self.folder = Path(folder)
        self.edition = edition
        self.about = about
        asked = [each for each in edition.requires if _is_read(each)]
        self._rules = {kind: [each for each in asked if _kind(each) == kind] for kind in KINDS}

    def of(self, evidence: tuple[Evidence, ...]) -> Kept | None:
        """Return what is known of this evidence; None for nothing, or nothing readable.

        Any damage, be it of one bit, is nothing readable.
        """
        try:
            written = self._path(evidence).read_bytes()
            digest, packed = written[:_OF_DIGEST], written[_OF_DIGEST:]
            return _DECODER.decode(packed) if hashlib.sha256(packed).digest() == digest else None
        except (OSError, msgspec.DecodeError):
            return None

    def unjudged(self, kept: Kept) -> Edition:
        """Return the edition with those of its rules alone that are not known."""
        new = [
            each
            for requirements in self._rules.values()
            for each in requirements
            if _digest(each) not in kept.verdicts
        ]
        return replace(self.edition, requires=tuple(new))

    def joined(self, kept: Kept, reader: Reader) -> Partial:
        """Return what is known with what `reader` judged by the rules that were not."""
        self._take(kept, reader.edition, reader.partial())
        columns = {
            kind: [kept.verdicts[_digest(each)] for each in requirements]
            for kind, requirements in self._rules.items()
        }
        return replace(
            kept.facts,
            verdicts={kind: [each.verdicts for each in told] for kind, told in columns.items()},
            passed={kind: _rows(told, kept.facts.rank) for kind, told in columns.items()},
            unread=kept.facts.unread | reader.unread,
        )

    def keep(self, evidence: tuple[Evidence, ...], partial: Partial) -> None:
        """Keep what was judged of this evidence by all rules."""
        kept = Kept(replace(partial, verdicts={}, passed={}), {})
        self._take(kept, self.edition, partial)
        self.write(evidence, kept)

    def write(self, evidence: tuple[Evidence, ...], kept: Kept) -> None:
        path = self._path(evidence)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        packed = ENCODER.encode(kept)
        aside.write_bytes(hashlib.sha256(packed).digest() + packed)
        aside.replace(path)

    def _take(self, kept: Kept, edition: Edition, partial: Partial) -> None:
        for kind in KINDS:
            asked = [each for each in edition.requires if _is_read(each) and _kind(each) == kind]
            columns = _columns(partial.passed[kind], len(asked), kept.facts.rank)
            told = zip(asked, columns, partial.verdicts[kind], strict=True)
            for requirement, passed, verdicts in told:
                kept.verdicts[_digest(requirement)] = Column(bytes(passed), verdicts)

    def _path(self, evidence: tuple[Evidence, ...]) -> Path:
        told = msgspec.msgpack.encode((shared_digest(), self.about, evidence), order="sorted")
        name = hashlib.sha256(told).hexdigest()
        return self.folder / name[:2] / name[2:]


def _columns(passed: Iterable[Passed], rules: int, order: Iterable[str]) -> list[bytearray]:
    """From what addresses passed, by the same rules together, to who passed each rule."""
    places = {address: place for place, address in enumerate(order)}
    columns = [bytearray(len(places)) for _ in range(rules)]
    for each in passed:
        at = [places[address] for address in each.addresses]
        for column in map(columns.__getitem__, each.rules):
            for place in at:
                column[place] = 1
    return columns


def _rows(columns: Iterable[Column], order: Iterable[str]) -> list[Passed]:
    """The same the other way."""
    rows: dict[tuple[int, ...], list[str]] = defaultdict(list)
    across = zip(*(each.passed for each in columns), strict=True)
    for address, row in zip(order, across, strict=False):  # without rules there are no rows
        rows[row].append(address)
    return [
        Passed(tuple(number for number, passed in enumerate(row) if passed), addresses)
        for row, addresses in rows.items()
    ]


_DECODER = msgspec.msgpack.Decoder(Kept, dec_hook=numbers_of)
_OF_DIGEST = hashlib.sha256().digest_size  # bytes at the beginning of a file


def _kind(requirement: Requirement) -> str:
    return rules.load()[requirement.rule].kind


def _is_read(requirement: Requirement) -> bool:
    rule = rules.load()[requirement.rule]
    return rule.kind in KINDS and rule.check is not None


def _digest(requirement: Requirement) -> str:
    """Of the rule's code and of its parameters."""
    rule = rules.load()[requirement.rule]
    code = (ROOT / "rules" / rule.kind / f"{rule.name}.py").read_bytes()
    told = msgspec.msgpack.encode((rule.code, code, requirement.params), order="sorted")
    return hashlib.sha256(told).hexdigest()


@cache
def shared_digest() -> str:
    """Of all code and data that rules about pages and documents share."""
    from importlib.metadata import version  # noqa: PLC0415  # it loads what reads e-mail

    digest = hashlib.sha256(" ".join([sys.version, *map(version, PARSERS)]).encode())
    for path in _files(_places()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _places() -> list[Path]:
    root = Path(str(ROOT))
    return [*(root / each for each in SHARED), *(root / "rules").glob("*.py")]


def _files(places: Iterable[Path]) -> list[Path]:
    """All code and data in these places, in order."""
    inside = [each for place in places for each in (place, *place.rglob("*"))]
    return sorted(each for each in inside if each.suffix in (".py", ".yaml"))
