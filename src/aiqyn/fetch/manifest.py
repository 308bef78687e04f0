"""What one crawl saw: a header and one line of evidence per address, in a file one can read.

`FOLDER/manifest.jsonl`; the bytes lie in `FOLDER/objects/` under their SHA-256.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from aiqyn.chain import Evidence, Noun
from aiqyn.errors import InputError
from aiqyn.fetch.addresses import site_of
from aiqyn.fetch.limits import Limits
from aiqyn.fetch.scope import Scope

NAME = "manifest.jsonl"
VERSION = 1
SILENCE = "silence"  # in place of a limit: the site fell silent before all was read
RENDERED = frozenset({"rendered", "picture"})  # roles of what a browser adds to a finished crawl

Kind = TypeVar("Kind")


class Cut(Noun, frozen=True, kw_only=True):
    """Addresses we met and did not ask for because of a limit of ours, or got no word of."""

    why: str  # name of the field of Limits, or SILENCE
    where: str = ""  # shape of the addresses, or the page whose links were cut
    count: int  # at least so many
    example: str


class Manifest(Noun, frozen=True, kw_only=True):
    """One finished crawl."""

    start: str
    part: str = ""  # of the host that is the site, see `scope`; "" for all of it
    agent: str
    started_at: datetime
    finished_at: datetime
    limits: Limits
    cuts: tuple[Cut, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # sorted by address; robots, sitemap, probe included

    @property
    def scope(self) -> Scope:
        return Scope(site_of(self.start), self.part)


class _Header(Noun, frozen=True, kw_only=True):
    manifest: int = msgspec.field(default=VERSION)
    start: str
    part: str = ""
    agent: str
    started_at: datetime
    finished_at: datetime
    limits: Limits
    cuts: tuple[Cut, ...] = ()
    lines: int  # of evidence: a file cut short is noticed


def to_lines(manifest: Manifest) -> bytes:
    """The manifest as it is written to its file."""
    fields = {name: getattr(manifest, name) for name in Manifest.__struct_fields__[:-1]}
    header = _Header(lines=len(manifest.evidence), **fields)
    encode = msgspec.json.Encoder(order="deterministic").encode
    return b"".join(encode(part) + b"\n" for part in (header, *manifest.evidence))


def sha256_of_manifest(manifest: Manifest) -> str:
    return hashlib.sha256(to_lines(manifest)).hexdigest()


def save(folder: Path, manifest: Manifest) -> None:
    """Write all or nothing."""
    aside = folder / f"{NAME}.new"
    aside.write_bytes(to_lines(manifest))
    aside.replace(folder / NAME)


def load(folder: str) -> Manifest:
    """Return the manifest kept in `folder`.

    Raises InputError with the line when it is missing, damaged or cut short.
    """
    path = Path(folder) / NAME
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, "", f"no finished crawl here: {error.strerror}") from None
    return from_lines(content, path)


def from_lines(content: bytes, path: object) -> Manifest:
    """Return the manifest that these lines are, read from `path`; raises InputError as `load`."""
    first, *rest = content.splitlines() or [b""]
    header = _line(path, 1, first, _Header)
    if header.manifest != VERSION:
        raise InputError(path, "line 1", f"unknown version {header.manifest}")
    evidence = tuple(_line(path, number, line, Evidence) for number, line in enumerate(rest, 2))
    if len(evidence) != header.lines:
        problem = f"{len(evidence)} lines of evidence where the header promises {header.lines}"
        raise InputError(path, f"line {len(rest) + 1}", problem)
    fields = {name: getattr(header, name) for name in Manifest.__struct_fields__[:-1]}
    return Manifest(evidence=evidence, **fields)


def with_rendered(manifest: Manifest, evidence: Iterable[Evidence]) -> Manifest:
    """Return `manifest` with these renderings and pictures in place of those it had."""
    kept = [each for each in manifest.evidence if each.role not in RENDERED]
    merged = sorted([*kept, *evidence], key=lambda each: each.url)
    return msgspec.structs.replace(manifest, evidence=tuple(merged))


def _line(path: object, number: int, line: bytes, kind: type[Kind]) -> Kind:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(path, f"line {number}", str(error)) from None
