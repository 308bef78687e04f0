"""The registry that comes with the library."""

from importlib.resources.abc import Traversable
from pathlib import Path

from aiqyn.catalogue import ROOT
from aiqyn.chain import Noun
from aiqyn.errors import CatalogueError
from aiqyn.registry.bodies import (
    AccountRow,
    BodyRow,
    NameRow,
    read_accounts,
    read_bodies,
    read_names,
)
from aiqyn.registry.sheet import Problem

DATA = ROOT.joinpath("registry", "data")


class Registry(Noun, frozen=True, kw_only=True):
    """Bodies, their former names and their social accounts."""

    bodies: tuple[BodyRow, ...]
    names: tuple[NameRow, ...]
    accounts: tuple[AccountRow, ...]


def shipped_registry(folder: Path | Traversable = DATA) -> Registry:
    """Read bodies.csv, names.csv and accounts.csv of `folder`.

    Raises CatalogueError with the first problem: files of ours must have none.
    """
    bodies, problems = read_bodies(folder / "bodies.csv")
    _refuse(folder / "bodies.csv", problems)
    codes = {row.code for row in bodies}
    names, problems = read_names(folder / "names.csv", known=codes)
    _refuse(folder / "names.csv", problems)
    accounts, problems = read_accounts(folder / "accounts.csv", known=codes)
    _refuse(folder / "accounts.csv", problems)
    return Registry(bodies=tuple(bodies), names=tuple(names), accounts=tuple(accounts))


def _refuse(path: object, problems: list[Problem]) -> None:
    if problems:
        raise CatalogueError(path, str(problems[0]))
