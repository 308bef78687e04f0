"""Editions of regulations: which rule holds which clause, from which day on.

An edition is `<act>/<in-force date>.yaml`, or a folder of that name: `edition.yaml`
says what it is, and its neighbours, one per family of rules, what it requires. A new
edition is a new file or folder, and the old one stays for the old years.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from aiqyn import rules
from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.errors import CatalogueError
from aiqyn.text import Text


class Requirement(Noun, frozen=True, kw_only=True):
    """One clause of the act and the rule that holds it."""

    clause: Text  # as the source names it; the act's own numbering only where it is known
    rule: str
    source: str = ""  # where the demand was read, when not in the edition's own source
    params: dict[str, Any] = {}


class Edition(Noun, frozen=True, kw_only=True):
    """A regulation as it stood from `in_force` on."""

    regulation: str  # the folder
    act: Text
    source: str  # address or title of what was read
    note: Text  # what is not verified
    in_force: date
    requires: tuple[Requirement, ...] = ()


class _Chapter(Noun, frozen=True, kw_only=True):
    """A neighbour of edition.yaml."""

    requires: tuple[Requirement, ...]


def editions(regulation: str) -> list[Edition]:
    """Return all editions of `regulation`, the oldest first.

    Raises CatalogueError when there is none, or one names an unknown rule or parameter.
    """
    return [_edition(regulation, name) for name in _names(regulation)]


def edition_on(regulation: str, day: date) -> Edition:
    """Return the edition of `regulation` in force on `day`.

    No other is read. Raises CatalogueError when the first edition is later than `day`.
    """
    started = [name for name in _names(regulation) if name <= day.isoformat()]
    if not started:
        raise CatalogueError(f"regulations/{regulation}", f"no edition is in force on {day}")
    return _edition(regulation, started[-1])


def regulations() -> list[str]:
    """Return the names of all regulations."""
    folder = ROOT / "regulations"
    return sorted(each.name for each in folder.iterdir() if each.is_dir() and each.name[0] != "_")


def _names(regulation: str) -> list[str]:
    """Return the days editions came in force, as ISO dates, which name their files."""
    folder = ROOT / "regulations" / regulation
    inside = folder.iterdir() if folder.is_dir() else ()
    names = sorted(each.name.removesuffix(".yaml") for each in inside if each.name[0] != "_")
    if not names:
        raise CatalogueError(folder, "no edition of this regulation is known")
    return names


@cache
def _edition(regulation: str, name: str) -> Edition:
    folder = ROOT / "regulations" / regulation
    is_folder = (folder / name).is_dir()
    path = folder / name / "edition.yaml" if is_folder else folder / f"{name}.yaml"
    edition = read(path, Edition)
    if edition.regulation != regulation or str(edition.in_force) != name:
        raise CatalogueError(path, f"says {edition.regulation}, {edition.in_force}")
    _check(path, edition.requires)
    requires = edition.requires + (_chapters(folder / name) if is_folder else ())
    return msgspec.structs.replace(edition, requires=requires)


def _chapters(folder: Traversable) -> tuple[Requirement, ...]:
    requires: list[Requirement] = []
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".yaml") and path.name != "edition.yaml":
            chapter = read(path, _Chapter).requires
            _check(path, chapter)
            requires += chapter
    return tuple(requires)


def _check(path: object, requires: Iterable[Requirement]) -> None:
    for place, requirement in enumerate(requires):
        rule = rules.load().get(requirement.rule)
        if rule is None:
            raise CatalogueError(path, f"unknown rule {requirement.rule} at $.requires[{place}]")
        if not requirement.params:
            continue
        for name in requirement.params.keys() - rule.accepts().keys():
            raise CatalogueError(
                path, f"{rule.code} has no parameter {name} at $.requires[{place}]"
            )
